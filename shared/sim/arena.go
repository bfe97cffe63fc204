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

// Arena is the fixed ground of a match: solid tiles and spawn points. It never
// changes once parsed and may be shared by any number of Worlds.
type Arena struct {
	Name          string
	Width, Height int  // in tiles
	Hash          Hash // of the encoded form: both sides must fly over the same ground
	Spawns        []Spawn

	solid []bool // Width*Height, row by row
}

// Spawn is a place where ships enter.
type Spawn struct {
	Pos  Vec
	Team uint8 // 0: anybody
}

// ErrArena is wrapped by every error of NewArena and ParseArena.
var ErrArena = errors.New("bad arena")

// NewArena builds an arena from its parts; solid is row by row, true where a wall
// stands. It refuses sizes out of range, a border that is not closed, and spawn
// points inside walls.
func NewArena(name string, width, height int, solid []bool, spawns []Spawn) (*Arena, error) {
	if width < 3 || height < 3 || width > MaxArenaSide || height > MaxArenaSide {
		return nil, fmt.Errorf("%w: %d x %d tiles, want 3 to %d a side", ErrArena, width, height, MaxArenaSide)
	}
	if len(solid) != width*height {
		return nil, fmt.Errorf("%w: %d tiles for %d x %d", ErrArena, len(solid), width, height)
	}
	if len(name) == 0 || len(name) > 32 {
		return nil, fmt.Errorf("%w: name of %d bytes, want 1 to 32", ErrArena, len(name))
	}
	a := &Arena{Name: name, Width: width, Height: height, Spawns: spawns, solid: solid}
	if err := a.check(); err != nil {
		return nil, err
	}
	a.Hash = hashBytes(a.Encode())
	return a, nil
}

func (a *Arena) check() error {
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
	if len(a.Spawns) == 0 || len(a.Spawns) > 255 {
		return fmt.Errorf("%w: %d spawn points, want 1 to 255", ErrArena, len(a.Spawns))
	}
	for i, s := range a.Spawns {
		if a.boxHits(s.Pos, TileSize/2) {
			return fmt.Errorf("%w: spawn point %d at (%d, %d) is not in the open", ErrArena, i, s.Pos.X/One, s.Pos.Y/One)
		}
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
	return a.solid[y*a.Width+x]
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
