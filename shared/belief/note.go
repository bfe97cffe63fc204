package belief

import "ionwake/shared/sim"

// NoteKind says what was seen.
type NoteKind uint8

// What can be seen happening to a cell.
const (
	Struck  NoteKind = iota + 1 // bolt By/Seq hit Ship at Pos
	Bumped                      // Ship touched another at Pos
	Died                        // Ship broke up at Pos
	Entered                     // Ship came in at Pos: a spawn, or from another cell
)

// Note is one thing seen. Ticks are counted from the start of the span, 1 for its
// first.
type Note struct {
	Kind NoteKind
	Tick int
	Ship sim.PlayerID
	By   sim.PlayerID
	Seq  uint8
	Pos  sim.Vec
	Vel  sim.Vec
}

// maxNotes bounds what is noted of one cell and span; more is not seen. A crowd of
// a thousand ships in one place would touch half a million times a tick.
const maxNotes = 4096

func (k *Codec) note(n Note) {
	if len(k.notes) < maxNotes {
		k.notes = append(k.notes, n)
	}
}
