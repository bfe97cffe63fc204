package sim

import (
	"testing"

	"pgregory.net/rapid"
)

// Where many enter in one tick, each enters as if the ships had been looked at anew.
func TestSpawn_ManyAtOnceAsOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyArena(t)
		c := newCrowd(a, anyMode(t, a), rapid.IntRange(2, 24).Draw(t, "players"), rapid.Uint64().Draw(t, "seed"))
		for range rapid.IntRange(0, 300).Draw(t, "ticks") {
			c.step()
		}
		w := c.world
		for id := range w.Players {
			if w.Players[id].Status != Absent && c.rand.Intn(3) > 0 {
				w.ground(PlayerID(id))
				w.Players[id].SpawnAt = w.Tick
			}
		}
		plain := w.clone()
		for id := range plain.Players {
			if plain.Players[id].Status == Waiting && plain.Tick >= plain.Players[id].SpawnAt {
				plain.lonely.known = [Teams + 1]bool{}
				plain.spawn(PlayerID(id))
			}
		}
		if w.stepSpawns(); w.Hash() != plain.Hash() {
			t.Fatalf("at once %+v, one by one %+v", w.Ships, plain.Ships)
		}
	})
}
