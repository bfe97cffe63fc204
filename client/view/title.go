package view

import "math"

// The game's name as neon: seven letters of straight strokes, in the units of
// titleWidth x titleHeight.
const titleWidth, titleHeight = 640.0, 128.0

// titleLetter is a letter and where it stands along the title.
type titleLetter struct {
	from, to float64
	strokes  [][]dot2
}

var titleLetters = [...]titleLetter{
	{0, 0, [][]dot2{{{0, 0}, {0, 64}}}}, // I
	{40, 104, [][]dot2{{{40, 12}, {52, 0}, {92, 0}, {104, 12}, {104, 52}, {92, 64}, {52, 64}, {40, 52}, {40, 12}}}}, // O
	{138, 194, [][]dot2{{{138, 64}, {138, 0}, {194, 64}, {194, 0}}}},                                                // N
	{224, 312, [][]dot2{{{224, 0}, {244, 64}, {268, 18}, {292, 64}, {312, 0}}}},                                     // W
	{330, 394, [][]dot2{{{330, 64}, {362, 0}, {394, 64}}}},                                                          // A
	{428, 482, [][]dot2{{{428, 0}, {428, 64}}, {{478, 0}, {432, 32}, {482, 64}}}},                                   // K
	{514, 562, [][]dot2{{{562, 0}, {514, 0}, {514, 64}, {562, 64}}, {{514, 32}, {552, 32}}}},                        // E
}

// titleReach is how far the letters shine.
const titleReach = 30.0

// titleDistance returns how far p, from the middle of the title, is from its
// strokes; infinite where that is more than reach. What is beyond is not looked at:
// the title is the largest shape of the sheet, and a browser waits for it.
func titleDistance(p dot2, reach float64) float64 {
	p.x, p.y = p.x+281, p.y+32
	d := math.Inf(1)
	if p.y < -reach || p.y > 64+reach {
		return d
	}
	for i := range titleLetters {
		l := &titleLetters[i]
		if p.x < l.from-reach || p.x > l.to+reach {
			continue
		}
		for _, s := range l.strokes {
			d = min(d, pathDistance2(p, s...))
		}
	}
	return math.Sqrt(d)
}

func paintTitleGlow(p dot2, px float64) tint {
	d := titleDistance(p, titleReach+4)
	return white(0.95*bell(d, 2+4*px) + 0.75*halo(max(0, d-2), titleReach)) // soft: its pixels are large
}

func paintTitleCore(p dot2, px float64) tint {
	d := titleDistance(p, 4)
	return white(coverage(d-1.5, px*1.5))
}

// drawTitle draws the name into r, from ion to wake, with a band of light that
// runs through it.
func drawTitle(b *brush, r rectangle, t float64) {
	parts := [...]struct {
		k     sprite
		light float32
	}{{titleGlow, 0.95}, {titleCore, 0.9}}
	const slices = 32
	for _, p := range parts {
		s := b.sheet.sprite(p.k)
		for i := range slices {
			u0, u1 := float64(i)/slices, float64(i+1)/slices
			piece := *s
			piece.x0 = s.x0 + (s.x1-s.x0)*float32(u0)
			piece.x1 = s.x0 + (s.x1-s.x0)*float32(u1)
			colour := inkIon.mix(inkWake, float32(u0*u0))
			if p.k == titleCore {
				colour = colour.mix(inkWhite, 0.7)
			}
			shine := bell(wrap(t*0.22, 1.6)-0.3-u0, 0.16)
			flicker := 0.92 + 0.05*math.Sin(t*2.3+u0*5)
			b.box(&piece, r.x+r.w*u0, r.y, r.x+r.w*u1, r.y+r.h, colour.mix(inkWhite, float32(shine*0.6)).light(p.light*float32(flicker+0.25*shine)))
		}
	}
}
