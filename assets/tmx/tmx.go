// Package tmx reads drawings of arenas, as the Tiled editor saves them (TMX).
//
// A drawing is orthogonal, of a fixed size, with tiles of 32 x 32: a pixel is a
// world unit. It has these layers, and no others:
//
//	walls   tiles: every tile on it is solid, whichever it is; the border is closed
//	spawns  points; property team (int): 0 anybody, 1 Ion, 2 Ember
//	wells   gravity: circles (ellipses as wide as high), or points with property
//	        radius (units); property pull (int), Units per tick squared in the
//	        middle, negative pushes
//	zones   where nobody is hurt and nobody fires: rectangles on the grid
//	items   where pick-ups lie: points; property kind (string): surge, overdrive,
//	        aegis, afterburner or any
//	bases   two points; property team (int): 1 and 2
//	path    of the beacon, which goes round: points in their order, or one polyline
//	        or polygon
//
// Only walls and spawns are needed. Everything that ships touch must be at least
// half a tile from walls, and reachable from the first spawn point.
//
// Nothing but the drawing itself is opened: tilesets do not matter.
package tmx

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	tiled "github.com/lafriks/go-tiled"

	"ionwake/shared/sim"
)

// MaxBytes is the largest drawing that is read.
const MaxBytes = 8 << 20

const tilePixels = int(sim.TileSize / sim.One) // a drawing's pixel is a world unit

// The layers of a drawing.
const (
	wallLayer  = "walls"
	spawnLayer = "spawns"
	wellLayer  = "wells"
	zoneLayer  = "zones"
	itemLayer  = "items"
	baseLayer  = "bases"
	pathLayer  = "path"
)

// drawing is one that is being read.
type drawing struct {
	m      *tiled.Map
	lines  map[uint32]int // of objects, by ID
	ground floor
	plan   sim.Plan
}

// Read makes an arena of a drawing. Its errors name the line or layer, the object
// and the place, and say what is allowed.
func Read(name string, data []byte) (*sim.Arena, error) {
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("it has %d bytes, want at most %d", len(data), MaxBytes)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	lines, err := survey(data)
	if err != nil {
		return nil, err
	}
	m, err := tiled.LoadReader("", bytes.NewReader(data), tiled.WithFileSystem(blank{}))
	if err != nil {
		return nil, wordLibrary(err)
	}
	d := drawing{m: m, lines: lines, plan: sim.Plan{Name: name, Width: m.Width, Height: m.Height}}
	for _, part := range []struct {
		layer string
		read  func() error
	}{
		{wallLayer, d.readWalls},
		{spawnLayer, d.readSpawns},
		{wellLayer, d.readWells},
		{zoneLayer, d.readZones},
		{itemLayer, d.readItems},
		{baseLayer, d.readBases},
		{pathLayer, d.readPath},
	} {
		err := part.read()
		if wrong, ok := errors.AsType[lineError](err); ok {
			return nil, fmt.Errorf("line %d: layer %q: %w", wrong.line, part.layer, wrong.error)
		}
		if err != nil {
			return nil, fmt.Errorf("layer %q: %w", part.layer, err)
		}
	}
	return sim.NewArena(d.plan)
}

func wordLibrary(err error) error {
	if errors.Is(err, tiled.ErrInvalidDecodedTileCount) {
		return fmt.Errorf("layer %q: it has more or fewer tiles than the map", wallLayer)
	}
	return err
}

// blank stands for every other file that a drawing names: an empty tileset.
type blank struct{}

// Open implements fs.FS.
func (blank) Open(string) (fs.File, error) { return tileset{strings.NewReader("<tileset/>")}, nil }

type tileset struct{ *strings.Reader }

// Stat implements fs.File.
func (tileset) Stat() (fs.FileInfo, error) { return nil, errors.ErrUnsupported }

// Close implements fs.File.
func (tileset) Close() error { return nil }
