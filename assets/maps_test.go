package assets_test

import (
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"

	"ionwake/assets"
	"ionwake/shared/sim"
)

func arenas(t *testing.T) []*sim.Arena {
	t.Helper()
	files, err := fs.Glob(assets.Maps, "maps/*.arena")
	if err != nil {
		t.Fatal(err)
	}
	var all []*sim.Arena
	for _, file := range files {
		data, err := assets.Maps.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a, err := sim.ParseArena(data)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, a)
	}
	return all
}

// spots returns every place that ships have a reason to be at, by what it is.
func spots(a *sim.Arena) map[string][]sim.Vec {
	at := map[string][]sim.Vec{"path": a.Path}
	for _, s := range a.Spawns {
		at["spawn"] = append(at["spawn"], s.Pos)
	}
	for _, i := range a.Items {
		at["item"] = append(at["item"], i.Pos)
	}
	if a.Bases != [sim.Teams]sim.Vec{} {
		at["base"] = a.Bases[:]
	}
	return at
}

// flood returns every half tile at which a ship, 26 units wide, can be that starts
// at from; the index is y*width+x.
func flood(a *sim.Arena, from sim.Vec) (reached []bool, width int) {
	const step = sim.TileSize / 2
	width = 2 * a.Width
	reached = make([]bool, width*2*a.Height)
	fits := func(x, y int) bool {
		const half = 13 * sim.One
		p := sim.Vec{X: sim.Unit(x) * step, Y: sim.Unit(y) * step}
		return !a.SolidAt(p.Add(sim.Vec{X: -half, Y: -half})) && !a.SolidAt(p.Add(sim.Vec{X: half - 1, Y: -half})) &&
			!a.SolidAt(p.Add(sim.Vec{X: -half, Y: half - 1})) && !a.SolidAt(p.Add(sim.Vec{X: half - 1, Y: half - 1}))
	}
	open := [][2]int{{int(from.X / step), int(from.Y / step)}}
	for len(open) > 0 {
		x, y := open[len(open)-1][0], open[len(open)-1][1]
		open = open[:len(open)-1]
		if x < 1 || y < 1 || x >= width || y >= 2*a.Height || reached[y*width+x] || !fits(x, y) {
			continue
		}
		reached[y*width+x] = true
		open = append(open, [2]int{x - 1, y}, [2]int{x + 1, y}, [2]int{x, y - 1}, [2]int{x, y + 1})
	}
	return reached, width
}

func TestMaps_AShipGetsEverywhere(t *testing.T) {
	for _, a := range arenas(t) {
		reached, width := flood(a, a.Spawns[0].Pos)
		for what, list := range spots(a) {
			for _, p := range list {
				if x, y := int(p.X/(sim.TileSize/2)), int(p.Y/(sim.TileSize/2)); !reached[y*width+x] {
					t.Errorf("%s: the %s at (%d, %d) cannot be reached", a.Name, what, p.X/sim.One, p.Y/sim.One)
				}
			}
		}
		for y := range a.Height {
			for x := range a.Width {
				if !a.Solid(x, y) && !reached[(2*y+1)*width+2*x+1] {
					t.Errorf("%s: tile (%d, %d) is open and out of reach", a.Name, x, y)
				}
			}
		}
	}
}

// Every open tile is part of an open square of three by three, so that no way is
// narrower than three tiles.
func TestMaps_NoNarrowWays(t *testing.T) {
	const least = 3
	for _, a := range arenas(t) {
		wide := make([]bool, a.Width*a.Height)
		square := func(x, y int, do func(i int) bool) bool {
			for j := range least {
				for i := range least {
					if x+i >= a.Width || y+j >= a.Height || !do((y+j)*a.Width+x+i) {
						return false
					}
				}
			}
			return true
		}
		for y := range a.Height {
			for x := range a.Width {
				if square(x, y, func(i int) bool { return !a.Walls[i] }) {
					square(x, y, func(i int) bool { wide[i] = true; return true })
				}
			}
		}
		for i, solid := range a.Walls {
			if !solid && !wide[i] {
				t.Errorf("%s: the way at tile (%d, %d) is narrow", a.Name, i%a.Width, i/a.Width)
			}
		}
	}
}

