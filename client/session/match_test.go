package session_test

import (
	"context"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/assets"
	"ionwake/client/lab"
	"ionwake/client/link"
	"ionwake/client/replica"
	"ionwake/client/session"
	"ionwake/server/gate"
	"ionwake/server/hall"
	"ionwake/server/room"
	"ionwake/shared/sim"
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
	m := &match{t: t, start: time.Now(), done: make(chan struct{})}
	m.hall = hall.New(hall.Config{Drivers: 1, Open: func(name string) room.Config {
		c := cfg
		c.Name = name
		return c
	}})
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
	m    *match
	ses  *session.Session
	line lab.Line
	conn *lab.Conn // the newest, client side
	rng  sim.Rand
	in   sim.Input
}

func (m *match) join(name string, line lab.Line) *player {
	p := &player{m: m, line: line, rng: sim.Rand(line.Seed)}
	p.ses = session.New(session.Config{
		URL: "ws://lab/play?room=main", Arena: loadArena, Seed: line.Seed,
		Dial: func(c link.Config) *link.Socket {
			c.NetDial = func(context.Context) (net.Conn, error) {
				client, server := lab.Pipe(p.line)
				p.conn = client
				go func() { _ = m.gate.Serve(server) }()
				return client, nil
			}
			return link.Dial(c)
		},
	})
	p.ses.Play(name)
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
}

func (p *player) net() replica.NetView { return p.ses.Net(p.m.now()) }

// TestFlightIsForeseen flies alone for ten minutes over lines from perfect to
// dreadful: the own ship must never be anywhere but where it was foreseen, given
// the inputs the server used.
func TestFlightIsForeseen(t *testing.T) {
	for _, rtt := range []time.Duration{0, 50, 200, 400} {
		line := lab.Line{RTT: rtt * time.Millisecond, Seed: uint64(rtt) + 1}
		if rtt > 0 {
			line.Jitter = 20 * time.Millisecond
			line.StallEvery, line.StallFor = 20*time.Second, time.Second
		}
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
		stalled := line.StallEvery > 0 && now%line.StallEvery < line.StallFor+line.RTT+time.Second/2
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
	if flown < 9*60*sim.TickRate {
		t.Errorf("flew %d ticks of ten minutes", flown)
	}
	m.end(p)
}
