//go:build !js

package main

import (
	"bytes"
	"fmt"
	"slices"
	"sync"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// commons is where the crowd of a room keeps what became of cells. The same state and
// the same bytes always make the same next state, so whoever comes second takes over
// what the first has worked out. Nothing is taken on trust: bytes that differ by a bit,
// or a state that came about otherwise, are worked out anew. What lies here is never
// written again, so it may be read without a lock.
type commons struct {
	mu    sync.Mutex
	codec belief.Codec
	cells []past // by CellID

	worked, shared, apart uint64
}

// remembered is how many ticks back a state is found: four seconds, more than players
// who keep up at all are apart.
const remembered = 256

// past is what one cell was, by tick modulo remembered.
type past [remembered]moment

// moment is a cell at a tick, and how it came to be so.
type moment struct {
	is    belief.Cell
	tick  sim.Tick
	known bool
	after bool // from, steps and chunk say how it came about
	steps int
	from  belief.Cell
	chunk []byte
	keyed bool // key is a keyframe that tells it
	key   []byte
}

// Apply implements replica.Crowd.
func (c *commons) Apply(on *belief.Codec, tick sim.Tick, id belief.CellID, cell *belief.Cell, steps int, chunk []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.settle(on)
	m := &c.cells[id][tick%remembered]
	if m.known && m.tick == tick && m.follows(cell, steps, chunk) {
		c.shared++
		*cell = m.is
		return nil
	}
	next := belief.Cell{Ships: slices.Clone(cell.Ships), Bolts: slices.Clone(cell.Bolts)}
	if steps == 0 {
		next = belief.Cell{}
	}
	if err := c.codec.Apply(id, &next, steps, chunk); err != nil {
		return fmt.Errorf("apply for all: %w", err)
	}
	c.worked++
	m.learn(c, tick, cell, steps, chunk, &next)
	*cell = next
	return nil
}

// settle makes room for the ground that on is about, if it is a new one.
func (c *commons) settle(on *belief.Codec) {
	if c.codec.Arena != nil && c.codec.Arena.Hash == on.Arena.Hash && c.codec.Grid == on.Grid {
		return
	}
	c.codec = belief.Codec{Arena: on.Arena, Grid: on.Grid, Watch: sim.NoPlayer}
	c.cells = make([]past, on.Grid.Len())
}

// follows reports whether a cell so changed is known to become m.
func (m *moment) follows(cell *belief.Cell, steps int, chunk []byte) bool {
	if steps == 0 {
		return m.keyed && bytes.Equal(m.key, chunk)
	}
	return m.after && m.steps == steps && same(&m.from, cell) && bytes.Equal(m.chunk, chunk)
}

// learn notes that a cell so changed became next, which is made the one that others
// have already where it is equal. What differs from the first that was known stays its
// owner's own.
func (m *moment) learn(c *commons, tick sim.Tick, cell *belief.Cell, steps int, chunk []byte, next *belief.Cell) {
	switch {
	case m.known && int32(tick-m.tick) < 0:
		return // nobody waits for one who is so far behind
	case !m.known || m.tick != tick:
		*m = moment{is: *next, tick: tick, known: true, chunk: m.chunk, key: m.key}
	case slices.Equal(m.is.Ships, next.Ships) && slices.Equal(m.is.Bolts, next.Bolts):
		*next = m.is
	default:
		c.apart++
		return
	}
	switch {
	case steps == 0 && !m.keyed:
		m.keyed, m.key = true, append(m.key[:0], chunk...)
	case steps > 0 && !m.after:
		m.after, m.steps, m.from, m.chunk = true, steps, *cell, append(m.chunk[:0], chunk...)
	}
}

// same reports whether two cells are one and the same, without looking at what is in
// them.
func same(a, b *belief.Cell) bool {
	return len(a.Ships) == len(b.Ships) && len(a.Bolts) == len(b.Bolts) &&
		(len(a.Ships) == 0 || &a.Ships[0] == &b.Ships[0]) && (len(a.Bolts) == 0 || &a.Bolts[0] == &b.Bolts[0])
}
