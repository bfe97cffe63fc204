package tmx

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	tiled "github.com/lafriks/go-tiled"

	"ionwake/shared/nearest"
	"ionwake/shared/sim"
)

// shape is what an object is drawn as.
type shape string

const (
	point     shape = "point"
	rectangle shape = "rectangle"
	ellipse   shape = "ellipse"
	polygon   shape = "polygon"
	polyline  shape = "polyline"
	text      shape = "text"
	picture   shape = "tile"
	template  shape = "template"
)

func shapeOf(o *tiled.Object) shape {
	switch {
	case o.TemplateSource != "":
		return template
	case o.GID != 0:
		return picture
	case o.Text != nil:
		return text
	case len(o.Ellipses) > 0:
		return ellipse
	case len(o.Polygons) > 0:
		return polygon
	case len(o.PolyLines) > 0:
		return polyline
	case o.Width == 0 && o.Height == 0:
		return point
	}
	return rectangle
}

// object is one of a layer, and what is wrong with it.
type object struct {
	*tiled.Object
	d *drawing
}

// objects returns what is on a layer, in the order of the file.
func (d *drawing) objects(layer string) []object {
	var all []object
	for _, g := range d.m.ObjectGroups {
		if g.Name == layer {
			for _, o := range g.Objects {
				all = append(all, object{o, d})
			}
		}
	}
	return all
}

// each reads the objects of a layer, at most limit.
func (d *drawing) each(layer string, limit int, read func(object) error) error {
	all := d.objects(layer)
	if len(all) > limit {
		return fmt.Errorf("it has %d objects, want at most %d", len(all), limit)
	}
	for _, o := range all {
		if err := read(o); err != nil {
			return o.wrong(err)
		}
	}
	return nil
}

// wrong says which object an error is about.
func (o object) wrong(err error) error {
	return lineError{o.d.lines[o.ID], fmt.Errorf("object %d at (%g, %g): %w", o.ID, o.X, o.Y, err)}
}

// lineError is an error with the line of the file that it is about.
type lineError struct {
	line int
	error
}

func (e lineError) Unwrap() error { return e.error }

// only refuses what is not drawn as one of shapes, is turned, or has properties of
// other names.
func (o object) only(shapes []shape, properties ...string) error {
	is := shapeOf(o.Object)
	if !slices.Contains(shapes, is) {
		words := make([]string, len(shapes))
		for i, s := range shapes {
			words[i] = string(s)
		}
		return fmt.Errorf("it is drawn as %s, want %s", is, series(words, "or"))
	}
	if o.Rotation != 0 {
		return fmt.Errorf("it is turned by %g degrees, want none", o.Rotation)
	}
	for _, p := range o.Properties {
		if slices.Contains(properties, p.Name) {
			continue
		}
		if len(properties) == 0 {
			return fmt.Errorf("it has a property %q, want none", p.Name)
		}
		return fmt.Errorf("it has a property %q, did you mean %s?", p.Name, nearest.Of(p.Name, properties)[0])
	}
	return nil
}

// property returns the value of a property; false: it has none of that name.
func (o object) property(name string) (string, bool) {
	for _, p := range o.Properties {
		if p.Name == name {
			return p.Value, true
		}
	}
	return "", false
}

// number reads a whole property from least to most, or least if there is none and
// it is not needed.
func (o object) number(name string, least, most int, needed bool) (int, error) {
	value, ok := o.property(name)
	if !ok && !needed {
		return least, nil
	}
	if !ok {
		return 0, fmt.Errorf("it has no property %s, want %d to %d", name, least, most)
	}
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || n != math.Trunc(n) || n < float64(least) || n > float64(most) {
		return 0, fmt.Errorf("its %s is %q, want %d to %d", name, value, least, most)
	}
	return int(n), nil
}

// place returns where a ship, a tile wide, can stand, and to where it can come
// from the first place asked about.
func (d *drawing) place(x, y float64) (sim.Vec, error) {
	x, y = math.Round(x), math.Round(y)
	half := float64(tilePixels / 2)
	right, bottom := float64(d.m.Width*tilePixels)-half, float64(d.m.Height*tilePixels)-half
	if !(x >= half && y >= half && x <= right && y <= bottom) {
		return sim.Vec{}, fmt.Errorf("outside the map, want %g to %g across and %g to %g down", half, right, half, bottom)
	}
	if !d.ground.fits(int(x), int(y)) {
		return sim.Vec{}, errors.New("a wall is less than half a tile away")
	}
	if !d.ground.joined(int(x), int(y)) {
		return sim.Vec{}, errors.New("walls cut it off from the first spawn point")
	}
	return vec(x, y), nil
}

func vec(x, y float64) sim.Vec { return sim.Vec{X: sim.Units(int(x)), Y: sim.Units(int(y))} }
