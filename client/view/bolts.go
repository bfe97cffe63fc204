package view

import (
	"math"

	"ionwake/client/replica"
)

// drawBolts draws the bolts in sight: a halo in the owner's colour and a hot
// streak, so that they are seen before anything else that moves.
func drawBolts(b *brush, c *camera, scene *replica.Scene) {
	for i := range scene.Bolts {
		v := &scene.Bolts[i]
		if !c.sees(v.Pos, 40) {
			continue
		}
		own := v.Owner == scene.Self
		colour := hueOf(v.Owner, own)
		x, y := c.at(v.Pos)
		angle := math.Atan2(v.Vel.Y, v.Vel.X)
		fade := float32(min(1, 0.25+v.Life*6))
		b.stretched(boltShape, x, y, angle, 1, 1, colour.light(fade))
		b.stretched(boltShape, x, y, angle, 0.72, 0.5, colour.mix(inkWhite, 0.75).light(fade*0.9))
	}
}
