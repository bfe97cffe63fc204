package room

import (
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// Times of votes, in ticks.
const (
	voteFor     = 30 * sim.TickRate
	votesAfter  = 30 * sim.TickRate  // in the room, before one may call a vote
	voteAgain   = 60 * sim.TickRate  // between two calls of one person
	voteImmune  = 120 * sim.TickRate // after a vote that failed, for whom or what it was about
	kickedFor   = 5 * 60 * sim.TickRate
	maxPastVote = 64 // calls and failures remembered; the oldest makes way
)

// poll is the vote under way, if state.Call is not 0, and what is remembered of
// those before.
type poll struct {
	state  wire.VoteState
	rev    sendIndex // send that tells it
	target person    // of a VoteKick: wherever the one it is about sits by then
	ground int       // of a VoteMap, in the rotation
	began  sim.Tick
	cast   bool // somebody has voted since the last count
	past   []pastVote
	census census
}

// pastVote is a call of who, or a failed vote about who or about an arena.
type pastVote struct {
	called bool
	who    person
	arena  string
	at     sim.Tick
}

// ballot is what a seat has said in the vote under way.
type ballot uint8

const (
	silent ballot = iota
	yes
	no
)

// vote takes a call or a ballot of the person in s. Whoever watches has no vote.
func (r *Room) vote(s *seat, v *wish) {
	if s.spectator || !s.votes.pay(r.world.Tick, votePace) {
		return
	}
	if v.call == 0 {
		if r.poll.state.Call != 0 && r.entitled(s) {
			s.ballot, r.poll.cast = no, true
			if v.yes {
				s.ballot = yes
			}
		}
		return
	}
	if why := r.callVote(s, v); why.Kind != 0 {
		r.notify(s, why)
	}
}

// callVote begins a vote, or says why not.
func (r *Room) callVote(s *seat, v *wish) (why wire.Notice) {
	if why := r.mayCall(s); why.Kind != 0 {
		return why
	}
	p := &r.poll
	state := wire.VoteState{Call: v.call, Target: sim.NoPlayer, Caller: s.id, Ends: r.world.Tick + voteFor}
	switch v.call {
	case wire.VoteKick:
		target := r.seatOf(v.target)
		if target == nil || !target.person() || target == s {
			return wire.Notice{Kind: wire.NoticeNoTarget}
		}
		if left := r.sincePast(func(o *pastVote) bool { return !o.called && o.arena == "" && o.who.same(target.who) }, voteImmune); left > 0 {
			return wire.Notice{Kind: wire.NoticeVoteFailed, About: target.name, Number: seconds(left)}
		}
		state.Target, state.Name, p.target = v.target, target.name, target.who
	default:
		at, ok := r.groundByName(v.text)
		if !ok {
			return wire.Notice{Kind: wire.NoticeNoArena}
		}
		name := r.rotation[at].Arena.Name
		if left := r.sincePast(func(o *pastVote) bool { return o.arena == name }, voteImmune); left > 0 {
			return wire.Notice{Kind: wire.NoticeVoteFailed, About: name, Number: seconds(left)}
		}
		state.Name, p.ground = name, at
	}
	for _, o := range r.seats {
		if o != nil {
			o.ballot = silent
		}
	}
	s.ballot = yes
	p.state, p.began, p.cast = state, r.world.Tick, true
	r.remember(pastVote{called: true, who: s.who, at: r.world.Tick})
	return wire.Notice{}
}

func (r *Room) mayCall(s *seat) (why wire.Notice) {
	if r.poll.state.Call != 0 {
		return wire.Notice{Kind: wire.NoticeVoteOn}
	}
	if here := r.world.Tick - s.joined; here < votesAfter {
		return wire.Notice{Kind: wire.NoticeNewcomer, Number: seconds(votesAfter - here)}
	}
	if left := r.sincePast(func(o *pastVote) bool { return o.called && o.who.same(s.who) }, voteAgain); left > 0 {
		return wire.Notice{Kind: wire.NoticeCalled, Number: seconds(left)}
	}
	return wire.Notice{}
}

// seconds is a short time in whole seconds.
func seconds(t sim.Tick) uint16 { return uint16((t + sim.TickRate - 1) / sim.TickRate) }

// sincePast returns how much of the given time is left since the newest vote of the
// past that is like that.
func (r *Room) sincePast(like func(*pastVote) bool, of sim.Tick) (left sim.Tick) {
	for i := range r.poll.past {
		o := &r.poll.past[i]
		if gone := r.world.Tick - o.at; gone < of && like(o) {
			left = max(left, of-gone)
		}
	}
	return left
}

func (r *Room) remember(o pastVote) {
	p := &r.poll
	if len(p.past) == maxPastVote {
		p.past = append(p.past[:0], p.past[1:]...)
	}
	p.past = append(p.past, o)
}

// entitled reports whether s may vote in the vote under way: a person who is here,
// plays, and did so when it was called.
func (r *Room) entitled(s *seat) bool {
	return s.visit != nil && !s.spectator && !wire.Before(r.poll.began, s.joined)
}

// holdVote counts the ballots of the vote under way and ends it when it is decided.
func (r *Room) holdVote() {
	p := &r.poll
	if p.state.Call == 0 {
		return
	}
	over := !wire.Before(r.world.Tick, p.state.Ends)
	if !p.cast && !over && r.world.Tick%(sim.TickRate/4) != 0 {
		return
	}
	p.cast = false
	before := p.state
	people := r.countBallots()
	switch st := &p.state; {
	case st.Yes >= st.Needed:
		r.pass()
	case over || int(st.No) > people-int(st.Needed):
		r.remember(pastVote{who: p.target, arena: p.arena(), at: r.world.Tick})
		r.endVote(false)
	}
	if p.state != before {
		p.rev = r.nextSend()
	}
}

// arena names what a VoteMap is about.
func (p *poll) arena() string {
	if p.state.Call == wire.VoteMap {
		return p.state.Name
	}
	return ""
}

// countBallots counts each person once, however many seats that person may have, and
// returns how many there are. One of several ballots that says no makes a no.
func (r *Room) countBallots() (people int) {
	c := &r.poll.census
	c.begin()
	for _, s := range r.seats {
		if s != nil && r.entitled(s) {
			c.add(s.who, s.ballot)
		}
	}
	st := &r.poll.state
	people, yeses, noes := c.result()
	st.Yes, st.No = uint16(yeses), uint16(noes)
	st.Needed = uint16(people/2 + 1)
	if people > 1 || st.Call == wire.VoteKick { // nobody throws anybody out alone
		st.Needed = max(st.Needed, 2)
	}
	return people
}

// pass does what the vote under way was about.
func (r *Room) pass() {
	p := &r.poll
	if p.state.Call == wire.VoteMap {
		r.next = p.ground
		g := r.rotation[p.ground]
		r.endVote(true)
		r.notifyAll(wire.Notice{Kind: wire.NoticeNext, About: g.Arena.Name, Also: g.Mode.Name()})
		return
	}
	who := p.target
	r.endVote(true)
	r.banFor(who, kickedFor)
	for _, s := range r.seats {
		if s != nil && s.person() && p.meant(s) {
			r.cfg.Log.Info("voted out", "room", r.cfg.Name, "seat", s.id, "name", s.name)
			r.throwOut(s, kicked(kickedFor))
		}
	}
}

// meant reports whether the vote about p.target throws s out: its device wherever it
// sits, and whoever came from its network while the vote was on, as after a ban.
func (p *poll) meant(s *seat) bool {
	return s.who.tag == p.target.tag || wire.Before(p.began, s.joined) && s.who.same(p.target)
}

// kicked tells somebody who was voted out when to come back.
func kicked(left sim.Tick) wire.Reject {
	return wire.Reject{
		Code:         wire.CloseKicked,
		Message:      "The others voted you out of this room.", // clients say for how long
		RetryAfterMS: uint32(seconds(left)) * 1000,
	}
}

func (r *Room) endVote(passed bool) {
	r.poll.state = wire.VoteState{Target: sim.NoPlayer, Caller: sim.NoPlayer, Passed: passed}
}
