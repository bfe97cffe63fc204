package session

import (
	"strings"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// Say sends a line of chat; to is whom a whisper is for.
func (s *Session) Say(text string, scope replica.Scope, to sim.PlayerID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text = strings.TrimSpace(text)
	if s.stage == Playing && text != "" && len(text) <= wire.MaxChat {
		s.socket.Send(s.rep.Say(text))
	}
}

// Choose says which hull and side to enter with from the next life on; sim.NoTeam
// leaves the side to the server.
func (s *Session) Choose(hull sim.HullKind, team sim.Team) {}

// Look tells the server what one without a ship looks at: whom it follows or, if
// that is sim.NoPlayer, a place in world units.
func (s *Session) Look(now time.Duration, follow sim.PlayerID, at replica.Point) {}

// CallVote asks for a vote; name is the arena's for a replica.VoteMap.
func (s *Session) CallVote(kind replica.VoteKind, target sim.PlayerID, name string) {}

// CastVote votes in the vote under way.
func (s *Session) CastVote(yes bool) {}

// Signal shows a short word over the own ship.
func (s *Session) Signal(kind replica.SignalKind) {}

// Mute hides, or shows again, what the person with a tag says.
func (s *Session) Mute(tag uint64, muted bool) {}
