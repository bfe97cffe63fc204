package tmx

import (
	"errors"
	"fmt"
	"math"

	"ionwake/shared/nearest"
	"ionwake/shared/sim"
)

func (d *drawing) readWalls() error {
	tiles := d.m.Layers[0].Tiles // the survey has found it alone
	d.plan.Walls = make([]bool, len(tiles))
	for i, t := range tiles {
		d.plan.Walls[i] = !t.IsNil()
		x, y := i%d.m.Width, i/d.m.Width
		if edge := x == 0 || y == 0 || x == d.m.Width-1 || y == d.m.Height-1; edge && t.IsNil() {
			return fmt.Errorf("tile (%d, %d): the border is open here, want a tile", x, y)
		}
	}
	d.ground = floor{width: d.m.Width, solid: d.plan.Walls}
	return nil
}

func (d *drawing) readSpawns() error {
	if len(d.objects(spawnLayer)) == 0 {
		return fmt.Errorf("it has no points, want 1 to %d", sim.MaxSpawns)
	}
	return d.each(spawnLayer, sim.MaxSpawns, func(o object) error {
		if err := o.only([]shape{point}, "team"); err != nil {
			return err
		}
		team, err := o.number("team", 0, sim.Teams, false)
		if err != nil {
			return err
		}
		at, err := d.place(o.X, o.Y)
		if err != nil {
			return err
		}
		d.plan.Spawns = append(d.plan.Spawns, sim.Spawn{Pos: at, Team: sim.Team(team)})
		return nil
	})
}

const (
	leastRadius = tilePixels
	mostRadius  = 64 * tilePixels
)

func (d *drawing) readWells() error {
	return d.each(wellLayer, sim.MaxWells, func(o object) error {
		if err := o.only([]shape{ellipse, point}, "pull", "radius"); err != nil {
			return err
		}
		x, y, radius, err := o.circle()
		if err != nil {
			return err
		}
		pull, err := o.number("pull", -sim.MaxPull, sim.MaxPull, true)
		if err != nil {
			return err
		}
		if !(x >= 0 && y >= 0 && x < float64(d.m.Width*tilePixels) && y < float64(d.m.Height*tilePixels)) {
			return errors.New("its middle is outside the map")
		}
		if d.ground.solidAt(int(x), int(y)) {
			return errors.New("its middle is in a wall")
		}
		d.plan.Wells = append(d.plan.Wells, sim.Well{Pos: vec(x, y), Radius: sim.Units(radius), Pull: sim.Unit(pull)})
		return nil
	})
}

// circle returns the middle and the radius of a well.
func (o object) circle() (x, y float64, radius int, err error) {
	if shapeOf(o.Object) == point {
		radius, err = o.number("radius", leastRadius, mostRadius, true)
		return math.Round(o.X), math.Round(o.Y), radius, err
	}
	if _, twice := o.property("radius"); twice {
		return 0, 0, 0, errors.New("an ellipse has a property radius: its size is one already")
	}
	if o.Width != o.Height {
		return 0, 0, 0, fmt.Errorf("it is %g wide and %g high, want a circle", o.Width, o.Height)
	}
	r := math.Round(o.Width / 2)
	if !(r >= float64(leastRadius) && r <= float64(mostRadius)) {
		return 0, 0, 0, fmt.Errorf("its radius is %g, want %d to %d", r, leastRadius, mostRadius)
	}
	return math.Round(o.X + o.Width/2), math.Round(o.Y + o.Height/2), int(r), nil
}

func (d *drawing) readZones() error {
	return d.each(zoneLayer, sim.MaxZones, func(o object) error {
		if err := o.only([]shape{rectangle}); err != nil {
			return err
		}
		for _, side := range []struct {
			name string
			at   float64
		}{{"left side", o.X}, {"upper side", o.Y}, {"width", o.Width}, {"height", o.Height}} {
			if n := side.at / float64(tilePixels); n != math.Trunc(n) {
				return fmt.Errorf("its %s is at %g, which is not on the grid: want a multiple of %d", side.name, side.at, tilePixels)
			}
		}
		right, bottom := float64(d.m.Width*tilePixels), float64(d.m.Height*tilePixels)
		if !(o.X >= 0 && o.Y >= 0 && o.Width > 0 && o.Height > 0 && o.X+o.Width <= right && o.Y+o.Height <= bottom) {
			return fmt.Errorf("it is %g x %g and not inside the map", o.Width, o.Height)
		}
		tile := func(at float64) int { return int(at) / tilePixels }
		d.plan.Zones = append(d.plan.Zones, sim.Zone{X: tile(o.X), Y: tile(o.Y), Width: tile(o.Width), Height: tile(o.Height)})
		return nil
	})
}

var kindNames = []string{"any", "surge", "overdrive", "aegis", "afterburner"}

var kinds = map[string]sim.ItemKind{
	"any": sim.NoItem, "surge": sim.Surge, "overdrive": sim.Overdrive, "aegis": sim.Aegis, "afterburner": sim.Afterburner,
}

func (d *drawing) readItems() error {
	return d.each(itemLayer, sim.MaxItems, func(o object) error {
		if err := o.only([]shape{point}, "kind"); err != nil {
			return err
		}
		name, ok := o.property("kind")
		kind, known := kinds[name]
		if ok && !known {
			return fmt.Errorf("its kind is %q, did you mean %s? There are %s", name, nearest.Of(name, kindNames)[0], list(kindNames))
		}
		at, err := d.place(o.X, o.Y)
		if err != nil {
			return err
		}
		d.plan.Items = append(d.plan.Items, sim.ItemPoint{Pos: at, Kind: kind})
		return nil
	})
}

func (d *drawing) readBases() error {
	if n := len(d.objects(baseLayer)); n != 0 && n != sim.Teams {
		return fmt.Errorf("it has %d points, want %d or none", n, sim.Teams)
	}
	var had [sim.Teams]bool
	return d.each(baseLayer, sim.Teams, func(o object) error {
		if err := o.only([]shape{point}, "team"); err != nil {
			return err
		}
		team, err := o.number("team", 1, sim.Teams, true)
		if err != nil {
			return err
		}
		if had[team-1] {
			return fmt.Errorf("team %d has a base already", team)
		}
		had[team-1] = true
		d.plan.Bases[team-1], err = d.place(o.X, o.Y)
		return err
	})
}
