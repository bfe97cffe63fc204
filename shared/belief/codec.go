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
// A chunk is one stream of bits under the range coder (below). In this order; what
// is in brackets is the place of the bit or number, see "Places":
//
//	only if the span has ticks:
//	  harmless           bit [0]: hits cost no energy in this span
//	  for each tick of the span:
//	    for each ship of the cell, in order of id:
//	      changed          bit [1 + fire + 2 if not the first tick]; if set:
//	        buttons        bit [5 + fire]; if set, for each button in the order up,
//	                       down, left, right, fire, alt, dash: bit [8 + 2 x its index
//	                       + held]: it flips
//	        aim            bit [7], there only if buttons was set, else it counts as
//	                       set; if set: number [22]: turn the aim by it, modulo 1024
//	    then the tick is played, see "Play"; for each beam in it, in its turn:
//	      astray         bit [2375]: it did not strike what follows from the cell; if
//	                     set, number [2376]: the place of who was struck among the ships
//	                     that the cell then has, from 1 in order of id, or 0: nobody here
//	for each ship left in the cell, in order of id:
//	  here               bit [128 + inside]: it stays; if not set, it is dropped
//	  corrected          bit [130], only if here; if set:
//	    drafting         bit [131]; if set: it flips
//	    energy           bit [132]; if set: number [352]
//	    velocity         bit [133]; if set: numbers [246] x, [246] y
//	    position         bit [134]; if set: numbers [140] x, [140] y
//	    timers           bit [135]; if set: numbers [458] reload, [564] recharge,
//	                     [670] dash, [776] shield
//	    boost            bit [136]; if set: raw 3 kind, number [882] its ticks
//	    carrying         bit [137]; if set: it flips
//	    next shot        bit [138]; if set: number [988]
//	    renewed          bit [139]; if set: raw 8 buttons, raw 10 aim held, raw 10 aim of
//	                     the guns, raw 3 hull, raw 2 team
//	for each bolt left in the cell, in order of owner, then number:
//	  here               bit [1094 + inside]: it stays; if not set, it is dropped
//	  corrected          bit [1096], only if here; if set: numbers [1097] x, [1097] y of
//	                     the position, [1203] x, [1203] y of the velocity, [1309] life,
//	                     [1415] bounces; raw 3 kind, raw 2 team
//	as long as a bit [1521] is set, a ship enters, ids ascending:
//	  number [1526] id less that of the ship that entered before it (0 for the first);
//	  raw 3 hull, raw 2 team, raw 8 buttons, raw 10 aim held; bit [1522]: the guns point
//	  elsewhere, and if set raw 10 where; raw S x, raw S y of the position less the
//	  cell's upper left corner, where the cell is 2^S Units wide; numbers [1632] x,
//	  [1632] y of the velocity, [1738] energy missing to the hull's largest, [1844]
//	  reload, [1844] recharge, [1844] dash, [1844] shield; bit [1523]: it is boosted,
//	  and if set raw 3 kind, raw 10 ticks; bit [1524] drafting; bit [1525] carrying;
//	  raw 8 next shot
//	as long as a bit [1950] is set, a bolt enters, owner and number ascending:
//	  number [1951] owner less that of the bolt that entered before it (0 for the
//	  first); raw 8 number, raw 3 kind, raw 2 team; raw S x, raw S y as above; numbers
//	  [2057] x, [2057] y of the velocity, [2163] life gone of the kind's longest, [2269]
//	  bounces gone of the kind's most
//
// fire is 1 if the ship held fire before the change, held 1 if the button was held,
// inside 1 if the entity's position is in this cell (Grid.At). Numbers that correct
// are added to what is there, counters of a byte modulo 256. Lengths are in Units,
// velocities in Units per tick, times in ticks, aims in 1/1024 of a turn; "raw n"
// is n bits, highest first, each under the probability 2048 that never moves.
//
// A keyframe is the chunk of an empty cell over a span of no ticks. A chunk that
// would tell nothing is empty and need not be sent: the rules alone say what
// became of the cell, and what has left it is dropped. A reader refuses a chunk
// that has bytes left over, that reads more than 36 bytes behind its end, that
// breaks an order named above, that brings an id twice, or that leaves anything out
// of the ranges of sim: whatever stays or enters is inside the cell.
//
// # Play
//
// One tick of a cell is that of sim.World.Step without spawns, wakes, pick-ups,
// objectives, the score and the neighbours. Each ship, in order of id:
// Ship.Advance; what leaves its guns is kept for later. Each pair of ships, in order
// of the lower and then the higher id: sim.Bump, until 4,096 of them touched. Each
// bolt, in order of owner and number: Bolt.Advance, which may end it. If it is Armed
// and seeks, it Chases the nearest ship that it Smells, of equals the first. The ship
// with the lowest id that it Meets, if any, takes its Blow (Ship.Take), and the bolt
// ends. A bolt that ends and Explodes: each ship in order of id takes its Blast. Then
// what was kept, in its order: a beam strikes the ship it Crosses nearest to its
// muzzle, before the wall (Arena.Trace), of equals the first, or whom the chunk names: the
// server judges it on the picture its shooter saw (sim.Sight); a pulse Blasts each ship
// in order of id and Repels each bolt; anything else is put among the bolts, in place
// of the one of its kind with the least life left where its owner has as many as it
// may (sim.LaunchBolt). A ship whose Take is
// Broken is gone at once. When 16,384 Blasts of the tick have reached a ship, no more do.
//
// # Range coder
//
// Two unsigned numbers of 32 bits: width, at first 2^32-1, and code, at first the
// first four bytes, highest first; behind the end there are zero bytes. To read a
// bit under a probability p (that it is 0, in 1/4096): bound = width / 4096 x p,
// rounding the quotient down first. If code < bound the bit is 0 and width becomes
// bound; else the bit is 1 and bound is taken from both code and width. While width
// < 2^24: width is multiplied by 256, and so is code, plus the next byte. After each
// bit read at a place its probability moves by a 32nd, rounded down: after 0 it grows
// by (4096-p)/32, after 1 it shrinks by p/32. Each chunk begins with the
// probabilities of the table in prior.go.
//
// # Numbers
//
// A number at place n is signed, its magnitude below 2^26. Bit [n]: it is not 0; if
// clear, that is all. Bit [n+1]: it is negative. Then e, the length of the magnitude
// less one: beginning at e = 0, as long as e < 25 and a bit [n+2+e] is set, e grows by
// one. The leading bit of the magnitude is 1. The next lower bit, if e > 0, is a bit
// [n+28+3e]; the one below that, if e > 1, is a bit [n+29+3e] or, if the bit before it
// was set, [n+30+3e]; the lowest e-2 are raw. A number thus takes 106 places.
//
// # Places
//
// 2,482 in all, numbered from 0 as in the layout above; contexts in model.go names
// them.
package belief

