package view

import "time"

// hue is a colour without a say in how much it covers: sRGB, 0 to 1.
type hue struct{ r, g, b float32 }

// hex returns the hue written 0xRRGGBB.
func hex(v uint32) hue {
	return hue{float32(v>>16&255) / 255, float32(v>>8&255) / 255, float32(v&255) / 255}
}

// mix returns the colour t of the way from h to o.
func (h hue) mix(o hue, t float32) hue {
	return hue{h.r + (o.r-h.r)*t, h.g + (o.g-h.g)*t, h.b + (o.b-h.b)*t}
}

// tint is a hue with light and cover, premultiplied: cover 1 hides what is
// below, cover 0 only adds light. One blend mode does both, so shapes that hide
// and shapes that shine travel in one draw call.
type tint struct{ r, g, b, a float32 }

// solid covers with opacity a.
func (h hue) solid(a float32) tint { return tint{h.r * a, h.g * a, h.b * a, a} }

// light adds light of strength a.
func (h hue) light(a float32) tint { return tint{h.r * a, h.g * a, h.b * a, 0} }

// times returns c, dimmed.
func (c tint) times(k float32) tint { return tint{c.r * k, c.g * k, c.b * k, c.a * k} }

// The colours that are the same in every palette: paper, ink and the game's name.
var (
	inkWhite  = hex(0xffffff)
	inkText   = hex(0xd5e0f0)
	inkDim    = hex(0x8894ae)
	inkFaint  = hex(0x4a5674)
	inkIon    = hex(0x3df5ff)
	inkWake   = hex(0xff3d9a)
	inkGood   = hex(0x8affc1)
	inkWarn   = hex(0xffb03a)
	inkBad    = hex(0xff5470)
	inkPanel  = hex(0x070b18)
	inkWall   = hex(0x5468ff)
	inkSpace  = hex(0x04050b)
	inkMetal  = hex(0x0a1024)
	inkViolet = hex(0x7a3dff)
)

// palette is the colours that tell something. Which pairs must be told apart, by
// whom, and how far apart they are, is in palette_test.go.
type palette struct {
	own     hue // own ship and all that is one's own
	ally    hue // own side
	foe     hue // the other side
	neutral hue // nobody's
	warn    hue // look here
	bad     hue // in danger
	good    hue // well done
	others  [6]hue
	items   [5]hue // by sim.ItemKind
	wall    hue
	metal   hue  // the inside of walls
	plain   bool // nothing but what matters: no clouds behind the arena
}

// stoneWall is the colour of walls: darker and more violet than any ship, so that
// a wall is never taken for a friend.
var stoneWall = hex(0x5048d8)

// pickUps are the colours of pick-ups. Their shapes say the same.
var pickUps = [5]hue{hex(0x9d90b5), hex(0xb6ff5c), hex(0xff9a3d), hex(0x8fc4ff), hex(0xff6fd0)}

// palettes is the table of palettes, in the order of settings.Palettes. The first
// is the one for everybody: it holds for the three colour blindnesses too, the
// next three only for theirs and so a little better.
var palettes = [...]palette{
	{
		own: hex(0x3df5ff), ally: hex(0x559dff), foe: hex(0xff6a2b), neutral: hex(0x9d90b5),
		warn: hex(0xffe14d), bad: hex(0xff3b5c), good: inkGood,
		// Without green and cyan, which the common colour blindnesses mix up with
		// red and with our own.
		others: [...]hue{hex(0xffa22e), hex(0xff4f9e), hex(0xffe66b), hex(0xb58cff), hex(0xff6a45), hex(0xffc7b0)},
		items:  pickUps, wall: stoneWall, metal: inkMetal,
	},
	{
		own: hex(0x62efff), ally: hex(0x4a7dff), foe: hex(0xfe9b19), neutral: hex(0x9a9ab0),
		warn: hex(0xfff07a), bad: hex(0xdc550f), good: hex(0xbfe8ff),
		others: [...]hue{hex(0xfe9b19), hex(0xffe66b), hex(0xe0701f), hex(0x8f6bff), hex(0xffd9a8), hex(0xc9a227)},
		items:  pickUps, wall: stoneWall, metal: inkMetal,
	},
	{
		own: hex(0x62f0ff), ally: hex(0x4a7dff), foe: hex(0xffa01a), neutral: hex(0x9a9ab0),
		warn: hex(0xfff59a), bad: hex(0xff5a4d), good: hex(0xbfe8ff),
		others: [...]hue{hex(0xffa01a), hex(0xffe66b), hex(0xff7a45), hex(0x8f6bff), hex(0xffd9a8), hex(0xc9a227)},
		items:  pickUps, wall: stoneWall, metal: inkMetal,
	},
	{
		own: hex(0x3dffe6), ally: hex(0x2ea1a7), foe: hex(0xff4040), neutral: hex(0xa08ba7),
		warn: hex(0xffd6e2), bad: hex(0xff2d78), good: hex(0xd8fff6),
		others: [...]hue{hex(0xff4040), hex(0xff8fa8), hex(0xffd6e2), hex(0xc07bd8), hex(0xff7a5c), hex(0xd83a6a)},
		items:  pickUps, wall: hex(0x4c6f96), metal: inkMetal,
	},
	{
		own: hex(0x00ffff), ally: hex(0x5c9dff), foe: hex(0xff9500), neutral: hex(0xb0b0b8),
		warn: hex(0xffff00), bad: hex(0xff5566), good: hex(0x80ff9f),
		others: [...]hue{hex(0xff9500), hex(0xff6fb5), hex(0xffff00), hex(0xa878ff), hex(0xff7a5c), hex(0xffb9a0)},
		items:  pickUps, wall: hex(0x6a55e8), metal: hex(0x000000), plain: true,
	},
}

// pingInk is the colour of a round trip: good, bearable, bad.
func (p *palette) pingInk(d time.Duration) tint {
	c := p.good
	switch {
	case d >= 180*time.Millisecond:
		c = p.bad
	case d >= 80*time.Millisecond:
		c = p.warn
	}
	return c.solid(0.95)
}

// dyes are the colours that one may choose for oneself and for opponents, in the
// order of settings.Dyes. The first leaves the choice to the palette.
var dyes = [...]hue{
	{}, hex(0x3df5ff), hex(0x4f8cff), hex(0x4dff88), hex(0xffe14d), hex(0xff8a2b), hex(0xff4450), hex(0xff4fc3), hex(0xb07bff), hex(0xf4f6ff),
}

// dyed returns p with own and opponents' colours of one's choice, which are
// indexes into dyes. One that does not exist, and the same for both, change
// nothing.
func (p palette) dyed(own, foe int) palette {
	if own == foe {
		return p
	}
	if own > 0 && own < len(dyes) {
		p.own, p.ally = dyes[own], dyes[own].mix(hex(0x2a3cff), 0.35)
	}
	if foe > 0 && foe < len(dyes) {
		p.foe = dyes[foe]
		p.others = [...]hue{
			p.foe, p.foe.mix(inkWhite, 0.35), p.foe.mix(inkSpace, 0.25),
			p.foe.mix(inkWhite, 0.18), p.foe.mix(inkWhite, 0.55), p.foe.mix(inkSpace, 0.12),
		}
	}
	return p
}
