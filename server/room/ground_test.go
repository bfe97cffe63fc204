package room

import (
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// short are rules of matches that are soon over.
var short = sim.Rules{Warmup: 30, Live: 120, Results: 30}

func rotation(t *testing.T) []Ground {
	return []Ground{
		{arena(t, "closet"), sim.Brawl{}, &short},
		{arena(t, "foundry"), sim.Relay{}, &short},
		{arena(t, "foundry"), sim.Brawl{}, &short},
	}
}

// TestRotation plays every ground in turn: seats, names, tokens, bots and talk stay,
// the tick goes on, and nobody has to connect again.
func TestRotation(t *testing.T) {
	r := New(Config{Rotation: rotation(t), Bots: 6, BotsAlways: true})
	ann, eye := enter(t, r, "Ann", false), enter(t, r, "Eye", true)
	c := newClient(t, r, 1)
	past := &memory{}
	for range 4 {
		r.Tick()
		past.keep(r)
	}
	token, tick, number := ann.rep.Token(), r.world.Tick, r.world.Match.Number
	ann.chat("hi")
	var went []string
	for range 4 * 200 {
		at := r.at
		r.Tick()
		if r.world.Tick != tick+1 {
			t.Fatalf("tick %d follows %d", r.world.Tick, tick)
		}
		tick = r.world.Tick
		past.keep(r)
		c.check(past)
		c.rep.Step(c.now(), sim.Input{Buttons: sim.Right}, c.send)
		if r.at != at {
			went = append(went, r.ground().Arena.Name+" "+r.ground().Mode.Name())
			if r.world.Match.Number != number+1 || r.world.Match.Phase != sim.Warmup {
				t.Errorf("match %d follows %d, phase %d", r.world.Match.Number, number, r.world.Match.Phase)
			}
		}
		number = r.world.Match.Number
	}
	want := []string{"foundry relay", "foundry brawl", "closet brawl", "foundry relay"}
	if len(went) != len(want) {
		t.Fatalf("went to %v, want %v", went, want)
	}
	for i := range want {
		if went[i] != want[i] {
			t.Errorf("went to %v, want %v", went, want)
		}
	}
	for name, g := range map[string]*guest{"Ann": ann, "Eye": eye} {
		if g.closed != 0 || g.seat() == nil || g.seat().name != name || g.rep.Net(g.now()).StateMismatches != 0 {
			t.Errorf("%s is closed with %d", name, g.closed)
		}
		if a, m := g.rep.Ground(); a.Hash != r.ground().Arena.Hash || m != r.world.Match {
			t.Errorf("%s believes to be in %q, %+v", name, a.Name, m)
		}
	}
	if r.Bots() != 4 || ann.rep.Scene(ann.now()).Teams != 2 {
		t.Errorf("%d bots, %d sides", r.Bots(), ann.rep.Scene(ann.now()).Teams)
	}
	ann.visit.Gone()
	play(r, 2)
	if string(ann.rep.Token()) != string(token) {
		t.Error("the token changed")
	}
	id := ann.rep.Self()
	ann.knock("Ann", false)
	play(r, 4)
	if ann.closed != 0 || ann.rep.Self() != id || !ann.seat().resumed {
		t.Errorf("coming back: closed with %d, seat %d, want %d", ann.closed, ann.rep.Self(), id)
	}
}

// TestRotationResumesAcross drops a line before the room moves on, and resumes after.
func TestRotationResumesAcross(t *testing.T) {
	r := New(Config{Rotation: rotation(t), ResumeFor: 1 << 20})
	ann := enter(t, r, "Ann", false)
	play(r, 60)
	id := ann.rep.Self()
	ann.visit.Gone()
	for r.at == 0 {
		r.Tick()
	}
	play(r, 3)
	ann.knock("Ann", false)
	play(r, 4)
	if a, _ := ann.rep.Ground(); ann.closed != 0 || ann.rep.Self() != id || a.Hash != r.ground().Arena.Hash {
		t.Errorf("closed with %d, seat %d, in %q", ann.closed, ann.rep.Self(), a.Name)
	}
	play(r, 40)
	if n := ann.rep.Net(ann.now()); n.StateMismatches != 0 {
		t.Error("the own ship's hash differs")
	}
}

// TestRotationOfBusyLines keeps a line busy while the room moves on, for a moment and
// for long, and before its first frame.
func TestRotationOfBusyLines(t *testing.T) {
	for _, from := range []sim.Tick{0, 100, 178} {
		for _, ticks := range []int{1, 4, 90, 190} {
			r := New(Config{Rotation: rotation(t)})
			ann := enter(t, r, "Ann", false)
			ann.busy = from == 0
			play(r, int(from))
			ann.busy = true
			for r.at == 0 {
				r.Tick()
			}
			play(r, ticks)
			ann.busy = false
			play(r, 4)
			a, m := ann.rep.Ground()
			if a.Hash != r.ground().Arena.Hash || m != r.world.Match || ann.rep.Token() == nil {
				t.Errorf("busy from %d, for %d more: in %q, %+v", from, ticks, a.Name, m)
			}
		}
	}
}

// TestRotationStays plays on where there is only one ground, or where no other fits.
func TestRotationStays(t *testing.T) {
	closet := arena(t, "closet")
	unfit := *closet
	unfit.Bases = [sim.Teams]sim.Vec{}
	for name, cfg := range map[string]Config{
		"one":          {Arena: closet, Rules: &short},
		"the same":     {Rotation: []Ground{{closet, nil, &short}, {closet, sim.Brawl{}, &short}}},
		"unfit others": {Arena: closet, Rules: &short, Rotation: []Ground{{&unfit, sim.Relay{}, &short}}},
	} {
		r := New(cfg)
		ann := enter(t, r, "Ann", false)
		w := r.world
		for r.world.Match.Number < 3 {
			r.Tick()
		}
		if r.world != w || ann.closed != 0 {
			t.Errorf("%s: the room moved on", name)
		}
		if st := r.Stats(); st.Arena != "closet" || st.Mode != "brawl" || st.NextArena != "" {
			t.Errorf("%s: %q, %q, then %q", name, st.Arena, st.Mode, st.NextArena)
		}
	}
}

// TestWelcomeTellsTheGame reads the first frame's Welcome.
func TestWelcomeTellsTheGame(t *testing.T) {
	rules := short
	rules.ScoreLimit = 7
	r := New(Config{Rotation: []Ground{{arena(t, "foundry"), sim.Relay{}, &rules}, {arena(t, "closet"), nil, nil}}})
	c := newClient(t, r, 1)
	play(r, 2)
	var f wire.Frame
	var d wire.Decoder
	if err := d.Decode(c.line.frames[0].data, &f); err != nil {
		t.Fatal(err)
	}
	w := f.Welcome
	if w.Mode != "relay" || w.Teams != 2 || w.ScoreLimit != 7 || w.NextArena != "closet" || w.ArenaSize != uint32(len(r.ground().Arena.Encode())) {
		t.Errorf("got %+v", w)
	}
	if len(f.Items) != len(r.world.Items) {
		t.Errorf("told %d pick-ups of %d", len(f.Items), len(r.world.Items))
	}
}
