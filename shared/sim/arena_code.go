package sim

import (
	"encoding/binary"
	"fmt"
)

// The encoded form of an arena, all numbers little-endian uvarints unless said,
// places as X, Y in whole world units:
//
//	"IWA2"  magic
//	name    length, bytes (1..32)
//	width, height
//	runs    alternating lengths of open and solid runs, row by row, open first,
//	        until width*height tiles are told
//	spawns  count, then for each: team, place
//	wells   count, then for each: place, radius in world units, pull (zigzag)
//	zones   count, then for each: x, y, width, height in tiles
//	items   count, then for each: kind, place
//	bases   0, or 1 and two places
//	path    count, then places
const arenaMagic = "IWA2"

// MaxArenaBytes is the largest encoded form of an arena: what a client that lacks
// it has to fetch.
const MaxArenaBytes = 1 << 20

// Encode returns the compact form that ParseArena reads.
func (a *Arena) Encode() []byte {
	w := arenaWriter{append([]byte(arenaMagic), byte(len(a.Name)))}
	w.out = append(w.out, a.Name...)
	w.numbers(a.Width, a.Height)
	w.tiles(a.Walls)
	w.numbers(len(a.Spawns))
	for _, s := range a.Spawns {
		w.numbers(int(s.Team))
		w.place(s.Pos)
	}
	w.numbers(len(a.Wells))
	for _, well := range a.Wells {
		w.place(well.Pos)
		w.numbers(int(well.Radius / One))
		w.out = binary.AppendVarint(w.out, int64(well.Pull))
	}
	w.numbers(len(a.Zones))
	for _, z := range a.Zones {
		w.numbers(z.X, z.Y, z.Width, z.Height)
	}
	w.numbers(len(a.Items))
	for _, p := range a.Items {
		w.numbers(int(p.Kind))
		w.place(p.Pos)
	}
	w.bases(&a.Bases)
	w.numbers(len(a.Path))
	for _, p := range a.Path {
		w.place(p)
	}
	return w.out
}

type arenaWriter struct{ out []byte }

func (w *arenaWriter) numbers(list ...int) {
	for _, n := range list {
		w.out = binary.AppendUvarint(w.out, uint64(n))
	}
}

func (w *arenaWriter) place(p Vec) { w.numbers(int(p.X/One), int(p.Y/One)) }

func (w *arenaWriter) bases(b *[Teams]Vec) {
	if *b == [Teams]Vec{} {
		w.numbers(0)
		return
	}
	w.numbers(1)
	for _, p := range b {
		w.place(p)
	}
}

func (w *arenaWriter) tiles(walls []bool) {
	run, solid := 0, false
	for _, s := range walls {
		if s != solid {
			w.numbers(run)
			run, solid = 0, s
		}
		run++
	}
	w.numbers(run)
}

// ParseArena reads the compact form. It allocates no more than the declared size,
// which is bounded by MaxArenaSide, and returns an error that wraps ErrArena for
// anything that NewArena would refuse.
func ParseArena(data []byte) (*Arena, error) {
	if len(data) > MaxArenaBytes {
		return nil, fmt.Errorf("%w: %d bytes, want at most %d", ErrArena, len(data), MaxArenaBytes)
	}
	r := arenaReader{rest: data}
	if string(r.bytes(len(arenaMagic))) != arenaMagic {
		return nil, fmt.Errorf("%w: not an Ionwake arena of this version", ErrArena)
	}
	p := Plan{Name: string(r.bytes(int(r.byte())))}
	p.Width, p.Height = r.number(MaxArenaSide), r.number(MaxArenaSide)
	if r.failed {
		return nil, fmt.Errorf("%w: cut or out of range in its head", ErrArena)
	}
	p.Walls = r.tiles(p.Width * p.Height)
	r.lists(&p)
	if r.failed || len(r.rest) > 0 {
		return nil, fmt.Errorf("%w: cut, too long or out of range", ErrArena)
	}
	return NewArena(p)
}

func (r *arenaReader) lists(p *Plan) {
	place := func() Vec { return Vec{Units(r.number(p.Width * 32)), Units(r.number(p.Height * 32))} }
	for range r.number(MaxSpawns) {
		team := Team(r.number(255))
		p.Spawns = append(p.Spawns, Spawn{place(), team})
	}
	for range r.number(MaxWells) {
		at := place()
		p.Wells = append(p.Wells, Well{at, Units(r.number(64 * 32)), Unit(r.signed(MaxPull))})
	}
	for range r.number(MaxZones) {
		x, y := r.number(MaxArenaSide), r.number(MaxArenaSide)
		p.Zones = append(p.Zones, Zone{x, y, r.number(MaxArenaSide), r.number(MaxArenaSide)})
	}
	for range r.number(MaxItems) {
		kind := ItemKind(r.number(255))
		p.Items = append(p.Items, ItemPoint{place(), kind})
	}
	if r.number(1) == 1 {
		for i := range p.Bases {
			p.Bases[i] = place()
		}
	}
	for range r.number(MaxPath) {
		p.Path = append(p.Path, place())
	}
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

func (r *arenaReader) signed(limit int64) int64 {
	v, n := binary.Varint(r.rest)
	if n <= 0 || v > limit || v < -limit {
		r.failed, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[n:]
	return v
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
