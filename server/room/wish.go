package room

import (
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// wish is one of the rarer messages of a client.
type wish struct {
	kind    wire.Kind
	loadout sim.Loadout
	look    wire.Look
	signal  uint8
	call    wire.VoteKind
	target  sim.PlayerID
	text    string // the name of an arena
	yes     bool
}

// wishOf copies what is wished for out of m.
func wishOf(m *wire.Client) wish {
	return wish{
		kind: m.Kind, loadout: sim.Loadout(m.Loadout), look: m.Look, signal: m.Signal,
		call: m.Vote.Call, target: m.Vote.Target, text: string(m.Vote.Name), yes: m.Vote.Yes,
	}
}

// grant does what the person in s wishes for, as far as that may be now.
func (r *Room) grant(s *seat, w *wish) {
	switch w.kind {
	case wire.KindLoadout:
		s.choice, s.choosing = w.loadout, true
	case wire.KindLook:
		s.look, s.looking = w.look, true
	case wire.KindVote:
		r.vote(s, w)
	case wire.KindSignal:
		r.shout(s, w.signal)
	}
}

// readWishes grants what came since the last tick; it returns by how much that was more
// than anybody wishes for.
func (r *Room) readWishes(s *seat, v *Visit) (excess int) {
	excess = min(int(v.flooded.Swap(0)), excessKept)
	for range len(v.talk) {
		r.say(s, <-v.talk)
	}
	for range len(v.wishes) {
		w := <-v.wishes
		if !s.wishes.pay(r.world.Tick, wishPace) {
			r.stats.WishesDropped++
			excess++
			continue
		}
		r.grant(s, &w)
	}
	return excess
}

// grantWaiting grants what had to wait, if it may be now.
func (r *Room) grantWaiting(s *seat) {
	if s.choosing && s.choices.pay(r.world.Tick, choicePace) {
		s.choosing = false
		r.choose(s, s.choice)
	}
	r.turn(s)
}
