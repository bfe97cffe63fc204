package belief

import "ionwake/shared/sim"

// NoteKind says what was seen.
type NoteKind uint8

// What can be seen happening to a cell.
const (
	Struck  NoteKind = iota + 1 // the shot By/Seq hurt Ship at Pos
	Stopped                     // the shot By/Seq met Ship at Pos and did not hurt it
	Bumped                      // Ship touched By at Pos
	Died                        // Ship broke up at Pos
	Entered                     // Ship came in at Pos: a spawn, or from another cell
	Beamed                      // Ship fired a beam from Pos to End
	Pulsed                      // Ship fired a pulse at Pos
	Burst                       // the shot By/Seq exploded at Pos
	Told                        // Ship is not what the rules alone make of it: a wake, a pick-up, a core, a neighbour cell
)

// Note is one thing seen. Ticks are counted from the start of the span, 1 for its
// first.
type Note struct {
	Kind NoteKind
	Tick int
	Ship sim.PlayerID
	By   sim.PlayerID
	Seq  uint8
	With sim.BoltKind
	Pos  sim.Vec
	Vel  sim.Vec
	End  sim.Vec
}

// maxNotes bounds what is noted of one cell and span; more is not seen. A crowd of
// a thousand ships in one place would touch half a million times a tick.
const maxNotes = 4096

// note keeps n for a reader: a writer's notes are nobody's.
func (k *Codec) note(n Note) {
	if !k.coder.writing && len(k.notes) < maxNotes {
		k.notes = append(k.notes, n)
	}
}
