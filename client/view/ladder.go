package view

// Ladder knows who is best on a server, and what the player has done there. All calls
// come from the goroutine that runs the game, and none of them waits.
type Ladder interface {
	// Ask asks anew. What an earlier question brings is forgotten.
	Ask(q LadderQuery)
	// Answer returns what is known, and a number that changes whenever that does.
	Answer() (LadderAnswer, int)
}

// LadderQuery is what a ladder is asked for.
type LadderQuery struct {
	Address string // of the server, as in the browser; empty: the present one
	Mode    string // empty: all
	Season  bool   // of the present season; else of all time
}

// LadderState says how asking goes on.
type LadderState uint8

// The states.
const (
	LadderAsking LadderState = iota
	LadderTold
	LadderNone   // the server keeps no results
	LadderFailed // it did not answer
)

// LadderAnswer is what a server says.
type LadderAnswer struct {
	State LadderState
	Rungs []Rung
	Own   Rung // the player's; Place 0: no results yet
}

// Rung is a place in a ladder.
type Rung struct {
	Place         int    // from 1
	Person        string // the same for the same person on this server
	Name          string
	Games, Wins   int
	Score, Best   int // Best: of one match
	Kills, Deaths int
	Seconds       int // played
}
