package replay

import (
	"encoding/binary"
	"hash/crc32"
	"slices"

	"ionwake/shared/sim"
)

// Resealed returns file with the sums of its parts made right, so that what is behind
// them is read.
func Resealed(file []byte) []byte {
	file = slices.Clone(file)
	if len(file) < len(magic) {
		return file
	}
	for rest := file[len(magic):]; len(rest) >= partHead; {
		packed := min(uint64(binary.LittleEndian.Uint32(rest[13:])), uint64(len(rest)-partHead))
		binary.LittleEndian.PutUint32(rest[13:], uint32(packed))
		sum := crc32.Update(crc32.ChecksumIEEE(rest[:partHead-4]), crc32.IEEETable, rest[partHead:partHead+packed])
		binary.LittleEndian.PutUint32(rest[17:], sum)
		rest = rest[partHead+packed:]
	}
	return file
}

// Unpacked returns what is in piece n.
func (rec *Record) Unpacked(n int) []byte {
	r, err := rec.pieces[n].unpack()
	if err != nil {
		panic(err)
	}
	return r.rest
}

// Forged returns rec with one piece, in which there is raw.
func (rec *Record) Forged(tick sim.Tick, count int, raw []byte) *Record {
	var k Packer
	k.raw.b = append(k.raw.b, raw...)
	p, _, err := nextPart(k.part(nil, piecePart, tick, count))
	if err != nil {
		return nil
	}
	return &Record{Head: rec.Head, pieces: []part{p}}
}
