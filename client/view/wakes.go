package view

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// The ion wake: a thrusting ship leaves a ribbon of light behind it, two strands
// braided in a soft band, that widens, turns violet and is gone after wakeSpan.
const (
	wakeSpan   = 1.25 // seconds
	wakePoints = 96   // of a trail: enough for the fastest ship; the oldest go
	wakeStep   = 7.0  // units between points
	wakeBreak  = 90.0 // a ship further than this from its last point has jumped
	maxTrails  = 64   // the trail that has been cold longest makes room
)

type wakePoint struct {
	x, y  float64
	born  float64 // seconds
	power float64 // 0..1
	phase float64 // of the braid
	start bool    // not joined to the point before
}

// trail is what one ship leaves.
type trail struct {
	owner  sim.PlayerID
	colour hue
	points [wakePoints]wakePoint
	first  int // the oldest
	count  int
	power  float64
	phase  float64
	fresh  float64 // when the newest point was laid
	ion    float64 // units to fly until the next ion
}

// wakes holds the trails in memory of fixed size.
type wakes struct {
	trails [maxTrails]trail
	byShip [sim.MaxPlayers]uint8 // 1 + index into trails; 0: none
	now    float64
}

// clear drops every trail.
func (w *wakes) clear() {
	for i := range w.trails {
		w.trails[i].count = 0
	}
	clear(w.byShip[:])
}

// trailOf returns the trail of a ship, taking one from the pool if it has none.
func (w *wakes) trailOf(id sim.PlayerID) *trail {
	if i := w.byShip[id]; i != 0 {
		return &w.trails[i-1]
	}
	oldest := 0
	for i := range w.trails {
		if w.trails[i].count == 0 {
			oldest = i
			break
		}
		if w.trails[i].fresh < w.trails[oldest].fresh {
			oldest = i
		}
	}
	t := &w.trails[oldest]
	if w.byShip[t.owner] == uint8(oldest+1) {
		w.byShip[t.owner] = 0
	}
	t.owner, t.count, t.first, t.power = id, 0, 0, 0
	w.byShip[id] = uint8(oldest + 1)
	return t
}

// step lets time pass and lays what the ships of the scene leave.
func (w *wakes) step(now time.Duration, dt float64, ships []replica.ShipView, ions *sparks) {
	w.now = now.Seconds()
	for i := range ships {
		s := &ships[i]
		if int(s.ID) >= len(w.byShip) {
			continue
		}
		if !s.Buttons.Thrusting() && w.byShip[s.ID] == 0 {
			continue
		}
		w.trailOf(s.ID).lay(s, w.now, dt, ions)
	}
	for i := range w.trails {
		w.trails[i].age(w.now)
	}
	for i := range w.trails {
		if t := &w.trails[i]; t.count == 0 && w.byShip[t.owner] == uint8(i+1) {
			w.byShip[t.owner] = 0
		}
	}
}

// lay adds the ship's place if it has moved far enough.
func (t *trail) lay(s *replica.ShipView, now, dt float64, ions *sparks) {
	t.colour = hueOf(s.ID, s.Own)
	want := 0.0
	if s.Buttons.Thrusting() {
		want = 1
	}
	t.power += (want - t.power) * (1 - math.Exp(-14*dt))
	if t.power < 0.02 && want == 0 {
		return
	}
	far := wakeStep
	if t.count > 0 {
		last := &t.points[(t.first+t.count-1)%wakePoints]
		far = math.Hypot(s.Pos.X-last.x, s.Pos.Y-last.y)
	}
	if far < wakeStep {
		return
	}
	t.phase += min(far, wakeBreak) * 0.085
	broken := t.count == 0 || far > wakeBreak || now-t.fresh > 0.25
	t.push(wakePoint{x: s.Pos.X, y: s.Pos.Y, born: now, power: t.power, phase: t.phase, start: broken})
	t.fresh = now
	if t.ion -= far; t.ion <= 0 {
		t.ion = 16
		t.shedIon(s, ions)
	}
}

