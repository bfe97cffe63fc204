package view

import (
	"math"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// arrows point at what matters and is out of sight: things the mode is about, and
// faintly the nearest of one's own side.
type arrows struct {
	keep [4]rectangle // where other things stand: arrows stay out
	near [mostMates]mate
}

const (
	mostMates  = 4
	arrowSteps = 16 // tries to find room on the way to the middle
)

// mate is one of one's own side.
type mate struct {
	at  replica.Point
	far float64
}

// draw draws the arrows.
func (a *arrows) draw(p *pane, crowded bool) {
	if crowded || p.scene.Teams == 0 && len(p.scene.Objectives) == 0 {
		return
	}
	a.keep = [...]rectangle{
		p.f.radar(float64(p.scene.Arena.Width), float64(p.scene.Arena.Height)),
		p.f.feedRoom(), p.f.statusRoom(), p.f.clockBox(),
	}
	a.drawMates(p)
	own, _ := sides(p.scene)
	carries := false
	if s := p.scene.OwnShip(); s != nil {
		carries = s.Carries
	}
	for i := range p.scene.Objectives {
		o := &p.scene.Objectives[i]
		ink := p.livery.side(o.Team)
		switch {
		case o.Kind == sim.Beacon:
			if o.State == sim.Contested {
				ink = p.livery.warn
			}
			a.point(p, o.Pos, beaconShape, 16, ink, 1)
		case o.Kind == sim.Core && o.State == sim.Carried && o.Carrier == p.scene.Self:
			continue // it is aboard
		case o.Kind == sim.Core:
			light := float32(0.75)
			if o.State != sim.AtHome {
				light = float32(0.8 + 0.2*math.Sin(p.t*6))
			}
			a.point(p, o.Pos, ofSide(ionCoreShape, o.Team), 13, ink, light)
			if carries && o.Team == own {
				a.point(p, o.Home, ofSide(ionBaseShape, o.Team), 58, ink, 1)
			}
		}
	}
}

// point draws one arrow with a sign and how far it is, in ship's widths, unless
// the place is in sight.
func (a *arrows) point(p *pane, at replica.Point, sign sprite, units float64, ink hue, light float32) {
	if p.camera.shows(at) {
		return
	}
	u := p.f.unit
	x, y, angle := a.place(p, at, 24*u)
	sin, cos := math.Sincos(angle)
	p.shade(x, y, 76*u, 76*u, 0.6)
	p.mark(sign, units, x, y, 10*u, 0, ink.light(light))
	p.mark(arrowShape, 6, x+cos*19*u, y+sin*19*u, 8*u, angle, ink.light(light))
	far := int(math.Hypot(at.X-p.camera.x, at.Y-p.camera.y)/shipWidth + 0.5)
	p.lit(number(far), x, y+22*u, 11*u, bold, centre, ink.mix(inkText, 0.4), light)
}

// shipWidth is what distances are told in, in units.
const shipWidth = 32.0

// shows reports whether a place is well within the window.
func (c *camera) shows(at replica.Point) bool { return c.sees(at, -12) }

// drawMates points at the nearest of one's own side that are out of sight.
func (a *arrows) drawMates(p *pane) {
	own := p.scene.OwnShip()
	if own == nil || p.scene.Team == sim.NoTeam {
		return
	}
	n := 0
	for i := range p.scene.Ships {
		s := &p.scene.Ships[i]
		if s.Own || !s.Team.Mates(p.scene.Team) || p.camera.sees(s.Pos, 10) {
			continue
		}
		n = a.insert(n, mate{s.Pos, math.Hypot(s.Pos.X-own.Pos.X, s.Pos.Y-own.Pos.Y)})
	}
	u := p.f.unit
	for i := range n {
		x, y, angle := a.place(p, a.near[i].at, 10*u)
		light := float32(0.5 - 0.08*float64(i))
		p.mark(arrowShape, 6, x, y, 8*u, angle, p.livery.ally.light(light))
		p.sideMark(p.scene.Team, x-math.Cos(angle)*12*u, y-math.Sin(angle)*12*u, 4*u, p.livery.ally.light(light))
	}
}

// insert keeps the nearest, sorted, and returns how many there are.
func (a *arrows) insert(n int, m mate) int {
	if n < mostMates {
		n++
	} else if m.far >= a.near[n-1].far {
		return n
	}
	i := n - 1
	for ; i > 0 && a.near[i-1].far > m.far; i-- {
		a.near[i] = a.near[i-1]
	}
	a.near[i] = m
	return n
}

// place returns where on the screen an arrow of the given radius towards a place
// stands, and the way it points. It lies on an ellipse around the middle, or
// nearer to it if something else stands there.
func (a *arrows) place(p *pane, at replica.Point, radius float64) (x, y, angle float64) {
	area := p.camera.area
	mx, my := area.middle()
	px, py := p.camera.at(at)
	angle = math.Atan2(py-my, px-mx)
	sin, cos := math.Sincos(angle)
	rx, ry := area.w/2-44*p.f.unit, area.h/2-44*p.f.unit
	for step := range arrowSteps {
		k := 1 - 0.6*float64(step)/arrowSteps
		x, y = mx+cos*rx*k, my+sin*ry*k
		if !a.taken(x, y, radius) {
			break
		}
	}
	return x, y, angle
}

func (a *arrows) taken(x, y, radius float64) bool {
	for i := range a.keep {
		r := a.keep[i]
		if x > r.x-radius && x < r.x+r.w+radius && y > r.y-radius && y < r.y+r.h+radius {
			return true
		}
	}
	return false
}
