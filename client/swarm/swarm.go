//go:build !js

package main

import (
	"context"
	"fmt"
	"io"
	"runtime/pprof"
	"sync/atomic"
	"time"

	"ionwake/assets"
	"ionwake/client/depot"
	"ionwake/client/session"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

const (
	sendRate = 30                     // frames a second of a server as it usually is
	nap      = 2 * time.Millisecond   // the conductor lets no more than this pass
	shortest = time.Millisecond       // and no less
	goodbye  = 500 * time.Millisecond // for the last words to go out
)

// swarm is all players and what they go through.
type swarm struct {
	set     settings
	began   time.Time
	mesh    *mesh // nil where there is none
	players []*player
	rooms   []*room
	rings   []*ring

	groups    [kinds]group
	late      histogram // how late the conductor comes to a player, in microseconds
	measuring atomic.Bool
	from, to  time.Duration // of the measured time
	cpu       time.Duration // of this process in it
	profile   io.Writer     // takes a CPU profile of it; nil: nothing does
}

// newSwarm makes the players, who do nothing yet. Those of each kind join evenly over
// the ramp.
func newSwarm(set settings) *swarm {
	s := &swarm{set: set, began: time.Now()}
	if m, err := newMesh(); err == nil {
		s.mesh = m
	}
	for range set.urls {
		s.rooms = append(s.rooms, &room{})
	}
	maps := depot.New(depot.Config{Shipped: assets.Maps})
	for k, n := range set.count {
		for i := range n {
			s.add(kind(k), set.ramp*time.Duration(i)/time.Duration(n), maps)
		}
	}
	s.rings = []*ring{newRing(s.of(witness), time.Second/sim.TickRate), newRing(s.of(crowd, stalled, slow, dribble), time.Second/sendRate)}
	return s
}

func (s *swarm) add(k kind, begins time.Duration, maps *depot.Depot) {
	id := len(s.players)
	at := id % len(s.rooms)
	p := &player{
		id: id, kind: k, swarm: s, begins: begins, name: fmt.Sprintf("Drone %d", id+1),
		url: s.set.urls[at], room: s.rooms[at],
		pilot: bot.New(s.set.seed<<20+uint64(id), s.set.levels[id%len(s.set.levels)]),
	}
	p.thinks, p.counts = p.think, p.count
	p.tap.owner, p.tap.swarm = p, s
	cfg := session.Config{Depot: maps, Seed: s.set.seed<<20 + uint64(id), Now: s.now, Eager: true}
	if k != witness {
		cfg.Crowd = &p.room.commons
	}
	p.ses = session.New(cfg)
	s.players = append(s.players, p)
}

func (s *swarm) of(wanted ...kind) (list []*player) {
	for _, p := range s.players {
		for _, k := range wanted {
			if p.kind == k {
				list = append(list, p)
			}
		}
	}
	return list
}

// now is the time since the swarm was made.
func (s *swarm) now() time.Duration { return time.Since(s.began) }

// play lets everybody join, play and leave. It returns when they are gone, and earlier
// when ctx ends.
func (s *swarm) play(ctx context.Context) {
	s.began = time.Now()
	end := s.set.ramp + s.set.length
	for ctx.Err() == nil {
		now := s.now()
		if now >= end {
			break
		}
		if now >= s.set.ramp && !s.measuring.Load() {
			s.measure(now)
		}
		if s.mesh != nil {
			s.mesh.turn()
		}
		wake := now + nap
		for _, r := range s.rings {
			r.turn(s.now, &s.late)
			wake = min(wake, r.due)
		}
		time.Sleep(max(wake-s.now(), shortest))
	}
	if s.measuring.Load() {
		s.to, s.cpu = s.now(), ownCPU()-s.cpu
		pprof.StopCPUProfile()
	}
	for _, p := range s.players {
		p.leave()
	}
	for gone := s.now() + goodbye; s.now() < gone; time.Sleep(nap) {
		if s.mesh != nil {
			s.mesh.turn()
		}
	}
}

// measure begins the measured time.
func (s *swarm) measure(now time.Duration) {
	s.from, s.cpu = now, ownCPU()
	s.measuring.Store(true)
	if s.profile != nil {
		_ = pprof.StartCPUProfile(s.profile) // it fails only when one is made already
	}
}

// ring is players who act in turn, each once in a period, spread over it.
type ring struct {
	players []*player
	next    int
	due     time.Duration
	gap     time.Duration // between two of them
}

func newRing(players []*player, period time.Duration) *ring {
	r := &ring{players: players, due: 1 << 62}
	if n := len(players); n > 0 {
		r.due, r.gap = 0, period/time.Duration(n)
	}
	return r
}

// turn lets those act whose time has come.
func (r *ring) turn(clock func() time.Duration, late *histogram) {
	now := clock()
	for range r.players {
		if r.due > now {
			return
		}
		p := r.players[r.next]
		p.step(now)
		late.addTime(now - r.due)
		r.next = (r.next + 1) % len(r.players)
		r.due += r.gap
		now = clock()
	}
	r.due = max(r.due, now) // it does not keep up: nobody acts twice for that
}
