// Package sim is the rulebook of Ionwake: one World, one Step. It is pure integer
// arithmetic without clock, goroutine, I/O or floats that decide, so that the same
// inputs give the same World on every CPU, bit for bit.
//
// Two functions matter. Step is the whole rulebook and runs where the truth is:
// on the server, in replays and in offline practice. Advance (of Ship and Bolt) is
// one tick of one entity's own motion and runs on both sides: it lets a client
// follow what it was told without being told again.
package sim

// Tick counts simulation steps since the World began, 60 a second. It wraps after
// two years.
type Tick uint32

// World is the truth of one match. It is plain data owned by whoever steps it.
type World struct {
	Tick    Tick
	Arena   *Arena
	Rules   Rules
	Match   Match
	Rand    Rand
	Players []Player // by PlayerID
	Ships   []Ship   // by PlayerID; meaningful where the player is Flying
	Bolts   []Bolt   // by key
	Events  []Event  // of the last Step

	mode Mode
	grid grid
	born []Bolt // shots that left in this tick: they fly from the next

	close []PlayerID // ships near the one looked at
}

// New returns a World at tick 0, in warm-up, with nobody in it.
func New(a *Arena, mode Mode, rules Rules, seed uint64) *World {
	w := &World{Arena: a, Rules: rules, Rand: Rand(seed), mode: mode, grid: newGrid(a)}
	w.Match = Match{Phase: Warmup, Ends: rules.Warmup, Number: 1}
	return w
}

// Mode returns the mode w is played by.
func (w *World) Mode() Mode { return w.mode }

// Step moves the World by one tick. inputs holds what each player wants in this
// tick, by PlayerID; a seat beyond its end keeps what it held. Step does not
// allocate: Join has made room.
func (w *World) Step(inputs []Input) {
	w.Tick++
	w.Events = w.Events[:0]
	w.stepMatch()
	w.stepSpawns()
	w.takeInputs(inputs)
	w.stepShips()
	w.grid.fill(w)
	w.stepContacts()
	w.grid.fill(w)
	w.stepBolts()
	w.launch()
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
		if w.Players[id].Status != Flying {
			continue
		}
		if b, fired := w.Ships[id].Advance(w.Arena); fired {
			w.born = append(w.born, b)
		}
	}
}

// launch puts the shots of this tick among the bolts.
func (w *World) launch() {
	for _, b := range w.born {
		w.Bolts = InsertBolt(w.Bolts, b)
	}
}

func (w *World) emit(e Event) {
	e.Tick = w.Tick
	w.Events = append(w.Events, e)
}
