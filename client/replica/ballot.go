package replica

import (
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// ballot is the vote under way, if there is one.
type ballot struct {
	state wire.VoteState // Call 0: none
	view  VoteView
}

// take applies how a vote stands. Who called it has voted with that.
func (v *ballot) take(s *wire.VoteState, b *board, self sim.PlayerID) {
	if !v.same(s) {
		v.view.Voted = s.Caller == self
	}
	v.state = *s
	v.view.Kind, v.view.Target, v.view.Name = VoteKind(s.Call), s.Target, s.Name
	v.view.Caller = b.name(s.Caller)
	v.view.Yes, v.view.No, v.view.Needed = int(s.Yes), int(s.No), int(s.Needed)
}

// same reports whether s is about the vote that is known already.
func (v *ballot) same(s *wire.VoteState) bool {
	return v.state.Call == s.Call && v.state.Target == s.Target && v.state.Name == s.Name &&
		v.state.Caller == s.Caller && v.state.Ends == s.Ends
}

// cast remembers that this player has voted.
func (v *ballot) cast() { v.view.Voted = v.state.Call != 0 }

// draw returns the vote at a drawn tick, nil if there is none.
func (v *ballot) draw(tick float64) *VoteView {
	if v.state.Call == 0 {
		return nil
	}
	v.view.Left = ticks(v.state.Ends, tick)
	return &v.view
}
