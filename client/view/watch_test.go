package view

import (
	"testing"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// TestWatchStaysAWhile tells whom a spectator watches, half a second at a time.
func TestWatchStaysAWhile(t *testing.T) {
	scene := replica.Scene{Watcher: true, Self: sim.NoPlayer}
	room := func(flying []sim.PlayerID, best ...sim.PlayerID) {
		scene.Ships, scene.Players = nil, nil
		for i, id := range best {
			scene.Players = append(scene.Players, replica.PlayerView{ID: id, Score: 10 - i})
		}
		for _, id := range flying {
			scene.Ships = append(scene.Ships, replica.ShipView{ID: id})
		}
	}
	all := []sim.PlayerID{1, 2, 3}
	w := watch{id: sim.NoPlayer}
	for _, step := range []struct {
		name   string
		do     func()
		halves int
		want   sim.PlayerID
	}{
		{"nobody is there", func() {}, 1, sim.NoPlayer},
		{"the best", func() { room(all, 2, 1, 3) }, 1, 2},
		{"just broke up", func() { room([]sim.PlayerID{1, 3}, 2, 1, 3) }, 3, 2},
		{"back again", func() { room(all, 2, 1, 3) }, 1, 2},
		{"broke up for long", func() { room([]sim.PlayerID{1, 3}, 2, 1, 3) }, 4, 1},
		{"another has just become the best", func() { room(all, 3, 1, 2) }, 3, 1},
		{"another is the best", func() {}, 1, 3},
		{"the watched left", func() { room([]sim.PlayerID{1, 2}, 1, 2) }, 1, 1},
		{"a seat of one's own", func() { scene.Watcher = false }, 1, sim.NoPlayer},
	} {
		step.do()
		for range step.halves {
			w.step(&scene, 0.5)
		}
		if w.id != step.want {
			t.Errorf("%s: watching %d, want %d", step.name, w.id, step.want)
		}
	}
}
