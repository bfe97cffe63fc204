package view

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// itemAway is how long a pick-up point stays empty at most: more is shown as this.
const itemAway = 14 * time.Second

// drawItems draws the pick-up points in sight: what lies there by shape and
// colour, and while it is away its ghost in a ring that fills.
func drawItems(b *brush, c *camera, items []replica.ItemView, t float64) {
	for i := range items {
		it := &items[i]
		if !c.sees(it.Pos, 50) {
			continue
		}
		x, y := c.at(it.Pos)
		kind := min(it.Kind, sim.ItemKind(len(b.livery.items)-1))
		colour, sign := b.livery.items[kind], noItemSign+sprite(kind)
		if !it.Here {
			away := min(1, max(0, float64(it.In)/float64(itemAway)))
			b.turned(dialShape, x, y, 1, 0, 0.8, 0.8, inkDim.light(0.16))
			b.sector(dialShape, x, y, 0.8, -math.Pi/2, 2*math.Pi*(1-away), colour.light(0.5))
			b.turned(sign, x, y, 1, 0, 0.72, 0.72, colour.light(0.24))
			continue
		}
		beat := math.Sin(t*2.6 + float64(i))
		b.turned(softShape, x, y, 1, 0, 1.25+0.12*beat, 1.25+0.12*beat, colour.light(0.26))
		s, o := math.Sincos(t*0.7 + float64(i))
		b.turned(dashedShape, x, y, o, s, 0.37, 0.37, colour.light(0.75))
		k := 1.02 + 0.06*beat
		b.turned(sign, x, y, 1, 0, k, k, colour.light(0.95))
		b.turned(sign, x, y, 1, 0, k, k, inkWhite.light(0.3))
	}
}
