package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	tiled "github.com/lafriks/go-tiled"

	"ionwake/shared/sim"
)

const (
	tilePixels = int(sim.TileSize / sim.One) // a drawing's pixel is a world unit
	wallLayer  = "walls"                     // every tile on it is solid, whichever it is
	spawnLayer = "spawns"                    // points; an int property "team" makes one a team's own
)

// maps turns every DIR/NAME.tmx into DIR/NAME.arena. With -check it writes
// nothing and returns errStale where an arena is not what its drawing says.
func maps(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("maps", flag.ContinueOnError)
	flags.SetOutput(out)
	check := flags.Bool("check", false, "write nothing, fail where an arena is not what its drawing says")
	dir := flags.String("dir", filepath.Join("assets", "maps"), "where the drawings are")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("%w: %w", errBad, err)
	}
	drawings, err := filepath.Glob(filepath.Join(*dir, "*.tmx")) // sorted
	if err != nil {
		return fmt.Errorf("list %s: %w", *dir, err)
	}
	if len(drawings) == 0 {
		return fmt.Errorf("%w: no drawing (*.tmx) in %s", errBad, *dir)
	}
	var failures []error
	for _, drawing := range drawings {
		failures = append(failures, bakeMap(drawing, *check, out))
	}
	return errors.Join(failures...)
}

func bakeMap(drawing string, check bool, out io.Writer) error {
	a, err := readMap(drawing)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", errBad, drawing, err)
	}
	code, target := a.Encode(), strings.TrimSuffix(drawing, ".tmx")+".arena"
	old, err := os.ReadFile(target)
	if err == nil && bytes.Equal(old, code) {
		return nil
	}
	if check {
		return fmt.Errorf("%w: %s is not what %s says", errStale, target, drawing)
	}
	if err := os.WriteFile(target, code, 0o644); err != nil {
		return fmt.Errorf("write %s: %w", target, err)
	}
	_, err = fmt.Fprintf(out, "%s: %d x %d tiles, %d spawn points, %d bytes\n",
		target, a.Width, a.Height, len(a.Spawns), len(code))
	return err
}

// readMap reads one drawing. Its errors name the layer and the place.
func readMap(drawing string) (*sim.Arena, error) {
	m, err := tiled.LoadFile(drawing)
	if err != nil {
		return nil, err
	}
	switch {
	case m.Orientation != "orthogonal":
		return nil, fmt.Errorf("orientation is %q, want orthogonal", m.Orientation)
	case m.Infinite:
		return nil, errors.New("the map is infinite, want a fixed size")
	case m.TileWidth != tilePixels || m.TileHeight != tilePixels:
		return nil, fmt.Errorf("tiles are %d x %d, want %d x %d", m.TileWidth, m.TileHeight, tilePixels, tilePixels)
	case min(m.Width, m.Height) < 3 || max(m.Width, m.Height) > sim.MaxArenaSide:
		return nil, fmt.Errorf("the map is %d x %d tiles, want 3 to %d a side", m.Width, m.Height, sim.MaxArenaSide)
	}
	solid, err := readWalls(m)
	if err != nil {
		return nil, fmt.Errorf("layer %q: %w", wallLayer, err)
	}
	spawns, err := readSpawns(m, solid)
	if err != nil {
		return nil, fmt.Errorf("layer %q: %w", spawnLayer, err)
	}
	name := strings.TrimSuffix(filepath.Base(drawing), ".tmx")
	return sim.NewArena(name, m.Width, m.Height, solid, spawns)
}

func readWalls(m *tiled.Map) ([]bool, error) {
	var walls *tiled.Layer
	for _, l := range m.Layers {
		switch {
		case l.Name != wallLayer:
		case walls != nil:
			return nil, errors.New("there are two of them")
		default:
			walls = l
		}
	}
	if walls == nil {
		return nil, errors.New("missing")
	}
	if len(walls.Tiles) != m.Width*m.Height {
		return nil, fmt.Errorf("has %d tiles, want %d", len(walls.Tiles), m.Width*m.Height)
	}
	solid := make([]bool, len(walls.Tiles))
	for i, t := range walls.Tiles {
		solid[i] = !t.IsNil()
		x, y := i%m.Width, i/m.Width
		if edge := x == 0 || y == 0 || x == m.Width-1 || y == m.Height-1; edge && !solid[i] {
			return nil, fmt.Errorf("tile (%d, %d): the border is open here", x, y)
		}
	}
	return solid, nil
}

func readSpawns(m *tiled.Map, solid []bool) ([]sim.Spawn, error) {
	var group *tiled.ObjectGroup
	for _, g := range m.ObjectGroups {
		if g.Name == spawnLayer {
			group = g
		}
	}
	if group == nil {
		return nil, errors.New("missing")
	}
	if n := len(group.Objects); n == 0 || n > 255 {
		return nil, fmt.Errorf("has %d points, want 1 to 255", n)
	}
	ground := floor{width: m.Width, solid: solid}
	spawns := make([]sim.Spawn, 0, len(group.Objects))
	for _, o := range group.Objects {
		s, err := readSpawn(m, o, &ground)
		if err != nil {
			return nil, fmt.Errorf("object %d at (%g, %g): %w", o.ID, o.X, o.Y, err)
		}
		spawns = append(spawns, s)
	}
	return spawns, nil
}

func readSpawn(m *tiled.Map, o *tiled.Object, ground *floor) (sim.Spawn, error) {
	x, y := math.Round(o.X), math.Round(o.Y)
	half := float64(tilePixels / 2)
	if !(x >= half && y >= half && x <= float64(m.Width*tilePixels)-half && y <= float64(m.Height*tilePixels)-half) {
		return sim.Spawn{}, errors.New("outside the map")
	}
	var team uint8
	for _, p := range o.Properties {
		if p.Name != "team" {
			continue
		}
		n, err := strconv.ParseUint(p.Value, 10, 8)
		if err != nil {
			return sim.Spawn{}, fmt.Errorf("team is %q, want 0 to 255", p.Value)
		}
		team = uint8(n)
	}
	if !ground.fits(int(x), int(y)) {
		return sim.Spawn{}, errors.New("a wall is less than half a tile away")
	}
	if !ground.joined(int(x), int(y)) {
		return sim.Spawn{}, errors.New("walls cut it off from the first point")
	}
	return sim.Spawn{Pos: sim.Vec{X: sim.Units(int(x)), Y: sim.Units(int(y))}, Team: team}, nil
}
