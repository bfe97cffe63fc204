package ticket

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

// format begins the file of used tickets, and names the version of what follows.
const format = "ionwake-tickets-1\n"

// entrySize is the bytes of an entry: its kind, a mark, a moment, and the CRC-32 of all
// before it in the file (IEEE 802.3), so that nothing can be missing in the middle.
const entrySize = 1 + len(mark{}) + 8 + 4

// The kinds of entries.
const (
	entryUsed   = 'u' // a ticket was used up
	entryGiven  = 'g' // and is good again
	entryBefore = 'b' // tickets that are over by then are left out
	entryEnd    = 'e' // the server has ended in order, and nothing is missing
)

// entry is one line of the file.
type entry struct {
	kind byte
	mark mark
	over moment
}

// sum is the CRC-32 of a file so far.
type sum uint32

// beginning is the sum of a file that has no entry.
func beginning() sum { return sum(crc32.ChecksumIEEE([]byte(format))) }

// append writes an entry behind what there is.
func (s *sum) append(to []byte, e entry) []byte {
	from := len(to)
	to = append(to, e.kind)
	to = append(to, e.mark[:]...)
	to = binary.BigEndian.AppendUint64(to, uint64(e.over))
	*s = sum(crc32.Update(uint32(*s), crc32.IEEETable, to[from:]))
	return binary.BigEndian.AppendUint32(to, uint32(*s))
}

// past is what is known of an earlier run.
type past struct {
	used  map[mark]moment // and when it is over
	over  moment          // tickets that are over by then may be missing
	whole bool            // nothing else is
}

// parsePast reads the file, as far as it is what was written.
func parsePast(data []byte) past {
	p := past{used: make(map[mark]moment)}
	rest, ok := bytes.CutPrefix(data, []byte(format))
	for s := beginning(); ok && len(rest) >= entrySize; rest = rest[entrySize:] {
		e := entry{kind: rest[0], mark: mark(rest[1:17]), over: moment(binary.BigEndian.Uint64(rest[17:25]))}
		var again [entrySize]byte
		if !bytes.Equal(s.append(again[:0], e), rest[:entrySize]) {
			return p
		}
		switch e.kind {
		case entryUsed:
			p.used[e.mark] = e.over
		case entryGiven:
			delete(p.used, e.mark)
		case entryBefore:
			p.over = max(p.over, e.over)
		case entryEnd:
			p.whole = len(rest) == entrySize
			return p
		default:
			return p
		}
	}
	return p
}

// trim leaves out what is over.
func (p *past) trim(now moment) {
	for m, over := range p.used {
		if over <= now {
			p.over = max(p.over, over)
			delete(p.used, m)
		}
	}
}

// file returns the file of a run that goes on, and its sum.
func (p *past) file() ([]byte, sum) {
	s := beginning()
	data := s.append([]byte(format), entry{kind: entryBefore, over: p.over})
	for m, over := range p.used {
		data = s.append(data, entry{entryUsed, m, over})
	}
	return data, s
}
