package view

import (
	"math"

	"ionwake/shared/sim"
)

// emblem is a small drawing that says what a thing is, made of lines in a box from
// -1 to 1: weapons and what can be done. Pick-ups, sides and objectives
// have the shapes they have in the world: see below.
type emblem uint8

// The emblems.
const (
	emblemBolt emblem = iota
	emblemPellet
	emblemBouncer
	emblemMine
	emblemBeam
	emblemPulse
	emblemShell
	emblemGuard
	emblemDash
	emblemSkull
	emblemYes
	emblemNo
	emblemMuted
	emblemSpeech
	emblemSignal
	emblemAway
	emblemWake
	emblemSafe
	emblems
)

// drawing is the lines of an emblem: open paths of x, y pairs, and arcs.
type drawing struct {
	paths [][]float64
	arcs  []ark
}

// ark is a part of a circle around (x, y), by angles in quarters of a turn.
type ark struct{ x, y, r, from, to float64 }

func circle(r float64) []ark { return []ark{{0, 0, r, 0, 4}} }

var drawings = [emblems]drawing{
	emblemBolt:    {paths: [][]float64{{-0.9, 0, 0.9, 0}, {0.3, -0.4, 0.9, 0, 0.3, 0.4}}},
	emblemPellet:  {paths: [][]float64{{-0.8, 0, 0.9, 0}, {-0.7, -0.15, 0.75, -0.75}, {-0.7, 0.15, 0.75, 0.75}}},
	emblemBouncer: {paths: [][]float64{{-1, 0.5, -0.4, -0.6, 0.2, 0.5, 0.9, -0.6}, {0.45, -0.6, 0.9, -0.6, 0.9, -0.1}}},
	emblemMine:    {paths: [][]float64{{-1, 0, -0.5, 0}, {0.5, 0, 1, 0}, {0, -1, 0, -0.5}, {0, 0.5, 0, 1}}, arcs: []ark{{0, 0, 0.5, 0, 4}, {0, 0, 0.12, 0, 4}}},
	emblemBeam:    {paths: [][]float64{{-1, 0.12, 0.5, 0.12}, {-1, -0.12, 0.5, -0.12}, {0.75, -0.6, 0.75, 0.6}, {0.4, -0.45, 1, 0.45}, {0.4, 0.45, 1, -0.45}}},
	emblemPulse:   {arcs: []ark{{0, 0, 0.22, 0, 4}, {0, 0, 0.6, -0.7, 0.7}, {0, 0, 0.6, 1.3, 2.7}, {0, 0, 1, -0.6, 0.6}, {0, 0, 1, 1.4, 2.6}}},
	emblemShell:   {paths: [][]float64{{-1, -0.35, -0.35, -0.35}, {-1, 0.35, -0.35, 0.35}}, arcs: []ark{{0.3, 0, 0.62, 0, 4}, {0.3, 0, 0.22, 0, 4}}},
	emblemGuard:   {paths: [][]float64{{-0.8, -0.5, -0.1, 0, -0.8, 0.5, -0.6, 0, -0.8, -0.5}}, arcs: []ark{{-0.3, 0, 1.1, -0.62, 0.62}}},
	emblemDash:    {paths: [][]float64{{-1, -0.45, -0.25, -0.45}, {-0.7, 0, 0.8, 0}, {-1, 0.45, -0.25, 0.45}, {0.1, -0.75, 0.9, 0, 0.1, 0.75}}},
	emblemSkull:   {paths: [][]float64{{-0.8, -0.8, 0.8, 0.8}, {-0.8, 0.8, 0.8, -0.8}}, arcs: []ark{{0, 0, 0.45, 0, 4}}},
	emblemYes:     {paths: [][]float64{{-0.8, 0.1, -0.25, 0.7, 0.85, -0.65}}},
	emblemNo:      {paths: [][]float64{{-0.7, -0.7, 0.7, 0.7}, {-0.7, 0.7, 0.7, -0.7}}},
	emblemMuted:   {paths: [][]float64{{-0.9, -0.35, -0.45, -0.35, 0.1, -0.85, 0.1, 0.85, -0.45, 0.35, -0.9, 0.35, -0.9, -0.35}, {0.4, -0.35, 1, 0.35}, {0.4, 0.35, 1, -0.35}}},
	emblemSpeech:  {paths: [][]float64{{-0.9, -0.75, 0.9, -0.75, 0.9, 0.4, -0.1, 0.4, -0.55, 0.9, -0.5, 0.4, -0.9, 0.4, -0.9, -0.75}, {-0.5, -0.18, 0.5, -0.18}}},
	emblemSignal:  {paths: [][]float64{{-0.9, -0.35, -0.3, -0.35, 0.6, -0.85, 0.6, 0.85, -0.3, 0.35, -0.9, 0.35, -0.9, -0.35}, {-0.5, 0.35, -0.35, 0.9}}, arcs: []ark{{0.55, 0, 0.4, -0.8, 0.8}}},
	emblemAway:    {paths: [][]float64{{0, -0.55, 0, 0, 0.4, 0.3}}, arcs: circle(0.9)},
	emblemWake:    {paths: [][]float64{{-1, -0.5, -0.3, -0.15, 1, 0}, {-1, 0.5, -0.3, 0.15, 1, 0}, {-1, 0, 0.2, 0}}},
	emblemSafe:    {paths: [][]float64{{-0.75, -0.75, 0, -1, 0.75, -0.75, 0.7, 0.2, 0, 1, -0.7, 0.2, -0.75, -0.75}, {-0.35, -0.05, -0.05, 0.3, 0.4, -0.35}}},
}

