//go:build !js

package main

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

const restartPlayers = 32

// host is a server that can be stopped and started again in its folder and on its port.
type host struct {
	t    *testing.T
	args []string
	cmd  *exec.Cmd
	url  string
}

func newHost(t *testing.T, args ...string) *host {
	h := &host{t: t, args: append([]string{
		"--data=" + t.TempDir(), "--mode=brawl", "--bots=0", "--exempt=127.0.0.0/8", "--log-level=warn",
		"--admin-listen=127.0.0.1:0", "--no-discovery",
	}, args...)}
	h.start("127.0.0.1:0")
	t.Cleanup(func() { _ = h.cmd.Process.Kill(); _ = h.cmd.Wait() })
	return h
}

// start returns when the server says that it can be reached.
func (h *host) start(listen string) {
	h.t.Helper()
	h.cmd = exec.Command(built, append(h.args, "--listen="+listen)...)
	h.cmd.Stderr = os.Stderr
	out, err := h.cmd.StdoutPipe()
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	greeting := make([]byte, 4096)
	n, err := out.Read(greeting)
	if err != nil {
		h.t.Fatalf("read the greeting: %v", err)
	}
	_, rest, _ := strings.Cut(string(greeting[:n]), "http://")
	at, _, ok := strings.Cut(rest, "/")
	if !ok {
		h.t.Fatalf("no address in %q", greeting[:n])
	}
	h.url = "http://" + at + "/"
	go func() { // or it would wait for somebody to read
		for err == nil {
			_, err = out.Read(greeting)
		}
	}()
}

// again ends the server by a signal and starts it on the same port. It returns for how
// long nobody was there to answer.
func (h *host) again(sig syscall.Signal) time.Duration {
	h.t.Helper()
	_, port, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(h.url, "http://"), "/"), ":")
	begin := time.Now()
	if err := h.cmd.Process.Signal(sig); err != nil {
		h.t.Fatal(err)
	}
	if err := h.cmd.Wait(); err != nil && sig == syscall.SIGTERM {
		h.t.Fatalf("the server did not stop in order: %v", err)
	}
	h.start("127.0.0.1:" + port)
	return time.Since(begin)
}

// posture is what a player knows of itself.
type posture struct {
	seat   sim.PlayerID
	score  int
	deaths int
	hull   sim.HullKind
	team   sim.Team
	number uint32   // of the match
	tick   sim.Tick // of the newest frame
	opened time.Duration
	first  time.Duration // message of the newest connection
	heard  time.Duration
	drops  int
}

// lookAt returns how a player stands; false: it has no seat now, or knows nothing yet.
func lookAt(p *player, now time.Duration) (st posture, ok bool) {
	p.ses.Inspect(func(r *replica.Replica) {
		if !r.Joined() || p.tap.first == 0 {
			return
		}
		scene := r.Scene(now)
		if scene == nil {
			return
		}
		own := scene.Player(r.Self())
		if own == nil {
			return
		}
		_, match := r.Ground()
		st = posture{
			seat: r.Self(), score: own.Score, deaths: own.Deaths, hull: own.Hull, team: own.Team, number: match.Number,
			opened: p.tap.opened, first: p.tap.first, heard: p.tap.heard, drops: len(p.tap.ends),
		}
		st.tick = r.Belief(func(belief.CellID, *belief.Cell) {})
		ok = true
	})
	return st, ok
}

// flock is a swarm of whole clients that plays beside the test.
type flock struct {
	*swarm
	t    *testing.T
	done sync.WaitGroup
	stop context.CancelFunc
}

func newFlock(t *testing.T, url string) *flock {
	t.Helper()
	s, err := (&flags{
		Join: url, Levels: "hard", Witness: restartPlayers, Ramp: time.Second, For: time.Hour, Think: 15, Report: "text", Seed: 3,
	}).settings()
	if err != nil {
		t.Fatal(err)
	}
	f := &flock{swarm: newSwarm(s), t: t}
	ctx, stop := context.WithCancel(t.Context())
	f.stop = stop
	f.done.Go(func() { f.play(ctx) })
	t.Cleanup(func() { stop(); f.done.Wait() })
	return f
}

