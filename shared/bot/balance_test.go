package bot_test

import (
	"testing"

	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

// tally watches a match for what its tuning is judged by.
type tally struct {
	born     []sim.Tick // by id: when the ship entered
	alive    []bool
	energy   []int32
	seq      []uint8
	engaged  []sim.Tick // by id: when the present exchange began
	hurt     []sim.Tick // by id: the last hit taken
	kills    int
	lives    sim.Tick // ticks, summed over kills
	duels    sim.Tick // ticks from the first hit of an exchange to the kill, summed
	shots    int
	hits     int
	shipTime int   // ticks
	travel   int64 // Units
}

func newTally(n int) *tally {
	return &tally{
		born: make([]sim.Tick, n), alive: make([]bool, n), energy: make([]int32, n),
		seq: make([]uint8, n), engaged: make([]sim.Tick, n), hurt: make([]sim.Tick, n),
	}
}

// pause without a hit ends an exchange.
const pause = 150

func (y *tally) look(w *sim.World) {
	for id := range y.alive {
		s := w.Ship(sim.PlayerID(id))
		if s == nil {
			continue
		}
		if !y.alive[id] {
			y.alive[id], y.born[id], y.energy[id], y.seq[id] = true, w.Tick, s.Energy, s.NextSeq
		}
		if s.NextSeq != y.seq[id] {
			y.shots++
		}
		if y.energy[id]-s.Energy > sim.Shots[sim.LightBolt].Damage/2 {
			y.hit(id, w.Tick)
		}
		y.energy[id], y.seq[id] = s.Energy, s.NextSeq
		y.shipTime++
		y.travel += int64(s.Vel.Len())
	}
	for _, e := range w.Events {
		if e.Kind == sim.Killed {
			y.hit(int(e.Who), w.Tick)
			y.kills++
			y.alive[e.Who] = false
			y.lives += w.Tick - y.born[e.Who]
			y.duels += w.Tick - y.engaged[e.Who]
		}
	}
}

func (y *tally) hit(id int, now sim.Tick) {
	y.hits++
	if now-y.hurt[id] > pause {
		y.engaged[id] = now
	}
	y.hurt[id] = now
}

// The tuning table makes a game of the intended pace between decent players: a
// duel takes two to five seconds from its first hit, a life in a loose Brawl ten
// to twenty-five, and about one shot in three or four hits.
func TestBalance(t *testing.T) {
	for _, c := range []struct {
		arena   string
		pilots  int
		seconds sim.Tick
		life    [2]float64 // seconds
	}{
		{"foundry", 8, 600, [2]float64{10, 25}},
		{"foundry", 64, 60, [2]float64{5, 20}},
		{"closet", 2, 600, [2]float64{10, 25}},
	} {
		m, y := newMatch(readArena(t, c.arena), endless, 7, levels(c.pilots, bot.Medium)...), newTally(c.pilots)
		for m.world.Tick < c.seconds*sim.TickRate {
			m.tick()
			y.look(m.world)
		}
		kills := float64(y.kills)
		life := float64(y.lives) / sim.TickRate / kills
		duel := float64(y.duels) / sim.TickRate / kills
		hits := float64(y.hits) / float64(y.shots)
		t.Logf("%s, %d pilots: %.1f kills a minute each, a life %.1f s, a duel %.1f s, %.0f %% hits, %.1f shots a second, speed %.1f units a tick",
			c.arena, c.pilots, kills*60/float64(c.seconds)/float64(c.pilots), life, duel, 100*hits,
			float64(y.shots)/float64(y.shipTime)*sim.TickRate, float64(y.travel)/float64(y.shipTime)/float64(sim.One))
		if life < c.life[0] || life > c.life[1] {
			t.Errorf("%s, %d pilots: a life lasts %.1f s, want %v", c.arena, c.pilots, life, c.life)
		}
		if duel < 2 || duel > 5 {
			t.Errorf("%s, %d pilots: a duel lasts %.1f s, want 2 to 5", c.arena, c.pilots, duel)
		}
		if hits < 0.2 || hits > 0.5 {
			t.Errorf("%s, %d pilots: %.0f %% of shots hit, want 20 to 50", c.arena, c.pilots, 100*hits)
		}
	}
}
