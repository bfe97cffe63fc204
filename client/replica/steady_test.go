package replica_test

import (
	"testing"
	"time"

	"ionwake/assets"
	"ionwake/client/replica"
	"ionwake/server/room"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// crowd is what a server sends to one of 64 ships that fight, with 300 bolts about
// them all the time.
type crowd struct {
	arena  *sim.Arena
	frames [][]byte // one for every second tick
}

const (
	crowdShips = 64
	crowdBolts = 300
	crowdSends = 240
)

// tape is an outbox that keeps all.
type tape struct{ frames [][]byte }

func (*tape) Ready() bool { return true }

func (t *tape) Send(frame []byte) bool {
	t.frames = append(t.frames, append([]byte(nil), frame...))
	return true
}

func (*tape) Close([]byte, uint16, string) {}

func newCrowd(t testing.TB) *crowd {
	t.Helper()
	data, err := assets.Maps.ReadFile("maps/foundry.arena")
	if err != nil {
		t.Fatal(err)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		t.Fatal(err)
	}
	r := room.New(room.Config{
		Arena: a, Mode: sim.Relay{}, Bots: crowdShips, BotsAlways: true, BotLevel: bot.Hard, Seed: 5,
		Rules: &sim.Rules{Warmup: 30, Live: 1 << 30, Results: 1},
	})
	for range 10 * sim.TickRate {
		r.Tick()
	}
	out := &tape{}
	r.Enter(out, wire.Hello{Version: wire.Version, Name: "Ann"})
	for i := range 2 * crowdSends {
		addBolts(r.World(), i)
		r.Tick()
	}
	return &crowd{a, out.frames}
}

// addBolts makes up for what is missing of so many bolts, by owners who are not
// there.
func addBolts(w *sim.World, n int) {
	for i := 0; i < 64 && len(w.Bolts) < crowdBolts; i++ {
		s := &w.Ships[(n*7+i)%len(w.Players)]
		b := sim.Bolt{
			Owner: sim.PlayerID(200 + n%200), Seq: uint8(i), Kind: sim.Bouncer, Team: s.Team, Pos: s.Pos,
			Vel: sim.Angle((n*37 + i*101) % sim.AngleSteps).Vec(sim.Shots[sim.Bouncer].Speed), Life: sim.Shots[sim.Bouncer].Life,
			Bounces: sim.Shots[sim.Bouncer].Bounces,
		}
		w.Bolts = sim.InsertBolt(w.Bolts, b)
	}
}

// spectacle plays a crowd's frames to a replica, over and over.
type spectacle struct {
	t     testing.TB
	crowd *crowd
	rep   *replica.Replica
	next  int           // frame
	now   time.Duration // since the replica began
	step  int
	held  sim.Input
}

func (s *spectacle) begin() {
	s.rep = replica.New(replica.Config{Arena: func(*wire.Welcome) (*sim.Arena, error) { return s.crowd.arena, nil }})
	s.rep.Hello(0, replica.Guest{Name: "Ann"})
	s.next, s.now, s.step = 0, 0, 0
}

func send([]byte) bool { return true }

// draw lets a sixtieth of a second pass.
func (s *spectacle) draw() *replica.Scene {
	s.now += time.Second / sim.TickRate
	if s.step++; s.step%2 == 0 {
		if err := s.rep.Receive(s.now, s.crowd.frames[s.next]); err != nil {
			s.t.Fatal(err)
		}
		s.next++
	}
	s.held.Aim = sim.Angle(s.step*3) % sim.AngleSteps
	s.held.Buttons = sim.Up | sim.Fire
	s.rep.Step(s.now, s.held, send)
	return s.rep.Scene(s.now)
}

func (s *spectacle) over() bool { return s.next == len(s.crowd.frames) }

// TestSteadyPlayAllocatesNothing lets two seconds pass in a crowd: what came before
// has made room for it.
func TestSteadyPlayAllocatesNothing(t *testing.T) {
	s := &spectacle{t: t, crowd: newCrowd(t)}
	s.begin()
	for range 200 {
		s.draw()
	}
	scene := s.draw()
	if len(scene.Ships) < crowdShips*3/4 || len(scene.Bolts) < crowdBolts*3/4 || len(scene.Items) == 0 || len(scene.Objectives) != 2 {
		t.Fatalf("%d ships and %d bolts, %d pick-ups, %d objectives", len(scene.Ships), len(scene.Bolts), len(scene.Items), len(scene.Objectives))
	}
	if n := testing.AllocsPerRun(120, func() { s.draw() }); n != 0 {
		t.Errorf("%.2f allocations a frame", n)
	}
}

// BenchmarkFrame is everything behind the picture in one drawn frame of a crowd: half
// of them take a message of the server.
func BenchmarkFrame(b *testing.B) {
	s := &spectacle{t: b, crowd: newCrowd(b)}
	s.begin()
	b.ReportAllocs()
	for b.Loop() {
		if s.over() {
			b.StopTimer()
			s.begin()
			b.StartTimer()
		}
		s.draw()
	}
}
