package bot_test

import (
	"testing"

	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

// The tuning table makes a game of the intended pace: a fight takes two to five
// seconds from its first hit, and no hull kills less than half or more than twice as
// often as it dies. All four weapons and the secondaries that hurt kill somebody.
func TestBalance(t *testing.T) {
	for _, c := range []struct {
		arena   string
		pilots  int
		level   bot.Level
		minutes sim.Tick
		life    [2]float64 // seconds
	}{
		{"foundry", 16, bot.Medium, 10, [2]float64{10, 30}},
		{"slingshot", 16, bot.Hard, 10, [2]float64{10, 30}},
		{"harbour", 16, bot.Hard, 10, [2]float64{10, 35}},
		{"foundry", 64, bot.Medium, 2, [2]float64{4, 20}},
		{"closet", 4, bot.Medium, 10, [2]float64{6, 25}},
	} {
		t.Run(c.arena+"/"+c.level.String(), func(t *testing.T) {
			t.Parallel()
			m := newMatch(setup{arena: readArena(t, c.arena), rules: endless, seed: 7, levels: levels(c.pilots, c.level), hulls: every})
			y := newTally(m)
			m.play(c.minutes*60*sim.TickRate, func() bool { y.look(m.world); return true })
			t.Logf("%d pilots: %v", c.pilots, y)
			if life := y.life(); life < c.life[0] || life > c.life[1] {
				t.Errorf("a life lasts %.1f s, want %v", life, c.life)
			}
			if duel := y.duel(); duel < 1.6 || duel > 5 {
				t.Errorf("a fight lasts %.1f s, want 1.6 to 5", duel)
			}
			if hits := float64(y.hits) / float64(y.shots); hits < 0.2 || hits > 0.6 {
				t.Errorf("%.0f %% of shots hit, want 20 to 60", 100*hits)
			}
			for h := range y.hulls {
				if r := y.ratio(h); r < 0.5 || r > 2 {
					t.Errorf("the %s kills %.2f times for each death, want 0.5 to 2", sim.Hulls[h].Name, r)
				}
			}
			for _, shot := range []sim.BoltKind{sim.LightBolt, sim.Bouncer, sim.Mine, sim.Beam, sim.Shell} {
				if name := sim.Shots[shot].Name; y.with[name] == 0 {
					t.Errorf("nobody was killed by a %s", name)
				}
			}
		})
	}
}

// A duel of equals takes two to five seconds from its first hit.
func TestBalance_Duel(t *testing.T) {
	for h := range sim.Hulls {
		m := newMatch(setup{
			arena: readArena(t, "closet"), rules: endless, seed: 7,
			levels: levels(2, bot.Medium), hulls: []sim.HullKind{sim.HullKind(h)},
		})
		y := newTally(m)
		m.play(10*60*sim.TickRate, func() bool { y.look(m.world); return true })
		t.Logf("%s: %v", sim.Hulls[h].Name, y)
		if duel := y.duel(); duel < 1.6 || duel > 6 || y.kills < 10 {
			t.Errorf("%s against %[1]s: %d kills, each after %.1f s; want ten at least, 1.6 to 6 s", sim.Hulls[h].Name, y.kills, duel)
		}
	}
}
