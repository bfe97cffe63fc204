package view

import (
	"math"

	"ionwake/client/replica"
	"ionwake/client/view/settings"
	"ionwake/shared/sim"
)

// lean is how much the aim leans towards an enemy: sticks and thumbs point less
// finely than a mouse. It changes what the hand says and nothing else, and knows no
// more than what is on the screen.
type lean struct {
	cone float64 // radians to each side within which it helps
	pull float64 // of the way to the enemy, at most
}

var leans = [...]lean{
	settings.NoAssist:   {},
	settings.LowAssist:  {cone: 0.13, pull: 0.55},
	settings.HighAssist: {cone: 0.26, pull: 0.85},
}

// assistReach is how far away an enemy may be, in world units.
const assistReach = 620.0

// assist returns aim leant towards the enemy nearest to it. The nearer the hand
// points, the more it leans: there is no edge at which it jumps.
func (h lean) assist(aim sim.Angle, scene *replica.Scene) sim.Angle {
	own := scene.OwnShip()
	if own == nil || h.cone == 0 {
		return aim
	}
	pointed := float64(aim) * 2 * math.Pi / sim.AngleSteps
	best, off := h.cone, 0.0
	for i := range scene.Ships {
		s := &scene.Ships[i]
		if s.Own || s.Safe || s.Shielded || s.Team.Mates(scene.Team) {
			continue
		}
		x, y := ahead(own, s)
		if math.Hypot(x, y) > assistReach {
			continue
		}
		turn := math.Remainder(math.Atan2(y, x)-pointed, 2*math.Pi)
		if math.Abs(turn) < best && inSight(scene.Arena, own.Pos, s.Pos) {
			best, off = math.Abs(turn), turn
		}
	}
	if best == h.cone {
		return aim
	}
	turn := off * h.pull * (1 - best/h.cone)
	return aim.Turn(int(math.Round(turn * sim.AngleSteps / (2 * math.Pi))))
}

// ahead returns where s will be, from own ship, when a shot of own primary arrives.
func ahead(own, s *replica.ShipView) (x, y float64) {
	x, y = s.Pos.X-own.Pos.X, s.Pos.Y-own.Pos.Y
	speed := 0.0
	if int(own.Hull) < len(sim.Hulls) {
		speed = sim.Shots[sim.Hulls[own.Hull].Primary.Shot].Speed.Float() * sim.TickRate
	}
	if speed == 0 {
		return x, y // a beam is there at once
	}
	t := math.Hypot(x, y) / speed
	return x + s.Vel.X*t, y + s.Vel.Y*t
}

// inSight reports whether no wall stands between two points.
func inSight(a *sim.Arena, from, to replica.Point) bool {
	if a == nil {
		return true
	}
	const step = 16.0
	n := int(math.Hypot(to.X-from.X, to.Y-from.Y)/step) + 1
	for i := 1; i < n; i++ {
		k := float64(i) / float64(n)
		p := sim.Vec{X: sim.Units(int(from.X + (to.X-from.X)*k)), Y: sim.Units(int(from.Y + (to.Y-from.Y)*k))}
		if a.SolidAt(p) {
			return false
		}
	}
	return true
}