// stand returns how everybody stands, once that is how wanted wants it for all.
func (f *flock) stand(within time.Duration, wanted func(i int, st posture) bool) (all [restartPlayers]posture) {
	f.t.Helper()
	var have [restartPlayers]bool
	deadline := time.Now().Add(within)
	for missing := restartPlayers; missing > 0; time.Sleep(5 * time.Millisecond) {
		for i, p := range f.players {
			if have[i] {
				continue
			}
			if st, ok := lookAt(p, f.now()); ok && wanted(i, st) {
				all[i], have[i] = st, true
				missing--
			}
		}
		if time.Now().After(deadline) && missing > 0 {
			for i, p := range f.players {
				if !have[i] {
					f.t.Errorf("player %d: %+v, lines %+v", i, p.ses.Status(f.now()), p.tap.ends)
				}
			}
			f.t.Fatalf("%d of %d are not where they should be after %v", missing, restartPlayers, within)
		}
	}
	return all
}

// fight plays until there are scores to lose, and returns how everybody stands.
func (f *flock) fight() (all [restartPlayers]posture) {
	f.t.Helper()
	f.stand(30*time.Second, func(_ int, st posture) bool { return st.tick > 60 })
	for deadline := time.Now().Add(100 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		points := 0
		all = f.stand(10*time.Second, func(int, posture) bool { return true })
		for i := range all {
			points += all[i].score
		}
		if points >= 8 {
			return all
		}
		if time.Now().After(deadline) {
			f.t.Fatalf("%d points in 100 s: a dull match", points)
		}
	}
}

// back returns how everybody stands in the first moment after a restart.
func (f *flock) back(before *[restartPlayers]posture) [restartPlayers]posture {
	f.t.Helper()
	return f.stand(20*time.Second, func(i int, st posture) bool { return st.drops > before[i].drops && st.first > before[i].heard })
}

func (f *flock) compare(before, after *[restartPlayers]posture) {
	f.t.Helper()
	for i := range after {
		was, is := &before[i], &after[i]
		if is.seat != was.seat || is.hull != was.hull || is.team != was.team || is.number != was.number {
			f.t.Errorf("player %d came back to %+v, was %+v", i, *is, *was)
		}
	}
}

// Issue 5: a server is told to stop in the middle of a match and started again. All 32
// players keep ship and score, and nobody is away for longer than two seconds beyond the
// time that the process takes. R14, R26.
func TestFault_R14_RestartInMidMatch(t *testing.T) {
	h := newHost(t, "--map=closet")
	f := newFlock(t, h.url)
	before := f.fight()
	down := h.again(syscall.SIGTERM)
	after := f.back(&before)
	f.compare(&before, &after)
	longest, points, moved := time.Duration(0), 0, 0
	for i := range after {
		longest = max(longest, after[i].first-before[i].heard)
		points += before[i].score
		if after[i].tick+2 < before[i].tick {
			t.Errorf("player %d: the match went back from tick %d to %d", i, before[i].tick, after[i].tick)
		}
		// Some moments of play lie between the look and the end.
		if d := after[i].score - before[i].score; d < 0 || d > 2 {
			t.Errorf("player %d has %d points, had %d", i, after[i].score, before[i].score)
		} else if d > 0 {
			moved++
		}
	}
	if moved > restartPlayers/4 {
		t.Errorf("%d of %d scores changed", moved, restartPlayers)
	}
	t.Logf("%d points; %v from the signal to the greeting; away %v at most", points, down, longest)
	if longest > down+2*time.Second {
		t.Errorf("somebody was away for %v, the server for %v", longest, down)
	}
}

// R13: a server that is killed in the middle of a match goes on at a moment a few seconds
// before that, with everybody in their seats.
func TestFault_R13_KilledInMidMatch(t *testing.T) {
	h := newHost(t, "--map=closet")
	f := newFlock(t, h.url)
	early := f.fight()
	time.Sleep(4500 * time.Millisecond) // more than passes between two copies
	before := f.stand(5*time.Second, func(int, posture) bool { return true })
	down := h.again(syscall.SIGKILL)
	after := f.back(&before)
	f.compare(&before, &after)
	for i := range after {
		if after[i].score < early[i].score || after[i].score > before[i].score+2 {
			t.Errorf("player %d has %d points, had %d five seconds before and %d at the end", i, after[i].score, early[i].score, before[i].score)
		}
		if lost := int32(before[i].tick - after[i].tick); lost > 4*sim.TickRate {
			t.Errorf("player %d lost %d ticks of the match", i, lost)
		}
	}
	t.Logf("%v from the kill to the greeting; lost %d ticks", down, int32(before[0].tick-after[0].tick))
}
