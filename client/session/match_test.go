//go:build !js

package session_test

import (
	"context"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/assets"
	"ionwake/client/link"
	"ionwake/client/replica"
	"ionwake/client/session"
	"ionwake/server/gate"
	"ionwake/server/hall"
	"ionwake/server/room"
	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/lab"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// loadArena reads one of the arenas in the tree.
func loadArena(name string) (*sim.Arena, error) {
	data, err := assets.Maps.ReadFile("maps/" + name + ".arena")
	if err != nil {
		return nil, err
	}
	return sim.ParseArena(data)
}

// match is a whole server in memory: gate, hall and rooms under the bubble's clock.
type match struct {
	t      *testing.T
	gate   *gate.Gate
	hall   *hall.Hall
	start  time.Time
	cancel context.CancelFunc
	done   chan struct{}
}

func newMatch(t *testing.T, cfg room.Config) *match {
	t.Helper()
	return newLocked(t, cfg, "")
}

// newLocked is a match on a server with a password.
func newLocked(t *testing.T, cfg room.Config, password string) *match {
	t.Helper()
	return newHall(t, cfg, hall.Config{Password: password})
}

// newAsking is a match on a server that asks for tickets.
func newAsking(t *testing.T, cfg room.Config, tickets hall.Tickets) *match {
	t.Helper()
	return newHall(t, cfg, hall.Config{Tickets: tickets})
}

func newHall(t *testing.T, cfg room.Config, h hall.Config) *match {
	t.Helper()
	m := &match{t: t, start: time.Now(), done: make(chan struct{})}
	h.Drivers, h.Open = 1, func(name string) room.Config {
		c := cfg
		c.Name = name
		return c
	}
	m.hall = hall.New(h)
	m.gate = gate.New(gate.Config{Accept: func(c *gate.Conn, r *http.Request) gate.Peer {
		return m.hall.Welcome(c, r.URL.Query().Get("room"))
	}})
	ctx, cancel := context.WithCancel(t.Context())
	m.cancel = cancel
	go func() {
		defer close(m.done)
		_ = m.hall.Run(ctx)
	}()
	return m
}

// end stops everything and waits for it.
func (m *match) end(players ...*player) {
	for _, p := range players {
		p.ses.Leave()
	}
	time.Sleep(5 * time.Second)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := m.gate.Shutdown(ctx); err != nil {
		m.t.Error(err)
	}
	m.cancel()
	<-m.done
	time.Sleep(10 * time.Second)
}

func (m *match) now() time.Duration { return time.Since(m.start) }

// player is a session over a lab line.
type player struct {
	m      *match
	ses    *session.Session
	line   lab.Line
	wrap   func(net.Conn) net.Conn // around the client's side, if set
	conn   *lab.Conn               // the newest, client side
	server *lab.Conn               // its other end
	rng    sim.Rand
	in     sim.Input
	pilot  *bot.Pilot // flies, see think
	view   belief.View
}

// from is the server's end of a line to a client in a network of its own: who votes
// is counted by those.
type from struct {
	*lab.Conn
	home byte
}

func (f from) RemoteAddr() net.Addr {
	return &net.TCPAddr{IP: net.IPv4(198, 51, 100, f.home), Port: 4000}
}

// player makes a session over a line, which waits for Play.
func (m *match) player(name string, line lab.Line) *player {
	p := &player{m: m, line: line, rng: sim.Rand(line.Seed)}
	device := append(make([]byte, 0, wire.DeviceSize), name...)
	p.ses = newSession(session.Config{
		Seed: line.Seed, Device: device[:wire.DeviceSize],
		Dial: func(c link.Config) *link.Socket {
			c.NetDial = func(context.Context) (net.Conn, error) {
				client, server := lab.Pipe(p.line)
				p.conn, p.server = client, server
				go func() { _ = m.gate.Serve(from{server, byte(line.Seed)}) }()
				if p.wrap != nil {
					return p.wrap(client), nil
				}
				return client, nil
			}
			return link.Dial(c)
		},
	})
	return p
}

// join takes a seat, in a hull if one is named.
func (m *match) join(name string, line lab.Line, hull ...sim.HullKind) *player {
	p := m.player(name, line)
	for _, h := range hull {
		p.ses.Choose(h, sim.NoTeam)
	}
	p.ses.Play(name, session.Place{URL: "ws://lab/play?room=main"})
	return p
}

// frame lets one drawn frame pass.
func (p *player) frame() *replica.Scene { return p.ses.Step(p.m.now(), p.in) }

// fly presses random keys as a person might.
func (p *player) fly(fire bool) {
	if p.rng.Intn(3) > 0 {
		p.in.Aim = p.in.Aim.Turn(p.rng.Intn(41) - 20)
	}
	if p.rng.Intn(15) == 0 {
		p.in.Buttons ^= 1 << p.rng.Intn(4)
	}
	if p.rng.Intn(40) == 0 && fire {
		p.in.Buttons ^= sim.Fire
	}
	if p.rng.Intn(50) == 0 && fire {
		p.in.Buttons ^= sim.Alt
	}
	if p.rng.Intn(20) == 0 {
		p.in.Buttons ^= sim.Dash
	}
}

func (p *player) net() replica.NetView { return p.ses.Net(p.m.now()) }

// TestFlightIsForeseen flies alone for ten minutes over lines from perfect to
// dreadful: the own ship must never be anywhere but where it was foreseen, given
// the inputs the server used.
func TestFlightIsForeseen(t *testing.T) {
	for _, rtt := range []time.Duration{0, 50, 200, 400} {
		line := lab.Line{RTT: rtt * time.Millisecond, Seed: uint64(rtt) + 1}
		line.Jitter = 20 * time.Millisecond
		line.StallEvery, line.StallFor = 20*time.Second, time.Second
		t.Run(line.RTT.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { flyAlone(t, line) })
		})
	}
}

