package account

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/crc32"
)

// appendLine appends a line of the journal: the CRC-32C (Castagnoli) of b as eight
// hexadecimal digits, a space, b, a newline. b has no newline in it, being JSON.
func appendLine(dst, b []byte) []byte {
	dst = fmt.Appendf(dst, "%08x ", crc32.Checksum(b, castagnoli()))
	return append(append(dst, b...), '\n')
}

// parseLine returns what is in a line without its newline.
func parseLine(line []byte) ([]byte, bool) {
	if len(line) < 9 || line[8] != ' ' {
		return nil, false
	}
	var sum [4]byte
	if _, err := hex.Decode(sum[:], line[:8]); err != nil {
		return nil, false
	}
	want := uint32(sum[0])<<24 | uint32(sum[1])<<16 | uint32(sum[2])<<8 | uint32(sum[3])
	return line[9:], crc32.Checksum(line[9:], castagnoli()) == want
}

// castagnoli returns the table, which the library makes once.
func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// foundJournal is what is in the bytes of a journal.
type foundJournal struct {
	head     header
	headless bool // there is no first line yet, or it is damaged
	entries  []*entry
	end      int64  // of the last whole line
	last     uint64 // newest record
	bad      int    // damaged lines
}

// parseJournal reads a journal. It fails only for one of a newer program.
func parseJournal(raw []byte) (foundJournal, error) {
	f := foundJournal{headless: true}
	for at, first := 0, true; ; first = false {
		n := bytes.IndexByte(raw[at:], '\n')
		if n < 0 {
			return f, nil // what follows the last newline was not finished
		}
		b, ok := parseLine(raw[at : at+n])
		at += n + 1
		f.end = int64(at)
		if first {
			if ok && json.Unmarshal(b, &f.head) == nil && f.head.Version > 0 {
				if f.head.Version > journalVersion {
					return f, fmt.Errorf("a newer Ionwake wrote it (version %d, this one knows %d): run that one again: %w", f.head.Version, journalVersion, ErrNewer)
				}
				f.headless, f.last = false, f.head.Applied
				continue
			}
			f.head = header{}
		}
		e, err := (*entry)(nil), error(nil)
		if ok {
			e, err = decodeEntry(b)
		}
		if !ok || err != nil || e.seq <= f.last {
			f.bad++
			continue
		}
		f.entries, f.last = append(f.entries, e), e.seq
	}
}