import (
	"errors"

	"ionwake/shared/sim"
)

// MaxSteps is the largest number of ticks between two sends.
const MaxSteps = 6

// maxBolts is the largest number of bolts a cell may hold: what MaxPlayers can have
// in flight by the tables of hulls and shots.
const maxBolts = 24 * sim.MaxPlayers

// ErrChunk is returned for a chunk that no honest server sends.
var ErrChunk = errors.New("bad chunk")

// Span is what happened to the inputs between two sends.
type Span struct {
	Steps    int            // ticks, 0 to MaxSteps
	Held     [][]sim.Input  // by tick of the span, then by PlayerID: writers only
	Strikes  [][]sim.Strike // by tick, what became of beams; none: what the cell says. Writers only
	Harmless bool           // the match is in a phase without damage: writers only
}

// Codec compares and corrects cells. It keeps scratch memory, so that a steady
// server or client allocates nothing; it must not be used by two goroutines.
type Codec struct {
	Arena *sim.Arena
	Grid  Grid
	Meter *Meter // counts what Diff writes, if set

	// Watch is a player whose inputs Apply and Follow keep for Watched.
	Watch sim.PlayerID

	coder  coder
	cell   Cell // the replayed cell
	read   Cell // what a chunk told
	ships  []sim.Ship
	bolts  []sim.Bolt
	born   []sim.Bolt
	notes  []Note
	blasts int // that have reached a ship in the tick being played
	held   [MaxSteps]sim.Input
	saw    bool

	told    bool         // a chunk is walked: it says whom beams struck
	strikes []sim.Strike // of the tick being played: writers only
	absurd  bool         // a chunk names a ship that is not there
}

// Follow plays steps ticks, at most MaxSteps, in c by the rules alone. Unlike Apply
// it keeps what leaves the cell.
func (k *Codec) Follow(c *Cell, steps int) {
	k.notes, k.saw, k.coder.writing, k.told = k.notes[:0], false, false, false
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
