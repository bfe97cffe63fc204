package view

import (
	"ionwake/client/replica"
	"ionwake/shared/sim"
)

const (
	markHeight = 42.0 // units above the middle of a ship
	nameHeight = 14.0 // of a name and the room around it, in units
)

// drawMarks draws the marks of the sides over ships: above the name, where there
// is one.
func (st *stage) drawMarks(b *brush, c *camera, scene *replica.Scene) {
	if scene.Teams == 0 {
		return
	}
	for i := range scene.Ships {
		s := &scene.Ships[i]
		if s.Team == sim.NoTeam || !c.sees(s.Pos, 40) {
			continue
		}
		up, k := markHeight, 0.9
		if !s.Own && !st.taste.noNames {
			up, k = up+nameHeight, 0.78
		}
		x, y := c.at(s.Pos)
		if y -= up * c.zoom; y < c.area.y+6*c.zoom {
			continue // it would stand in the band
		}
		b.turned(ofSide(ionMarkShape, s.Team), x, y, 1, 0, k, k, b.livery.ofShip(s).solid(0.95))
	}
}
