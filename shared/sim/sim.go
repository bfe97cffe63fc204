// Package sim is the rulebook of Ionwake: one World, one Step. It is pure integer
// arithmetic without clock, goroutine, I/O or floats that decide, so that the same
// inputs give the same World on every CPU, bit for bit.
//
// Two functions matter. Step is the whole rulebook and runs where the truth is:
// on the server, in replays and in offline practice. Advance (of Ship, Bolt and
// Objective) is one tick of one entity's own motion and runs on both sides: it lets
// a client follow what it was told without being told again.
package sim

// Tick counts simulation steps since the World began, 60 a second. It wraps after
// two years.
type Tick uint32

// World is the truth of one match. It is plain data owned by whoever steps it.
type World struct {
	Tick       Tick
	Arena      *Arena
	Rules      Rules
	Match      Match
	Rand       Rand
	Players    []Player // by PlayerID
	Ships      []Ship   // by PlayerID; meaningful where the player is Flying
	Bolts      []Bolt   // by key
	Items      []Item   // by pick-up point of the arena
	Objectives []Objective
	Events     []Event  // of the last Step
	Strikes    []Strike // of the last Step, one for each beam, in order

	// Sights is what shooters see, by PlayerID, in the Steps to come: set from outside,
	// not a part of the state. A seat beyond its end sees the truth.
	Sights []Sight

	// Rulings are what beams strike in the Step to come where that is known: set by who
	// plays a record, as of a Sight that is not there any more. By By, not a part of the
	// state, and emptied by each Step.
	Rulings []Strike

	mode  Mode
	grid  grid
	wakes []wake // by tile
	born  []Bolt // shots that left in this tick: they fly from the next
	stray []Bolt // shots in pictures

	close  []PlayerID // ships near the one looked at
	lonely lonely     // spawn points
}

// New returns a World at tick 0, in warm-up, with nobody in it.
func New(a *Arena, mode Mode, rules Rules, seed uint64) *World {
	w := &World{Arena: a, Rules: rules, Rand: Rand(seed), mode: mode, grid: newGrid(a)}
	w.Match = Match{Phase: Warmup, Ends: rules.Warmup, Number: 1}
	w.wakes = make([]wake, a.Width*a.Height)
	w.Items = make([]Item, len(a.Items))
	for team := range w.lonely.gaps {
		w.lonely.gaps[team] = make([]int64, 0, len(a.Spawns))
	}
	w.layItems()
	return w
}

// Follow returns a World in warm-up on another ground with the people of old in
// it: the tick and the number of matches go on, scores and sides begin anew.
func Follow(old *World, a *Arena, mode Mode, rules Rules) *World {
	w := New(a, mode, rules, uint64(old.Rand))
	w.Tick = old.Tick
	w.Match.Ends = w.Tick + rules.Warmup
	w.Match.Number = old.Match.Number
	for id := range old.Players {
		if p := &old.Players[id]; p.Status != Absent {
			old.ground(PlayerID(id))
			w.Join(PlayerID(id), p.Next.Hull, p.Next.Team)
			w.Players[id].NextSeq = p.NextSeq
		}
	}
	return w
}

// Mode returns the mode w is played by.
func (w *World) Mode() Mode { return w.mode }

// Step moves the World by one tick. inputs holds what each player wants in this
// tick, by PlayerID; a seat beyond its end keeps what it held. Step does not
// allocate: Join has made room.
func (w *World) Step(inputs []Input) {
	w.Tick++
	w.Events, w.Strikes = w.Events[:0], w.Strikes[:0]
	w.stepMatch()
	w.stepSpawns()
	w.takeInputs(inputs)
	w.stepShips()
	w.grid.fill(w)
	w.stepContacts()
	w.grid.fill(w)
	w.stepBolts()
	w.launch()
	w.stepWakes()
	w.stepItems()
	w.stepMode()
	w.Rulings = w.Rulings[:0]
}

func (w *World) takeInputs(inputs []Input) {
	for id := range min(len(inputs), len(w.Players)) {
		if w.Players[id].Status == Flying {
			w.Ships[id].Held = inputs[id]
		}
	}
}

// stepShips lets every ship move by itself.
func (w *World) stepShips() {
	w.born = w.born[:0]
	for id := range w.Players {
		if w.Players[id].Status == Flying {
			w.born = w.Ships[id].Advance(w.Arena, w.born)
		}
	}
}

// stepMode lets the mode have its say, and the objectives move, while it counts.
func (w *World) stepMode() {
	if w.Match.Phase != Live {
		return
	}
	for i := range w.Objectives {
		w.Objectives[i].Advance(w.Arena)
	}
	w.mode.Step(w)
}

func (w *World) emit(e Event) {
	e.Tick = w.Tick
	w.Events = append(w.Events, e)
}
