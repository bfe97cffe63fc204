package view

import (
	"math"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

func paintBolt(p dot2, px float64) tint {
	d := pathDistance(p, dot2{-14, 0}, dot2{9, 0})
	tail := min(1, max(0, (p.x+22)/28))
	return white((1.0*coverage(d-1.9, px*1.5) + 0.62*halo(d, 15)) * (0.25 + 0.75*tail))
}

func paintPellet(p dot2, px float64) tint {
	d := pathDistance(p, dot2{-7, 0}, dot2{5, 0})
	tail := min(1, max(0, (p.x+12)/14))
	return white((coverage(d-1.5, px*1.5) + 0.5*halo(d, 9)) * (0.2 + 0.8*tail))
}

func paintBouncer(p dot2, px float64) tint {
	r, d := math.Hypot(p.x, p.y), hexDistance(p, 7.5)
	return white(stroke(d, 1.9, px) + coverage(r-2.4, px*1.5) + 0.6*halo(max(0, d), 14))
}

// paintMine is a dark ball with eight spikes.
func paintMine(p dot2, px float64) tint {
	r, turn := math.Hypot(p.x, p.y), math.Atan2(p.y, p.x)
	spike := math.Abs(wrap(turn/(math.Pi/4), 1)-0.5) * 2 // 1 on a spike
	d := r - 7 - 6.5*math.Pow(spike, 6)
	c := coverage(d, px)
	t := white(stroke(d, 1.7, px) + 0.10*c + 0.5*halo(max(0, d), 9))
	t.a = float32(0.92 * c)
	return t
}

// paintShell is a heavy orb with a dark heart that drags a short glow.
func paintShell(p dot2, px float64) tint {
	r := math.Hypot(p.x, p.y)
	d := r - 8
	tail := 0.0
	if along := (p.x + 36) / 36; p.x < 0 && along > 0 { // 0 at its tip, 1 at the orb
		tail = bell(p.y, 8*max(0.05, along)) * along
	}
	c := coverage(d, px)
	t := white(stroke(d+1, 2.8, px) + 0.08*c + 0.75*halo(max(0, d), 13) + 0.65*tail*(1-c))
	t.a = float32(0.95 * coverage(d+1, px))
	return t
}

// drawBolts draws the bolts in sight, mines first: they lie on the ground.
func drawBolts(b *brush, c *camera, scene *replica.Scene, t float64) {
	light := haloes(c, scene.Bolts)
	for i := range scene.Bolts {
		if v := &scene.Bolts[i]; v.Kind == sim.Mine && c.sees(v.Pos, 40) {
			drawMine(b, c, scene, v, t)
		}
	}
	for i := range scene.Bolts {
		if v := &scene.Bolts[i]; v.Kind != sim.Mine && c.sees(v.Pos, 40) {
			drawBolt(b, c, v, b.livery.ofBolt(v), light, t)
		}
	}
}

// ofBolt returns the colour of a bolt.
func (l *livery) ofBolt(v *replica.BoltView) hue {
	if v.Owner != l.self && l.sides != 0 && v.Team != sim.NoTeam {
		return l.side(v.Team)
	}
	return l.of(v.Owner)
}

// drawBolt draws what flies: a halo in the owner's colour and a hot heart, so that
// it is seen before anything else that moves.
func drawBolt(b *brush, c *camera, v *replica.BoltView, colour hue, light float32, t float64) {
	x, y := c.at(v.Pos)
	cos, sin := 1.0, 0.0
	if speed := math.Hypot(v.Vel.X, v.Vel.Y); speed > 0 && speed < farthest {
		cos, sin = v.Vel.X/speed, v.Vel.Y/speed
	}
	fade := float32(min(1, 0.25+v.Life*6))
	hot := colour.mix(inkWhite, 0.75).light(fade * 0.9)
	dim := fade * light
	switch v.Kind {
	case sim.Pellet:
		fade = float32(min(1, 0.3+v.Life*2))
		b.turned(pelletShape, x, y, cos, sin, 1, 1, colour.light(fade*light))
		b.turned(pelletShape, x, y, cos, sin, 0.7, 0.45, colour.mix(inkWhite, 0.8).light(fade*0.9))
	case sim.Bouncer:
		b.turned(boltShape, x-cos*12*c.zoom, y-sin*12*c.zoom, cos, sin, 1, 0.7, colour.light(0.4*dim))
		s, o := math.Sincos(t*9 + float64(v.Key))
		b.turned(bouncerShape, x, y, o, s, 1, 1, colour.light(dim))
		b.turned(bouncerShape, x, y, o, s, 0.8, 0.8, colour.mix(inkWhite, 0.8).light(fade*0.6))
	case sim.Shell:
		b.turned(shellShape, x, y, cos, sin, 1, 1, tint{colour.r * fade, colour.g * fade, colour.b * fade, fade})
		b.turned(starShape, x, y, 1, 0, 1.1, 1.1, hot)
	default:
		b.turned(boltShape, x, y, cos, sin, 1, 1, colour.light(dim))
		b.turned(boltShape, x, y, cos, sin, 0.72, 0.5, hot)
	}
}

// haloes is how bright the haloes of what flies are: less where much does, or they
// would light up and darken the picture as a whole. Hearts stay as they are.
func haloes(c *camera, bolts []replica.BoltView) float32 {
	const bright = 12 // in sight that dim none
	n := 0
	for i := range bolts {
		if v := &bolts[i]; v.Kind != sim.Mine && c.sees(v.Pos, 40) {
			n++
		}
	}
	return float32(math.Sqrt(bright / float64(max(n, bright))))
}

// drawMine draws a mine: its heart blinks, faster when a ship is within the reach
// in which it seeks, and the reach itself is hinted.
func drawMine(b *brush, c *camera, scene *replica.Scene, v *replica.BoltView, t float64) {
	colour := b.livery.ofBolt(v)
	x, y := c.at(v.Pos)
	seeks := sim.Shots[sim.Mine].Seeks.Float()
	near := nearestPrey(scene.Ships, v, seeks)
	pace, light := 2.2, float32(0.13)
	if near < 1 {
		pace, light = 7, 0.22+0.3*float32(1-near)
	}
	blink := float32(math.Max(0, math.Sin(t*pace*math.Pi+float64(v.Key))))
	s, o := math.Sincos(t*0.5 + float64(v.Key))
	if light *= hint(scene, v); light > 0.01 {
		b.turned(dashedShape, x, y, o, s, seeks/60, seeks/60, colour.light(light))
	}
	b.turned(mineShape, x, y, o, s, 1, 1, colour.solid(1))
	heart := colour.mix(b.livery.warn, blink*0.6).mix(inkWhite, 0.3*blink)
	b.turned(haloShape, x, y, 1, 0, 0.26+0.2*float64(blink), 0.26+0.2*float64(blink), heart.light(0.35+0.65*blink))
}

// hint is how much of a mine's reach is shown, 0 to 1: that of those near one's own
// ship, lest a field of mines becomes a field of rings.
func hint(scene *replica.Scene, v *replica.BoltView) float32 {
	const full, none = 240.0, 420.0 // units
	s := scene.OwnShip()
	if s == nil {
		return 0.6
	}
	far := math.Hypot(s.Pos.X-v.Pos.X, s.Pos.Y-v.Pos.Y)
	return float32(min(1, max(0, (none-far)/(none-full))))
}

// nearestPrey returns how far the nearest ship is that a mine would chase, of its
// reach: 1 and more is none.
func nearestPrey(ships []replica.ShipView, v *replica.BoltView, reach float64) float64 {
	best := 1.0
	for i := range ships {
		s := &ships[i]
		if s.ID != v.Owner && !s.Team.Mates(v.Team) {
			best = min(best, math.Hypot(s.Pos.X-v.Pos.X, s.Pos.Y-v.Pos.Y)/reach)
		}
	}
	return best
}
