package view

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// The ion wake: a thrusting ship leaves a ribbon of light behind it, two strands
// braided in a soft band as wide as the wake can be felt. As long as others can
// draft in it, it is bright and keeps its braid; then it turns violet, frays and
// is gone.
const (
	wakeFresh  = 1.0  // seconds in which it can be drafted in
	wakeSpan   = 1.5  // seconds until it is gone
	wakePoints = 96   // of a trail: enough for the fastest ship; the oldest go
	wakeStep   = 11.0 // units between points
	wakeBreak  = 90.0 // a ship further than this from its last point has jumped
	maxTrails  = 64   // the trail that has been cold longest makes room
)

type wakePoint struct {
	x, y   float64
	nx, ny float64 // unit vector across
	u      float64 // how far along the braid, in units
	born   float64 // seconds
	power  float64 // 0..1, more in a dash
	start  bool    // not joined to the point before
}

// trail is what one ship leaves.
type trail struct {
	owner  sim.PlayerID
	colour hue
	points [wakePoints]wakePoint
	first  int // the oldest
	count  int
	power  float64
	u      float64   // of the newest point
	tip    wakePoint // where the ship is, between two points
	tipped bool
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
func (w *wakes) step(now time.Duration, dt float64, ships []replica.ShipView, l *livery, ions *sparks) {
	w.now = now.Seconds()
	for i := range ships {
		s := &ships[i]
		if int(s.ID) >= len(w.byShip) {
			continue
		}
		if !s.Buttons.Thrusting() && w.byShip[s.ID] == 0 {
			continue
		}
		t := w.trailOf(s.ID)
		t.colour = l.ofShip(s)
		t.lay(s, w.now, dt, ions)
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
	want := 0.0
	switch {
	case s.Dashing:
		want = 1.6
	case s.Buttons.Thrusting():
		want = 1
	}
	rate := 10.0
	if want == 0 {
		rate = 6
	}
	t.power += (want - t.power) * min(1, rate*dt)
	t.tipped = false
	if t.power < 0.03 {
		return
	}
	p := wakePoint{x: s.Pos.X, y: s.Pos.Y, nx: 0, ny: 1, born: now, power: t.power, start: true}
	far := wakeBreak
	if t.count > 0 && now-t.fresh < 0.25 {
		far = t.toward(&p)
	}
	if !(far < farthest && math.Abs(p.x) < farthest && math.Abs(p.y) < farthest) {
		return // nowhere
	}
	t.tip, t.tipped = p, t.count > 0 && !p.start
	if far < wakeStep {
		return
	}
	t.u = p.u
	t.push(p)
	t.tipped = false
	t.fresh = now
	if t.ion -= far; t.ion <= 0 {
		t.ion = 18
		t.shedIon(s, ions)
	}
}

// toward joins p to the newest point and returns how far it is from it.
func (t *trail) toward(p *wakePoint) float64 {
	last := t.newest()
	dx, dy := p.x-last.x, p.y-last.y
	far := math.Hypot(dx, dy)
	if far >= wakeBreak || far == 0 {
		return far
	}
	p.start, p.u = false, t.u+far
	p.nx, p.ny = -dy/far, dx/far
	if p.nx*last.nx+p.ny*last.ny < 0 && !last.start { // turned round: a ribbon would fold
		p.start = true
		return far
	}
	if !last.start { // smoother bends
		p.nx, p.ny = p.nx*0.6+last.nx*0.4, p.ny*0.6+last.ny*0.4
	} else {
		last.nx, last.ny = p.nx, p.ny
	}
	return far
}

func (t *trail) newest() *wakePoint { return &t.points[(t.first+t.count-1)%wakePoints] }

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
func (w *wakes) draw(b *brush, c *camera) {
	hw, hh := c.half()
	light := w.crowding(c)
	for i := range w.trails {
		t := &w.trails[i]
		if t.count == 0 {
			continue
		}
		r := ribbon{b: b, c: c, region: b.sheet.sprite(ribbonShape), hw: hw + 60, hh: hh + 60, light: light}
		for j := range t.count {
			r.add(t, &t.points[(t.first+j)%wakePoints], w.now)
		}
		if t.tipped {
			r.add(t, &t.tip, w.now)
		}
	}
}

// crowding is how bright wakes are: less where many lie over each other, or they
// would drown the ships.
func (w *wakes) crowding(c *camera) float32 {
	const bright = 10 // trails in sight that dim none
	n := 0
	for i := range w.trails {
		if t := &w.trails[i]; t.count > 0 {
			if p := t.newest(); c.sees(replica.Point{X: p.x, Y: p.y}, 100) {
				n++
			}
		}
	}
	return float32(math.Sqrt(bright / float64(max(n, bright))))
}

// ribbon is a trail on its way to the brush.
type ribbon struct {
	b      *brush
	c      *camera
	region *region
	hw, hh float64 // half of what is seen, with slack
	joined bool    // there is a pair of corners to go on from
	u      float64 // of that pair
	base   float64 // where the picture of the braid began last
	light  float32
}

// add goes on to p.
func (r *ribbon) add(t *trail, p *wakePoint, now float64) {
	if math.Abs(p.x-r.c.x) > r.hw || math.Abs(p.y-r.c.y) > r.hh {
		r.joined = false
		return
	}
	r.joined = r.joined && !p.start
	perUnit := (r.region.x1 - r.region.x0) / (2 * ribbonTurn)
	switch {
	case !r.joined:
		r.base = math.Floor(p.u/ribbonTurn) * ribbonTurn
	case p.u-r.base > 2*ribbonTurn: // the last corners once more, where the braid starts over
		r.base = math.Floor(r.u/ribbonTurn) * ribbonTurn
		n := len(r.b.vertices)
		v0, v1 := r.b.vertices[n-2], r.b.vertices[n-1]
		v0.SrcX = r.region.x0 + float32(r.u-r.base)*perUnit
		v1.SrcX = v0.SrcX
		r.b.vertices = append(r.b.vertices, v0, v1)
	}
	ink, half := t.ink(p, now)
	ink = ink.times(r.light)
	x, y := r.c.px(p.x, p.y)
	nx, ny := p.nx*half*r.c.zoom, p.ny*half*r.c.zoom
	at := r.region.x0 + float32(min(p.u-r.base, 2*ribbonTurn))*perUnit
	r.b.vertex(float32(x-nx), float32(y-ny), at, r.region.y0, ink)
	r.b.vertex(float32(x+nx), float32(y+ny), at, r.region.y1, ink)
	if r.joined {
		r.b.quad()
	}
	r.joined, r.u = true, p.u
}

// ink returns the colour of a ribbon at a point and half its width in units.
func (t *trail) ink(p *wakePoint, now float64) (ink tint, half float64) {
	age := now - p.born
	fresh := float32(max(0, 1-age/wakeFresh))
	if fresh > 0 {
		colour := t.colour.mix(inkWhite, 0.28*fresh*fresh)
		return colour.light(float32(min(1.3, p.power)) * (0.45 + 0.45*fresh)), 18
	}
	old := float32(max(0, 1-(age-wakeFresh)/(wakeSpan-wakeFresh)))
	return t.colour.mix(inkViolet, 0.8-0.5*old).light(float32(min(1, p.power)) * 0.5 * old * old), 18 + 10*float64(1-old)
}
