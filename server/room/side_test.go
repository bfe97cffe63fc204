package room

import (
	"strings"
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

func squads(t *testing.T, bots int) *Room {
	t.Helper()
	rules := sim.Rules{Live: 1 << 30}
	return New(Config{Arena: arena(t, "foundry"), Mode: sim.Squads{}, Rules: &rules, Bots: bots, BotsAlways: true, Seed: 5})
}

// enterOn brings somebody in who wants a hull and a side.
func enterOn(t *testing.T, r *Room, name string, want wire.Loadout) *guest {
	t.Helper()
	g := newGuest(t, r)
	g.loadout = want
	g.knock(name, false)
	play(r, 4)
	return g
}

func (g *guest) wants(l wire.Loadout) {
	g.t.Helper()
	g.tell(&wire.Client{Kind: wire.KindLoadout, Loadout: l})
	play(g.room, 2*sim.TickRate)
}

func (g *guest) player() *sim.Player { return &g.room.world.Players[g.rep.Self()] }

// dies ends the ship of the guest, who is back at once.
func (g *guest) dies() {
	p := g.player()
	p.Status, p.SpawnAt = sim.Waiting, g.room.world.Tick+1
	play(g.room, 4)
}

// TestLoadout enters with the hull and on the side that was asked for, and changes
// with the next life.
func TestLoadout(t *testing.T) {
	r := squads(t, 0)
	ann := enterOn(t, r, "Ann", wire.Loadout{Hull: sim.Lancer, Team: sim.TeamEmber})
	if s := r.world.Ship(0); s.Hull != sim.Lancer || s.Team != sim.TeamEmber {
		t.Fatalf("enters as %+v", s)
	}
	ann.wants(wire.Loadout{Hull: sim.Bastion, Team: sim.TeamIon})
	if s := r.world.Ship(0); s.Hull != sim.Lancer || s.Team != sim.TeamEmber {
		t.Errorf("changes in mid-flight to %+v", s)
	}
	ann.dies()
	if s := r.world.Ship(0); s.Hull != sim.Bastion || s.Team != sim.TeamIon {
		t.Errorf("is back as %+v", s)
	}
	ann.wants(wire.Loadout{Hull: sim.Dart})
	ann.dies()
	if s := r.world.Ship(0); s.Hull != sim.Dart || s.Team != sim.TeamIon {
		t.Errorf("without a wish for a side, is back as %+v", s)
	}
	if line := ann.board()[0]; line.Team != sim.TeamIon || line.Hull != sim.Dart {
		t.Errorf("the scoreboard shows %+v", line)
	}
	brawl := New(Config{Arena: arena(t, "closet")})
	bob := enterOn(t, brawl, "Bob", wire.Loadout{Hull: sim.Corsair, Team: sim.TeamEmber})
	if s := brawl.world.Ship(0); s.Hull != sim.Corsair || s.Team != sim.NoTeam || bob.told() != "" {
		t.Errorf("without sides, enters as %+v and is told %q", s, bob.told())
	}
}

// TestLoadoutNewestActs chooses a hundred times at once: the last choice stands.
func TestLoadoutNewestActs(t *testing.T) {
	r := squads(t, 0)
	ann := enterOn(t, r, "Ann", wire.Loadout{})
	for i := range 100 {
		ann.tell(&wire.Client{Kind: wire.KindLoadout, Loadout: wire.Loadout{Hull: sim.HullKind(i % 4)}})
		if i%8 == 7 {
			r.Tick()
		}
	}
	play(r, 2*sim.TickRate)
	if got := ann.player().Next.Hull; got != 99%4 || ann.closed != 0 {
		t.Errorf("hull %d, closed with %d", got, ann.closed)
	}
}

// TestSidesFill brings people in without a wish: the sides stay even.
func TestSidesFill(t *testing.T) {
	r := squads(t, 0)
	for i := range 9 {
		enterOn(t, r, "Ann", wire.Loadout{})
		if n := r.world.Sizes(); max(n[0]-n[1], n[1]-n[0]) > 1 || n[0]+n[1] != i+1 {
			t.Errorf("sides of %v after %d", n, i+1)
		}
	}
}

// TestSideIsCrowded asks for the larger side: refused with words, at the door too.
func TestSideIsCrowded(t *testing.T) {
	r := squads(t, 0)
	ion := wire.Loadout{Team: sim.TeamIon}
	ann, bob := enterOn(t, r, "Ann", ion), enterOn(t, r, "Bob", ion)
	if ann.player().Team != sim.TeamIon || bob.player().Team != sim.TeamEmber || !strings.Contains(bob.told(), "Torus has more") {
		t.Errorf("sides %d and %d, told %q", ann.player().Team, bob.player().Team, bob.told())
	}
	if ann.told() != "" {
		t.Errorf("another is told %q", ann.told())
	}
	bob.wants(ion)
	if bob.player().Next.Team != sim.TeamEmber {
		t.Error("the larger side takes more")
	}
	cid := enterOn(t, r, "Cid", wire.Loadout{Team: sim.TeamEmber})
	if cid.player().Team != sim.TeamEmber {
		t.Error("of even sides, the wished one is refused")
	}
	bob.wants(ion) // two against one: to the smaller side
	if bob.player().Next.Team != sim.TeamIon {
		t.Errorf("told %q", bob.told())
	}
}

// TestBotsMakeWay lets friends fly together where bots fill the other places.
func TestBotsMakeWay(t *testing.T) {
	r := squads(t, 8)
	for i := range 4 {
		g := enterOn(t, r, "Ann", wire.Loadout{Team: sim.TeamIon})
		play(r, 3*sim.TickRate)
		if got := g.player().Team; got != sim.TeamIon {
			t.Errorf("friend %d is on side %d", i, got)
		}
		if n := r.world.Sizes(); n != [2]int{4, 4} {
			t.Errorf("sides of %v", n)
		}
	}
	hulls := make(map[sim.HullKind]int)
	r = squads(t, 8)
	play(r, 2)
	for _, s := range r.seats {
		hulls[r.world.Players[s.id].Next.Hull]++
	}
	for h := sim.Dart; h <= sim.Bastion; h++ {
		if hulls[h] != 2 {
			t.Errorf("%d of 8 bots fly hull %d", hulls[h], h)
		}
	}
}

// TestSidesEvenOut takes people out of one side: of the other, the newest has to
// change, with the next life, and is told.
func TestSidesEvenOut(t *testing.T) {
	r := squads(t, 0)
	var all []*guest
	for i := range 6 {
		all = append(all, enterOn(t, r, "Ann", wire.Loadout{Team: sim.TeamIon + sim.Team(i%2)}))
	}
	for _, i := range []int{1, 3} { // of Ember
		all[i].tell(&wire.Client{Kind: wire.KindLeave})
	}
	play(r, 3*sim.TickRate)
	if n := r.world.Sizes(); n != [2]int{3, 1} {
		t.Fatalf("sides of %v before anybody had time", n)
	}
	play(r, unevenFor)
	if n := r.world.Sizes(); n != [2]int{2, 2} {
		t.Errorf("sides of %v", n)
	}
	last := all[4]
	if last.player().Team != sim.TeamIon || last.player().Next.Team != sim.TeamEmber || !strings.Contains(last.told(), "fly for Wedge") {
		t.Errorf("the newest flies for %d, then %d, and is told %q", last.player().Team, last.player().Next.Team, last.told())
	}
	last.dies()
	if s := r.world.Ship(last.rep.Self()); s.Team != sim.TeamEmber {
		t.Errorf("is back as %+v", s)
	}
}
