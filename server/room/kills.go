package room

import (
	"ionwake/shared/belief"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// kill is one line of the kill feed.
type kill struct {
	event sim.Event
	idle  bool
	local bool          // told to those who take part or see the place
	cell  belief.CellID // the place
}

// killLog keeps the newest kills. A seat that missed more gets the whole scoreboard
// instead; in a crowd, which does not count by them, it has missed them.
type killLog struct {
	total uint32
	ring  [64]kill
}

func (l *killLog) add(k kill) {
	l.ring[l.total%uint32(len(l.ring))] = k
	l.total++
}

// keepKill files a kill of this tick.
func (r *Room) keepKill(e sim.Event) {
	crowd, live := r.roster.standing.crowd, r.world.Match.Phase == sim.Live
	// Who was hit is still where it was.
	r.kills.add(kill{event: e, idle: !live || crowd, local: crowd, cell: r.cellAt(r.world.Ships[e.Who].Pos)})
	if live && !crowd {
		r.roster.expectKill(e)
	}
}

// composeKills adds the kills that the seat is to hear of.
func (r *Room) composeKills(s *seat) {
	if n := uint32(len(r.kills.ring)); r.kills.total-s.killed > n {
		if s.killed = r.kills.total - n; !r.roster.standing.crowd {
			s.killed, s.roster = r.kills.total, reading{}
		}
	}
	f := &r.frame
	for i := s.killed; i != r.kills.total; i++ {
		k := &r.kills.ring[i%uint32(len(r.kills.ring))]
		if k.local && k.event.Who != s.id && k.event.By != s.id && !r.sees(s, k.cell) {
			continue
		}
		f.Kills = append(f.Kills, wire.Kill{
			Who: k.event.Who, By: k.event.By, With: k.event.With,
			Ago: r.world.Tick - k.event.Tick, Idle: k.idle,
		})
	}
}
