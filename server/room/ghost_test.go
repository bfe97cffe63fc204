package room

import (
	"testing"

	"ionwake/shared/sim"
)

// TestSeatNobodySteered loses lines while people come in: their seats are free again
// after moments, and those of others, who played, are kept for as long as is promised.
func TestSeatNobodySteered(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet"), MaxPlayers: 8})
	played := enter(t, r, "Ann", false)
	var ghosts []*guest
	for range 5 {
		ghosts = append(ghosts, enter(t, r, "Ghost", false))
	}
	play(r, 2)
	played.input(sim.Input{Buttons: sim.Up})
	play(r, 2)
	back := ghosts[0]
	for _, g := range append(ghosts, played) {
		g.visit.Gone()
	}
	play(r, unplayed-sim.TickRate)
	if n, _ := r.People(); n != 6 {
		t.Fatalf("%d seats are kept a moment after, want all 6", n)
	}
	back.knock("Ghost", false)
	play(r, 2)
	if back.closed != 0 {
		t.Fatalf("who comes back at once is refused with %d", back.closed)
	}
	back.input(sim.Input{})
	play(r, 2)
	back.visit.Gone()
	play(r, sim.TickRate)
	if n, _ := r.People(); n != 2 || r.seats[played.rep.Self()] == nil || r.seats[back.rep.Self()] == nil {
		t.Errorf("%d seats are kept of those that nobody steered, want those of Ann and of who came back", n)
	}
	play(r, int(r.cfg.ResumeFor)-3*sim.TickRate)
	if n, _ := r.People(); n < 1 {
		t.Error("a seat from which somebody played was given away before its time")
	}
	play(r, 4*sim.TickRate)
	if n, _ := r.People(); n != 0 {
		t.Errorf("%d seats are kept in the end", n)
	}
}
