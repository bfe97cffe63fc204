package view

import "math"

// sprite names a shape of the sheet.
type sprite uint8

// The shapes. Those that take a colour are painted white.
const (
	dotShape    sprite = iota // plain white, for rectangles
	softShape                 // a round glow
	haloShape                 // a round glow with a bright heart
	beamShape                 // cross-section of a neon line
	mistShape                 // cross-section of a soft band
	hairShape                 // cross-section of a sharp line
	ringShape                 // a shock wave
	starShape                 // a point of light
	sparkShape                // a short streak, pointing right
	boltShape                 // a bolt, pointing right
	flameShape                // thrust, pointing right
	dartFill                  // the Dart, nose to the right: its dark body
	dartGlow                  // its outline and halo
	dartCore                  // its white-hot line
	shieldShape               // spawn protection
	crossShape                // a node of the grid
	glintShape                // a four-pointed glint
	crownShape                // the winner's mark
	shardShape                // a piece of a broken ship
	titleGlow                 // the game's name
	titleCore
	spriteKinds
)

// painter returns the premultiplied colour at p; px is the side of a pixel.
type painter func(p dot2, px float64) tint

// shape says how a sprite is painted.
type shape struct {
	w, h    float64 // size in world units
	density float64 // pixels per unit; 0: as many as the screen has
	flat    bool    // the same all along x: a cross-section, sampled in its middle
	paint   painter
}

func white(v float64) tint { f := float32(min(1, v)); return tint{f, f, f, f} }

// dartOutline is the hull of the Dart: a sharp arrow with swept fins.
var dartOutline = []dot2{{21, 0}, {-3, 8.5}, {-15, 14.5}, {-9.5, 4.5}, {-12, 0}, {-9.5, -4.5}, {-15, -14.5}, {-3, -8.5}}

// shapes is the table of sprites.
var shapes = [spriteKinds]shape{
	dotShape:  {w: 4, h: 4, density: 1, paint: func(dot2, float64) tint { return white(1) }},
	softShape: {w: 64, h: 64, density: 1, paint: func(p dot2, _ float64) tint { return white(bell(math.Hypot(p.x, p.y), 32)) }},
	haloShape: {w: 64, h: 64, density: 1, paint: func(p dot2, _ float64) tint {
		d := math.Hypot(p.x, p.y)
		return white(0.75*halo(d, 32) + 0.55*bell(d, 9))
	}},
	beamShape: {w: 4, h: 24, density: 4, flat: true, paint: func(p dot2, px float64) tint {
		return white(stroke(p.y, 2, px*2) + 0.55*halo(p.y, 12))
	}},
	mistShape: {w: 4, h: 32, density: 2, flat: true, paint: func(p dot2, _ float64) tint { return white(bell(p.y, 16)) }},
	hairShape: {w: 4, h: 4, density: 8, flat: true, paint: func(p dot2, px float64) tint { return white(stroke(p.y, 2, px*6)) }},
	ringShape: {w: 128, h: 128, density: 1.5, paint: func(p dot2, px float64) tint {
		d := math.Hypot(p.x, p.y) - 52
		inner := 0.0
		if d < 0 {
			inner = 0.35 * halo(d, 40)
		}
		return white(0.8*stroke(d, 1.6, px*2) + 0.7*halo(d, 11) + inner)
	}},
	starShape:  {w: 8, h: 8, density: 4, paint: func(p dot2, _ float64) tint { return white(bell(math.Hypot(p.x, p.y), 4)) }},
	sparkShape: {w: 24, h: 6, density: 3, paint: paintSpark},
	boltShape:  {w: 64, h: 32, paint: paintBolt},
	flameShape: {w: 40, h: 24, paint: paintFlame},
	dartFill:   {w: 48, h: 40, paint: paintDartFill},
	dartGlow:   {w: 72, h: 64, paint: paintDartGlow},
	dartCore:   {w: 48, h: 40, paint: paintDartCore},
	shieldShape: {w: 80, h: 80, paint: func(p dot2, px float64) tint {
		d := hexDistance(p, 29)
		return white(0.7*stroke(d, 1.3, px) + 0.5*halo(d, 8) + 0.05*coverage(d, px))
	}},
	crossShape: {w: 16, h: 16, paint: func(p dot2, px float64) tint {
		arm := max(math.Abs(p.x), math.Abs(p.y))
		d := min(math.Abs(p.x), math.Abs(p.y))
		return white(stroke(d, 1, px) * (1 - min(1, arm/7)))
	}},
	glintShape: {w: 64, h: 64, density: 2, paint: paintGlint},
	crownShape: {w: 24, h: 20, density: 3, paint: func(p dot2, px float64) tint {
		d := outlineDistance(p, []dot2{{-9, 6}, {-10, -5}, {-4.5, 0}, {0, -8}, {4.5, 0}, {10, -5}, {9, 6}})
		return white(coverage(d, px) + 0.4*halo(d, 3))
	}},
	titleGlow: {w: titleWidth, h: titleHeight, density: 1.5, paint: paintTitleGlow},
	titleCore: {w: titleWidth, h: titleHeight, density: 1.5, paint: paintTitleCore},
	shardShape: {w: 20, h: 12, density: 3, paint: func(p dot2, px float64) tint {
		d := outlineDistance(p, []dot2{{8, 0}, {-5, 3.5}, {-3, -1.5}})
		return white(stroke(d, 1.3, px) + 0.35*halo(d, 3.5))
	}},
}

