package ticket

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"ionwake/server/durable"
)

const (
	// entriesWaiting bounds what waits for the disk: some seconds of as many tickets as
	// are looked at.
	entriesWaiting = 1024
	// usualFile is the size from which on a file is written anew, without what is over.
	usualFile = 4 << 20
	// largestFile is more than a file can get: in the time that a ticket is good for, as
	// many are used up, and given back, as are looked at.
	largestFile = 32 << 20
)

// ledger keeps used tickets in a file, so that they stay used over a restart. The disk is
// waited for on a goroutine of its own; after a crash the last moments may be missing,
// and so is the entry that says that nothing is.
type ledger struct {
	path    string
	now     func() time.Time
	log     *slog.Logger
	entries chan entry
	done    chan struct{}
	lost    bool // an entry found no place; guarded by the Door until entries is closed

	// The goroutine's alone:
	file  *os.File // nil: it failed
	sum   sum
	size  int
	limit int // size from which on it is written anew
}

// openLedger returns a ledger that works until close, and what the one before it knew.
func openLedger(cfg *Config) (*ledger, past) {
	l := &ledger{path: cfg.File, now: cfg.Now, log: cfg.Log, entries: make(chan entry, entriesWaiting), done: make(chan struct{})}
	p, err := l.read()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.log.Warn("used tickets cannot be read: those made before the start do not count", "error", err)
	}
	if err := l.renew(&p); err != nil {
		l.fail(err)
	}
	go l.run() // until close
	return l, p
}

// read returns what is in the file. With an error, which may wrap fs.ErrNotExist, it is
// not whole.
func (l *ledger) read() (past, error) {
	f, err := os.Open(l.path)
	if err != nil {
		return past{}, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, largestFile+1))
	if err == nil && len(data) > largestFile {
		err = fmt.Errorf("%s has more than %d bytes", l.path, largestFile)
	}
	if err != nil {
		return past{}, err
	}
	return parsePast(data), nil
}

// renew writes the file anew, without what is over and without an end.
func (l *ledger) renew(p *past) error {
	p.trim(moment(l.now().Unix()))
	data, s := p.file()
	if err := durable.Replace(l.path, data); err != nil {
		return err
	}
	file, err := os.OpenFile(l.path, os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	l.file, l.sum, l.size = file, s, len(data)
	l.limit = max(usualFile, 2*l.size)
	return nil
}

// hand gives the goroutine an entry. It does not block: what finds no place is missing,
// and the file gets no end.
func (l *ledger) hand(e entry) {
	select {
	case l.entries <- e:
	default:
		l.lost = true
	}
}

// run writes entries until there will be no more, and then the end.
func (l *ledger) run() {
	defer close(l.done)
	var batch []byte
	for e := range l.entries {
		batch = l.sum.append(batch[:0], e)
		for range len(l.entries) {
			batch = l.sum.append(batch, <-l.entries)
		}
		l.write(batch)
		if l.size > l.limit {
			l.again()
		}
	}
	if l.lost {
		l.fail(errors.New("the disk was too slow"))
	}
	l.write(l.sum.append(batch[:0], entry{kind: entryEnd}))
	if l.file != nil {
		_ = l.file.Close() // it was synced
	}
}

func (l *ledger) write(batch []byte) {
	if l.file == nil {
		return
	}
	_, err := l.file.Write(batch)
	if err == nil {
		err = l.file.Sync()
	}
	if err != nil {
		l.fail(err)
	}
	l.size += len(batch)
}

// again writes a file anew that has got long.
func (l *ledger) again() {
	if l.file == nil {
		return
	}
	p, err := l.read()
	if err == nil {
		err = errors.Join(l.file.Close(), l.renew(&p))
	}
	if err != nil {
		l.fail(err)
	}
}

// fail leaves the file as one of a server that crashed.
func (l *ledger) fail(err error) {
	l.log.Error("used tickets are not kept: after a restart only those count that are made from then on", "error", err)
	if l.file != nil {
		_ = l.file.Close() // nothing more comes of it
		l.file = nil
		return
	}
	_ = os.Remove(l.path) // an older one knows nothing of this run
}

// close ends the ledger when everything is kept, or ctx ends.
func (l *ledger) close(ctx context.Context) {
	close(l.entries)
	select {
	case <-l.done:
	case <-ctx.Done():
		l.log.Error("used tickets are not kept in time")
	}
}
