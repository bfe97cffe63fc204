package sim

import (
	"errors"
	"fmt"
)

// TileSize is the side of one arena tile.
const TileSize = 32 * One

const tileShift = 15 // TileSize is 1<<tileShift

// MaxArenaSide is the largest width or height of an arena, in tiles.
const MaxArenaSide = 1024

// Plan is what an arena is made of. Places are in Units and, in the encoded form,
// in whole world units.
type Plan struct {
	Name          string
	Width, Height int    // in tiles
	Walls         []bool // Width*Height, row by row: true where a wall stands
	Spawns        []Spawn
	Wells         []Well      // gravity
	Zones         []Zone      // where nobody is hurt and nobody fires
	Items         []ItemPoint // where pick-ups lie
	Bases         [Teams]Vec  // of the cores, by team; zero Vecs: no Relay here
	Path          []Vec       // that the beacon goes along, and back to the first; none: no Beacon here
}

// Spawn is a place where ships enter.
type Spawn struct {
	Pos  Vec
	Team Team // NoTeam: anybody
}

// Well pulls ships and bolts within Radius towards Pos: with Pull Units per tick
// squared at its middle, less and less outwards. Negative Pull pushes.
type Well struct {
	Pos    Vec
	Radius Unit
	Pull   Unit
}

// Zone is a safe rectangle of whole tiles.
type Zone struct{ X, Y, Width, Height int }

// ItemPoint is a place where a pick-up lies. NoItem: another one each time.
type ItemPoint struct {
	Pos  Vec
	Kind ItemKind
}

// What an arena may have at most.
const (
	MaxSpawns = 255
	MaxWells  = 32
	MaxZones  = 32
	MaxItems  = 64
	MaxPath   = 64
	MaxPull   = 75 // Units per tick squared: less than the weakest hull thrusts with a core, so that nobody is trapped
)

// Arena is the fixed ground of a match. It never changes once made and may be
// shared by any number of Worlds.
type Arena struct {
	Plan
	Hash Hash // of the encoded form: both sides must fly over the same ground

	safe []bool // by tile; nil: nowhere
	pull []Vec  // by tile: acceleration; nil: none
	calm []bool // by block of 8 x 8 tiles: no well pulls there; nil: nowhere does one

	spawnsBy [][]uint8 // by block, see laySpawns
	blocks   int       // in a row
}

// ErrArena is wrapped by every error of NewArena and ParseArena.
var ErrArena = errors.New("bad arena")

// NewArena builds an arena by a plan, which it keeps. It refuses sizes out of
// range, a border that is not closed, and things that are not in the open.
func NewArena(p Plan) (*Arena, error) {
	if p.Width < 3 || p.Height < 3 || p.Width > MaxArenaSide || p.Height > MaxArenaSide {
		return nil, fmt.Errorf("%w: %d x %d tiles, want 3 to %d a side", ErrArena, p.Width, p.Height, MaxArenaSide)
	}
	if len(p.Walls) != p.Width*p.Height {
		return nil, fmt.Errorf("%w: %d tiles for %d x %d", ErrArena, len(p.Walls), p.Width, p.Height)
	}
	if len(p.Name) == 0 || len(p.Name) > 32 {
		return nil, fmt.Errorf("%w: name of %d bytes, want 1 to 32", ErrArena, len(p.Name))
	}
	a := &Arena{Plan: p}
	if err := a.check(); err != nil {
		return nil, err
	}
	code := a.Encode()
	if len(code) > MaxArenaBytes {
		return nil, fmt.Errorf("%w: its encoded form has %d bytes, want at most %d: fewer single tiles", ErrArena, len(code), MaxArenaBytes)
	}
	a.layZones()
	a.layWells()
	a.laySpawns()
	a.Hash = hashBytes(code)
	return a, nil
}

// Fits reports, with the reason, whether the mode can be played here.
func (a *Arena) Fits(mode Mode) error {
	if err := mode.Needs(a); err != nil {
		return fmt.Errorf("arena %q has no %s: %w", a.Name, mode.Name(), err)
	}
	return nil
}

// Size returns the lower right corner of the arena; the upper left is (0, 0).
func (a *Arena) Size() Vec { return Vec{Unit(a.Width) * TileSize, Unit(a.Height) * TileSize} }

// Solid reports whether tile (x, y) is a wall. Everything outside is.
func (a *Arena) Solid(x, y int) bool {
	if uint(x) >= uint(a.Width) || uint(y) >= uint(a.Height) {
		return true
	}
	return a.Walls[y*a.Width+x]
}

// SolidAt reports whether p is inside a wall.
func (a *Arena) SolidAt(p Vec) bool { return a.Solid(int(p.X>>tileShift), int(p.Y>>tileShift)) }

// boxHits reports whether the square of the given half side around p touches a
// wall. The square is at most one tile wide, so its corners suffice.
func (a *Arena) boxHits(p Vec, half Unit) bool {
	left, right := int((p.X-half)>>tileShift), int((p.X+half-1)>>tileShift)
	top, bottom := int((p.Y-half)>>tileShift), int((p.Y+half-1)>>tileShift)
	return a.Solid(left, top) || a.Solid(right, top) || a.Solid(left, bottom) || a.Solid(right, bottom)
}

// slide moves a square by vel, first along X and then along Y, and bounces it off
// the walls it meets. Speeds stay below a tile per tick, so no wall is jumped.
func (a *Arena) slide(pos, vel Vec, half Unit) (Vec, Vec) {
	next := Vec{pos.X + vel.X, pos.Y}
	if a.boxHits(next, half) {
		next.X = stopAt(pos.X, next.X, vel.X, half)
		if a.boxHits(next, half) {
			next.X = pos.X
		}
		vel.X = -vel.X * wallRestitution / 256
	}
	pos.X = next.X
	next.Y = pos.Y + vel.Y
	if a.boxHits(next, half) {
		next.Y = stopAt(pos.Y, next.Y, vel.Y, half)
		if a.boxHits(next, half) {
			next.Y = pos.Y
		}
		vel.Y = -vel.Y * wallRestitution / 256
	}
	pos.Y = next.Y
	return pos, vel
}

// stopAt returns the place along one axis where a square that wants to go from
// at to next rests against the wall in its way.
func stopAt(at, next, vel, half Unit) Unit {
	if vel > 0 {
		return (next+half-1)>>tileShift<<tileShift - half
	}
	if vel < 0 {
		return ((next-half)>>tileShift+1)<<tileShift + half
	}
	return at
}
