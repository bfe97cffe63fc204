package bot_test

import (
	"slices"
	"testing"

	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

// grounds are the shipped arenas on which sixteen play each mode.
var grounds = map[string][]string{
	"brawl":  {"foundry", "slingshot", "colossus"},
	"squads": {"foundry", "harbour"},
	"relay":  {"foundry", "switchyard"},
	"beacon": {"harbour", "slingshot"},
}

// Ten minutes of sixteen mixed pilots are whole matches: each ends with a winner, or
// at the bell with equal scores; nobody sits about; and what the mode is about
// happens.
func TestModes_TenMinutes(t *testing.T) {
	for _, name := range sim.ModeNames() {
		for _, ground := range grounds[name] {
			t.Run(name+"/"+ground, func(t *testing.T) {
				t.Parallel()
				tenMinutes(t, name, ground)
			})
		}
	}
}

func tenMinutes(t *testing.T, name, ground string) {
	mode := modeOf(t, name)
	rules := sim.RulesOf(mode)
	rules.Warmup = sim.TickRate
	m := newMatch(setup{
		arena: readArena(t, ground), mode: mode, rules: rules, seed: 2,
		levels: mixedLevels(16), hulls: mixedHulls,
	})
	y, ended := newTally(m), 0
	m.play(10*60*sim.TickRate, func() bool {
		y.look(m.world)
		if slices.ContainsFunc(m.world.Events, func(e sim.Event) bool { return e.Kind == sim.PhaseChanged }) &&
			m.world.Match.Phase == sim.Results {
			ended++
			checkEnd(t, m.world, y)
		}
		return true
	})
	t.Logf("%d matches: %v", ended, y)
	if ended == 0 {
		t.Error("no match ended in ten minutes")
	}
	for _, s := range y.stuck {
		t.Error(s)
	}
	if rate := y.rate(); rate < 1 || rate > 8 {
		t.Errorf("%.1f kills per ship and minute, want 1 to 8", rate)
	}
	switch name {
	case "relay":
		if got := y.captures[0] + y.captures[1]; got == 0 || y.taken < 2*got {
			t.Errorf("%d cores taken, %d brought home; want one at least, and that it is hard", y.taken, got)
		}
	case "beacon":
		if y.held < 200*sim.TickRate {
			t.Errorf("the beacon was held for %d s of ten minutes, want 200", y.held/sim.TickRate)
		}
	}
	if y.items < 20 {
		t.Errorf("%d pick-ups taken, want 20", y.items)
	}
}

// checkEnd fails unless a match that just ended has a winner or ended at the bell.
func checkEnd(t *testing.T, w *sim.World, y *tally) {
	t.Helper()
	var scores []int16
	if w.Mode().Teams() > 0 {
		scores = append(scores, w.Match.Scores[:]...)
	} else {
		for _, p := range w.Players {
			scores = append(scores, p.Score)
		}
	}
	slices.Sort(scores)
	best, next := scores[len(scores)-1], scores[len(scores)-2]
	early := best >= w.Rules.ScoreLimit
	minutes := float64(w.Tick) / sim.TickRate / 60
	t.Logf("match %d over at %.1f minutes, %d to %d, led by another %d times", w.Match.Number, minutes, best, next, y.leads)
	if best <= 0 && w.Mode().Name() != "relay" {
		t.Errorf("match %d ended at %d to %d", w.Match.Number, best, next)
	}
	if early && best == next && w.Mode().Teams() > 0 {
		t.Errorf("match %d is decided at %d to %d", w.Match.Number, best, next)
	}
	if early && w.Match.Number == 1 && minutes < 2 {
		t.Errorf("match %d was over after %.1f minutes, want two at least", w.Match.Number, minutes)
	}
}

// mixedHulls deals the hulls so that both sides, and attackers and defenders, get
// each.
var mixedHulls = []sim.HullKind{
	sim.Dart, sim.Corsair, sim.Lancer, sim.Bastion, sim.Corsair, sim.Dart, sim.Bastion, sim.Lancer,
	sim.Lancer, sim.Bastion, sim.Dart, sim.Corsair, sim.Bastion, sim.Lancer, sim.Corsair, sim.Dart,
}

func mixedLevels(n int) []bot.Level {
	all := make([]bot.Level, n)
	for i := range all {
		all[i] = bot.Level(i/4%3 + 1)
	}
	return all
}

// Hard pilots beat easy ones in every mode.
func TestModes_HardBeatsEasy(t *testing.T) {
	for _, c := range []struct {
		mode, ground string
		side         int // pilots a side
	}{
		{"brawl", "closet", 1},
		{"brawl", "foundry", 1},
		{"squads", "foundry", 4},
		{"relay", "foundry", 4},
		{"relay", "harbour", 4},
		{"beacon", "foundry", 4},
	} {
		t.Run(c.mode+"/"+c.ground, func(t *testing.T) {
			t.Parallel()
			won := 0
			for seed := uint64(1); seed <= 10; seed++ {
				if hardWins(t, c.mode, c.ground, c.side, seed) {
					won++
				}
			}
			t.Logf("hard won %d of 10", won)
			if won < 8 {
				t.Errorf("hard beats easy in %d of 10 matches, want 8", won)
			}
		})
	}
}

// hardWins plays a match of hard pilots, in even seats, against easy ones.
func hardWins(t *testing.T, name, ground string, side int, seed uint64) bool {
	mode := modeOf(t, name)
	rules := sim.RulesOf(mode)
	rules.Warmup = 1
	var both []bot.Level
	for range side {
		both = append(both, bot.Hard, bot.Easy)
	}
	hard, easy := sim.TeamIon, sim.TeamEmber
	if seed%2 == 0 {
		hard, easy = easy, hard
	}
	m := newMatch(setup{
		arena: readArena(t, ground), mode: mode, rules: rules, seed: seed, levels: both,
		hulls: []sim.HullKind{sim.Dart, sim.Dart, sim.Corsair, sim.Corsair, sim.Lancer, sim.Lancer, sim.Bastion, sim.Bastion},
		teams: []sim.Team{hard, easy},
	})
	m.play(10*60*sim.TickRate, func() bool { return m.world.Match.Phase != sim.Results })
	if mode.Teams() == 0 {
		return m.world.Players[0].Score > m.world.Players[1].Score
	}
	return m.world.Match.Scores[hard-1] > m.world.Match.Scores[easy-1]
}
