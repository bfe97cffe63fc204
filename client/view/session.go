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
	// under name.
	Play(name string)
	// Leave gives the seat back; the next Status is at the Menu.
	Leave()
	// Say sends a line of chat to everybody in the room.
	Say(text string)
	// Step is called once for each drawn frame with what the player wants now. It
	// returns nil while there is nothing to draw yet. The Scene is read until the
	// next call and never written.
	Step(now time.Duration, in sim.Input) *replica.Scene
	// Status says where the player stands.
	Status() Status
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

// Status is a Stage with words for the player.
type Status struct {
	Stage    Stage
	Message  string        // in Lost and Refused: why, and what to do
	RetryIn  time.Duration // in Lost: until the next attempt
	CanRetry bool          // in Lost and Refused: trying again at once makes sense
}
