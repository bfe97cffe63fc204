package tmx

import (
	"errors"
	"fmt"
	"math"
	"slices"

	tiled "github.com/lafriks/go-tiled"

	"ionwake/shared/sim"
)

// readPath reads the way of the beacon: a single line, or points.
func (d *drawing) readPath() error {
	all := d.objects(pathLayer)
	for _, o := range all {
		if s := shapeOf(o.Object); s == polyline || s == polygon {
			if len(all) > 1 {
				return o.wrong(fmt.Errorf("it is a %s among %d objects, want it alone, or points alone", s, len(all)))
			}
			return d.readLine(o)
		}
	}
	err := d.each(pathLayer, sim.MaxPath, func(o object) error {
		if err := o.only([]shape{point, polyline, polygon}); err != nil {
			return err
		}
		return d.goOn(o.X, o.Y)
	})
	if err != nil {
		return err
	}
	return d.goHome()
}

func (d *drawing) readLine(o object) error {
	if err := o.only([]shape{polyline, polygon}); err != nil {
		return o.wrong(err)
	}
	for i, p := range corners(o.Object) {
		if i == sim.MaxPath {
			return o.wrong(fmt.Errorf("it has more than %d corners", sim.MaxPath))
		}
		if err := d.goOn(o.X+p.X, o.Y+p.Y); err != nil {
			return o.wrong(fmt.Errorf("corner %d at (%g, %g): %w", i+1, o.X+p.X, o.Y+p.Y, err))
		}
	}
	return d.goHome()
}

func corners(o *tiled.Object) []*tiled.Point {
	if len(o.Polygons) > 0 && o.Polygons[0].Points != nil {
		return *o.Polygons[0].Points
	}
	if len(o.PolyLines) > 0 && o.PolyLines[0].Points != nil {
		return *o.PolyLines[0].Points
	}
	return nil
}

// goOn adds a point to the path. The beacon flies straight to it.
func (d *drawing) goOn(x, y float64) error {
	at, err := d.place(x, y)
	if err != nil {
		return err
	}
	if slices.Contains(d.plan.Path, at) {
		return errors.New("the path has been here already, want each place once: it goes back to the first by itself")
	}
	if n := len(d.plan.Path); n > 0 && !d.clear(d.plan.Path[n-1], at) {
		return errors.New("a wall stands in the way from the point before")
	}
	d.plan.Path = append(d.plan.Path, at)
	return nil
}

// goHome checks the way back to the first point.
func (d *drawing) goHome() error {
	n := len(d.plan.Path)
	if n == 0 {
		return nil
	}
	if n == 1 {
		return fmt.Errorf("it has one point, want 2 to %d", sim.MaxPath)
	}
	if first, last := d.plan.Path[0], d.plan.Path[n-1]; !d.clear(last, first) {
		return fmt.Errorf("a wall stands in the way from the last point (%d, %d) back to the first (%d, %d)",
			last.X/sim.One, last.Y/sim.One, first.X/sim.One, first.Y/sim.One)
	}
	return nil
}

// clear reports whether a ship can fly straight from one place to the other, looked
// at every quarter of a tile.
func (d *drawing) clear(from, to sim.Vec) bool {
	way := to.Sub(from)
	far := math.Hypot(float64(way.X/sim.One), float64(way.Y/sim.One))
	steps := int(far)/(tilePixels/4) + 1
	for i := range steps {
		x := int(from.X/sim.One) + int(way.X/sim.One)*i/steps
		y := int(from.Y/sim.One) + int(way.Y/sim.One)*i/steps
		if !d.ground.fits(x, y) {
			return false
		}
	}
	return true
}
