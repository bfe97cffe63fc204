package view

import (
	"math"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

const (
	// watchPatience is how long a spectator stays with a pilot who broke up or is
	// no longer the best, in seconds: the eye sees how it ended.
	watchPatience = 2.0
	// deathStay is how long the eye of the dead stays where it ended, in seconds,
	// before it turns to who did it, and longWait how long one must be out for that:
	// a short wait is not worth two journeys.
	deathStay = 1.2
	longWait  = 3.0
	freeSpeed = 760.0 // units per second
)

// watch is what one without a ship looks at: a pilot, or a place. By itself it is
// the best pilot who flies, and for the dead where it ended.
type watch struct {
	id     sim.PlayerID
	gone   float64 // seconds without a reason to stay
	chosen bool    // by the player, who alone leaves then
	free   bool    // a place
	at     replica.Point
	out    float64 // seconds that own ship has been gone
}

// rest forgets what was watched: own ship flies.
func (w *watch) rest() { *w = watch{id: sim.NoPlayer} }

// eye lets dt seconds pass and returns what the camera follows, if anything: it
// stays where it is otherwise.
func (w *watch) eye(scene *replica.Scene, dt float64) (at, vel replica.Point, ok bool) {
	if w.free {
		return w.at, replica.Point{}, true
	}
	if s := w.step(scene, dt); s != nil {
		w.at = s.Pos
		return s.Pos, s.Vel, true
	}
	return replica.Point{}, replica.Point{}, false
}

// step lets dt seconds pass and returns the watched ship, or nil while there is
// none.
func (w *watch) step(scene *replica.Scene, dt float64) *replica.ShipView {
	switch {
	case scene.Watcher:
		w.out = 0
		w.stepWatcher(scene, dt)
	case scene.Alive || scene.Self == sim.NoPlayer:
		w.rest()
		return nil
	default:
		w.stepDead(scene, dt)
	}
	return scene.Ship(w.id)
}

func (w *watch) stepWatcher(scene *replica.Scene, dt float64) {
	best := leader(scene)
	pilot, ship := player(scene, w.id), scene.Ship(w.id)
	switch {
	case pilot == nil:
		if w.chosen = false; best != nil {
			w.turn(best.ID)
		}
	case w.chosen:
		w.gone = 0
	case best == nil:
	case ship == nil || pilot.Score < player(scene, best.ID).Score:
		if w.gone += dt; w.gone >= watchPatience {
			w.turn(best.ID)
		}
	default:
		w.gone = 0
	}
}

// stepDead turns to who did it if the wait is long.
func (w *watch) stepDead(scene *replica.Scene, dt float64) {
	w.out += dt
	if d := scene.Death; !w.chosen && w.id == sim.NoPlayer && d != nil && w.out >= deathStay && scene.Respawn.Seconds() > longWait {
		if s := scene.Ship(d.By); s != nil && !s.Own {
			w.turn(s.ID)
		}
	}
}

func (w *watch) turn(to sim.PlayerID) { w.id, w.gone, w.free = to, 0, false }

// follow watches a pilot because the player says so.
func (w *watch) follow(id sim.PlayerID) {
	w.turn(id)
	w.chosen = true
}

// next watches the next pilot who flies, or the one before; the dead begin with
// who did it.
func (w *watch) next(scene *replica.Scene, step int) {
	ships := scene.Ships
	if len(ships) == 0 {
		return
	}
	if d := scene.Death; w.id == sim.NoPlayer && d != nil && scene.Ship(d.By) != nil && d.By != scene.Self {
		w.follow(d.By)
		return
	}
	at := none
	for i := range ships {
		if ships[i].ID == w.id {
			at = i
		}
	}
	if at == none && step < 0 {
		at = 0
	}
	for range ships {
		at = (at + step + len(ships)) % len(ships)
		if s := &ships[at]; !s.Own && player(scene, s.ID) != nil {
			w.follow(s.ID)
			return
		}
	}
}

// loosen frees the eye from where it is, or ties it to a pilot again.
func (w *watch) loosen(c *camera) {
	if w.free = !w.free; w.free {
		w.at = replica.Point{X: c.x, Y: c.y}
	}
}

// push moves a free eye for dt seconds in a direction, and keeps it over the arena.
func (w *watch) push(a *sim.Arena, dx, dy, dt float64) {
	if l := math.Hypot(dx, dy); l > 1 {
		dx, dy = dx/l, dy/l
	}
	size := a.Size()
	w.at.X = between(w.at.X+dx*freeSpeed*dt, 0, size.X.Float())
	w.at.Y = between(w.at.Y+dy*freeSpeed*dt, 0, size.Y.Float())
}

// leader returns the ship of the best pilot who has one, or nil.
func leader(scene *replica.Scene) *replica.ShipView {
	for i := range scene.Players {
		if s := scene.Ship(scene.Players[i].ID); s != nil {
			return s
		}
	}
	return nil
}

const (
	lookEvery = 0.2 // seconds between two words to the server about it at most
	lookMove  = 24  // units: a smaller move of a free eye is not told
)

// lookout tells the server what one looks at, so that it sends what there is to
// see there.
type lookout struct {
	id   sim.PlayerID
	at   replica.Point
	wait float64
	told bool
}

// step lets dt seconds pass and tells what has changed.
func (l *lookout) step(s Session, scene *replica.Scene, w *watch, dt float64) {
	l.wait = max(0, l.wait-dt)
	looking := w.free || w.id != sim.NoPlayer
	if scene.Alive || !looking {
		l.told = false
		return
	}
	id, at := w.id, replica.Point{}
	if w.free {
		id, at = sim.NoPlayer, w.at
	}
	if l.wait > 0 || l.told && id == l.id && math.Hypot(at.X-l.at.X, at.Y-l.at.Y) < lookMove {
		return
	}
	l.id, l.at, l.told, l.wait = id, at, true, lookEvery
	s.Look(id, at)
}
