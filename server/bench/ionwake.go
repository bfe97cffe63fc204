//go:build linux && (amd64 || arm64)

package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// battle is a run of the real server with its players.
type battle struct {
	players   int  // witnesses among them
	witnesses int  // whole clients, which count mispredictions
	rooms     int  // 0: one
	traced    bool // sizes of frames are noted
	arena     string
	window    time.Duration
	settle    time.Duration // from the server's start to the window, at least
	profile   string        // file for a profile of the processor's time in the window; "": none, for it costs time itself
}

const (
	// inMatch is how long after its start a server is in the midst of a match that counts: the warm-up lasts 8 s (shared/sim), then ships begin anew.
	inMatch = 10 * time.Second
	// watch is how long frames are noted before the window, at least.
	watch = time.Second
)

// fight runs a battle: server and swarm start, all join, the match begins; then the window.
func (p *programs) fight(ctx context.Context, b battle) (*fought, error) {
	server, err := p.startServer(b)
	if err != nil {
		return nil, err
	}
	defer server.kill()
	began := time.Now()
	swarm, err := p.startSwarm(server, b)
	if err != nil {
		return nil, err
	}
	defer swarm.kill()
	if err := server.seated(ctx, b.players); err != nil {
		return nil, errors.Join(err, swarm.stop())
	}
	f := &fought{players: b.players}
	if err := f.observe(ctx, server, b, began.Add(b.settle)); err != nil {
		return nil, err
	}
	if err := f.measure(ctx, server, b); err != nil {
		return nil, err
	}
	if err := swarm.report(&f.report); err != nil {
		return nil, err
	}
	return f, server.stop()
}

// ionwake is a running server.
type ionwake struct {
	*child
	game, admin string // host:port
}

func (p *programs) startServer(b battle) (*ionwake, error) {
	seats := b.players
	if b.rooms > 1 {
		seats = b.players / b.rooms
	}
	c, err := start("the server", p.environment, p.server, "serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--log-level", "warn",
		"--bots", "0", "--max-players", strconv.Itoa(seats), "--max-rooms", strconv.Itoa(b.rooms+1), // one is the main room
		"--rotation", b.arena, "--exempt", "127.0.0.0/8")
	if err != nil {
		return nil, err
	}
	s := &ionwake{child: c}
	if s.game, err = c.await("Ionwake is at http://localhost:"); err != nil {
		return nil, err
	}
	if s.admin, err = c.await("For the host: http://"); err != nil {
		return nil, err
	}
	s.game, s.admin = "127.0.0.1:"+strings.TrimSuffix(s.game, "/"), strings.TrimSuffix(s.admin, "/")
	return s, nil
}

// stop ends the server as its host would.
func (s *ionwake) stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("stop the server: %w", err)
	}
	return s.wait()
}

// seated waits until so many people have a ship.
func (s *ionwake) seated(ctx context.Context, players int) error {
	const every = 250 * time.Millisecond
	for range 3 * patience / every {
		m, err := scrapeMetrics(ctx, s.admin)
		if err != nil {
			return err
		}
		if int(m.sum("ionwake_players")) >= players {
			return nil
		}
		if err := pause(ctx, every); err != nil {
			return err
		}
	}
	return fmt.Errorf("not all of %d players have joined", players)
}

// pause waits, unless the run is told to end.
func pause(ctx context.Context, length time.Duration) error {
	select {
	case <-time.After(length):
		return nil
	case <-ctx.Done():
		return fmt.Errorf("told to end: %w", context.Cause(ctx))
	}
}

// observe notes sizes of frames, if that is wanted, until the moment given, and for as long as watch at least.
func (f *fought) observe(ctx context.Context, s *ionwake, b battle, until time.Time) error {
	rest := max(time.Until(until), watch)
	if !b.traced {
		return pause(ctx, rest)
	}
	o, err := observe(s.game, "main")
	if err != nil {
		return err
	}
	if err := pause(ctx, rest); err != nil {
		return err
	}
	if f.sizes, err = o.leave(); err != nil {
		return err
	}
	return pause(ctx, 200*time.Millisecond) // what the leaving costs is not in the window
}

// measure takes the window. The scrapes are outside: they cost the server more than a tick.
func (f *fought) measure(ctx context.Context, s *ionwake, b battle) error {
	var err error
	if f.before, err = scrapeMetrics(ctx, s.admin); err != nil {
		return err
	}
	begin := time.Now()
	f.procs = int(f.before.sum("go_sched_gomaxprocs_threads"))
	if err := pause(ctx, 100*time.Millisecond); err != nil {
		return err
	}
	if b.profile != "" {
		go s.takeProfile(b)
	}
	if f.cpu, f.measured, err = s.used(ctx, b.window); err != nil {
		return err
	}
	f.seconds = time.Since(begin).Seconds()
	f.after, err = scrapeMetrics(ctx, s.admin)
	return err
}

// used returns the processor time that a process uses in a window, and the window's true length in seconds.
func (c *child) used(ctx context.Context, length time.Duration) (time.Duration, float64, error) {
	before, err := c.cpu()
	if err != nil {
		return 0, 0, err
	}
	begin := time.Now()
	if err := pause(ctx, length); err != nil {
		return 0, 0, err
	}
	after, err := c.cpu()
	return after - before, time.Since(begin).Seconds(), err
}
