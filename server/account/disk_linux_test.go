package account

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// badDisk is a journal's file on a disk that fails when the test says so.
type badDisk struct {
	journalFile
	mu    sync.Mutex
	write error // of WriteAt, which writes half before
	sync  error // of Sync
}

func (b *badDisk) fail(write, sync error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.write, b.sync = write, sync
}

func (b *badDisk) WriteAt(p []byte, at int64) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.write != nil {
		n, _ := b.journalFile.WriteAt(p[:len(p)/2], at)
		return n, b.write
	}
	return b.journalFile.WriteAt(p, at)
}

func (b *badDisk) Sync() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.sync != nil {
		return b.sync
	}
	return b.journalFile.Sync()
}

// A full disk, and one that cannot sync: nothing is acknowledged that is not there, the
// caller does not notice, the host is told once a minute, and all is well when the disk
// is.
func TestFault_R7_JournalOnABadDisk(t *testing.T) {
	for what, fault := range map[string]struct{ write, sync error }{
		"full": {write: syscall.ENOSPC}, "sync": {sync: syscall.EIO}, "read-only": {write: syscall.EROFS},
	} {
		t.Run(what, func(t *testing.T) {
			folder := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				var log logLines
				db := &absent{}
				s := withLedger(t, Config{Dir: folder, Log: log.logger()}, db)
				recorded(t, s, duel("before", 1, 2))
				disk := &badDisk{journalFile: s.journal.file}
				s.journal.mu.Lock()
				s.journal.file = disk
				s.journal.mu.Unlock()
				disk.fail(fault.write, fault.sync)
				acks := make(chan string, 100)
				for i := range 20 {
					id := fmt.Sprint("m", i)
					if err := s.Record(duel(id, 1, 2), func(err error) {
						if err != nil {
							t.Errorf("%s: %v", id, err)
						}
						acks <- id
					}); err != nil {
						t.Fatal(err)
					}
					time.Sleep(6 * time.Second)
				}
				if st := s.Stats(); len(acks) != 0 || st.Waiting != 20 || st.Pending != 0 || st.JournalTrouble == "" || len(db.got) != 1 {
					t.Errorf("%d acknowledged; stats: %+v", len(acks), st)
				}
				if n := log.count("cannot be written down"); n < 2 || n > 3 {
					t.Errorf("%d lines in two minutes: %s", n, log.String())
				}
				crashed := copiedAll(t, folder) // as if it died now
				disk.fail(nil, nil)
				time.Sleep(backOffMost + time.Second)
				if st := s.Stats(); len(acks) != 20 || st.Waiting != 0 || st.JournalTrouble != "" || log.count("written down again") != 1 {
					t.Errorf("%d acknowledged; stats: %+v", len(acks), st)
				}
				shut(t, s)
				if len(db.got) != 21 {
					t.Errorf("the database has %d", len(db.got))
				}
				j, _, damage, err := openJournal(crashed, time.Now())
				if err != nil || damage != nil {
					t.Errorf("the journal of the bad disk: %v, %v", damage, err)
				} else {
					j.close()
				}
			})
		})
	}
}

// copiedAll copies the files of a folder that may lack a secret.
func copiedAll(t *testing.T, from string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}

// Told to stop while the disk is full: what was never acknowledged is said to be lost.
func TestFault_R7_StopOnABadDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := withLedger(t, Config{Dir: t.TempDir(), Log: (&logLines{}).logger()}, &absent{})
		disk := &badDisk{journalFile: s.journal.file}
		s.journal.file = disk
		disk.fail(syscall.ENOSPC, nil)
		acked := make(chan error, 1)
		if err := s.Record(duel("m1", 1, 2), func(err error) { acked <- err }); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if err := s.Close(ctx); err == nil || !strings.Contains(err.Error(), "1 records") || !strings.Contains(err.Error(), "lost") {
			t.Errorf("Close: %v", err)
		}
		if err := <-acked; !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("acknowledged with %v", err)
		}
	})
}

// tiny mounts a disk of so many KiB.
func tiny(t *testing.T, kib int) string {
	t.Helper()
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, fmt.Sprintf("size=%dk", kib)); err != nil {
		t.Skipf("skipped: no disk can be mounted here (%v), so none is filled", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	return folder
}

// A disk that is really full, under database and journal both.
func TestFault_R7_DiskFull(t *testing.T) {
	folder := tiny(t, 900)
	s := open(t, Config{Dir: folder})
	recorded(t, s, duel("m0", 1, 2))
	settled(t, s)
	fill(t, folder)
	acked := make(chan string, 1000)
	const games = 100
	for i := range games {
		id := fmt.Sprint("full", i)
		if err := s.Record(duel(id, 1, 2), func(err error) {
			if err == nil {
				acked <- id
			}
		}); err != nil {
			t.Fatal(err)
		}
	}
	deadline := time.Now().Add(20 * time.Second)
	for st := s.Stats(); st.JournalTrouble == "" && st.DatabaseTrouble == ""; st = s.Stats() {
		if time.Now().After(deadline) {
			t.Fatalf("a full disk is not noticed: %+v", st)
		}
		time.Sleep(20 * time.Millisecond)
	}
	if st := s.Stats(); st.Waiting > 0 && len(acked) == games {
		t.Errorf("all are acknowledged, and %d are in memory only", st.Waiting)
	}
	if err := os.Remove(filepath.Join(folder, "ballast")); err != nil {
		t.Fatal(err)
	}
	settled(t, s)
	if p, err := s.Profile(within(t), player(1)); err != nil || p.Careers[0].Games != games+1 {
		t.Errorf("when there is room again: %+v, %v", p.Careers, err)
	}
	shut(t, s)
	shut(t, open(t, Config{Dir: folder})) // undamaged
}

func fill(t *testing.T, folder string) {
	t.Helper()
	f, err := os.Create(filepath.Join(folder, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, size := range []int{4096, 512, 1} {
		for err == nil {
			_, err = f.Write(make([]byte, size))
		}
		err = nil
	}
}

func TestFault_O7_DataFolder(t *testing.T) {
	refused := func(what string, cfg Config) {
		t.Helper()
		s, err := Open(t.Context(), cfg)
		if err == nil {
			shut(t, s)
			t.Errorf("%s: taken", what)
		} else if !strings.Contains(err.Error(), filepath.Dir(cfg.Dir)) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: the error is %q", what, err)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	write(t, []byte("x"), file)
	refused("a file", Config{Dir: file})
	refused("below a file", Config{Dir: filepath.Join(file, "data")})

	full := tiny(t, 256)
	fill(t, full)
	refused("a full disk", Config{Dir: full})

	readOnly := tiny(t, 256)
	if err := syscall.Mount("", readOnly, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	refused("a read-only disk", Config{Dir: readOnly})
}
