package view

import "ionwake/shared/sim"

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

// The colours of the game. Own things are cyan and nobody else's are. Others'
// colours avoid green and cyan, which the common colour blindnesses mix up with
// red and with our own, and differ in brightness as well as in hue.
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

	othersHues = [...]hue{
		hex(0xffa22e), // amber
		hex(0xff4f9e), // magenta
		hex(0xffe66b), // yellow
		hex(0xb58cff), // violet
		hex(0xff6a45), // vermilion
		hex(0xffc7b0), // peach
	}
)

// hueOf returns the colour of a player's ship, bolts and name.
func hueOf(id sim.PlayerID, own bool) hue {
	if own {
		return inkIon
	}
	return othersHues[int(id)%len(othersHues)]
}
