package hall

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/server/room"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// box is a small closed arena.
func box(t *testing.T) *sim.Arena {
	t.Helper()
	const side = 20
	solid := make([]bool, side*side)
	for i := range side {
		solid[i], solid[(side-1)*side+i], solid[i*side], solid[i*side+side-1] = true, true, true, true
	}
	a, err := sim.NewArena(sim.Plan{
		Name: "box", Width: side, Height: side, Walls: solid,
		Spawns: []sim.Spawn{{Pos: sim.Vec{X: 320 * sim.One, Y: 320 * sim.One}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// hook is a mode that calls a test in the middle of each tick from the second on.
type hook struct {
	sim.Brawl
	tick func(*sim.World)
}

func (h hook) Over(w *sim.World) bool {
	if h.tick != nil {
		h.tick(w)
	}
	return false
}

// inBubble runs a hall under a fake clock. ticks, if not nil, are called in the
// tick of the room of their name.
func inBubble(t *testing.T, cfg Config, ticks map[string]func(*sim.World), play func(*testing.T, *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{t: t}
		arena := box(t)
		rules := sim.DefaultRules
		rules.Warmup, rules.Live = 1, sim.TickRate*3600
		cfg.Log = slog.New(slog.NewTextHandler(&b.log, nil))
		cfg.Open = func(name string) room.Config {
			return room.Config{Name: name, Arena: arena, Rules: &rules, Mode: hook{tick: ticks[name]}, MaxPlayers: 4, ResumeFor: sim.TickRate, Log: cfg.Log}
		}
		if cfg.Drivers == 0 {
			cfg.Drivers = 2
		}
		b.hall = New(cfg)
		ctx, stop := context.WithCancel(t.Context())
		var running sync.WaitGroup
		running.Go(func() { _ = b.hall.Run(ctx) })
		defer func() { // after a failure too
			stop()
			running.Wait()
		}()
		play(t, b)
	})
}

type bench struct {
	t    *testing.T
	hall *Hall
	log  logBuffer
}

type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// line is a guest's connection that takes everything and remembers it.
type line struct {
	*Guest
	t testing.TB

	mu       sync.Mutex
	frames   int
	welcome  *wire.Welcome
	own      wire.Player // the guest's line of the scoreboard, without its name
	admitted bool
	peer     string
	ended    bool
	code     uint16
	last     []byte
}

// knock says hello at the door of a room.
func (b *bench) knock(roomName string) *line { return b.comeBack(roomName, nil) }

// comeBack knocks with a token.
func (b *bench) comeBack(roomName string, token []byte) *line {
	b.t.Helper()
	return b.greet(roomName, "", wire.Hello{Resume: token})
}

// greet says hello at the door of a room, from a network.
func (b *bench) greet(roomName, peer string, hello wire.Hello) *line {
	b.t.Helper()
	l := &line{t: b.t, peer: peer}
	l.Guest = b.hall.Welcome(l, roomName)
	hello.Version, hello.Name = wire.Version, "Ann"
	if err := l.Receive(wire.AppendHello(nil, hello)); err != nil {
		b.t.Fatalf("hello: %v", err)
	}
	return l
}

// Peer is the network that the guest is in.
func (l *line) Peer() string { return l.peer }

// join knocks and waits until the guest is in.
func (b *bench) join(roomName string) *line {
	b.t.Helper()
	l := b.knock(roomName)
	time.Sleep(100 * time.Millisecond)
	if l.received() == 0 {
		b.t.Fatalf("no frame from room %q; closed with %+v", roomName, l.reject())
	}
	return l
}

func (l *line) Admit() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.admitted = true
}

func (l *line) Ready() bool { return true }

func (l *line) Send(data []byte) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return false
	}
	l.frames++
	var f wire.Frame
	var d wire.Decoder
	if err := d.Decode(data, &f); err != nil {
		l.t.Errorf("frame %d: %v", l.frames, err)
		return true
	}
	if f.Welcome != nil {
		l.welcome = f.Welcome
	}
	for _, p := range f.Players {
		if l.welcome != nil && p.ID == l.welcome.ID {
			l.own = p
			l.own.Name = ""
		}
	}
	return true
}

// seated is what the guest was welcomed with, which it must have been by now.
func (l *line) seated() *wire.Welcome {
	l.t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.welcome == nil {
		l.t.Fatalf("no seat after %d frames, close %d", l.frames, l.code)
	}
	return l.welcome
}

// scores is the guest's line of the scoreboard.
func (l *line) scores() wire.Player {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.own
}

func (l *line) Close(last []byte, code uint16, _ string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return
	}
	l.ended, l.code, l.last = true, code, slices.Clone(last)
}

func (l *line) received() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.frames
}

// reject is what the guest was told at the end, nil while it is connected. It fails
// the test if words and close code differ.
func (l *line) reject() *wire.Reject {
	l.t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.ended {
		return nil
	}
	var f wire.Frame
	var d wire.Decoder
	if err := d.Decode(l.last, &f); err != nil || f.Reject == nil {
		l.t.Fatalf("closed with %d and without words (%v)", l.code, err)
	}
	if f.Reject.Code != l.code {
		l.t.Errorf("told code %d, closed with %d", f.Reject.Code, l.code)
	}
	return f.Reject
}

func (l *line) wantEnd(code uint16) *wire.Reject {
	l.t.Helper()
	r := l.reject()
	if r == nil {
		l.t.Fatalf("still connected after %d frames, want close %d", l.received(), code)
	}
	if r.Code != code || r.Message == "" {
		l.t.Fatalf("closed with %d %q, want %d and words", r.Code, r.Message, code)
	}
	return r
}

func (b *bench) names() (names []string) {
	for _, r := range b.hall.Stats() {
		names = append(names, r.Name)
	}
	return names
}

func (b *bench) wantRooms(want ...string) {
	b.t.Helper()
	if got := b.names(); !slices.Equal(got, want) {
		b.t.Fatalf("rooms: got %q, want %q", got, want)
	}
}
