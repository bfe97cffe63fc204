package sim

// ObjectiveKind is a kind of thing that a mode is about.
type ObjectiveKind uint8

// The objectives.
const (
	Core   ObjectiveKind = iota + 1 // Relay: one a team, to be carried home by the other
	Beacon                          // Beacon: moves; whoever holds it alone scores
)

// ObjectiveState says how an objective stands.
type ObjectiveState uint8

// The states of an objective.
const (
	AtHome    ObjectiveState = iota // a core on its base
	Carried                         // a core aboard Carrier
	Dropped                         // a core adrift: home again in Timer ticks
	Free                            // a beacon with nobody near
	Held                            // a beacon held by Team alone
	Contested                       // a beacon with both teams near
)

// Objective is the public state of one thing that a mode is about. Everybody in
// the room knows all of them.
type Objective struct {
	Kind    ObjectiveKind
	State   ObjectiveState
	Team    Team     // of a core: whose it is; of a beacon: who holds it, if anybody
	Carrier PlayerID // of a Carried core, else NoPlayer
	Pos     Vec
	Home    Vec    // of a core: its base; of a beacon: where it heads
	Timer   uint16 // of a Dropped core: ticks until it is home again
}
