// Package belief is what a client knows of the world, and how it is kept true. A
// belief is the public state of the entities in a few cells of the arena. Both
// sides let it follow the rules; at each send the server compares it with the
// truth and tells the difference, mostly nothing, as a chunk per cell. After a
// chunk is applied, belief and truth are equal in every public field.
//
// A span is the time between two sends, one to MaxSteps ticks. Both sides replay
// it: inputs that changed are told with their tick, so that everything that
// follows from them (flight, shots, hits, deaths within the cell) comes out by
// itself; what still differs at the end is corrected.
//
// # Chunk layout
//
// A chunk is one stream of the range coder in entropy.go. In this order:
//
//	harmless             1 bit
//	for each tick of the span, for each ship of the cell in order of id:
//	  changed            1 bit; if set:
//	  buttons changed    1 bit; if set: 5 bits, one for each button that flips
//	  aim changed        1 bit if the buttons changed (else it did); if set:
//	  turn               number, -512..511 steps
//	  then the tick is played by the rules of the cell
//	for each ship that the rules left: still here; if so: corrected; fields
//	for each bolt that the rules left: still here; if so: corrected; fields
//	ships that entered:  more, id gap, all fields
//	bolts that entered:  more, owner gap, all fields
//
// A keyframe is the chunk of an empty cell over a span of no ticks. A chunk that
// would tell nothing is empty and need not be sent. The contexts and numbers are
// those of model.go; their starting probabilities are the table in prior.go.
package belief

import (
	"errors"

	"ionwake/shared/sim"
)

// MaxSteps is the largest number of ticks between two sends.
const MaxSteps = 6

// maxBolts is the largest number of bolts a cell may hold: what MaxPlayers can
// have in flight at the fastest reload of the table.
const maxBolts = 16384

// ErrChunk is returned for a chunk that no honest server sends.
var ErrChunk = errors.New("bad chunk")

// Span is what happened to the inputs between two sends.
type Span struct {
	Steps    int           // ticks, 0 to MaxSteps
	Held     [][]sim.Input // by tick of the span, then by PlayerID: writers only
	Harmless bool          // the match is in a phase without damage: writers only
}

// Codec compares and corrects cells. It keeps scratch memory, so that a steady
// server or client allocates nothing; it must not be used by two goroutines.
type Codec struct {
	Arena *sim.Arena
	Grid  Grid
	Meter *Meter // counts what Diff writes, if set

	// Watch is a player whose inputs Apply and Follow keep for Watched.
	Watch sim.PlayerID

	coder coder
	cell  Cell // the replayed cell
	read  Cell // what a chunk told
	ships []sim.Ship
	bolts []sim.Bolt
	born  []sim.Bolt
	notes []Note
	held  [MaxSteps]sim.Input
	saw   bool
}

// Follow plays span.Steps ticks in c by the rules alone: what a client does for a
// cell of which it was told nothing.
func (k *Codec) Follow(c *Cell, steps int) {
	k.notes, k.saw = k.notes[:0], false
	for step := range steps {
		k.keepHeld(c, step)
		first := len(k.notes)
		k.play(c, false)
		k.stamp(first, step)
	}
}

// Watched returns what the ship of Watch held in each tick of the last Apply or
// Follow; false if it was not in that cell.
func (k *Codec) Watched() ([]sim.Input, bool) { return k.held[:], k.saw }

func (k *Codec) keepHeld(c *Cell, step int) {
	if i, in := c.find(k.Watch); in {
		k.held[step], k.saw = c.Ships[i].Held, true
	}
}

// stamp gives the notes from first on the tick of the span they belong to.
func (k *Codec) stamp(first, step int) {
	for i := first; i < len(k.notes); i++ {
		k.notes[i].Tick = step + 1
	}
}

// Notes returns what the last Follow or Apply saw happen, for eyes and ears. It is
// overwritten by the next.
func (k *Codec) Notes() []Note { return k.notes }
