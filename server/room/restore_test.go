package room

import (
	"crypto/sha256"
	"errors"
	"reflect"
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// keptRoom is a room in the middle of a match, with people in all states, and how it is
// restored.
func keptRoom(t *testing.T) (Config, *Room, []*guest) {
	t.Helper()
	cfg := Config{
		Rotation: []Ground{{Arena: arena(t, "foundry"), Mode: sim.Squads{}}, {Arena: arena(t, "switchyard"), Mode: sim.Squads{}}},
		Bots:     8, Seed: 5,
	}
	r := New(cfg)
	people := []*guest{enter(t, r, "Ann", false), enter(t, r, "Ben", false), enter(t, r, "Cid", false), enter(t, r, "Dot", true)}
	play(r, 20*sim.TickRate)
	for i, g := range people[:3] {
		r.world.Players[g.rep.Self()].Score = int16(10 + i)
	}
	people[1].visit.Gone()
	play(r, 3*sim.TickRate)
	return cfg, r, people
}

// restart saves r and returns what a new process makes of it.
func restart(t *testing.T, cfg Config, r *Room) *Room {
	t.Helper()
	var s Snapshot
	r.Save(&s)
	twin, err := Restore(cfg, &s)
	if err != nil {
		t.Fatal(err)
	}
	return twin
}

// back brings g to the door of r with the token it has.
func (g *guest) back(r *Room, name string) *guest {
	g.t.Helper()
	g.room, g.visit, g.closed = r, nil, 0
	g.knock(name, false)
	return g
}

// R13, R14: seats, ships, scores, sides and bots are as they were, and the match goes on
// from there; everybody gets their own seat back with the token they have.
func TestFault_R14_RestoredRoomGoesOn(t *testing.T) {
	cfg, r, people := keptRoom(t)
	twin := restart(t, cfg, r)
	var was, is Snapshot
	r.Save(&was)
	twin.Save(&is)
	for i := range was.Seats {
		if o := &was.Seats[i]; o.Here {
			o.AwaySince = r.world.Tick
		}
	}
	if !reflect.DeepEqual(was, is) {
		t.Errorf("restored\n%+v, want\n%+v", is.Seats, was.Seats)
	}
	for i, g := range people {
		seat, ship := g.rep.Self(), sim.Ship{}
		if s := r.world.Ship(seat); s != nil {
			ship = *s
		}
		g.back(twin, "Somebody")
		if i == 0 && ship.Energy == 0 {
			t.Fatal("Ann has no ship to keep")
		}
	}
	before := *twin.world.Ship(people[0].rep.Self())
	twin.Tick()
	for i, g := range people {
		s := g.seat()
		if s.visit != g.visit || g.closed != 0 {
			t.Errorf("%d has not come back: closed with %d %s", i, g.closed, g.last)
			continue
		}
		if i < 3 && (s.name != []string{"Ann", "Ben", "Cid"}[i] || twin.world.Players[s.id].Score != int16(10+i)) {
			t.Errorf("seat %d is %q with score %d", i, s.name, twin.world.Players[s.id].Score)
		}
	}
	after := before
	_ = after.Advance(twin.ground().Arena, nil)
	if got := twin.world.Ship(people[0].rep.Self()); got == nil || got.Pos != after.Pos {
		t.Errorf("Ann's ship went on to %+v, want %v", got, after.Pos)
	}
	play(twin, sim.TickRate)
	for i, g := range people {
		if g.rep.Joined(); g.frames == 0 || g.closed != 0 {
			t.Errorf("%d is told nothing", i)
		}
	}
}

// H14: a token that was used before the restart is worth nothing after it, nor is one
// that nobody was given; and each opens its seat once.
func TestFault_H14_TokensAfterARestart(t *testing.T) {
	cfg, r, people := keptRoom(t)
	ann := people[0]
	used := ann.rep.Token()
	ann.visit.Gone()
	r.Tick()
	ann.knock("Ann", false)
	play(r, 4)
	ann.input(sim.Input{}) // the Welcome has arrived
	play(r, 4)
	twin := restart(t, cfg, r)
	try := func(token []byte) *line {
		l := &line{}
		if _, ok := twin.Enter(l, wire.Hello{Version: wire.Version, Name: "Eve", Resume: token}); !ok {
			t.Fatal("the door is shut")
		}
		play(twin, waitFor+1)
		return l
	}
	if l := try(used); l.closed != wire.CloseResume {
		t.Errorf("a used token: closed with %d, want %d", l.closed, wire.CloseResume)
	}
	if l := try(make([]byte, wire.TokenSize)); l.closed != wire.CloseResume {
		t.Errorf("a token of nobody: closed with %d, want %d", l.closed, wire.CloseResume)
	}
	hash := r.seats[ann.rep.Self()].token
	if l := try(hash[:]); l.closed != wire.CloseResume {
		t.Errorf("what is written down of a token: closed with %d, want %d", l.closed, wire.CloseResume)
	}
	if good := try(ann.rep.Token()); good.closed != 0 || len(good.frames) == 0 {
		t.Errorf("the good token: closed with %d after %d frames", good.closed, len(good.frames))
	}
}

// R14: a restored room stands still until those are back who were there, and not for
// longer than a second and a half.
func TestFault_R14_RestoredRoomWaits(t *testing.T) {
	cfg, r, people := keptRoom(t)
	twin := restart(t, cfg, r)
	at := twin.world.Tick
	people[0].back(twin, "Ann")
	play(twin, 10)
	if twin.world.Tick != at || people[0].closed != 0 {
		t.Fatal("it did not wait for the others")
	}
	people[2].back(twin, "Cid")
	people[3].back(twin, "Dot")
	play(twin, 2)
	if twin.world.Tick != at+2 {
		t.Errorf("all who were there are back, and it passed %d ticks of 2", twin.world.Tick-at)
	}
	again := restart(t, cfg, restart(t, cfg, r)) // before anybody could come back
	if play(again, waitFor-1); again.world.Tick != at {
		t.Error("restarted twice, it did not wait")
	}
	lonely := restart(t, cfg, r)
	play(lonely, waitFor-1)
	if lonely.world.Tick != at {
		t.Error("it did not wait a second and a half")
	}
	play(lonely, 2)
	if lonely.world.Tick != at+2 {
		t.Error("it waits for ever")
	}
}

// R14: how long somebody has been away, is banned or muted goes on where it was, and the
// pause does not count.
func TestFault_R14_WhatExpires(t *testing.T) {
	cfg, r, people := keptRoom(t)
	ben := people[1].rep.Self() // away for three seconds
	r.banFor(person{tag: 77}, 100*sim.TickRate)
	r.seats[people[0].rep.Self()].muted = debt(r.world.Tick + 50*sim.TickRate)
	twin := restart(t, cfg, r)
	if left := twin.banned(person{tag: 77}); left != 100*sim.TickRate {
		t.Errorf("%d ticks of the ban are left, want 6000", left)
	}
	if owed := twin.seats[people[0].rep.Self()].muted.owed(twin.world.Tick); owed != 50*sim.TickRate {
		t.Errorf("%d ticks of the mute are left, want 3000", owed)
	}
	play(twin, waitFor)
	stays := twin.cfg.ResumeFor - (r.world.Tick - r.seats[ben].awaySince)
	play(twin, int(stays)-2)
	if twin.seats[ben] == nil {
		t.Error("Ben's seat was given away too early")
	}
	play(twin, 4)
	if s := twin.seats[ben]; s != nil && s.person() {
		t.Error("Ben's seat is kept for ever")
	}
}

// The place in the rotation, and what was chosen to come next, stay.
func TestRestore_Rotation(t *testing.T) {
	cfg, r, _ := keptRoom(t)
	r.at, r.next = 1, 1
	r.world = sim.Follow(r.world, r.ground().Arena, r.ground().Mode, *r.ground().Rules)
	r.lay()
	twin := restart(t, cfg, r)
	if twin.ground().Arena.Name != "switchyard" || twin.next != 1 {
		t.Errorf("plays %s, then number %d", twin.ground().Arena.Name, twin.next)
	}
}

// What cannot be gone on from is refused, and says why.
func TestRestore_Refuses(t *testing.T) {
	cfg, r, people := keptRoom(t)
	other := cfg
	other.Rotation = cfg.Rotation[1:]
	tests := []struct {
		name  string
		cfg   Config
		spoil func(*Snapshot)
		want  error
	}{
		{"another rotation", other, func(*Snapshot) {}, ErrOtherGround},
		{"a map that changed", cfg, func(s *Snapshot) { s.ArenaHash++ }, ErrOtherGround},
		{"other rules", cfg, func(s *Snapshot) { s.Rules.Live++ }, ErrOtherGround},
		{"another mode", cfg, func(s *Snapshot) { s.Mode = "brawl" }, ErrOtherGround},
		{"no world", cfg, func(s *Snapshot) { s.World.Items = nil }, sim.ErrState},
		{"seats out of order", cfg, func(s *Snapshot) { s.Seats[0], s.Seats[1] = s.Seats[1], s.Seats[0] }, errSeats},
		{"a seat too far", cfg, func(s *Snapshot) { s.Seats[len(s.Seats)-1].ID = sim.MaxPlayers }, errSeats},
		{"a ship with nobody in it", cfg, func(s *Snapshot) { s.Seats = s.Seats[1:] }, errSeats},
		{"a watcher with a ship", cfg, func(s *Snapshot) { s.Seats[0].Spectator = true }, errSeats},
		{"a player without one", cfg, func(s *Snapshot) { s.Seats[people[3].rep.Self()].Spectator = false }, errSeats},
		{"a name that is none", cfg, func(s *Snapshot) { s.Seats[0].Name = "a\u202eb" }, errSeats},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var s Snapshot
			r.Save(&s)
			test.spoil(&s)
			if _, err := Restore(test.cfg, &s); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

// R22: a hundred restarts of one room, each in the middle of everything, lose nobody and
// mix nothing up.
func TestFault_R22_HundredRestarts(t *testing.T) {
	cfg, r, people := keptRoom(t)
	tokens := map[[sha256.Size]byte]bool{}
	for n := range 100 {
		at := r.world.Tick
		r = restart(t, cfg, r)
		for _, i := range []int{0, 2} {
			people[i].back(r, "Ann")
		}
		play(r, waitFor+7)
		if r.world.Tick <= at {
			t.Fatalf("restart %d: the tick went from %d to %d", n+1, at, r.world.Tick)
		}
		for _, i := range []int{0, 2} {
			s := people[i].seat()
			if s == nil || s.visit != people[i].visit || people[i].closed != 0 {
				t.Fatalf("restart %d: %d has lost its seat: %s", n+1, i, people[i].last)
			}
			if tokens[s.token] {
				t.Fatalf("restart %d: a token was given twice", n+1)
			}
			tokens[s.token] = true
			people[i].input(sim.Input{})
		}
	}
}

// Saving takes no memory once it has been done, so that it can be done in a tick.
func TestSave_AllocatesNothing(t *testing.T) {
	_, r, _ := keptRoom(t)
	var s Snapshot
	r.Save(&s)
	if got := testing.AllocsPerRun(10, func() { r.Save(&s) }); got != 0 {
		t.Errorf("saving takes %v pieces of memory", got)
	}
}
