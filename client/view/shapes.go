package view

import (
	"math"

	"ionwake/shared/sim"
)

// sprite names a shape of the sheet.
type sprite uint8

// The shapes. Those that take a colour are painted white.
const (
	dotShape     sprite = iota // plain white, for rectangles
	softShape                  // a round glow
	haloShape                  // a round glow with a bright heart
	beamShape                  // cross-section of a neon line
	mistShape                  // cross-section of a soft band
	hairShape                  // cross-section of a sharp line
	ribbonShape                // the braid of a wake, two turns long
	ringShape                  // a shock wave
	starShape                  // a point of light
	sparkShape                 // a short streak, pointing right
	boltShape                  // a light bolt, pointing right
	pelletShape                // a short streak of light
	bouncerShape               // a ringed hexagon
	mineShape                  // a spiked ball
	shellShape                 // a heavy orb
	flameShape                 // thrust, pointing right
	dartBody                   // hulls, nose to the right, by sim.HullKind
	corsairBody
	lancerBody
	bastionBody
	dartCore // and what glows white on them
	corsairCore
	lancerCore
	bastionCore
	dartCard // bodies and cores as they are chosen, by sim.HullKind: larger than in play
	corsairCard
	lancerCard
	bastionCard
	dartCardCore
	corsairCardCore
	lancerCardCore
	bastionCardCore
	energyShape  // the ring that is health and ammunition
	ownRingShape // the same, of own ship
	dialShape    // a small ring that runs down
	circleShape  // a thin circle of radius 60
	dashedShape  // the same in dashes
	shieldShape  // spawn protection
	guardShape   // Bastion's shield, pointing right
	bubbleShape  // an aegis
	noItemSign   // pick-ups, by sim.ItemKind
	surgeSign
	overdriveSign
	aegisSign
	afterburnerSign
	ionMarkShape // the sides' marks
	emberMarkShape
	ionBaseShape
	emberBaseShape
	ionCoreShape
	emberCoreShape
	beaconShape // the crystal of the beacon
	towerShape  // its light
	arrowShape  // a small chevron, pointing right
	wellShape   // the arms of a gravity well
	zoneShape   // the ground of a safe zone
	crossShape  // a node of the grid
	glintShape  // a four-pointed glint
	crownShape  // the winner's mark
	shardShape  // a piece of a broken ship
	titleGlow   // the game's name
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
	mirror  bool    // the same below the middle as above: half is painted
	paint   painter
}

// densityAt returns how many pixels a unit has on a sheet baked for zoom.
func (a *shape) densityAt(zoom float64) float64 {
	if a.density > 0 {
		return a.density
	}
	return zoom
}

// large returns the shape painted for being seen twice as large as its units are, and
// larger: however small the window is, its lines are fine.
func (a shape) large() shape {
	a.density = 2
	return a
}

func white(v float64) tint { f := float32(min(1, v)); return tint{f, f, f, f} }

