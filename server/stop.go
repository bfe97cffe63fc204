package main

import (
	"context"
	"os"
	"sync"
	"time"

	"ionwake/shared/wire"
)

// restarting is what players are told when the server stops. The next one may be there in
// a moment, and keeps their ships: clients spread over the time after that by themselves.
func restarting() wire.Reject {
	return wire.Reject{Code: wire.CloseRestart, Message: "The server is restarting. You join again by yourself.", RetryAfterMS: 250}
}

// lineGrace is how long a stop waits for players to answer that their connection ends, and
// for pages that are on their way, or that a browser has only opened a connection for.
// What they were told is on its way by then; everybody is away for as long as the slowest
// of them takes, and comes back by itself if all that it notices is a connection that ends.
const lineGrace = 500 * time.Millisecond

// roomGrace is how long a stop waits for rooms to tell their people. It takes two
// ticks, unless a room hangs; the gate closes the connections of such a one.
const roomGrace = time.Second

// hurry is how long a stop goes on after a second signal.
const hurry = 250 * time.Millisecond

// grace is how long a stop may take: the drain timeout. A second signal makes it short.
func (s *server) grace(stop <-chan os.Signal) (ctx context.Context, enough context.CancelFunc) {
	ctx, cancel := context.WithTimeout(context.Background(), s.live.Load().drain)
	go func() {
		select {
		case <-stop:
			s.log.Info("stopping at once")
			time.AfterFunc(hurry, cancel)
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// drain stops the server in order: nobody is sent here any more, everybody is told,
// the ports close. It returns soon after ctx ends.
func (s *server) drain(ctx context.Context) {
	s.src.draining.Store(true)
	rooms, enough := context.WithTimeout(ctx, roomGrace)
	defer enough()
	if err := s.hall.Close(rooms, restarting()); err != nil {
		s.log.Warn("not every room was closed in order", "error", err)
	}
	lines, cut := context.WithTimeout(ctx, lineGrace)
	defer cut()
	if err := s.gate.Shutdown(lines); err != nil {
		s.log.Info("not every connection ended in order", "error", err)
	}
	if s.game.Shutdown(lines) != nil {
		_ = s.game.Close() // who still loads the page gets it from the next server
	}
	_ = s.private.Close()
}

// closeKept closes what outlives the server, side by side: a database that is away takes
// all the time there is, and replays and tickets need little of it.
func (s *server) closeKept(ctx context.Context) error {
	late, enough := afterwards(ctx)
	defer enough()
	var files sync.WaitGroup
	files.Go(func() { s.archive.Close(late) })
	files.Go(func() { s.tickets.close(late) })
	err := closeBook(ctx, s.store)
	files.Wait()
	return err
}