// What one side has the other has too: a map for teams is the same after it is
// turned about its middle, or seen in a mirror, with the sides changed.
func TestMaps_SidesAreEqual(t *testing.T) {
	for _, a := range arenas(t) {
		turned := func(p sim.Vec) sim.Vec { return a.Size().Sub(p) }
		mirrored := func(p sim.Vec) sim.Vec { return sim.Vec{X: a.Size().X - p.X, Y: p.Y} }
		if why := unequal(a, turned); why != "" {
			if other := unequal(a, mirrored); other != "" {
				t.Errorf("%s: turned: %s; mirrored: %s", a.Name, why, other)
			}
		}
	}
}

// unequal says what is not in its place when everything is moved.
func unequal(a *sim.Arena, moved func(sim.Vec) sim.Vec) string {
	for i, solid := range a.Walls {
		middle := sim.Vec{X: sim.Unit(i%a.Width)*sim.TileSize + sim.TileSize/2, Y: sim.Unit(i/a.Width)*sim.TileSize + sim.TileSize/2}
		if a.SolidAt(moved(middle)) != solid {
			return "walls"
		}
		if a.SafeAt(moved(middle)) != a.SafeAt(middle) {
			return "zones"
		}
		if pull := a.PullAt(middle).Len() - a.PullAt(moved(middle)).Len(); pull < -1 || pull > 1 {
			return "wells"
		}
	}
	for _, s := range a.Spawns {
		if !slices.Contains(a.Spawns, sim.Spawn{Pos: moved(s.Pos), Team: s.Team.Other()}) {
			return "spawn points"
		}
	}
	for _, i := range a.Items {
		if !slices.Contains(a.Items, sim.ItemPoint{Pos: moved(i.Pos), Kind: i.Kind}) {
			return "pick-ups"
		}
	}
	if a.Bases != [sim.Teams]sim.Vec{} && moved(a.Bases[0]) != a.Bases[1] {
		return "bases"
	}
	return ""
}

func TestMaps_TheBeaconSetsOutBetweenTheSides(t *testing.T) {
	for _, a := range arenas(t) {
		if len(a.Path) == 0 || a.Bases == [sim.Teams]sim.Vec{} {
			continue
		}
		if one, two := a.Path[0].Sub(a.Bases[0]).Len(), a.Path[0].Sub(a.Bases[1]).Len(); one-two < -1 || one-two > 1 {
			t.Errorf("%s: %d from one base and %d from the other", a.Name, one/sim.One, two/sim.One)
		}
	}
}

func TestMaps_SafeZonesKeepOffBases(t *testing.T) {
	for _, a := range arenas(t) {
		for i, base := range a.Bases {
			const far = float64(3 * sim.TileSize)
			for angle := 0.0; angle < 2*math.Pi; angle += 0.1 {
				p := base.Add(sim.Vec{X: sim.Unit(math.Cos(angle) * far), Y: sim.Unit(math.Sin(angle) * far)})
				if a.SafeAt(p) {
					t.Fatalf("%s: a safe zone is nearer than three tiles to base %d", a.Name, i+1)
				}
			}
		}
	}
}

func TestMaps_ModesFit(t *testing.T) {
	allFour, sizes := 0, map[sim.Vec]bool{}
	for _, a := range arenas(t) {
		var missing []string
		for _, name := range sim.ModeNames() {
			mode, _ := sim.ModeByName(name)
			if a.Fits(mode) != nil {
				missing = append(missing, name)
			}
		}
		if len(missing) == 0 {
			allFour++
		} else if a.Width*a.Height > 64*48 {
			t.Errorf("%s is large enough for %s", a.Name, strings.Join(missing, ", "))
		}
		sizes[a.Size()] = true
	}
	if allFour < 4 || len(sizes) < 5 {
		t.Errorf("%d arenas fit all modes and there are %d sizes, want 4 and 5", allFour, len(sizes))
	}
}

func TestMaps_OneForMany(t *testing.T) {
	for _, a := range arenas(t) {
		var own [sim.Teams + 1]int
		for _, s := range a.Spawns {
			own[s.Team]++
		}
		if a.Width > 64 && (own[sim.TeamIon] < 12 || own[sim.TeamEmber] < 12 || own[sim.NoTeam] < 12) {
			t.Errorf("%s: spawn points %v, want a dozen for anybody and for each side", a.Name, own)
		}
	}
}
