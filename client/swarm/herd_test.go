//go:build !js

package main

import (
	"context"
	"os"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"ionwake/client/replica"
	"ionwake/client/session"
)

// R26: a server with two full rooms is told to stop and started again, and everybody comes
// back at once: to their own seats, 99 of 100 of them within five seconds of its being
// there. HERD says how many they are.
func TestFault_R26_EverybodyBackAtOnce(t *testing.T) {
	herd := 120
	if n, err := strconv.Atoi(os.Getenv("HERD")); err == nil {
		herd = n
	}
	h := newHost(t, "--map=expanse", "--max-players=1000")
	ramp := time.Duration(herd) * 10 * time.Millisecond
	set, err := (&flags{
		Join: h.url, Levels: "easy", Players: herd, Rooms: 2, Ramp: ramp, For: time.Hour, Think: 5, Report: "text", Seed: 7,
	}).settings()
	if err != nil {
		t.Fatal(err)
	}
	s := newSwarm(set)
	ctx, stop := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() { s.play(ctx) })
	t.Cleanup(func() { stop(); done.Wait() })

	s.awaits(t, ramp+time.Minute, func(*tap) bool { return true })
	time.Sleep(time.Second) // the newest seats are kept with the next copy of their room
	down := h.again(syscall.SIGTERM)
	s.awaits(t, time.Minute, func(line *tap) bool { return len(line.ends) > 0 && line.left == 0 })
	stop()
	done.Wait()
	g := s.report().Groups[0]
	t.Logf("%d players: %v from the signal to the greeting; away %v ms", herd, down.Round(time.Millisecond), g.Away)
	if g.Joined != herd || g.Away.Count < uint64(herd) || g.Mismatches > 0 {
		t.Errorf("%d joined, %d came back, %d beliefs were not the truth; %v %v", g.Joined, g.Away.Count, g.Mismatches, g.Failed, g.Drops)
	}
	if most := down + 5*time.Second; g.Away.P99 > float64(most.Milliseconds()) {
		t.Errorf("99 of 100 were away for %v ms, the server for %v", g.Away.P99, down)
	}
}

// awaits waits until everybody has a seat, and connections that wanted finds right.
func (s *swarm) awaits(t *testing.T, within time.Duration, wanted func(*tap) bool) {
	t.Helper()
	missing := 0
	for deadline := time.Now().Add(within); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		missing = 0
		for _, p := range s.players {
			right := false
			p.ses.Inspect(func(*replica.Replica) { right = wanted(&p.tap) })
			if !right || !p.joined.Load() || p.ses.Status(s.now()).Stage != session.Playing {
				missing++
			}
		}
		if missing == 0 {
			return
		}
	}
	t.Fatalf("%d of %d are not where they should be after %v", missing, len(s.players), within)
}
