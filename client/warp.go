package main

import (
	"sync"
	"time"
)

// longestShow is the most time that passes at once in a replay: who looks away misses
// nothing.
const longestShow = 250 * time.Millisecond

// warp is the session's clock: it goes as the world's does, or, while a replay is
// watched, faster, slower or not at all. It never goes back. Its methods may be called
// from any goroutine.
type warp struct {
	world func() time.Duration

	mu    sync.Mutex
	last  time.Duration // by world
	at    time.Duration
	speed float64
	show  bool // the speed is a replay's
}

func newWarp(world func() time.Duration) *warp { return &warp{world: world, speed: 1} }

// now tells the time.
func (w *warp) now() time.Duration { return w.pass(w.world()) }

// pass lets time pass to a moment of the world's clock, and tells it.
func (w *warp) pass(now time.Duration) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	if now > w.last {
		passed := now - w.last
		if w.show {
			passed = min(passed, longestShow)
		}
		if w.speed == 1 {
			w.at += passed
		} else {
			w.at += time.Duration(float64(passed) * w.speed)
		}
		w.last = now
	}
	return w.at
}

// skip lets some time pass at once.
func (w *warp) skip(d time.Duration) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at += d
	return w.at
}

// set changes how fast it goes from now on.
func (w *warp) set(speed float64) {
	w.pass(w.world())
	w.mu.Lock()
	defer w.mu.Unlock()
	w.speed = speed
}

// screen says whether a replay is watched.
func (w *warp) screen(on bool) {
	w.pass(w.world())
	w.mu.Lock()
	defer w.mu.Unlock()
	w.show, w.speed = on, 1
}
