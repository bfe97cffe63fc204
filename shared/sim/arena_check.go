package sim

import (
	"fmt"
	"slices"
)

// check refuses a plan in which anything is out of range or not in the open. Its
// errors name the thing and the place, in tiles or in world units.
func (a *Arena) check() error {
	for _, part := range []func() error{a.checkBorder, a.checkCounts, a.checkPlaces, a.checkWells, a.checkZones} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

func (a *Arena) checkBorder() error {
	for x := range a.Width {
		if !a.Solid(x, 0) || !a.Solid(x, a.Height-1) {
			return fmt.Errorf("%w: border open at column %d", ErrArena, x)
		}
	}
	for y := range a.Height {
		if !a.Solid(0, y) || !a.Solid(a.Width-1, y) {
			return fmt.Errorf("%w: border open at row %d", ErrArena, y)
		}
	}
	return nil
}

func (a *Arena) checkCounts() error {
	for _, c := range []struct {
		what          string
		n, least, cap int
	}{
		{"spawn points", len(a.Spawns), 1, MaxSpawns},
		{"gravity wells", len(a.Wells), 0, MaxWells},
		{"safe zones", len(a.Zones), 0, MaxZones},
		{"pick-up points", len(a.Items), 0, MaxItems},
		{"beacon points", len(a.Path), 0, MaxPath},
	} {
		if c.n < c.least || c.n > c.cap {
			return fmt.Errorf("%w: %d %s, want %d to %d", ErrArena, c.n, c.what, c.least, c.cap)
		}
	}
	return nil
}

func (a *Arena) checkPlaces() error {
	for i, s := range a.Spawns {
		if s.Team > TeamEmber {
			return fmt.Errorf("%w: spawn point %d is of team %d, want 0 to %d", ErrArena, i, s.Team, Teams)
		}
		if err := a.inTheOpen("spawn point", i, s.Pos); err != nil {
			return err
		}
	}
	for i, p := range a.Items {
		if p.Kind >= itemKinds {
			return fmt.Errorf("%w: pick-up point %d is of kind %d, want 0 to %d", ErrArena, i, p.Kind, itemKinds-1)
		}
		if err := a.inTheOpen("pick-up point", i, p.Pos); err != nil {
			return err
		}
	}
	for i, p := range a.Path {
		if err := a.inTheOpen("beacon point", i, p); err != nil {
			return err
		}
		if slices.Contains(a.Path[:i], p) {
			return fmt.Errorf("%w: beacon point %d at (%d, %d) is there already", ErrArena, i, p.X/One, p.Y/One)
		}
	}
	if a.Bases == [Teams]Vec{} {
		return nil
	}
	for i, p := range a.Bases {
		if err := a.inTheOpen("base", i+1, p); err != nil {
			return err
		}
	}
	return nil
}

func (a *Arena) inTheOpen(what string, i int, p Vec) error {
	if a.boxHits(p, TileSize/2) {
		return fmt.Errorf("%w: %s %d at (%d, %d) is not in the open", ErrArena, what, i, p.X/One, p.Y/One)
	}
	return nil
}

func (a *Arena) checkWells() error {
	for i, w := range a.Wells {
		if w.Radius < TileSize || w.Radius > 64*TileSize || w.Pull < -MaxPull || w.Pull > MaxPull || a.SolidAt(w.Pos) {
			return fmt.Errorf("%w: gravity well %d at (%d, %d): radius %d, pull %d; want it in the open, %d to %d, %d to %d",
				ErrArena, i, w.Pos.X/One, w.Pos.Y/One, w.Radius/One, w.Pull, TileSize/One, 64*TileSize/One, -MaxPull, MaxPull)
		}
	}
	return nil
}

func (a *Arena) checkZones() error {
	for i, z := range a.Zones {
		if z.X < 0 || z.Y < 0 || z.Width < 1 || z.Height < 1 || z.X+z.Width > a.Width || z.Y+z.Height > a.Height {
			return fmt.Errorf("%w: safe zone %d (tile %d, %d; %d x %d) is not inside", ErrArena, i, z.X, z.Y, z.Width, z.Height)
		}
	}
	return nil
}
