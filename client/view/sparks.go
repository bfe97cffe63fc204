package view

import "math"

// maxMotes, maxBursts and maxRays bound what flies about; the oldest make room.
const (
	maxMotes  = 1280
	maxBursts = 160
	maxRays   = 48
)

// mote is a small thing that flies: a spark, an ion, a shard of a hull.
type mote struct {
	shape        sprite
	along        bool // points where it flies
	colour       hue
	x, y, vx, vy float64
	drag         float64 // share of the speed lost per second
	angle, spin  float64
	size         float64
	life, span   float64 // seconds left, and at first
}

// burst is a light that grows and fades on the spot.
type burst struct {
	shape      sprite
	colour     hue
	x, y       float64
	from, to   float64 // scale
	light      float32
	angle      float64
	spin       float64
	life, span float64
}

// ray is a straight line of light that thins and fades.
type ray struct {
	colour         hue
	x0, y0, x1, y1 float64
	width          float64
	life, span     float64
}

// sparks holds everything that flies about and fades, in memory of fixed size.
type sparks struct {
	dice      chance
	motes     [maxMotes]mote
	bursts    [maxBursts]burst
	rays      [maxRays]ray
	nextMote  int
	nextBurst int
	nextRay   int
	flying    int     // motes from the first on that may be alive
	bustle    float64 // how much has begun to shine lately
}

// What bustle does: where very much begins to shine at once, each small light is
// dimmer. A crowd stays readable, and does not flicker as a whole.
const (
	bustleSpan = 0.5  // seconds after which what began counts a third
	bustleFree = 14.0 // bursts within it that dim nothing
	bustleHalf = 24.0 // more of them make lights half as bright
	rayLeast   = 0.5  // a beam hurts: it is never dimmer than this
)

// dim is how bright lights are drawn, 0 to 1.
func (s *sparks) dim() float32 {
	return float32(bustleHalf / (bustleHalf + max(0, s.bustle-bustleFree)))
}

// mote adds one.
func (s *sparks) mote(m mote) {
	m.life = m.span
	s.motes[s.nextMote] = m
	s.nextMote = (s.nextMote + 1) % maxMotes
	s.flying = min(maxMotes, s.flying+1)
}

// burst adds one.
func (s *sparks) burst(b burst) {
	b.life = b.span
	s.bursts[s.nextBurst] = b
	s.nextBurst = (s.nextBurst + 1) % maxBursts
	s.bustle++
}

// ray adds one.
func (s *sparks) ray(r ray) {
	r.life = r.span
	s.rays[s.nextRay] = r
	s.nextRay = (s.nextRay + 1) % maxRays
}

// spray throws n sparks from (x, y) around a direction, spread radians to each
// side, at up to speed units per second.
func (s *sparks) spray(n int, x, y, direction, spread, speed float64, colour hue) {
	for range n {
		sin, cos := math.Sincos(direction + s.dice.span(-spread, spread))
		v := speed * s.dice.span(0.25, 1)
		s.mote(mote{
			shape: sparkShape, colour: colour.mix(inkWhite, float32(s.dice.unit()*0.6)),
			x: x, y: y, vx: cos * v, vy: sin * v, drag: 2.6, along: true,
			size: s.dice.span(0.55, 1.1), span: s.dice.span(0.18, 0.55),
		})
	}
}

// step lets dt seconds pass.
func (s *sparks) step(dt float64) {
	s.bustle *= math.Exp(-dt / bustleSpan)
	for i := range s.motes[:s.flying] {
		m := &s.motes[i]
		if m.life <= 0 {
			continue
		}
		m.life -= dt
		m.x += m.vx * dt
		m.y += m.vy * dt
		k := max(0, 1-m.drag*dt)
		m.vx, m.vy = m.vx*k, m.vy*k
		m.angle += m.spin * dt
	}
	for i := range s.bursts {
		s.bursts[i].life -= dt
		s.bursts[i].angle += s.bursts[i].spin * dt
	}
	for i := range s.rays {
		s.rays[i].life -= dt
	}
}

// clear drops everything.
func (s *sparks) clear() {
	for i := range s.motes {
		s.motes[i].life = 0
	}
	for i := range s.bursts {
		s.bursts[i].life = 0
	}
	for i := range s.rays {
		s.rays[i].life = 0
	}
}

// draw draws what is in sight.
func (s *sparks) draw(b *brush, c *camera) {
	hw, hh := c.half()
	dim := s.dim()
	s.drawRays(b, c, max(rayLeast, dim))
	for i := range s.bursts {
		u := &s.bursts[i]
		if u.life <= 0 {
			continue
		}
		left := u.life / u.span
		grown := 1 - left*left*left // fast at first
		x, y := c.px(u.x, u.y)
		b.sprite(u.shape, x, y, u.angle, u.from+(u.to-u.from)*grown, u.colour.light(dim*u.light*float32(left)))
	}
	for i := range s.motes[:s.flying] {
		m := &s.motes[i]
		if m.life <= 0 || math.Abs(m.x-c.x) > hw+20 || math.Abs(m.y-c.y) > hh+20 {
			continue
		}
		left := m.life / m.span
		x, y := c.px(m.x, m.y)
		if !m.along {
			b.sprite(m.shape, x, y, m.angle, m.size, m.colour.light(dim*float32(min(1, 1.5*left))))
			continue
		}
		if speed := math.Hypot(m.vx, m.vy); speed > 0 {
			b.turned(m.shape, x, y, m.vx/speed, m.vy/speed, m.size*(0.5+speed/220), m.size*(0.5+left/2),
				m.colour.light(dim*float32(min(1, 1.6*left))))
		}
	}
}

// drawRays draws the lines: a wide one in colour and a white one within, which is
// gone first.
func (s *sparks) drawRays(b *brush, c *camera, dim float32) {
	for i := range s.rays {
		r := &s.rays[i]
		if r.life <= 0 {
			continue
		}
		left := r.life / r.span
		x0, y0 := c.px(r.x0, r.y0)
		x1, y1 := c.px(r.x1, r.y1)
		ink := r.colour.light(dim * float32(left))
		b.line(beamShape, x0, y0, x1, y1, r.width*(0.4+0.6*left)*c.zoom, ink.times(0.6), ink)
		if hot := max(0, left*1.6-0.6); hot > 0 {
			white := r.colour.mix(inkWhite, 0.8).light(dim * float32(hot))
			b.line(beamShape, x0, y0, x1, y1, 0.55*r.width*hot*c.zoom, white, white)
		}
	}
}
