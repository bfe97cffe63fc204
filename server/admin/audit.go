package admin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	auditName = "audit.jsonl"
	auditKept = 500     // lines for dashboards
	auditSize = 8 << 20 // bytes, after which a file is put aside under the date of its end
)

// Deed is what somebody who runs the server did, or tried to.
type Deed struct {
	Time   time.Time `json:"time"`
	Name   string    `json:"name"` // of who did it
	Role   Role      `json:"role"`
	From   string    `json:"from,omitempty"` // network
	Do     string    `json:"do"`
	Whom   string    `json:"whom,omitempty"`
	Person string    `json:"person,omitempty"`
	Room   string    `json:"room,omitempty"`
	Until  time.Time `json:"until,omitzero"`
	Reason string    `json:"reason,omitempty"`
	Text   string    `json:"text,omitempty"` // what else was said
	Failed string    `json:"failed,omitempty"`
}

// audit writes down what those who run the server do, a line of JSON for each, into a
// file that is only ever added to.
type audit struct {
	dir string // "": memory alone
	log *slog.Logger
	now func() time.Time

	newest *ring[Deed]
	mu     sync.Mutex // held by who writes the file
}

// openAudit reads the newest lines of the file in dir.
func openAudit(dir string, log *slog.Logger, now func() time.Time) (*audit, error) {
	a := &audit{dir: dir, log: log, now: now, newest: newRing[Deed](auditKept)}
	if dir == "" {
		return a, nil
	}
	text, err := os.ReadFile(a.path())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read what was done: %w", err)
	}
	for line := range bytes.Lines(text) {
		var d Deed
		if json.Unmarshal(line, &d) == nil { // one that a crash cut short is left as it is
			a.newest.add(d)
		}
	}
	return a, nil
}

func (a *audit) path() string { return filepath.Join(a.dir, auditName) }

// write keeps a deed, on the disk too. One that the disk does not take is in the log.
func (a *audit) write(d Deed) error {
	d.Time = a.now().UTC().Truncate(time.Millisecond)
	a.newest.add(d)
	a.tell(&d)
	if a.dir == "" {
		return nil
	}
	text, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("word what was done: %w", err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.append(append(text, '\n')); err != nil {
		a.log.Error("what was done cannot be written down", "file", a.path(), "error", err)
		return fmt.Errorf("write down what was done: %w", err)
	}
	return nil
}

// tell puts a deed into the log, without what there is nothing to say of.
func (a *audit) tell(d *Deed) {
	attrs := []slog.Attr{slog.String("name", d.Name), slog.String("role", d.Role.String()), slog.String("do", d.Do)}
	for _, more := range [...][2]string{{"whom", d.Whom}, {"person", d.Person}, {"room", d.Room}, {"text", d.Text}, {"reason", d.Reason}, {"failed", d.Failed}} {
		if more[1] != "" {
			attrs = append(attrs, slog.String(more[0], more[1]))
		}
	}
	level := slog.LevelInfo
	if d.Failed == errMayNot.Error() {
		level = slog.LevelWarn
	}
	a.log.LogAttrs(context.Background(), level, "order", attrs...)
}

func (a *audit) append(line []byte) error {
	if info, err := os.Stat(a.path()); err == nil && info.Size() > auditSize {
		aside := filepath.Join(a.dir, "audit-"+a.now().UTC().Format("20060102-150405")+".jsonl")
		if err := os.Rename(a.path(), aside); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(a.path(), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	// A line that a crash cut short gets its end, so that it spoils no other.
	last := []byte{'\n'}
	if info, err := f.Stat(); err == nil && info.Size() > 0 {
		_, _ = f.ReadAt(last, info.Size()-1) // if it cannot be read the line is written all the same
	}
	if last[0] != '\n' {
		line = append([]byte{'\n'}, line...)
	}
	_, err = f.Write(line)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}
