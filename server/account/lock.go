package account

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// lock is a file that one process holds. It is let go when the process ends, however
// it ends.
type lock struct{ file *os.File }

var (
	errHeld    = errors.New("held by another process")
	errNoLocks = errors.New("files cannot be locked there")
)

// takeLock takes the lock of the file at path, which it makes if need be.
func takeLock(path string) (*lock, error) {
	f, err := openLocked(path)
	if errors.Is(err, errHeld) {
		holder := ""
		if b, err := os.ReadFile(path); err == nil && len(b) > 0 {
			holder = ", process " + strings.TrimSpace(string(b[:min(len(b), 20)]))
		}
		return nil, fmt.Errorf("%s: another server uses this folder%s; stop it, or give this one a --data of its own: %w", path, holder, ErrInUse)
	}
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	l := &lock{f}
	// On some network shares everybody gets every lock.
	if second, err := openLocked(path); err == nil {
		_ = second.Close()
		l.release()
		return nil, fmt.Errorf("%s: %w: put --data on a disk of this machine", path, errNoLocks)
	}
	err = f.Truncate(0)
	if err == nil {
		_, err = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	if err != nil {
		l.release()
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	return l, nil
}

func (l *lock) release() { _ = l.file.Close() }
