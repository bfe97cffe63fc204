package replay

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"

	"ionwake/shared/sim"
)

// A file is magic and then parts, each of which says with 21 bytes, numbers
// little-endian:
//
//	kind    1  'H' head, 'P' piece, 'E' end
//	tick    4  that a piece begins at
//	count   4  ticks of a piece
//	size    4  bytes of the part, unpacked
//	packed  4  bytes that follow, deflated (RFC 1951)
//	sum     4  CRC-32 (IEEE 802.3) of these 17 bytes and of what follows
//
// What is unpacked is numbers as in sim.Arena's encoded form, see the functions below.
// A file may end anywhere: what is whole counts. The last two digits are the version.
const magic = "IonReplay01"

const partHead = 21

const (
	headPart  = 'H'
	piecePart = 'P'
	endPart   = 'E'
)

// Packer makes parts of files, in memory that it uses again. It is for one goroutine.
type Packer struct {
	raw writer
	out bytes.Buffer
	zip *flate.Writer
}

// AppendHead begins a file.
func (k *Packer) AppendHead(file []byte, h *Head) []byte {
	w := &k.raw
	w.b = binary.LittleEndian.AppendUint64(w.b[:0], uint64(h.Edition))
	for _, s := range [...]string{h.Program, h.ID, h.Server, h.Room, h.Mode.Name()} {
		w.text(s)
	}
	w.put(uint64(h.Rules.Warmup), uint64(h.Rules.Live), uint64(h.Rules.Results))
	w.signed(int64(h.Rules.ScoreLimit))
	w.put(uint64(h.Number))
	w.signed(h.Began)
	arena := h.Arena.Encode()
	w.put(uint64(len(arena)))
	w.b = append(w.b, arena...)
	return k.part(append(file, magic...), headPart, 0, 0)
}

// AppendPiece appends a piece.
func (k *Packer) AppendPiece(file []byte, p *Piece) []byte {
	w := &k.raw
	w.b = w.b[:0]
	w.state(&p.State)
	w.put(uint64(len(p.People)))
	for i := range p.People {
		w.person(&p.People[i])
	}
	w.b = append(w.b, p.Ticks...)
	return k.part(file, piecePart, p.State.Tick, p.Count)
}

// AppendEnd ends a file.
func (k *Packer) AppendEnd(file []byte, e *End) []byte {
	w := &k.raw
	w.b = w.b[:0]
	w.put(uint64(e.Why))
	w.signed(int64(e.Scores[0]), int64(e.Scores[1]))
	lines := e.Lines[:min(len(e.Lines), maxLines)]
	w.put(uint64(len(lines)))
	for i := range lines {
		l := &lines[i]
		w.person(&l.Person)
		w.put(uint64(l.Team))
		w.signed(int64(l.Score), int64(l.Kills), int64(l.Deaths))
	}
	return k.part(file, endPart, 0, 0)
}

// part appends what is in raw.
func (k *Packer) part(file []byte, kind byte, tick sim.Tick, count int) []byte {
	k.out.Reset()
	if k.zip == nil {
		k.zip, _ = flate.NewWriter(&k.out, flate.BestSpeed) // fails for other levels alone
	} else {
		k.zip.Reset(&k.out)
	}
	_, _ = k.zip.Write(k.raw.b) // a Buffer takes everything
	_ = k.zip.Close()
	at := len(file)
	file = append(file, kind)
	for _, n := range [...]int{int(tick), count, len(k.raw.b), k.out.Len()} {
		file = binary.LittleEndian.AppendUint32(file, uint32(n))
	}
	sum := crc32.Update(crc32.ChecksumIEEE(file[at:]), crc32.IEEETable, k.out.Bytes())
	file = binary.LittleEndian.AppendUint32(file, sum)
	return append(file, k.out.Bytes()...)
}

// part is one of a file, packed.
type part struct {
	kind  byte
	tick  sim.Tick
	count int
	size  int
	data  []byte
}

// nextPart returns the first part of rest and what is behind it. It allocates nothing.
func nextPart(rest []byte) (p part, behind []byte, err error) {
	if len(rest) < partHead {
		return p, nil, io.ErrUnexpectedEOF
	}
	number := func(at int) uint32 { return binary.LittleEndian.Uint32(rest[at:]) }
	packed := uint64(number(13))
	if packed > uint64(len(rest)-partHead) {
		return p, nil, io.ErrUnexpectedEOF
	}
	p = part{kind: rest[0], tick: sim.Tick(number(1)), data: rest[partHead : partHead+packed]}
	if sum := crc32.Update(crc32.ChecksumIEEE(rest[:partHead-4]), crc32.IEEETable, p.data); sum != number(17) {
		return p, nil, fmt.Errorf("%w: a part is not what was written", ErrDamaged)
	}
	if number(5) > MaxTicks || number(9) > maxPart {
		return p, nil, fmt.Errorf("%w: a part of %d ticks and %d bytes", ErrDamaged, number(5), number(9))
	}
	p.count, p.size = int(number(5)), int(number(9))
	return p, rest[partHead+packed:], nil
}

// unpack returns what is in a part. It takes no more memory than the part says, and that
// only as far as there is something to fill it with.
func (p *part) unpack() (*reader, error) {
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(p.data)), int64(p.size)+1))
	if err != nil || len(raw) != p.size {
		return nil, fmt.Errorf("%w: a part cannot be unpacked", ErrDamaged)
	}
	return newReader(raw), nil
}