// shedIon lets a point of light drift out of the wake.
func (t *trail) shedIon(s *replica.ShipView, ions *sparks) {
	d := &ions.dice
	sin, cos := math.Sincos(d.turn())
	ions.mote(mote{
		shape: starShape, colour: t.colour.mix(inkWhite, 0.35),
		x: s.Pos.X + cos*6, y: s.Pos.Y + sin*6,
		vx: cos*22 + s.Vel.X*0.12, vy: sin*22 + s.Vel.Y*0.12, drag: 1.2,
		size: d.span(0.4, 0.85), span: d.span(0.5, wakeSpan),
	})
}

func (t *trail) push(p wakePoint) {
	if t.count == wakePoints {
		t.first = (t.first + 1) % wakePoints
		t.count--
	}
	t.points[(t.first+t.count)%wakePoints] = p
	t.count++
}

// age drops the points whose time is over.
func (t *trail) age(now float64) {
	for t.count > 0 && now-t.points[t.first].born >= wakeSpan {
		t.first = (t.first + 1) % wakePoints
		t.count--
	}
}

// draw draws the trails that may be in sight.
func (w *wakes) draw(b *brush, c *camera, ships []replica.ShipView) {
	for i := range w.trails {
		t := &w.trails[i]
		if t.count < 2 {
			continue
		}
		t.joinShip(ships)
		w.drawTrail(b, c, t, band)
		w.drawTrail(b, c, t, strandA)
		w.drawTrail(b, c, t, strandB)
	}
}

// joinShip moves the newest point to where the ship is drawn now, so that the
// wake does not lag behind by a step.
func (t *trail) joinShip(ships []replica.ShipView) {
	if t.power < 0.3 {
		return
	}
	for i := range ships {
		if s := &ships[i]; s.ID == t.owner {
			last := &t.points[(t.first+t.count-1)%wakePoints]
			if math.Hypot(s.Pos.X-last.x, s.Pos.Y-last.y) < 2*wakeStep {
				last.x, last.y = s.Pos.X, s.Pos.Y
			}
			return
		}
	}
}

// part is a part of the ribbon.
type part uint8

const (
	band part = iota
	strandA
	strandB
)

// drawTrail draws one part of a trail, from its oldest point to the ship.
func (w *wakes) drawTrail(b *brush, c *camera, t *trail, which part) {
	dx, dy := 1.0, 0.0
	begin := true // of a strip of triangles
	for i := range t.count {
		p := &t.points[(t.first+i)%wakePoints]
		q := p
		if i+1 < t.count {
			q = &t.points[(t.first+i+1)%wakePoints]
		}
		if x, y := q.x-p.x, q.y-p.y; (x != 0 || y != 0) && !q.start {
			l := math.Hypot(x, y)
			dx, dy = dx*0.4+x/l*0.6, dy*0.4+y/l*0.6 // smoother bends
		}
		begin = begin || p.start
		if !c.sees(replica.Point{X: p.x, Y: p.y}, 60) {
			begin = true
			continue
		}
		age := min(1, max(0, (w.now-p.born)/wakeSpan))
		w.drawRib(b, c, t, p, which, age, dx, dy, begin)
		begin = false
	}
}

// drawRib draws the ribbon's cross-section at p, where the ship flew along
// (dx, dy).
func (w *wakes) drawRib(b *brush, c *camera, t *trail, p *wakePoint, which part, age, dx, dy float64, begin bool) {
	l := math.Hypot(dx, dy)
	if l == 0 {
		l = 1
	}
	nx, ny := -dy/l, dx/l
	fade := float32(math.Pow(1-age, 1.25) * p.power)
	young := float32(max(0, 1-age*3.2))
	colour := t.colour.mix(inkViolet, float32(age)*0.75)
	x, y := p.x, p.y
	shape, width := mistShape, 22+34*age
	ink := colour.light(fade * (0.5 + 0.35*young))
	if which != band {
		swing := math.Sin(p.phase) * (3 + 9*age)
		if which == strandB {
			swing = -swing
		}
		x, y = x+nx*swing, y+ny*swing
		shape, width = beamShape, 15-5*age
		ink = colour.mix(inkWhite, 0.25+0.5*young).light(min(1, fade*1.15))
	}
	px, py := c.px(x, y)
	k := width / 2 * c.zoom
	b.rib(shape, px, py, nx*k, ny*k, ink, begin)
}
