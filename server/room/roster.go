package room

import (
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// roster knows what the clients' scoreboards show, so that only what they could
// not work out from the kills themselves is told.
type roster struct {
	lines    []rosterLine // by PlayerID
	matchRev sendIndex    // send that tells the match as it is now
}

type rosterLine struct {
	told    wire.Player // as an up-to-date client has it
	rev     sendIndex   // send that tells it
	nameRev sendIndex   // send that tells the name
	goneRev sendIndex   // send that tells that the seat is free; 0: it is not
}

func (t *roster) line(id sim.PlayerID) *rosterLine {
	for int(id) >= len(t.lines) {
		t.lines = append(t.lines, rosterLine{})
	}
	return &t.lines[id]
}

// touch makes the whole line be told at send rev.
func (t *roster) touch(id sim.PlayerID, rev sendIndex) {
	l := t.line(id)
	l.rev, l.nameRev, l.goneRev = rev, rev, 0
}

func (t *roster) leave(id sim.PlayerID, rev sendIndex) { *t.line(id) = rosterLine{goneRev: rev} }

// expectKill counts a kill as the clients do.
func (t *roster) expectKill(w *sim.World, e sim.Event) {
	if w.Match.Phase != sim.Live {
		return
	}
	t.line(e.Who).told.Deaths++
	if e.By != e.Who && e.By != sim.NoPlayer {
		by := t.line(e.By)
		by.told.Kills++
		by.told.Score += int16(killPoints)
	}
}

// killPoints is what a kill is worth in the mode that is played.
const killPoints = 1

// updateRoster compares what clients know with what is, before a send.
func (r *Room) updateRoster(rev sendIndex) {
	for id, s := range r.seats {
		if s == nil {
			continue
		}
		l := r.roster.line(sim.PlayerID(id))
		is := r.playerLine(s)
		if is != l.told {
			l.told, l.rev = is, rev
		}
	}
}

// playerLine is the scoreboard line of a seat. The ping is told in steps of 5 ms
// and only every few seconds, since it never rests.
func (r *Room) playerLine(s *seat) wire.Player {
	p := wire.Player{
		ID: s.id, Name: s.name, Bot: !s.person(), Away: s.away, Spectator: s.spectator,
		Ping: r.roster.line(s.id).told.Ping, Tag: s.who.tag,
	}
	if !s.spectator {
		w := &r.world.Players[s.id]
		p.Score, p.Kills, p.Deaths = w.Score, w.Kills, w.Deaths
		p.Team, p.Hull = w.Team, w.Next.Hull
	}
	if r.world.Tick%(3*sim.TickRate) < sim.Tick(r.cfg.SendInterval) {
		p.Ping = s.ping / 5 * 5
	}
	return p
}

// kill is one line of the kill feed.
type kill struct {
	event sim.Event
	idle  bool
}

// killLog keeps the newest kills; a seat that missed more gets the whole roster.
type killLog struct {
	total uint32
	ring  [64]kill
}

func (l *killLog) add(k kill) {
	l.ring[l.total%uint32(len(l.ring))] = k
	l.total++
}
