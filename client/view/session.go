package view

import (
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// Session is what the view plays through: the program's main joins it to the
// replica and the link. All calls come from the goroutine that runs the game.
type Session interface {
	// Play leaves the menu: it connects, or reconnects at once, and takes a seat
	// under name at place.
	Play(name string, place Place)
	// Leave gives the seat back; the next Status is at the Menu.
	Leave()
	// Say sends a line of chat; to is whom a whisper is for.
	Say(text string, scope replica.Scope, to sim.PlayerID)
	// Choose says which hull and side to enter with from the next life on;
	// sim.NoTeam leaves the side to the server.
	Choose(hull sim.HullKind, team sim.Team)
	// Look tells the server what one without a ship looks at: whom it follows or,
	// if that is sim.NoPlayer, a place in world units.
	Look(follow sim.PlayerID, at replica.Point)
	// CallVote asks for a vote; name is the arena's for a VoteMap.
	CallVote(kind replica.VoteKind, target sim.PlayerID, name string)
	// CastVote votes in the vote under way.
	CastVote(yes bool)
	// Signal shows a short word over the own ship, to the own side where there are
	// sides.
	Signal(kind replica.SignalKind)
	// Mute hides, or shows again, what a person says: by tag, for good.
	Mute(tag uint64, muted bool)
	// Step is called once for each drawn frame with what the player wants now. It
	// returns nil while there is nothing to draw yet. The Scene is read until the
	// next call and never written.
	Step(now time.Duration, in sim.Input) *replica.Scene
	// Status says where the player stands.
	Status() Status
}

// Place is where to play. The zero Place is the room that the page or the command
// line named.
type Place struct {
	Address  string // of another server, as in the browser; empty: the present one
	Room     string // empty: as the address says
	Password string // of a room that has one
	Spectate bool
	Practice *Practice // not nil: offline, against bots

	Replay string        // not empty: a replay, by ID, address or file
	From   time.Duration // into it
}

// Practice is a match without a network.
type Practice struct {
	Mode  string // brawl, squads, relay or beacon
	Arena string
	Bots  int
	Level int // 1 easy to 3 hard
}

// Stage says where a player stands.
type Stage uint8

// The stages.
const (
	Menu       Stage = iota // not connected and not trying
	Joining                 // connecting, or waiting for the first frame
	Playing                 // in a seat
	Spectating              // watching without a seat
	Lost                    // the link broke; the next attempt comes by itself
	Refused                 // the server said no; the player decides
)

// playing reports whether the player is in the match, flying or watching.
func (s *Status) playing() bool { return s.Stage == Playing || s.Stage == Spectating }

// Status is a Stage and why it is so.
type Status struct {
	Stage    Stage
	Message  string        // in Lost and Refused: why, for codes that have no words here
	RetryIn  time.Duration // in Lost: until the next attempt; in Refused: until one has a chance
	Fetching bool          // in Joining: the arena is on its way
	CanRetry bool          // in Lost and Refused: trying again at once makes sense
	Code     uint16        // in Refused: the close code, see shared/wire/code.go
	Place    Place         // where one plays, or tried to
	Link     string        // to this room, for friends; empty in practice
}
