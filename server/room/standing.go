package room

import (
	"cmp"
	"slices"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// A room with more ships than crowdFrom is a crowd until it has fewer than crowdUntil.
// The scores of a thousand never rest, and nobody can read them all: of a crowd those of
// the best alone are told, once a second, and to each player its own.
const (
	crowdFrom  = 128
	crowdUntil = 112
	ranked     = 32 // the best
)

// standing is how the ships of a crowd stood when they were last compared.
type standing struct {
	crowd bool
	phase sim.Phase
	order []sim.PlayerID // the best first
	of    []stood        // by PlayerID
	fresh bool           // compared for the send under way: the match is told with it
}

// stood is how one of them stood.
type stood struct {
	best                 bool   // one of those whose scores are told
	place                uint16 // which equals share; 0: nobody has scored
	score, kills, deaths int16
}

// stand compares the ships of a crowd, once a second and when a match begins or ends,
// before a send that comes steps ticks after the one before.
func (r *Room) stand(steps int) {
	t := &r.roster.standing
	ships := 0
	for _, s := range r.seats {
		if s != nil && !s.spectator {
			ships++
		}
	}
	was := t.crowd
	if t.crowd = ships > crowdFrom || was && ships >= crowdUntil; !t.crowd {
		return
	}
	phase := r.world.Match.Phase
	t.fresh = !was || phase != t.phase || r.world.Tick%sim.TickRate < sim.Tick(steps)
	if t.phase = phase; t.fresh {
		r.compareShips(t)
	}
}

func (r *Room) compareShips(t *standing) {
	t.order = t.order[:0]
	if n := len(r.seats); len(t.of) < n {
		t.of = append(t.of, make([]stood, n-len(t.of))...)
	}
	clear(t.of)
	for _, s := range r.seats {
		if s != nil && !s.spectator {
			p := &r.world.Players[s.id]
			t.order = append(t.order, s.id)
			t.of[s.id] = stood{score: p.Score, kills: p.Kills, deaths: p.Deaths}
		}
	}
	slices.SortFunc(t.order, func(a, b sim.PlayerID) int {
		x, y := &t.of[a], &t.of[b]
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.deaths, y.deaths), cmp.Compare(a, b))
	})
	place := uint16(0)
	for i, id := range t.order {
		is := &t.of[id]
		if is.best = i < ranked; i == 0 && is.score > 0 || place > 0 && is.score < t.of[t.order[i-1]].score {
			place = uint16(i + 1)
		}
		is.place = place
	}
}

// at returns how a ship stood; the zero value if it was not there.
func (t *standing) at(id sim.PlayerID) stood {
	if int(id) < len(t.of) {
		return t.of[id]
	}
	return stood{}
}

// hide makes of p, a line as it is, what everybody is told of it in a crowd.
func (t *standing) hide(p *wire.Player) {
	if p.Spectator {
		return
	}
	is := t.at(p.ID)
	if !is.best {
		p.Score, p.Kills, p.Deaths, p.Ping, p.Uncounted = 0, 0, 0, 0, true
		return
	}
	p.Score, p.Kills, p.Deaths = is.score, is.kills, is.deaths
}

// composeOwnLine adds the own line of a seat in a crowd if that is news to it; its place
// and ping only when others' lines are due.
func (r *Room) composeOwnLine(s *seat, due bool) {
	if s.spectator {
		return
	}
	l, is := r.roster.line(s.id), &r.world.Players[s.id]
	p := l.told
	p.Uncounted, p.Place, p.Ping = false, s.roster.own.Place, s.roster.own.Ping
	p.Score, p.Kills, p.Deaths = is.Score, is.Kills, is.Deaths
	if due {
		p.Place, p.Ping = r.roster.standing.at(s.id).place, s.ping/5*5
	}
	if s.roster.ownNext = p; p == s.roster.own {
		return
	}
	if l.nameRev <= s.roster.knows(int(s.id)) {
		p.Name, p.Tag = "", 0
	}
	r.frame.Players = append(r.frame.Players, p)
}
