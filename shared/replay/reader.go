package replay

import (
	"encoding/binary"
	"fmt"
	"math"
	"unicode/utf8"

	"ionwake/shared/sim"
)

// reader reads checked values; after the first that is none it returns zeros.
type reader struct {
	rest []byte
	size int // of all that there was to read
	bad  int // where it went wrong, from 1; 0: it did not
}

func newReader(b []byte) *reader { return &reader{rest: b, size: len(b)} }

func (r *reader) fail() {
	if r.bad == 0 {
		r.bad = r.size - len(r.rest) + 1
	}
	r.rest = nil
}

// err says where it went wrong, if it did.
func (r *reader) err() error {
	if r.bad == 0 {
		return nil
	}
	return fmt.Errorf("%w: at byte %d of a part", ErrDamaged, r.bad-1)
}

// upTo reads a number of at most limit.
func (r *reader) upTo(limit uint64) uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > limit {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// count reads how many of something follow, each of which takes at least size bytes.
func (r *reader) count(limit, size int) int {
	return int(r.upTo(uint64(min(limit, len(r.rest)/size))))
}

func (r *reader) signed(limit int64) int64 {
	v, n := binary.Varint(r.rest)
	if n <= 0 || v > limit || v < -limit-1 {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.rest) {
		r.fail()
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) word() uint64 {
	if b := r.bytes(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (r *reader) text() string {
	s := string(r.bytes(int(r.upTo(maxText))))
	if !utf8.ValidString(s) {
		r.fail()
		return ""
	}
	return s
}

func (r *reader) byte() uint8        { return uint8(r.upTo(math.MaxUint8)) }
func (r *reader) flag() bool         { return r.upTo(1) == 1 }
func (r *reader) tick() sim.Tick     { return sim.Tick(r.upTo(math.MaxUint32)) }
func (r *reader) id() sim.PlayerID   { return sim.PlayerID(r.upTo(math.MaxUint16)) }
func (r *reader) seat() sim.PlayerID { return sim.PlayerID(r.upTo(sim.MaxPlayers - 1)) }
func (r *reader) int16() int16       { return int16(r.signed(math.MaxInt16)) }
func (r *reader) int32() int32       { return int32(r.signed(math.MaxInt32)) }
func (r *reader) vec() sim.Vec {
	x := sim.Unit(r.int32())
	return sim.Vec{X: x, Y: sim.Unit(r.int32())}
}
func (r *reader) hull() sim.HullKind { return sim.HullKind(r.upTo(uint64(len(sim.Hulls) - 1))) }
func (r *reader) team() sim.Team     { return sim.Team(r.upTo(sim.Teams)) }

func (r *reader) person() Person {
	tag := r.upTo(math.MaxUint64)
	bot := r.flag()
	return Person{Name: r.text(), Tag: tag, Bot: bot}
}

func (w *writer) person(p *Person) {
	w.put(p.Tag, flag(p.Bot))
	w.text(p.Name)
}
