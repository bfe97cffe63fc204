package sim

// EventKind says what happened.
type EventKind uint8

// The events. Anything a client can see for itself in the public state of ships
// and bolts (a hit, a shot, a bounce) is not an event.
const (
	// Killed: By destroyed Who with a bolt of kind Kind.
	Killed EventKind = iota + 1
	// PhaseChanged: the match went on to its next phase.
	PhaseChanged
)

// Event is something that happened in a tick and that no public state shows.
type Event struct {
	Tick Tick
	Kind EventKind
	Who  PlayerID
	By   PlayerID
	With BoltKind
}
