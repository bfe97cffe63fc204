package sim

import (
	"encoding/binary"
	"fmt"
)

// The encoded form of an arena, all numbers little-endian uvarints unless said:
//
//	"IWA1"  magic
//	name    length, bytes (1..32)
//	width, height
//	runs    alternating lengths of open and solid runs, row by row, open first,
//	        until width*height tiles are told
//	spawns  count, then for each: team (one byte), X, Y in whole world units
const arenaMagic = "IWA1"

// Encode returns the compact form that ParseArena reads.
func (a *Arena) Encode() []byte {
	b := append([]byte(arenaMagic), byte(len(a.Name)))
	b = append(b, a.Name...)
	b = binary.AppendUvarint(b, uint64(a.Width))
	b = binary.AppendUvarint(b, uint64(a.Height))
	run, solid := uint64(0), false
	for _, s := range a.solid {
		if s != solid {
			b = binary.AppendUvarint(b, run)
			run, solid = 0, s
		}
		run++
	}
	b = binary.AppendUvarint(b, run)
	b = binary.AppendUvarint(b, uint64(len(a.Spawns)))
	for _, s := range a.Spawns {
		b = append(b, s.Team)
		b = binary.AppendUvarint(b, uint64(s.Pos.X/One))
		b = binary.AppendUvarint(b, uint64(s.Pos.Y/One))
	}
	return b
}

// ParseArena reads the compact form. It allocates no more than the declared size,
// which is bounded by MaxArenaSide, and returns an error that wraps ErrArena for
// anything that NewArena would refuse.
func ParseArena(data []byte) (*Arena, error) {
	r := arenaReader{rest: data}
	if string(r.bytes(len(arenaMagic))) != arenaMagic {
		return nil, fmt.Errorf("%w: not an Ionwake arena", ErrArena)
	}
	name := string(r.bytes(int(r.byte())))
	width, height := r.number(MaxArenaSide), r.number(MaxArenaSide)
	if r.failed {
		return nil, fmt.Errorf("%w: cut or out of range in its head", ErrArena)
	}
	solid := r.tiles(width * height)
	spawns := make([]Spawn, 0, r.number(255))
	for range cap(spawns) {
		team := r.byte()
		x, y := r.number(width*32), r.number(height*32)
		spawns = append(spawns, Spawn{Vec{Units(x), Units(y)}, team})
	}
	if r.failed || len(r.rest) > 0 {
		return nil, fmt.Errorf("%w: cut, too long or out of range", ErrArena)
	}
	return NewArena(name, width, height, solid, spawns)
}

// arenaReader reads checked values; after a failure it returns zeros.
type arenaReader struct {
	rest   []byte
	failed bool
}

func (r *arenaReader) bytes(n int) []byte {
	if n > len(r.rest) {
		r.failed, r.rest = true, nil
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *arenaReader) byte() byte {
	if b := r.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *arenaReader) number(limit int) int {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > uint64(limit) {
		r.failed, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[n:]
	return int(v)
}

func (r *arenaReader) tiles(count int) []bool {
	tiles := make([]bool, count)
	for at, solid := 0, false; at < count && !r.failed; solid = !solid {
		run := r.number(count - at)
		if run == 0 && at > 0 {
			r.failed = true
		}
		for i := range run {
			tiles[at+i] = solid
		}
		at += run
	}
	return tiles
}
