package room

import (
	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

// Ground is where and how a match is played.
type Ground struct {
	Arena *sim.Arena
	Mode  sim.Mode   // sim.Brawl
	Rules *sim.Rules // the mode's usual ones
}

// withDefaults fills in what a room for so many ships plays by.
func (g Ground) withDefaults(ships int) Ground {
	if g.Mode == nil {
		g.Mode = sim.Brawl{}
	}
	if g.Rules == nil {
		rules := sim.RulesOf(g.Mode)
		if squads := (sim.Squads{}); g.Mode.Name() == squads.Name() {
			// Every kill is a point of a side: of a thousand ships, they would be over in
			// two seconds.
			rules.ScoreLimit *= int16(max(1, ships/64))
		}
		g.Rules = &rules
	}
	return g
}

// same reports whether nothing would change for those who go from g to o.
func (g Ground) same(o Ground) bool {
	return g.Arena.Hash == o.Arena.Hash && g.Arena.Name == o.Arena.Name &&
		g.Mode.Name() == o.Mode.Name() && *g.Rules == *o.Rules
}

// fitting returns the grounds that can be played, the first one first even if it is
// not among them.
func fitting(first Ground, all []Ground, ships int) (rotation []Ground, at int) {
	at = -1
	for _, g := range all {
		if g = g.withDefaults(ships); g.Arena == nil || g.Arena.Fits(g.Mode) != nil {
			continue
		}
		if at < 0 && g.same(first) {
			at = len(rotation)
		}
		rotation = append(rotation, g)
	}
	if at < 0 {
		return append([]Ground{first}, rotation...), 0
	}
	return rotation, at
}

// ground is what is played now.
func (r *Room) ground() Ground { return r.rotation[r.at] }

// oneCell is how many ships at most may be in an arena of one cell.
const oneCell = 128

// lay prepares everything that depends on the ground: interest grid, codec, what was
// sent of it.
func (r *Room) lay() {
	arena := r.ground().Arena
	r.cellSide = r.cfg.CellSide
	if size := arena.Size(); r.cellSide == 0 {
		switch wide := max(size.X, size.Y); {
		case wide > 4096*sim.One:
			r.cellSide = 1024 * sim.One
		case max(r.cfg.MaxPlayers, r.cfg.Bots) > oneCell: // or its keyframe would not fit through the gate
			r.cellSide = min(1024*sim.One, max(512*sim.One, wide/4))
		}
	}
	r.arenaSize = uint32(len(arena.Encode()))
	r.grid = belief.NewGrid(arena, r.cellSide)
	r.codec = belief.Codec{Arena: arena, Grid: r.grid, Meter: r.cfg.Meter}
	cells := r.grid.Len()
	r.truths = make([][]belief.Cell, r.cfg.truths())
	r.lots = make([]belief.Lot, len(r.truths))
	for i := range r.truths {
		r.truths[i] = make([]belief.Cell, cells)
	}
	r.now = r.truths[int(r.history.newest)%len(r.truths)]
	r.history = history{cells: cells, newest: r.history.newest, origin: r.history.newest}
	r.keys = keyframes{made: make([]keyframe, cells)}
	r.span.Steps = 0
	r.game = game{items: make([]toldItem, len(arena.Items)), deeds: r.game.deeds}
}

// moveOn goes to the next ground of the rotation when the results of a match have
// been seen. Seats, people, tokens, bots and talk stay, and the tick goes on; the
// rest begins anew, and everybody is welcomed again.
func (r *Room) moveOn() {
	m := &r.world.Match
	if m.Phase != sim.Results || r.world.Tick+1 < m.Ends {
		return
	}
	from := r.ground()
	r.at, r.next = r.next, (r.next+1)%len(r.rotation)
	to := r.ground()
	if from.same(to) {
		return // the World goes on by itself
	}
	r.endRecord(replay.Over)
	r.world = sim.Follow(r.world, to.Arena, to.Mode, *to.Rules)
	r.world.Match.Number++
	r.lay()
	r.roster.matchRev = r.nextSend()
	for _, s := range r.seats {
		if s != nil {
			r.moveSeat(s)
		}
	}
	r.cfg.Log.Info("moved on", "room", r.cfg.Name, "map", to.Arena.Name, "mode", to.Mode.Name())
}

func (r *Room) moveSeat(s *seat) {
	s.watched = area{}
	s.last, s.settled, s.roster, s.matched = 0, 0, reading{}, 0
	s.killed, s.witnessed = r.kills.total, r.game.deeds.total
	s.fresh, s.continues = true, false
	if s.secret == nil {
		s.resumed = false // unless its first frame is still to come
	}
	s.eye, s.gaze = sim.Vec{}, gaze{follow: sim.NoPlayer}
	if !s.person() {
		s.pilot = r.newPilot(s.id)
	}
}

func (r *Room) newPilot(id sim.PlayerID) *bot.Pilot {
	return bot.New(r.cfg.Seed+uint64(r.world.Tick)<<16+uint64(id), r.cfg.BotLevel)
}

// groundByName returns the place in the rotation of the arena of that name, in the
// mode that is played if it is there in that.
func (r *Room) groundByName(name string) (at int, ok bool) {
	for i, g := range r.rotation {
		if g.Arena.Name != name {
			continue
		}
		if g.Mode.Name() == r.ground().Mode.Name() {
			return i, true
		}
		if !ok {
			at, ok = i, true
		}
	}
	return at, ok
}

// upcoming names the arena that comes next, "" where it is this one again.
func (r *Room) upcoming() string {
	if next := r.rotation[r.next]; !next.same(r.ground()) {
		return next.Arena.Name
	}
	return ""
}
