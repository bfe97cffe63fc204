package session

import (
	"strings"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// errands are messages that the line did not take at once. They go out with the
// next Steps, in order.
type errands struct{ list [][]byte }

// maxErrands bounds them; what comes on top is dropped.
const maxErrands = 16

// errand sends data soon.
func (s *Session) errand(data []byte) {
	if len(s.errands.list) == 0 && s.send(data) {
		return
	}
	if len(s.errands.list) < maxErrands {
		s.errands.list = append(s.errands.list, data)
	}
}

func (s *Session) runErrands(now time.Duration) {
	for len(s.errands.list) > 0 && s.send(s.errands.list[0]) {
		s.errands.list = append(s.errands.list[:0], s.errands.list[1:]...)
	}
	s.tellGaze(now)
}

// Say sends a line of chat; to is whom a whisper is for.
func (s *Session) Say(text string, scope replica.Scope, to sim.PlayerID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text = strings.TrimSpace(text)
	if s.stage != Playing || text == "" || len(text) > wire.MaxChat {
		return
	}
	c := wire.Chat{Text: []byte(text), Scope: wire.Scope(scope)}
	if scope == replica.ToOne {
		c.To = to
	}
	s.errand(wire.AppendChat(nil, c))
}

// Choose says which hull and side to enter with from the next life on; sim.NoTeam
// leaves the side to the server. It holds for places to come too.
func (s *Session) Choose(hull sim.HullKind, team sim.Team) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loadout = wire.Loadout{Hull: hull, Team: team}
	if s.stage == Playing && !s.place.Spectate {
		s.errand(wire.AppendLoadout(nil, s.loadout))
	}
}

// CallVote asks for a vote; name is the arena's for a replica.VoteMap.
func (s *Session) CallVote(kind replica.VoteKind, target sim.PlayerID, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stage != Playing || len(name) > wire.MaxName {
		return
	}
	v := wire.Vote{Call: wire.VoteKind(kind), Target: target}
	if kind == replica.VoteMap {
		v.Target, v.Name = sim.NoPlayer, []byte(name)
	}
	s.errand(wire.AppendVote(nil, v))
}

// CastVote votes in the vote under way.
func (s *Session) CastVote(yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stage == Playing {
		s.errand(wire.AppendVote(nil, wire.Vote{Target: sim.NoPlayer, Yes: yes}))
		s.rep.Voted()
	}
}

// Signal shows a short word over the own ship.
func (s *Session) Signal(kind replica.SignalKind) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stage == Playing && kind < replica.SignalKinds {
		s.errand(wire.AppendSignal(nil, uint8(kind)))
	}
}

// Mute hides, or shows again, what the person with a tag says.
func (s *Session) Mute(tag uint64, muted bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rep.Mute(tag, muted)
}