func paintSpark(p dot2, _ float64) tint {
	along := (p.x + 11) / 21 // 0 at the tail, 1 at the head
	if along <= 0 || along > 1 {
		return tint{}
	}
	return white(bell(p.y, 0.8+2*along) * along * bell(max(0, along-0.8), 0.2))
}

func paintBolt(p dot2, px float64) tint {
	d := pathDistance(p, dot2{-14, 0}, dot2{9, 0})
	tail := min(1, max(0, (p.x+22)/28))
	return white((1.0*coverage(d-1.9, px*1.5) + 0.62*halo(d, 15)) * (0.25 + 0.75*tail))
}

func paintFlame(p dot2, _ float64) tint {
	along := (p.x + 19) / 38 // 0 where it leaves the ship, 1 at the tip
	if along <= 0 || along >= 1 {
		return tint{}
	}
	radius := 10.5 * math.Sqrt(along) * (1 - along) * 2.2
	if radius < 0.1 {
		return tint{}
	}
	hot := bell(p.y, radius)
	heart := bell(p.y, radius*0.42) * (1 - along)
	return white(0.75*hot*(1-along*along) + 0.8*heart)
}

func paintDartFill(p dot2, px float64) tint {
	d := outlineDistance(p, dartOutline)
	c := float32(coverage(d, px))
	glow := float32(0.05 + 0.16*math.Exp(d/3.5)) // a dark body, lit along its rim
	return tint{glow * c, glow * c, glow * c, c * 0.94}
}

func paintDartGlow(p dot2, px float64) tint {
	d := outlineDistance(p, dartOutline)
	spine := pathDistance(p, dot2{15, 0}, dot2{-4, 0})
	glow := 0.6 * halo(d, 15)
	if d < 0 {
		glow = 0.35*halo(d, 5) + 0.4*halo(spine, 3)
	}
	return white(stroke(d, 2.1, px) + glow)
}

func paintDartCore(p dot2, px float64) tint {
	d := outlineDistance(p, dartOutline)
	cockpit := math.Hypot(p.x-3, p.y*1.6)
	return white(0.75*stroke(d, 0.9, px) + 0.9*bell(cockpit, 4.2))
}

func paintGlint(p dot2, _ float64) tint {
	x, y := math.Abs(p.x), math.Abs(p.y)
	ray := func(along, across float64) float64 {
		if along >= 30 {
			return 0
		}
		return bell(across, 0.6+2.4*(1-along/30)) * (1 - along/30) * (1 - along/30)
	}
	return white(ray(x, y) + ray(y, x) + 0.5*bell(math.Hypot(x, y), 9))
}

// hexDistance returns how far p is from a hexagon of the given radius with
// points left and right: negative inside.
func hexDistance(p dot2, radius float64) float64 {
	x, y := math.Abs(p.x), math.Abs(p.y)
	inner := radius * math.Sqrt(3) / 2
	return max(y, x*math.Sqrt(3)/2+y/2) - inner
}
