//go:build !js

package main

import (
	"sync/atomic"
	"time"

	"ionwake/client/link"
	"ionwake/client/replica"
	"ionwake/client/session"
	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

// player is one of the swarm. The swarm's goroutine owns it; what its tap notes belongs
// to the session.
type player struct {
	id    int
	kind  kind
	name  string
	url   string // of the socket
	room  *room
	swarm *swarm

	ses    *session.Session
	tap    tap
	sleep  atomic.Pointer[sleeper]
	joined atomic.Bool // at least once

	begins time.Duration // when it joins
	begun  bool
	over   bool // it will do nothing more
	took   time.Duration

	pilot  *bot.Pilot
	view   belief.View
	held   sim.Input
	credit int       // thoughts it may have, of sendRate
	aim    sim.Angle // of its ship in the newest frame
	flew   bool      // it had one
	thinks func(*replica.Replica)
	counts func(*replica.Replica)

	book book

	stood    standing // of a witness, at the newest frame
	absences []absence
}

// room is what the players of one room share.
type room struct {
	commons commons
	newest  sim.Tick // that any of them has
}

// step lets a player act.
func (p *player) step(now time.Duration) {
	switch {
	case p.over || now < p.begins:
		return
	case !p.begun:
		p.begin()
	}
	p.ses.Inspect(p.thinks)
	scene := p.ses.Step(now, p.held)
	if p.kind == witness {
		p.ses.Inspect(func(r *replica.Replica) { p.stand(r, scene) })
	}
	if !p.joined.Load() {
		p.knock(now)
	}
	if now >= p.book.due {
		p.ses.Inspect(p.counts)
	}
	if p.kind == stalled && p.joined.Load() {
		p.doze(now)
	}
}

// begin takes a seat.
func (p *player) begin() {
	p.begun = true
	p.ses.Choose(sim.HullKind(p.id%len(sim.Hulls)), sim.NoTeam)
	p.ses.Play(p.name, session.Place{URL: p.url, Ticket: p.swarm.set.booth.ticket(p.name, time.Now()), Dial: func(readable func()) session.Socket {
		p.tap.Socket = p.swarm.open(p, readable)
		return &p.tap
	}})
}

// knock sees whether the player has come in.
func (p *player) knock(now time.Duration) {
	switch st := p.ses.Status(now); st.Stage {
	case session.Playing:
		p.joined.Store(true)
		p.ses.Inspect(func(*replica.Replica) { p.took = p.tap.first - p.begins })
		p.swarm.groups[p.kind].join.addTime(p.took)
	case session.Refused:
		p.over = true
	}
}

// doze falls asleep, once, and stays away when it has been thrown out.
func (p *player) doze(now time.Duration) {
	if s := p.sleep.Load(); s != nil && !s.asleep.Swap(true) {
		return
	}
	if st := p.ses.Status(now); st.Stage != session.Playing {
		p.ses.Leave()
		p.over = true
	}
}

// think takes the newest frame in.
func (p *player) think(r *replica.Replica) {
	if !r.Joined() {
		return
	}
	p.tap.found()
	seen := p.view.Tick
	r.View(&p.view)
	if p.view.Tick == seen || p.view.Arena == nil {
		return
	}
	if p.swarm.measuring.Load() {
		p.look(r.Self())
	}
	if int32(p.view.Tick-p.room.newest) > 0 {
		p.room.newest = p.view.Tick
	}
	if p.credit += p.swarm.set.think; p.credit >= sendRate {
		p.credit -= sendRate
		p.held = p.pilot.Think(&p.view, r.Self())
	}
}

// look notes how far behind the newest frame of the room the player is, and whether its
// aim has turned since its own last one.
func (p *player) look(self sim.PlayerID) {
	behind := max(int32(p.room.newest-p.view.Tick), 0)
	p.swarm.groups[p.kind].behind.addTime(time.Duration(behind) * time.Second / sim.TickRate)
	own := p.view.Ship(self)
	if own != nil && p.flew {
		p.book.chances++
		if own.Held.Aim != p.aim {
			p.book.turned++
		}
	}
	if p.flew = own != nil; p.flew {
		p.aim = own.Held.Aim
	}
}

// leave gives the seat back.
func (p *player) leave() {
	if !p.begun || p.over {
		return
	}
	p.ses.Inspect(p.counts)
	p.ses.Inspect(func(*replica.Replica) { p.tap.leaving = true })
	p.ses.Leave()
}

// failed says why the player never came in; false if it did.
func (p *player) failed() (ending, bool) {
	if p.joined.Load() {
		return ending{}, false
	}
	if n := len(p.tap.ends); n > 0 {
		return p.tap.ends[n-1], true
	}
	return ending{Code: link.CodeUnreachable, Reason: "still connecting at the end"}, true
}
