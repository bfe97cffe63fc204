package view

import (
	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// watchPatience is how long a spectator stays with a pilot who broke up or is no
// longer the best, in seconds: the eye sees how it ended.
const watchPatience = 2.0

// watch is whom a spectator watches: the best pilot who flies.
type watch struct {
	id   sim.PlayerID
	gone float64 // seconds without a reason to stay
}

// step lets dt seconds pass and returns the watched ship, or nil while there is
// none: the camera then stays where it is.
func (w *watch) step(scene *replica.Scene, dt float64) *replica.ShipView {
	if !scene.Watcher {
		w.id, w.gone = sim.NoPlayer, 0
		return nil
	}
	best := leader(scene)
	pilot, ship := player(scene, w.id), shipOf(scene, w.id)
	switch {
	case best == nil:
	case pilot == nil:
		w.turn(best)
	case ship == nil || pilot.Score < player(scene, best.ID).Score:
		if w.gone += dt; w.gone >= watchPatience {
			w.turn(best)
		}
	default:
		w.gone = 0
	}
	return shipOf(scene, w.id)
}

func (w *watch) turn(to *replica.ShipView) { w.id, w.gone = to.ID, 0 }

// leader returns the ship of the best pilot who has one, or nil.
func leader(scene *replica.Scene) *replica.ShipView {
	for i := range scene.Players {
		if s := shipOf(scene, scene.Players[i].ID); s != nil {
			return s
		}
	}
	return nil
}

// shipOf returns the ship of id, or nil.
func shipOf(scene *replica.Scene, id sim.PlayerID) *replica.ShipView {
	for i := range scene.Ships {
		if scene.Ships[i].ID == id {
			return &scene.Ships[i]
		}
	}
	return nil
}

// drawWatched says whom one watches, where a pilot has the energy bar.
func drawWatched(b *brush, f *frame, scene *replica.Scene, id sim.PlayerID) {
	const words = "Watching "
	r, size := f.energy(), 17*f.unit
	x, y := f.width/2, r.y+r.h
	b.stretched(softShape, x, y, 0, 420*f.unit/64/b.sheet.zoom, 90*f.unit/64/b.sheet.zoom, inkSpace.solid(0.6))
	p := player(scene, id)
	if p == nil {
		b.text("Waiting for a pilot", x, y, size, medium, centre, inkText.solid(1))
		return
	}
	name := shortName(p.Name, NameRunes)
	w := b.textWidth(words, size, medium)
	x -= (w + b.textWidth(name, size, bold)) / 2
	b.text(words, x, y, size, medium, left, inkText.solid(1))
	b.text(name, x+w, y, size, bold, left, hueOf(id, false).solid(1))
}
