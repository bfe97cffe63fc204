package sim

// Relay is two teams, each with a core on its base: take the enemy's, carry it to
// your own base. A carrier is slower and cannot dash; broken up, it drops the core,
// which its own team brings home by touching it, and which goes home by itself after
// a while.
type Relay struct{}

// Name returns "relay".
func (Relay) Name() string { return "relay" }

// Teams returns 2.
func (Relay) Teams() int { return Teams }

// Needs asks for a base and spawn points for either team.
func (Relay) Needs(a *Arena) error {
	if a.Bases == [Teams]Vec{} {
		return errNoBases
	}
	return sidesFit(a)
}

// Begin puts each core on its base.
func (Relay) Begin(w *World) {
	for i, at := range w.Arena.Bases {
		w.Objectives = append(w.Objectives, Objective{Kind: Core, Team: Team(i + 1), Carrier: NoPlayer, Pos: at, Home: at})
	}
}

// Killed has nothing to add to the killer's point: captures are what counts.
func (Relay) Killed(*World, PlayerID, PlayerID) {}

// Over reports whether a team has reached the score limit.
func (Relay) Over(w *World) bool { return w.decided() }

// Step lets ships take, lose, bring back and capture the cores.
func (m Relay) Step(w *World) {
	for i := range w.Objectives {
		core := &w.Objectives[i]
		switch core.State {
		case Carried:
			m.carried(w, core)
		case Dropped:
			if s := w.toucher(core.Pos, itemReach, core.Team); s != nil {
				core.goHome()
				w.credit(s.ID, 1)
				w.emit(Event{Kind: CoreReturned, Who: s.ID, By: NoPlayer, Team: core.Team})
				continue
			}
			m.take(w, core)
		default:
			m.take(w, core)
		}
	}
}

func (Relay) take(w *World, core *Objective) {
	s := w.toucher(core.Pos, itemReach, core.Team.Other())
	if s == nil {
		return
	}
	s.TakesCore()
	core.State, core.Carrier, core.Timer = Carried, s.ID, 0
	w.emit(Event{Kind: CoreTaken, Who: s.ID, By: NoPlayer, Team: core.Team})
}

// TakesCore puts the enemy's core aboard s, with a surge: a head start, since those whose
// core it is enter anew right here.
func (s *Ship) TakesCore() {
	s.Carries = true
	s.Boosted(Surge)
}

func (Relay) carried(w *World, core *Objective) {
	id, s := core.Carrier, w.Ship(core.Carrier)
	base := w.Arena.Bases[core.Team.Other()-1]
	switch {
	case s == nil || !s.Carries:
		core.State, core.Carrier, core.Timer = Dropped, NoPlayer, coreReturn
		w.emit(Event{Kind: CoreDropped, Who: id, By: NoPlayer, Team: core.Team})
	case s.Pos.Sub(base).Len2() <= int64(coreHome)*int64(coreHome):
		s.Carries = false
		core.goHome()
		w.score(s.Team, 1)
		w.credit(id, coreScore)
		w.emit(Event{Kind: CoreCaptured, Who: id, By: NoPlayer, Team: core.Team})
	case w.Tick%corePlot == 0:
		core.Pos = s.Pos
	}
}

func (o *Objective) goHome() { o.State, o.Carrier, o.Pos, o.Timer = AtHome, NoPlayer, o.Home, 0 }
