package practice_test

import (
	"testing"
	"testing/synctest"
	"time"

	"ionwake/assets"
	"ionwake/client/depot"
	"ionwake/client/link"
	"ionwake/client/practice"
	"ionwake/client/replica"
	"ionwake/client/session"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

func arena(t *testing.T, name string) *sim.Arena {
	t.Helper()
	data, err := assets.Maps.ReadFile("maps/" + name + ".arena")
	if err != nil {
		t.Fatal(err)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func open(t *testing.T, cfg practice.Config) *practice.Match {
	t.Helper()
	if cfg.Arena == nil {
		cfg.Arena = arena(t, "closet")
	}
	m, err := practice.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// player is a session on a match, drawn 60 times a second.
type player struct {
	*session.Session
	start time.Time
}

func play(m *practice.Match) *player {
	p := &player{start: time.Now(), Session: session.New(session.Config{
		Depot: depot.New(depot.Config{Shipped: assets.Maps}), Seed: 1,
	})}
	p.Play("Ann", session.Place{Dial: func(readable func()) session.Socket { return m.Dial(readable) }})
	return p
}

// pass draws frames for a while and returns the last.
func (p *player) pass(d time.Duration, in sim.Input) (s *replica.Scene) {
	for range int(d * sim.TickRate / time.Second) {
		time.Sleep(time.Second / sim.TickRate)
		s = p.Step(time.Since(p.start), in)
	}
	return s
}

// TestModes plays some seconds of every mode that the arena has: the ship flies, the
// bots are there, and what is drawn is what the room does.
func TestModes(t *testing.T) {
	for _, name := range sim.ModeNames() {
		mode, _ := sim.ModeByName(name)
		a := arena(t, "foundry")
		if a.Fits(mode) != nil {
			t.Logf("%s: %v", name, a.Fits(mode))
			continue
		}
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := open(t, practice.Config{Arena: a, Mode: mode, Bots: 5, Level: bot.Hard, Seed: 3})
				p := play(m)
				s := p.pass(5*time.Second, sim.Input{Buttons: sim.Up | sim.Fire})
				if s == nil || s.Mode != name || len(s.Players) != 6 || s.Teams != mode.Teams() {
					t.Fatalf("five seconds in: %+v", s)
				}
				if v := p.Net(time.Since(p.start)); v.Mispredictions != 0 || v.StateMismatches != 0 || v.Judged < 30 {
					t.Errorf("the line: %+v", v)
				}
				if st := p.Status(time.Since(p.start)); st.Stage != session.Playing {
					t.Errorf("the player stands at %+v", st)
				}
				p.Leave()
				m.Close()
				m.Close()
			})
		})
	}
}

// TestClosedMatch ends a match under a player, who is told; and nobody gets in any
// more.
func TestClosedMatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := open(t, practice.Config{Bots: 1})
		p := play(m)
		p.pass(time.Second, sim.Input{})
		m.Close()
		p.pass(100*time.Millisecond, sim.Input{})
		if st := p.Status(time.Since(p.start)); st.Stage != session.Refused || st.Message == "" || st.Code != link.CodeRoomEnded {
			t.Errorf("the player stands at %+v", st)
		}
		late := play(m)
		late.pass(100*time.Millisecond, sim.Input{})
		if st := late.Status(time.Since(late.start)); st.Stage != session.Refused {
			t.Errorf("a late player stands at %+v", st)
		}
	})
}

// TestWrongGround asks for a mode that the arena lacks.
func TestWrongGround(t *testing.T) {
	side := make([]bool, 9)
	for i := range side {
		side[i] = i != 4
	}
	a, err := sim.NewArena(sim.Plan{Name: "cell", Width: 3, Height: 3, Walls: side, Spawns: []sim.Spawn{{Pos: sim.Vec{X: sim.Units(48), Y: sim.Units(48)}}}})
	if err != nil {
		t.Fatal(err)
	}
	if m, err := practice.Open(practice.Config{Arena: a, Mode: sim.Relay{}}); err == nil {
		m.Close()
		t.Error("a relay without bases begins")
	}
}

// TestOneFrameInFlight lets a player sleep: the match keeps one frame for it and no
// more, and when it wakes it is up to date at once.
func TestOneFrameInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := open(t, practice.Config{Bots: 3})
		p := play(m)
		p.pass(time.Second, sim.Input{})
		time.Sleep(20 * time.Second)
		before := p.Net(time.Since(p.start)).FramesIn
		s := p.pass(200*time.Millisecond, sim.Input{})
		v := p.Net(time.Since(p.start))
		if got := v.FramesIn - before; got > 8 {
			t.Errorf("%d frames in a fifth of a second after sleeping", got)
		}
		if s == nil || s.Tick < 20*sim.TickRate || v.StateMismatches != 0 {
			t.Errorf("after sleeping: %+v, %+v", s, v)
		}
		p.Leave()
		m.Close()
	})
}

// TestNoise sends what no client sends: the line ends, or nothing happens.
func TestNoise(t *testing.T) {
	m := open(t, practice.Config{})
	defer m.Close()
	for _, data := range [][]byte{{0xff}, wire.AppendSignal(nil, 0), make([]byte, link.MaxSend+1), nil} {
		s := m.Dial(nil)
		if ev, ok := s.Poll(); !ok || ev.Kind != link.Opened {
			t.Fatalf("first event %+v", ev)
		}
		if s.Send(data) {
			t.Errorf("%d bytes are taken", len(data))
		}
		s.Close(link.CodeNormal, "left")
		if s.Send(data) {
			t.Error("a closed line takes bytes")
		}
		if ev, ok := s.Poll(); !ok || ev.Kind != link.Closed {
			t.Errorf("last event %+v", ev)
		}
		if _, ok := s.Poll(); ok {
			t.Error("something comes after Closed")
		}
	}
}