// shapes is the table of sprites.
var shapes = [spriteKinds]shape{
	dotShape:  {w: 4, h: 4, density: 1, paint: func(dot2, float64) tint { return white(1) }},
	softShape: {w: 64, h: 64, density: 1, mirror: true, paint: func(p dot2, _ float64) tint { return white(bell(math.Hypot(p.x, p.y), 32)) }},
	haloShape: {w: 64, h: 64, density: 1, mirror: true, paint: func(p dot2, _ float64) tint {
		d := math.Hypot(p.x, p.y)
		return white(0.75*halo(d, 32) + 0.55*bell(d, 9))
	}},
	beamShape: {w: 4, h: 24, density: 4, flat: true, paint: func(p dot2, px float64) tint {
		return white(stroke(p.y, 2, px*2) + 0.55*halo(p.y, 12))
	}},
	mistShape:   {w: 4, h: 32, density: 2, flat: true, paint: func(p dot2, _ float64) tint { return white(bell(p.y, 16)) }},
	hairShape:   {w: 4, h: 4, density: 8, flat: true, paint: func(p dot2, px float64) tint { return white(stroke(p.y, 2, px*6)) }},
	ribbonShape: {w: 2 * ribbonTurn, h: 36, density: 2, paint: paintRibbon},
	ringShape: {w: 128, h: 128, density: 1.5, mirror: true, paint: func(p dot2, px float64) tint {
		d := math.Hypot(p.x, p.y) - 52
		inner := 0.0
		if d < 0 {
			inner = 0.35 * halo(d, 40)
		}
		return white(0.8*stroke(d, 1.6, px*2) + 0.7*halo(d, 11) + inner)
	}},
	starShape:       {w: 8, h: 8, density: 4, paint: func(p dot2, _ float64) tint { return white(bell(math.Hypot(p.x, p.y), 4)) }},
	sparkShape:      {w: 24, h: 6, density: 3, paint: paintSpark},
	boltShape:       {w: 64, h: 32, mirror: true, paint: paintBolt},
	pelletShape:     {w: 36, h: 20, mirror: true, paint: paintPellet},
	bouncerShape:    {w: 44, h: 44, mirror: true, paint: paintBouncer},
	mineShape:       {w: 44, h: 44, mirror: true, paint: paintMine},
	shellShape:      {w: 76, h: 44, mirror: true, paint: paintShell},
	flameShape:      {w: 40, h: 24, mirror: true, paint: paintFlame},
	dartBody:        hullBody(sim.Dart),
	corsairBody:     hullBody(sim.Corsair),
	lancerBody:      hullBody(sim.Lancer),
	bastionBody:     hullBody(sim.Bastion),
	dartCore:        hullCore(sim.Dart),
	corsairCore:     hullCore(sim.Corsair),
	lancerCore:      hullCore(sim.Lancer),
	bastionCore:     hullCore(sim.Bastion),
	dartCard:        hullBody(sim.Dart).large(),
	corsairCard:     hullBody(sim.Corsair).large(),
	lancerCard:      hullBody(sim.Lancer).large(),
	bastionCard:     hullBody(sim.Bastion).large(),
	dartCardCore:    hullCore(sim.Dart).large(),
	corsairCardCore: hullCore(sim.Corsair).large(),
	lancerCardCore:  hullCore(sim.Lancer).large(),
	bastionCardCore: hullCore(sim.Bastion).large(),
	energyShape:     ringed(72, ringRadius, 1.8, 5, 0.35),
	ownRingShape:    ringed(84, ringRadius, 2.2, 9, 0.5),
	dialShape:       ringed(60, 22, 2, 6, 0.35),
	circleShape: {w: 132, h: 132, density: 2, mirror: true, paint: func(p dot2, px float64) tint {
		d := math.Hypot(p.x, p.y) - 60
		return white(stroke(d, 1.3, px) + 0.25*halo(d, 5))
	}},
	dashedShape: dashedRing(30),
	shieldShape: {w: 80, h: 80, mirror: true, paint: func(p dot2, px float64) tint {
		d := hexDistance(p, 31)
		return white(0.7*stroke(d, 1.3, px) + 0.5*halo(d, 8) + 0.05*coverage(d, px))
	}},
	guardShape:      {w: 96, h: 96, mirror: true, paint: paintGuard},
	bubbleShape:     {w: 80, h: 80, paint: paintBubble},
	noItemSign:      itemSigns[sim.NoItem],
	surgeSign:       itemSigns[sim.Surge],
	overdriveSign:   itemSigns[sim.Overdrive],
	aegisSign:       itemSigns[sim.Aegis],
	afterburnerSign: itemSigns[sim.Afterburner],
	ionMarkShape:    ionMark,
	emberMarkShape:  emberMark,
	ionBaseShape:    ionBase,
	emberBaseShape:  emberBase,
	ionCoreShape:    ionCore,
	emberCoreShape:  emberCore,
	beaconShape:     gem([]dot2{{0, -16}, {9, -5}, {9, 5}, {0, 16}, {-9, 5}, {-9, -5}}),
	towerShape:      {w: 32, h: 152, density: 1, paint: paintTower},
	arrowShape:      drawn(20, 2.2, 4, nil, []dot2{{-3, -5.5}, {3, 0}, {-3, 5.5}}),
	wellShape:       {w: 256, h: 256, density: 0.75, paint: paintWell},
	zoneShape:       {w: tileSide, h: tileSide, paint: paintZone},
	crossShape: {w: 16, h: 16, paint: func(p dot2, px float64) tint {
		arm := max(math.Abs(p.x), math.Abs(p.y))
		d := min(math.Abs(p.x), math.Abs(p.y))
		return white(stroke(d, 1, px) * (1 - min(1, arm/7)))
	}},
	glintShape: {w: 64, h: 64, density: 2, mirror: true, paint: paintGlint},
	crownShape: {w: 24, h: 20, density: 3, paint: func(p dot2, px float64) tint {
		d := outlineDistance(p, []dot2{{-9, 6}, {-10, -5}, {-4.5, 0}, {0, -8}, {4.5, 0}, {10, -5}, {9, 6}})
		return white(coverage(d, px) + 0.4*halo(d, 3))
	}},
	titleGlow: {w: titleWidth, h: titleHeight, density: 0.75, paint: paintTitleGlow},
	titleCore: {w: titleWidth, h: titleHeight, density: 1.5, paint: paintTitleCore},
	shardShape: {w: 20, h: 12, density: 3, paint: func(p dot2, px float64) tint {
		d := outlineDistance(p, []dot2{{8, 0}, {-5, 3.5}, {-3, -1.5}})
		return white(stroke(d, 1.3, px) + 0.35*halo(d, 3.5))
	}},
}

// ribbonTurn is the length of a turn of the braid.
const ribbonTurn = 72.0

// paintRibbon is a soft band as wide as a wake can be drafted in, with two strands
// that wind around each other.
func paintRibbon(p dot2, px float64) tint {
	swing := 6.5 * math.Sin(p.x*2*math.Pi/ribbonTurn)
	strand := func(d float64) float64 { return stroke(d, 1.5, px*2) + 0.5*halo(d, 7) }
	return white(0.34*bell(p.y, 17) + 0.75*max(strand(p.y-swing), strand(p.y+swing)))
}

func paintSpark(p dot2, _ float64) tint {
	along := (p.x + 11) / 21 // 0 at the tail, 1 at the head
	if along <= 0 || along > 1 {
		return tint{}
	}
	return white(bell(p.y, 0.8+2*along) * along * bell(max(0, along-0.8), 0.2))
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
