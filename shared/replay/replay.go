// Package replay is a match written down so that it can be played again, tick by tick
// and bit for bit: the World at some moments, and between them what Step cannot foresee.
// It is pure: bytes in, bytes out. A Tape takes a match down on the goroutine that ticks
// it and allocates nothing; Append functions make a file of that elsewhere; Open reads a
// file, a Player plays it, Verify compares it with what the rules make of it.
package replay

import (
	"errors"

	"ionwake/shared/sim"
)

// What a file may have at most. A match of 64 for five minutes has about 1 MB.
const (
	MaxFile    = 32 << 20 // bytes
	MaxTicks   = 40 * 60 * sim.TickRate
	maxPart    = 8 << 20 // bytes of a part, unpacked
	maxText    = 64      // bytes of a name
	maxLines   = sim.MaxPlayers
	maxActions = 4 * sim.MaxPlayers // of a tick
)

const (
	// PieceTicks is how much play a Piece holds: what is lost at most when a program
	// dies, and how far play has to go on from a keyframe to get to any tick.
	PieceTicks = 10 * sim.TickRate
	// checkEvery is how many ticks pass between two hashes of the World.
	checkEvery = 60
)

// Errors of Open and of playing. Damage is wrapped with where it is.
var (
	ErrDamaged = errors.New("the replay is damaged")
	ErrForeign = errors.New("this is not a replay of this version")
	ErrEdition = errors.New("the replay was recorded under other rules")
	ErrDiffers = errors.New("the match goes on otherwise than it was recorded")
	ErrNoPlay  = errors.New("nothing was played in it")
)

// Head is what a replay says of its match.
type Head struct {
	Edition sim.Hash // of the rules it was recorded under, see sim.Edition
	Program string   // version of the program that recorded it
	ID      string   // of the match
	Server  string
	Room    string
	Mode    sim.Mode
	Rules   sim.Rules
	Arena   *sim.Arena
	Number  uint32 // of the match in its room
	Began   int64  // when the recording did, in milliseconds since 1970, UTC
}

// Person is who sits in a seat, as the scoreboard of everybody shows it.
type Person struct {
	Name string
	Tag  uint64
	Bot  bool
}

// Ending says why a recording ended.
type Ending uint8

// The endings.
const (
	Over   Ending = iota + 1 // the match did
	Closed                   // the room did, as when the server restarts
	Broken                   // the room broke down
	Full                     // it was too long, or nobody took it down in time
)

// End is the last part of a replay. One without was cut, as when a machine lost its
// power, and can be played as far as it goes.
type End struct {
	Why    Ending
	Scores [sim.Teams]int16
	Lines  []Line // the best first
}

// Line is a line of the scoreboard at the end.
type Line struct {
	Person
	Team                 sim.Team
	Score, Kills, Deaths int16
}

// Piece is some seconds of a match.
type Piece struct {
	State  sim.State // as they begin
	People []Person  // by sim.PlayerID; without a Name: nobody
	Ticks  []byte
	Count  int // ticks in Ticks
}