func flyAlone(t *testing.T, line lab.Line) {
	a, err := loadArena("foundry")
	if err != nil {
		t.Fatal(err)
	}
	m := newMatch(t, room.Config{Arena: a})
	p := m.join("Ann", line)
	flown, late := 0, 0
	for i := range 10 * 60 * sim.TickRate {
		time.Sleep(time.Second / sim.TickRate)
		p.fly(true)
		if s := p.frame(); s != nil && s.Alive {
			flown++
		}
		// A stalled line delivers inputs after their tick, and the server never
		// rewrites the past; but only then.
		now := time.Duration(i) * time.Second / sim.TickRate
		stalled := now%line.StallEvery < line.StallFor+line.RTT+time.Second/2
		if v := p.net(); v.Late > late {
			if late = v.Late; !stalled && now > 2*time.Second {
				t.Errorf("an input came late %v after the start, without a stall", now)
			}
		}
	}
	v := p.net()
	t.Logf("%v: %+v", line.RTT, v)
	if v.Mispredictions != 0 || v.StateMismatches != 0 {
		t.Errorf("got %d mispredictions and %d state mismatches, want 0", v.Mispredictions, v.StateMismatches)
	}
	// A stall is a second of inputs that came too late: at most the sends of a second
	// and of what was under way tell of a ship elsewhere.
	stalls := int(10*time.Minute/line.StallEvery) - 1
	if limit := stalls * 36; v.Late > limit {
		t.Errorf("%d frames told of late inputs, want at most %d for %d stalls", v.Late, limit, stalls)
	}
	if want := 8 * 60 * v.SendRate; v.Judged < want {
		t.Errorf("%d frames compared with what was foreseen, want %d", v.Judged, want)
	}
	if flown < 9*60*sim.TickRate {
		t.Errorf("flew %d ticks of ten minutes", flown)
	}
	m.end(p)
}

// sleeper is a connection whose reader can fall asleep: TCP's window fills up.
type sleeper struct {
	net.Conn
	asleep chan struct{} // holds a value while asleep
}

func (s *sleeper) Read(p []byte) (int, error) {
	s.asleep <- struct{}{}
	<-s.asleep
	return s.Conn.Read(p)
}

// TestFault_F17_SleepingReader lets one player stop reading for eight seconds while
// another watches. The sleeper costs the server little memory and the other nothing,
// and when it wakes, two sends bring it up to date.
func TestFault_F17_SleepingReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, err := loadArena("foundry")
		if err != nil {
			t.Fatal(err)
		}
		m := newMatch(t, room.Config{Arena: a, Bots: 24})
		line := lab.Line{RTT: 40 * time.Millisecond, SendBuffer: 16 << 10, NotSent: 4 << 10, RecvBuffer: 4 << 10, Seed: 1}
		witness, victim := m.join("Witness", line), m.join("Victim", line)
		sleep := &sleeper{asleep: make(chan struct{}, 1)}
		victim.wrap = func(c net.Conn) net.Conn { sleep.Conn = c; return sleep }
		m.play(3*time.Second, witness, victim)
		before := witness.net()

		sleep.asleep <- struct{}{}
		most := 0
		for range 8 * sim.TickRate {
			m.play(time.Second/sim.TickRate, witness, victim)
			most = max(most, victim.server.Buffered())
		}
		if skipped := witness.net().FramesSkipped - before.FramesSkipped; skipped != 0 {
			t.Errorf("the witness missed %d frames, want 0", skipped)
		}
		if got := witness.net().FramesIn - before.FramesIn; got < 8*29 {
			t.Errorf("the witness got %d frames in 8 s, want 240", got)
		}
		if limit := 64 << 10; most > limit {
			t.Errorf("the server held %d bytes for the sleeper, want at most %d", most, limit)
		}
		<-sleep.asleep
		m.play(2*time.Second/30+line.RTT, witness, victim)
		v, w := victim.tick(), witness.tick()
		if d := int32(w - v); d > 2 || d < -2 {
			t.Errorf("two sends after waking the sleeper is at tick %d, the witness at %d", v, w)
		}
		n := victim.net()
		if n.FramesSkipped == 0 || n.StateMismatches != 0 || n.Mispredictions != 0 {
			t.Errorf("after waking: %+v", n)
		}
		t.Logf("held at most %d bytes, %d frames left out", most, n.FramesSkipped)
		m.end(witness, victim)
	})
}

