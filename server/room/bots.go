package room

import "ionwake/shared/sim"

// fillWithBots keeps people and bots together at the wished number: bots come
// when they are needed and go one at a time, of a crowd a sixteenth of those who are
// too many.
func (r *Room) fillWithBots() {
	if r.world.Tick%(sim.TickRate/4) != 0 && r.world.Tick > 0 {
		return
	}
	people, _ := r.People()
	want := max(r.cfg.Bots-people, 0)
	have := r.Bots()
	for have < want {
		r.addBot()
		have++
	}
	for range (have - want + 15) / 16 {
		r.dropBot()
	}
}

// Bots returns the number of bots.
func (r *Room) Bots() (n int) {
	for _, s := range r.seats {
		if s != nil && !s.person() {
			n++
		}
	}
	return n
}

func (r *Room) addBot() {
	s := r.newSeat()
	if s == nil {
		return
	}
	s.pilot = r.newPilot(s.id)
	r.call(s, botNames[int(s.id)%len(botNames)])
	side := sim.NoTeam
	if r.world.Mode().Teams() > 0 {
		side = r.world.Smaller()
	}
	r.man(s, r.rarest(side), side)
}

// rarest returns the hull that the fewest on a side have: both sides then have the
// same fleet.
func (r *Room) rarest(side sim.Team) (rarest sim.HullKind) {
	var flown [len(sim.Hulls)]int
	for id := range r.world.Players {
		if p := &r.world.Players[id]; p.Status != sim.Absent && p.Next.Team == side {
			flown[p.Next.Hull]++
		}
	}
	for hull, n := range flown {
		if n < flown[rarest] {
			rarest = sim.HullKind(hull)
		}
	}
	return rarest
}

// dropBot takes out the bot with the lowest score, of the larger side if there is
// one.
func (r *Room) dropBot() {
	larger := sim.NoTeam
	switch sizes := r.world.Sizes(); {
	case sizes[0] > sizes[1]:
		larger = sim.TeamIon
	case sizes[1] > sizes[0]:
		larger = sim.TeamEmber
	}
	worst := r.worstBot(larger)
	if worst == nil {
		worst = r.worstBot(sim.NoTeam)
	}
	r.free(worst)
}

// think lets the bots decide what to hold until the next send. Without anybody to
// play with they rest.
func (r *Room) think() {
	if !r.cfg.BotsAlways && !r.watchedByPeople() {
		for _, s := range r.seats {
			if s != nil && !s.person() {
				s.held.Buttons = 0
			}
		}
		return
	}
	v := &r.botView
	for _, s := range r.seats {
		if s == nil || s.person() {
			continue
		}
		if r.world.Alive(s.id) {
			r.aimEye(s)
			s.watched = r.sight(s)
			r.view(s, v)
			s.held = s.pilot.Think(v, s.id)
		}
	}
}

func (r *Room) watchedByPeople() bool {
	for _, s := range r.seats {
		if s != nil && s.visit != nil {
			return true
		}
	}
	return false
}

var botNames = [...]string{
	"Argon", "Basalt", "Cinder", "Dynamo", "Enigma", "Fathom", "Gamma", "Halo",
	"Icarus", "Jolt", "Kelvin", "Lumen", "Muon", "Nova", "Orbit", "Photon",
	"Quark", "Rivet", "Solder", "Tesla", "Umbra", "Vector", "Wisp", "Xenon",
	"Yaw", "Zenith", "Anode", "Bosun", "Cobalt", "Delta", "Echo", "Flint",
}
