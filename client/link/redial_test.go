package link

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

var noon = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

func newTestRedial(seed uint64) *Redial { return NewRedial(rand.New(rand.NewPCG(seed, 0))) }

// TestBackOff wants each delay between the floor and its window, all of the
// window used, and the same delays for the same seed.
func TestBackOff(t *testing.T) {
	windows := []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 8 * time.Second, 8 * time.Second}
	low, high := make([]time.Duration, len(windows)), make([]time.Duration, len(windows))
	for seed := range uint64(500) {
		r, twin := newTestRedial(seed), newTestRedial(seed)
		for i, window := range windows {
			if advice := r.Closed(noon, CodeLost, 0); advice != Retry {
				t.Fatalf("advice %d, want Retry", advice)
			}
			twin.Closed(noon, CodeLost, 0)
			left, total := r.Left(noon)
			if left != total || left < 250*time.Millisecond || left > window {
				t.Fatalf("attempt %d: %v of %v to wait, want 250 ms to %v", i+1, left, total, window)
			}
			if other, _ := twin.Left(noon); other != left {
				t.Fatalf("the same seed gave %v and %v", left, other)
			}
			if low[i] == 0 || left < low[i] {
				low[i] = left
			}
			high[i] = max(high[i], left)
			if r.Attempt() != i+1 {
				t.Errorf("attempt %d, want %d", r.Attempt(), i+1)
			}
		}
	}
	for i, window := range windows {
		span := window - 250*time.Millisecond
		if low[i] > 250*time.Millisecond+span/20 || high[i] < window-span/20 {
			t.Errorf("attempt %d: delays from %v to %v do not fill 250 ms to %v", i+1, low[i], high[i], window)
		}
	}
}

func TestCountdown(t *testing.T) {
	r := newTestRedial(1)
	if r.Due(noon) || r.Planned() || r.Attempt() != 0 {
		t.Error("a new Redial has something planned")
	}
	r.Closed(noon, CodeUnreachable, 0)
	left, total := r.Left(noon.Add(100 * time.Millisecond))
	if left != total-100*time.Millisecond {
		t.Errorf("%v of %v left after 100 ms", left, total)
	}
	due := noon.Add(total)
	if r.Due(due.Add(-1)) {
		t.Error("due too early")
	}
	if !r.Due(due) || r.Due(due) {
		t.Error("not due exactly once")
	}
	if left, total := r.Left(due); left != 0 || total != 0 {
		t.Errorf("%v of %v left while connecting", left, total)
	}
}

func TestHurry(t *testing.T) {
	r := newTestRedial(1)
	r.Hurry(noon)
	if r.Due(noon) {
		t.Error("hurrying planned an attempt that nobody asked for")
	}
	r.Closed(noon, CodeOverloaded, time.Minute)
	r.Hurry(noon)
	if !r.Due(noon) {
		t.Error("not due after Hurry")
	}
}

// TestSteady: a connection that lived 5 s starts the back-off anew, one that
// ended sooner does not.
func TestSteady(t *testing.T) {
	r := newTestRedial(1)
	for range 6 {
		r.Closed(noon, CodeLost, 0)
	}
	r.Opened(noon)
	r.Closed(noon.Add(5*time.Second-1), CodeLost, 0)
	if r.Attempt() != 7 {
		t.Errorf("attempt %d after a short life, want 7", r.Attempt())
	}
	r.Opened(noon)
	r.Closed(noon.Add(5*time.Second), CodeLost, 0)
	if left, _ := r.Left(noon.Add(5 * time.Second)); r.Attempt() != 1 || left > 500*time.Millisecond {
		t.Errorf("attempt %d in %v after a steady life, want 1 within 500 ms", r.Attempt(), left)
	}
}

func TestRetryAfter(t *testing.T) {
	for _, row := range []struct{ asked, min, max time.Duration }{
		{30 * time.Second, 30250 * time.Millisecond, 30500 * time.Millisecond},
		{-time.Hour, 250 * time.Millisecond, 500 * time.Millisecond},
		{1 << 62, 10*time.Minute + 250*time.Millisecond, 10*time.Minute + 500*time.Millisecond},
	} {
		r := newTestRedial(1)
		r.Closed(noon, CodeOverloaded, row.asked)
		if left, _ := r.Left(noon); left < row.min || left > row.max {
			t.Errorf("asked for %v: %v to wait, want %v to %v", row.asked, left, row.min, row.max)
		}
	}
}

// R26: a server that restarts is looked for all the time, each client at moments of its
// own; one that does not come back within half a minute as any other.
func TestFault_R26_Restart(t *testing.T) {
	var first []time.Duration
	for seed := range uint64(200) {
		r := newTestRedial(seed)
		now := noon
		code := CodeRestart
		for now.Before(noon.Add(restarts)) {
			r.Closed(now, code, 0)
			left, _ := r.Left(now)
			if left < 250*time.Millisecond || left > 750*time.Millisecond {
				t.Fatalf("%v after the restart: %v to wait", now.Sub(noon), left)
			}
			if code == CodeRestart {
				first = append(first, left)
			}
			now, code = now.Add(left), CodeUnreachable
		}
		r.Closed(now, CodeUnreachable, 0)
		if left, total := r.Left(now); total < left || r.Attempt() < 40 {
			t.Errorf("attempt %d in %v", r.Attempt(), left)
		}
	}
	if spread := slices.Max(first) - slices.Min(first); spread < 450*time.Millisecond {
		t.Errorf("200 clients come back within %v of each other", spread)
	}
	r := newTestRedial(1)
	r.Closed(noon, CodeRestart, 0)
	r.Opened(noon)
	for range 6 {
		r.Closed(noon.Add(6*time.Second), CodeLost, 0)
	}
	longest := time.Duration(0)
	for range 20 {
		r.Closed(noon.Add(6*time.Second), CodeLost, 0)
		left, _ := r.Left(noon.Add(6 * time.Second))
		longest = max(longest, left)
	}
	if longest < 2*time.Second {
		t.Errorf("long after it is back its losses are still taken for a restart: %v at most", longest)
	}
	r.Closed(noon, CodeRestart, 20*time.Second)
	if left, _ := r.Left(noon); left < 20*time.Second {
		t.Errorf("%v to wait though the server asked for 20 s", left)
	}
}

func TestNoRetryIsPlannedWhereNoneHelps(t *testing.T) {
	for _, code := range []Code{CodeNormal, CodeElsewhere, CodePassword, CodeVersion} {
		r := newTestRedial(1)
		r.Closed(noon, CodeLost, 0)
		if advice := r.Closed(noon, code, time.Second); advice == Retry || r.Planned() || r.Due(noon.Add(time.Hour)) {
			t.Errorf("code %d: an attempt is planned", code)
		}
	}
	r := newTestRedial(1)
	r.Closed(noon, CodeLost, 0)
	r.Reset()
	if r.Planned() || r.Attempt() != 0 {
		t.Error("something is planned after Reset")
	}
}
