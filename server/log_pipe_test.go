package main

import (
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

// stuck is a log that is written only while it is told so.
type stuck struct {
	mu    sync.Mutex
	gate  chan struct{} // a write waits for each
	fails bool
	lines []string
}

func (s *stuck) Write(p []byte) (int, error) {
	if s.gate != nil {
		<-s.gate
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fails {
		return 0, errors.New("no space left on device")
	}
	s.lines = append(s.lines, string(p))
	return len(p), nil
}

func (s *stuck) fail(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fails = on
}

func text(w io.Writer) slog.Handler { return slog.NewTextHandler(w, nil) }

// R6: a pipe that nobody reads. Whoever logs goes on at once; what does not fit is
// counted, and told of when the pipe is read again.
func TestFault_R6_StuckLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &stuck{gate: make(chan struct{})}
		p := newLogPipe(out, text)
		for range pipeLines + 101 { // one is being written, or will be
			_, _ = p.Write([]byte("line\n"))
		}
		synctest.Wait()
		lost := p.lost.Load()
		if lost < 100 || lost > 101 {
			t.Fatalf("%d lines were lost, want 100 or 101", lost)
		}
		close(out.gate)
		synctest.Wait()
		if all := strings.Join(out.lines, ""); strings.Count(all, "line\n") != pipeLines+101-int(lost) || strings.Count(all, "log lines were lost") != 1 {
			t.Errorf("%d lines written, and the loss told of %d times, want once", strings.Count(all, "line\n"), strings.Count(all, "log lines were lost"))
		}
		p.close()
	})
}

// R6: a disk that is full for a while.
func TestFault_R6_FullDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &stuck{fails: true}
		p := newLogPipe(out, text)
		for range 10 {
			_, _ = p.Write([]byte("lost\n"))
		}
		synctest.Wait()
		out.fail(false)
		_, _ = p.Write([]byte("kept\n"))
		synctest.Wait()
		if len(out.lines) != 2 || out.lines[0] != "kept\n" || !strings.Contains(out.lines[1], "lines=10") {
			t.Errorf("got %q, want what was kept and how much was lost", out.lines)
		}
		p.close()
	})
}

// The last lines come out when the server ends, and a log that is stuck then does not
// keep it.
func TestLogPipeEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := new(stuck)
		p := newLogPipe(out, text)
		_, _ = p.Write([]byte("last\n"))
		p.close()
		if len(out.lines) != 1 {
			t.Errorf("got %q, want the last line", out.lines)
		}
		held := &stuck{gate: make(chan struct{})}
		p = newLogPipe(held, text)
		_, _ = p.Write([]byte("last\n"))
		p.close() // would hang
		close(held.gate)
	})
}
