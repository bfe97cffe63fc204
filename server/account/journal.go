package account

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"ionwake/server/durable"
)

// journalName is the file in the data folder that has what the database may lack.
const journalName = "account.journal"

// journal is a file that grows at its end: a line for each record, on the disk before
// anybody is told that the record is kept. When the database has all of it, it begins
// anew.
type journal struct {
	mu   sync.Mutex // held while the file changes
	path string
	file journalFile // nil: to be opened again
	head header
	end  int64  // bytes of the file that are good
	base int64  // bytes that it had when it began anew
	last uint64 // newest record

	bytes atomic.Int64 // end, for those who must not wait for a disk
}

// journalFile is what a journal needs of an *os.File.
type journalFile interface {
	WriteAt(b []byte, at int64) (int, error)
	Truncate(size int64) error
	Sync() error
	Close() error
}

// header is the first line of a journal.
type header struct {
	Version int        `json:"version"`
	ID      string     `json:"journal"` // the database counts this journal's records under it
	Applied uint64     `json:"applied"` // the database has the records up to this one
	InForce []Sanction `json:"in_force,omitempty"`
}

const journalVersion = 1

// openJournal opens the journal in folder, or makes one, and returns the records in
// it. What a crash left unfinished at its end was never promised to anybody and is cut
// off. Lines that are damaged are left out; a copy of the file is kept then and damage
// says so.
func openJournal(folder string, now time.Time) (j *journal, entries []*entry, damage error, err error) {
	j = &journal{path: filepath.Join(folder, journalName)}
	if err := os.Remove(j.fresh()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil, fmt.Errorf("remove what is left of an old journal: %w", err)
	}
	raw, err := os.ReadFile(j.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil, fmt.Errorf("read the journal: %w", err)
	}
	found, err := parseJournal(raw)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("%s: %w", j.path, err)
	}
	j.head, j.end, j.last = found.head, found.end, found.last
	j.bytes.Store(j.end)
	if found.bad > 0 {
		copied := j.path + ".damaged-" + now.UTC().Format("20060102-150405")
		if err := durable.Write(copied, raw); err != nil {
			return nil, nil, nil, fmt.Errorf("keep a copy of the damaged journal: %w", err)
		}
		damage = fmt.Errorf("%s: %d lines were damaged and are left out; the file as it was is %s", j.path, found.bad, copied)
	}
	if j.head.ID == "" {
		j.head.ID = newID()
	}
	if found.bad > 0 || found.headless {
		err = j.rotate(j.head.Applied, j.head.InForce, found.entries)
	} else if err = j.reopen(); err == nil && int64(len(raw)) > j.end {
		err = errors.Join(j.file.Truncate(j.end), j.file.Sync())
	}
	if err != nil {
		j.close()
		return nil, nil, nil, fmt.Errorf("prepare the journal: %w", err)
	}
	return j, found.entries, damage, nil
}

func (j *journal) fresh() string { return j.path + durable.Fresh }

// append puts entries at the end and returns when the disk has them. They get their
// places in the journal, and kept is called before anybody can begin the journal anew.
// After an error none of them counts: the same may be tried again.
func (j *journal) append(entries []*entry, kept func()) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	var lines []byte
	for i, e := range entries {
		e.seq = j.last + uint64(i) + 1
		b, err := e.encode()
		if err != nil {
			return err
		}
		lines = appendLine(lines, b)
	}
	if err := j.reopen(); err != nil {
		return err
	}
	if err := j.write(lines); err != nil {
		// A part of it may be there: the next lines must not come after half of one. And
		// what a disk has refused once is not believed to be there because the next
		// attempt goes well: everything is written again.
		_ = j.file.Truncate(j.end)
		return err
	}
	j.end += int64(len(lines))
	j.bytes.Store(j.end)
	j.last += uint64(len(entries))
	kept()
	return nil
}

func (j *journal) write(lines []byte) error {
	if _, err := j.file.WriteAt(lines, j.end); err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	if err := j.file.Sync(); err != nil {
		return fmt.Errorf("bring the journal to the disk: %w", err)
	}
	return nil
}

// rotate begins the journal anew: the database has the records up to applied, inForce
// is remembered for when the database cannot be asked, and entries, which come after
// applied, are kept. After an error the journal is as it was. The caller holds j.mu, so
// that nothing is appended between its look at what to keep and this.
func (j *journal) rotate(applied uint64, inForce []Sanction, entries []*entry) error {
	head := header{Version: journalVersion, ID: j.head.ID, Applied: applied, InForce: inForce}
	b, err := json.Marshal(head)
	if err != nil {
		return fmt.Errorf("encode the journal's head: %w", err)
	}
	data := appendLine(nil, b)
	for _, e := range entries {
		b, err := e.encode()
		if err != nil {
			return err
		}
		data = appendLine(data, b)
	}
	if err := durable.Write(j.fresh(), data); err != nil {
		return fmt.Errorf("write a new journal: %w", err)
	}
	j.close() // some systems rename nothing over an open file
	if err := os.Rename(j.fresh(), j.path); err != nil {
		return fmt.Errorf("put the new journal in place: %w", err)
	}
	j.head, j.end, j.base = head, int64(len(data)), int64(len(data))
	j.bytes.Store(j.end)
	j.last = max(j.last, applied)
	if err := durable.Folder(filepath.Dir(j.path)); err != nil {
		return fmt.Errorf("bring the data folder to the disk: %w", err)
	}
	return j.reopen()
}

// reopen opens the file if it is not.
func (j *journal) reopen() error {
	if j.file != nil {
		return nil
	}
	f, err := os.OpenFile(j.path, os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("open the journal: %w", err)
	}
	j.file = f
	return nil
}

func (j *journal) close() {
	if j.file != nil {
		_ = j.file.Close() // all that counts was synced
		j.file = nil
	}
}

// grown reports whether the journal has grown by more than so many bytes.
func (j *journal) grown(slack int64) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.end > j.base+slack
}

// newID returns 128 random bits as 32 hexadecimal digits.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}