// play lets time pass for some players.
func (m *match) play(d time.Duration, players ...*player) {
	for range max(int(d*sim.TickRate/time.Second), 1) {
		time.Sleep(time.Second / sim.TickRate)
		for _, p := range players {
			p.fly(true)
			p.frame()
		}
	}
}

// tick is the tick of the player's belief.
func (p *player) tick() (tick sim.Tick) {
	p.ses.Inspect(func(r *replica.Replica) { tick = r.Belief(func(belief.CellID, *belief.Cell) {}) })
	return tick
}

// TestCutAndBack cuts the line of a player who has scored: the same ship comes back
// with the same score, without a click.
func TestCutAndBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, err := loadArena("closet")
		if err != nil {
			t.Fatal(err)
		}
		m := newMatch(t, room.Config{Arena: a, Bots: 4, Rules: &sim.Rules{Warmup: 60, Live: 1 << 30}})
		p := m.join("Ann", lab.Line{RTT: 50 * time.Millisecond, Seed: 3})
		m.play(40*time.Second, p)
		before := p.frame()
		self, score := before.Self, me(before)
		p.conn.Cut()
		m.play(100*time.Millisecond, p)
		if st := p.ses.Status(m.now()); st.Stage != session.Lost || st.RetryIn <= 0 || st.Message == "" {
			t.Errorf("after the cut: %+v, want Lost with a countdown and words", st)
		}
		m.play(2*time.Second, p)
		after := p.frame()
		if st := p.ses.Status(m.now()); st.Stage != session.Playing {
			t.Fatalf("two seconds later: %+v, want Playing", st)
		}
		got := me(after)
		if v := p.net(); v.StateMismatches != 0 {
			t.Errorf("%d state mismatches after coming back", v.StateMismatches)
		}
		if after.Self != self || got.Kills < score.Kills || got.Deaths < score.Deaths || got.Name != score.Name {
			t.Errorf("came back as %d %+v, was %d %+v", after.Self, got, self, score)
		}
		if score.Deaths == 0 && score.Kills == 0 {
			t.Error("nothing happened before the cut: the test shows nothing")
		}
		m.end(p)
	})
}

// me is the player's own line of the scoreboard.
func me(s *replica.Scene) replica.PlayerView {
	for _, p := range s.Players {
		if p.ID == s.Self {
			return p
		}
	}
	return replica.PlayerView{}
}

// TestHiccup lets a client freeze again and again, for longer and shorter, from soon
// after it joined: afterwards it plays as little ahead of the server as before.
func TestHiccup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, err := loadArena("closet")
		if err != nil {
			t.Fatal(err)
		}
		m := newMatch(t, room.Config{Arena: a})
		p := m.join("Ann", lab.Line{RTT: 60 * time.Millisecond, Jitter: 5 * time.Millisecond, Seed: 5})
		for _, after := range []time.Duration{300 * time.Millisecond, 5 * time.Second} {
			m.play(after, p)
			time.Sleep(3 * time.Second)
			for range 10 {
				m.play(200*time.Millisecond, p)
				time.Sleep(400 * time.Millisecond)
			}
			m.play(time.Second, p)
			if v := p.net(); v.Lead > 12 || v.Lead < 3 {
				t.Errorf("a second after a freeze the client is %.1f ticks ahead, want about 7: %+v", v.Lead, v)
			}
			late := p.net().Late
			m.play(3*time.Second, p)
			if v := p.net(); v.Late > late+2 {
				t.Errorf("%d inputs late in calm seconds after a freeze", v.Late-late)
			}
		}
		m.end(p)
	})
}