// emblem draws e around (x, y), r pixels from its middle to its rim, turned by
// angle.
func (b *brush) emblem(e emblem, x, y, r, angle float64, c tint) {
	if e >= emblems {
		return
	}
	d := &drawings[e]
	sin, cos := math.Sincos(angle)
	width := max(3, r*0.42)
	for _, path := range d.paths {
		for i := 2; i+1 < len(path); i += 2 {
			b.line(hairShape,
				x+(path[i-2]*cos-path[i-1]*sin)*r, y+(path[i-2]*sin+path[i-1]*cos)*r,
				x+(path[i]*cos-path[i+1]*sin)*r, y+(path[i]*sin+path[i+1]*cos)*r, width, c, c)
		}
	}
	for i := range d.arcs {
		a := &d.arcs[i]
		b.arc(hairShape, x+(a.x*cos-a.y*sin)*r, y+(a.x*sin+a.y*cos)*r, a.r*r, width,
			angle+a.from*math.Pi/2, angle+a.to*math.Pi/2, c)
	}
}

// weaponEmblem returns the drawing of a weapon.
func weaponEmblem(k sim.BoltKind) emblem {
	if k > sim.Shell {
		return emblemSkull
	}
	return emblemBolt + emblem(k)
}

// mark draws a sprite of radius units around (x, y), r pixels from its middle to
// its rim.
func (b *brush) mark(k sprite, units, x, y, r, angle float64, c tint) {
	b.sprite(k, x, y, angle, r/(units*b.sheet.zoom), c)
}

// itemMark draws a pick-up, r pixels from its middle to its rim.
func (b *brush) itemMark(k sim.ItemKind, x, y, r float64, c tint) {
	if k <= sim.Afterburner {
		b.mark(noItemSign+sprite(k), 12, x, y, r, 0, c)
	}
}

// sideMark draws the mark of a side: a ring for Ion, a chevron for Ember.
func (b *brush) sideMark(t sim.Team, x, y, r float64, c tint) {
	b.mark(ofSide(ionMarkShape, t), 7, x, y, r, 0, c)
}

// ofSide returns the shape of a side, by that of Ion: Ember's follows it.
func ofSide(ion sprite, t sim.Team) sprite {
	if t == sim.TeamEmber {
		return ion + 1
	}
	return ion
}

// coreMark draws the core of a side.
func (b *brush) coreMark(t sim.Team, x, y, r float64, c tint) {
	b.mark(ofSide(ionCoreShape, t), 13, x, y, r, 0, c)
}

// hullMark draws a hull, nose up.
func (b *brush) hullMark(k sim.HullKind, x, y, r float64, c hue) {
	if k > sim.Bastion {
		k = sim.Dart
	}
	b.mark(dartBody+sprite(k), 22, x, y, r, -math.Pi/2, c.solid(1))
}
