package room

import (
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// unevenFor is how long sides may differ by two or more before a person has to
// change: somebody may be about to join.
const unevenFor = 5 * sim.TickRate

// teamNames are the sides' names for people.
var teamNames = [...]string{sim.NoTeam: "nobody", sim.TeamIon: "Torus", sim.TeamEmber: "Wedge"}

// board gives the person in s a ship with what it wants to enter with.
func (r *Room) board(s *seat, want sim.Loadout) {
	if want.Team != sim.NoTeam && r.crowded(s, want.Team) {
		r.tellCrowded(s, want.Team)
		want.Team = sim.NoTeam
	}
	r.man(s, want.Hull, want.Team)
}

// choose lets the person in s enter with something else from the next life on.
func (r *Room) choose(s *seat, want sim.Loadout) {
	if s.spectator {
		return
	}
	if want.Team != sim.NoTeam && r.crowded(s, want.Team) {
		r.tellCrowded(s, want.Team)
		want.Team = sim.NoTeam // stays where it is
	}
	r.refit(s, want.Hull, want.Team)
}

// crowded reports whether side t, without s, has more players than the other one.
// Bots do not count where they can make way.
func (r *Room) crowded(s *seat, t sim.Team) bool {
	if r.world.Mode().Teams() == 0 || r.side(s) == t {
		return false
	}
	sizes := r.world.Sizes()
	if own := r.side(s); own != sim.NoTeam {
		sizes[own-1]--
	}
	for _, o := range r.seats {
		if o != nil && !o.person() && r.side(o) == t {
			sizes[t-1] -= 2 // one less here, one more there
		}
	}
	return sizes[t-1] > sizes[t.Other()-1]
}

func (r *Room) tellCrowded(s *seat, t sim.Team) {
	r.notify(s, wire.Notice{Kind: wire.NoticeSideFull, Number: uint16(t)})
}

// side is the side that s is on, or will be in its next life.
func (r *Room) side(s *seat) sim.Team {
	if s.spectator || int(s.id) >= len(r.world.Players) {
		return sim.NoTeam
	}
	return r.world.Players[s.id].Next.Team
}

// balance keeps the sides within one player of each other: bots change sides first,
// else the newest to come, in the next life.
func (r *Room) balance() {
	if r.world.Mode().Teams() == 0 || r.world.Tick%(sim.TickRate/4) != 0 {
		return
	}
	sizes := r.world.Sizes()
	larger := sim.TeamIon
	if sizes[1] > sizes[0] {
		larger = sim.TeamEmber
	}
	if sizes[larger-1]-sizes[larger.Other()-1] < 2 {
		r.uneven = 0
		return
	}
	if s := r.worstBot(larger); s != nil {
		r.refit(s, r.world.Players[s.id].Next.Hull, larger.Other())
		return
	}
	if r.uneven += sim.TickRate / 4; r.uneven < unevenFor {
		return
	}
	if s := r.newest(larger); s != nil {
		r.refit(s, r.world.Players[s.id].Next.Hull, larger.Other())
		r.notify(s, wire.Notice{Kind: wire.NoticeMoved, Number: uint16(larger.Other())})
	}
}

// newest returns who, of the people on side t that are here, came last.
func (r *Room) newest(t sim.Team) (last *seat) {
	for _, s := range r.seats {
		if s != nil && s.visit != nil && r.side(s) == t && (last == nil || s.joined >= last.joined) {
			last = s
		}
	}
	return last
}

// worstBot returns the bot with the lowest score of side t, or of all with NoTeam.
func (r *Room) worstBot(t sim.Team) (worst *seat) {
	for _, s := range r.seats {
		if s != nil && !s.person() && (t == sim.NoTeam || r.side(s) == t) &&
			(worst == nil || r.world.Players[s.id].Score <= r.world.Players[worst.id].Score) {
			worst = s
		}
	}
	return worst
}
