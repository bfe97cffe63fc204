package main

import (
	"context"
	"log/slog"
	"net"
	"os"
	"strconv"
	"time"
)

// supervisor is the service manager that started the program and wants to hear how it
// goes on, in the datagrams of sd_notify(3). The zero value is that there is none.
type supervisor struct {
	line net.Conn // nil: there is none
	// patience is for how long it may hear nothing before it takes the program for
	// hung and starts it anew; 0: for ever.
	patience time.Duration
}

// stale is how old the last tick may be of a program that is said to be alive: as
// old as /livez lets it be.
const stale = 2 * time.Second

// findSupervisor looks into the environment (sd_notify(3), sd_watchdog_enabled(3)).
func findSupervisor(lookup func(string) string, log *slog.Logger) supervisor {
	path := lookup("NOTIFY_SOCKET")
	if path == "" {
		return supervisor{}
	}
	line, err := net.Dial("unixgram", path) // a leading @ is an abstract address here too
	if err != nil {
		log.Warn("the service manager cannot be told how it goes on", "socket", path, "error", err)
		return supervisor{}
	}
	s := supervisor{line: line}
	micros, err := strconv.ParseInt(lookup("WATCHDOG_USEC"), 10, 64)
	pid := lookup("WATCHDOG_PID")
	if err == nil && micros > 0 && (pid == "" || pid == strconv.Itoa(os.Getpid())) {
		s.patience = time.Duration(micros) * time.Microsecond
	}
	return s
}

// say tells the manager a state, such as READY=1. Whether it listens is its affair.
func (s supervisor) say(state string) {
	if s.line != nil {
		_, _ = s.line.Write([]byte(state))
	}
}

// watch tells the manager twice in its patience that the program is alive, as long as
// every room ticks, until ctx ends. A room that hangs makes it silent.
func (s supervisor) watch(ctx context.Context, lastTick func() time.Time) {
	if s.line == nil || s.patience == 0 {
		return
	}
	beat := time.NewTicker(s.patience / 2)
	defer beat.Stop()
	for {
		if time.Since(lastTick()) < stale {
			s.say("WATCHDOG=1")
		}
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
		}
	}
}

// close ends the line to the manager.
func (s supervisor) close() {
	if s.line != nil {
		_ = s.line.Close()
	}
}
