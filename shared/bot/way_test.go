package bot_test

import (
	"testing"

	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

// large are the shipped arenas that fit every mode.
var large = []string{"foundry", "slingshot", "switchyard", "harbour", "colossus", "expanse"}

// A pilot without enemies carries core after core across every arena, in the quickest
// hull and the slowest and from either side, and keeps up with the beacon.
func TestPilot_FindsItsWay(t *testing.T) {
	for _, name := range large {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := readArena(t, name)
			// Across and back takes at least this long, at a Bastion's pace with a core.
			far := a.Bases[0].Sub(a.Bases[1]).Len() / sim.One
			trip := sim.Tick(far/4 + far/3)
			for _, h := range []sim.HullKind{sim.Dart, sim.Bastion} {
				for _, team := range []sim.Team{sim.TeamIon, sim.TeamEmber} {
					m := lone(a, sim.Relay{}, h, team)
					y := newTally(m)
					length := 8 * trip
					m.play(length, func() bool { y.look(m.world); return true })
					if got := y.captures[team-1]; got < 3 {
						t.Errorf("a lone %s of team %d brought %d cores home in %d s, want 3", sim.Hulls[h].Name, team, got, length/sim.TickRate)
					}
					for _, s := range y.stuck {
						t.Errorf("team %d: %s", team, s)
					}
				}
				m := lone(a, sim.BeaconMode{}, h, sim.TeamIon)
				y := newTally(m)
				m.play(4*60*sim.TickRate, func() bool { y.look(m.world); return true })
				if y.held < 3*60*sim.TickRate {
					t.Errorf("a lone %s held the beacon for %d s of four minutes, want three minutes", sim.Hulls[h].Name, y.held/sim.TickRate)
				}
				for _, s := range y.stuck {
					t.Errorf("beacon: %s", s)
				}
			}
		})
	}
}

func lone(a *sim.Arena, mode sim.Mode, hull sim.HullKind, team sim.Team) *match {
	return newMatch(setup{
		arena: a, mode: mode, rules: endless, seed: 5,
		levels: levels(1, bot.Medium), hulls: []sim.HullKind{hull}, teams: []sim.Team{team},
	})
}

// Nobody is stuck in any arena in any mode, nor alone with nothing to do, and hardly
// anybody pushes against a wall.
func TestPilot_NeverStuck(t *testing.T) {
	for _, ground := range append([]string{"closet"}, large...) {
		for _, name := range sim.ModeNames() {
			a, mode := readArena(t, ground), modeOf(t, name)
			if a.Fits(mode) != nil {
				continue
			}
			t.Run(ground+"/"+name, func(t *testing.T) {
				t.Parallel()
				for _, n := range []int{1, 2, 9} {
					m := newMatch(setup{arena: a, mode: mode, rules: endless, seed: 11, levels: mixedLevels(n), hulls: mixedHulls[3:]})
					y := newTally(m)
					m.play(3*60*sim.TickRate, func() bool { y.look(m.world); return true })
					for _, s := range y.stuck {
						t.Errorf("%d pilots: %s", n, s)
					}
					if y.pushes*30 > y.flown {
						t.Errorf("%d pilots push against walls for %d of %d s", n, y.pushes/sim.TickRate, y.flown/sim.TickRate)
					}
				}
			})
		}
	}
}
