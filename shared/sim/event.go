package sim

// EventKind says what happened.
type EventKind uint8

// The events. Anything a client can see for itself in the public state of ships
// and bolts (a hit, a shot, a bounce) is not an event.
const (
	Killed        EventKind = iota + 1 // By destroyed Who with a bolt of kind With
	PhaseChanged                       // the match went on to its next phase
	ItemTaken                          // Who took what lay at pick-up point Index
	CoreTaken                          // Who took the core of Team
	CoreDropped                        // Who lost the core of Team
	CoreReturned                       // the core of Team is home again, thanks to Who or by itself
	CoreCaptured                       // Who brought the core of Team to the other base
	BeaconChanged                      // the beacon is held by Team, or by nobody
)

// Event is something that happened in a tick and that no public state shows.
type Event struct {
	Tick  Tick
	Kind  EventKind
	Who   PlayerID
	By    PlayerID
	With  BoltKind
	Team  Team
	Index uint8 // of a pick-up point
}
