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
// the room knows all of them, and both sides let them Advance: only what that does
// not foresee is told.
type Objective struct {
	Kind    ObjectiveKind
	State   ObjectiveState
	Team    Team     // of a core: whose it is; of a beacon: who holds it, if anybody
	Carrier PlayerID // of a Carried core, else NoPlayer
	Pos     Vec      // of a Carried core: where it was told to be last, about once a second
	Home    Vec      // of a core: its base; of a beacon: the point of the path it heads for
	Timer   uint16   // of a Dropped core: ticks until it is home again
}

// Advance lets one tick of a live match pass by itself: a beacon that is held moves
// along its path, a core adrift goes home when its time is over.
func (o *Objective) Advance(a *Arena) {
	switch {
	case o.Kind == Beacon:
		o.drift(a)
	case o.State == Dropped:
		if o.Timer--; o.Timer == 0 {
			o.State, o.Pos = AtHome, o.Home
		}
	}
}

func (o *Objective) drift(a *Arena) {
	if o.State != Held {
		return
	}
	gap := o.Home.Sub(o.Pos)
	far := int64(gap.Len())
	if far > beaconSpeed {
		o.Pos = o.Pos.Add(Vec{Unit(int64(gap.X) * beaconSpeed / far), Unit(int64(gap.Y) * beaconSpeed / far)})
		return
	}
	o.Pos = o.Home
	for i, p := range a.Path {
		if p == o.Home {
			o.Home = a.Path[(i+o.way(a))%len(a.Path)]
			return
		}
	}
}

// BeaconReach is how near a ship must be to hold a beacon.
const BeaconReach = beaconReach

// way is how many points of the path a beacon goes on by: one, or one back for Ion.
func (o *Objective) way(a *Arena) int {
	if o.Team == TeamIon {
		return len(a.Path) - 1
	}
	return 1
}
