package main

import (
	"context"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// manager is what a service manager hears.
func manager(t *testing.T) (socket string, next func() string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "sd") //nolint:usetesting // names of t.TempDir may be too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	socket = filepath.Join(dir, "notify")
	line, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Skipf("no datagram sockets in the file system here: %v", err)
	}
	t.Cleanup(func() { _ = line.Close() })
	return socket, func() string {
		t.Helper()
		said := make([]byte, 4096)
		_ = line.SetReadDeadline(time.Now().Add(patience))
		n, err := line.Read(said)
		if err != nil {
			t.Fatalf("nothing is heard of the server: %v", err)
		}
		return string(said[:n])
	}
}

// A service manager hears that the server serves, that it is alive all the time, and
// that it stops.
func TestServiceManagerHearsOfTheServer(t *testing.T) {
	socket, next := manager(t)
	p := startIn(t, []string{"NOTIFY_SOCKET=" + socket, "WATCHDOG_USEC=100000"}, "--listen=127.0.0.1:0", "--bots=0")
	if got := next(); got != "READY=1" {
		t.Fatalf("the first that is heard is %q, want READY=1", got)
	}
	for range 5 {
		if got := next(); got != "WATCHDOG=1" {
			t.Fatalf("heard %q, want WATCHDOG=1", got)
		}
	}
	p.signal(syscall.SIGTERM)
	for got := next(); got != "STOPPING=1"; got = next() {
		if got != "WATCHDOG=1" {
			t.Fatalf("heard %q while it stops, want STOPPING=1", got)
		}
	}
}

// A manager that cannot be reached is one line in the log, and no reason not to serve.
func TestServiceManagerThatIsGone(t *testing.T) {
	p := startIn(t, []string{"NOTIFY_SOCKET=/nowhere/notify"}, "--listen=127.0.0.1:0", "--bots=0")
	p.stop()
	if said := p.stderr.String(); strings.Count(said, "service manager") != 1 {
		t.Errorf("the log says:\n%s", said)
	}
}

// A room that hangs makes the server silent, so that it is started anew; other times
// are somebody else's.
func TestServiceManagerHearsNothingOfAHungRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		defer theirs.Close()
		var heard atomic.Int32
		go func() {
			said := make([]byte, 64)
			for {
				if _, err := theirs.Read(said); err != nil {
					return
				}
				heard.Add(1)
			}
		}()
		hangs := time.Now().Add(time.Minute)
		lastTick := func() time.Time {
			if now := time.Now(); now.Before(hangs) {
				return now
			}
			return hangs
		}
		ctx, stop := context.WithCancel(t.Context())
		s := supervisor{line: ours, patience: 10 * time.Second}
		defer s.close()
		ended := make(chan struct{})
		go func() { defer close(ended); s.watch(ctx, lastTick) }()
		time.Sleep(59 * time.Second)
		synctest.Wait()
		if n := heard.Load(); n != 12 {
			t.Errorf("heard %d times in 59 s, want 12: at once and every 5 s", n)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if n := heard.Load(); n != 13 { // at 60 s the last tick was just now
			t.Errorf("heard %d times, want 13: the room hangs from 60 s on", n)
		}
		stop()
		<-ended
	})
}

// The watchdog of another process is not ours (sd_watchdog_enabled(3)).
func TestWatchdogOfAnotherProcess(t *testing.T) {
	socket, _ := manager(t)
	for pid, want := range map[string]time.Duration{"": time.Second, "1": 0} {
		env := map[string]string{"NOTIFY_SOCKET": socket, "WATCHDOG_USEC": "1000000", "WATCHDOG_PID": pid}
		s := findSupervisor(func(name string) string { return env[name] }, slog.New(slog.DiscardHandler))
		if s.patience != want {
			t.Errorf("WATCHDOG_PID=%q: patience %v, want %v", pid, s.patience, want)
		}
		s.close()
	}
}
