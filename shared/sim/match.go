package sim

// Phase is a part of a match's life. A World goes from phase to phase for ever.
type Phase uint8

// The phases, in their order.
const (
	Warmup  Phase = iota // everything works, nothing counts
	Live                 // the match
	Results              // everybody still flies, nobody is hurt
)

// Match says where the match stands. It is public.
type Match struct {
	Phase  Phase
	Ends   Tick         // when the phase ends by the clock
	Number uint32       // of the match in this World, from 1
	Scores [Teams]int16 // of TeamIon and TeamEmber
}

// Rules are the lengths of the phases, in ticks, and the score that ends a match
// early (0: only the bell does).
type Rules struct {
	Warmup, Live, Results Tick
	ScoreLimit            int16
}

// Mode decides what a match is about. Its rules are about the whole World: what a
// ship does by itself and to others is the same in all of them.
type Mode interface {
	// Name is the mode's name on command lines and in lists.
	Name() string
	// Teams is the number of sides: 0 or Teams.
	Teams() int
	// Needs reports, with the reason, whether a lacks what the mode is about.
	Needs(a *Arena) error
	// Begin lays out the objectives when a match goes live.
	Begin(w *World)
	// Step is called in every tick of a live match, after everything else.
	Step(w *World)
	// Killed is told of every kill of one player by another while the match is
	// live. The killer's own point is counted already.
	Killed(w *World, who, by PlayerID)
	// Over reports whether the match is decided before the bell.
	Over(w *World) bool
}

func (w *World) stepMatch() {
	m := &w.Match
	bell := w.Tick >= m.Ends
	switch m.Phase {
	case Warmup:
		if bell {
			w.beginLive()
		}
	case Live:
		if bell || w.mode.Over(w) {
			w.enter(Results, w.Rules.Results)
		}
	case Results:
		if bell {
			m.Number++
			w.Objectives = w.Objectives[:0]
			w.dropCores()
			w.enter(Warmup, w.Rules.Warmup)
		}
	}
}

// beginLive clears the scores and the air, lays everything out and lets everybody
// enter anew.
func (w *World) beginLive() {
	w.enter(Live, w.Rules.Live)
	w.Bolts = w.Bolts[:0]
	w.Match.Scores = [Teams]int16{}
	w.layItems()
	w.Objectives = w.Objectives[:0]
	w.mode.Begin(w)
	for id := range w.Players {
		p := &w.Players[id]
		if p.Status == Absent {
			continue
		}
		w.ground(PlayerID(id))
		p.Score, p.Kills, p.Deaths, p.SpawnAt = 0, 0, 0, w.Tick
	}
}

func (w *World) enter(p Phase, length Tick) {
	w.Match.Phase, w.Match.Ends = p, w.Tick+length
	w.emit(Event{Kind: PhaseChanged, Who: NoPlayer, By: NoPlayer})
}

// dropCores takes what is left of a match out of the ships.
func (w *World) dropCores() {
	for id := range w.Ships {
		w.Ships[id].Carries = false
	}
}
