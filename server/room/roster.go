package room

import (
	"math"

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
	sim.AddPoints(&t.line(e.Who).told.Deaths, 1)
	if e.By != e.Who && e.By != sim.NoPlayer {
		by := t.line(e.By)
		sim.AddPoints(&by.told.Kills, 1)
		sim.AddPoints(&by.told.Score, int16(killPoints))
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

// maxLines is how many lines of the scoreboard one frame tells; the next tells more.
// It keeps the first frame of a room full of people and bots below what a gate takes.
const maxLines = 128

// reading is how far somebody has read the scoreboard: the lines before split are
// known as of send upTo, the others as of send behind.
type reading struct {
	upTo, behind sendIndex
	split        int
	next         int // what split will be when the frame under way is told
}

func (g *reading) knows(id int) sendIndex {
	if id < g.split {
		return g.upTo
	}
	return g.behind
}

// told books that the frame of send newest was taken.
func (g *reading) told(newest sendIndex) {
	if g.split == math.MaxInt {
		g.behind = g.upTo
	}
	g.upTo, g.split = newest, g.next
}

// composeRoster adds the lines of the scoreboard that the seat has not been told.
func (r *Room) composeRoster(s *seat) {
	f := &r.frame
	s.roster.next = math.MaxInt
	for id := range r.roster.lines {
		l, known := &r.roster.lines[id], s.roster.knows(id)
		if l.goneRev > known && !s.fresh {
			f.Gone = append(f.Gone, sim.PlayerID(id))
		}
		if l.goneRev != 0 || l.rev <= known {
			continue
		}
		if len(f.Players) == maxLines {
			s.roster.next = id
			return
		}
		p := l.told
		if l.nameRev <= known {
			p.Name, p.Tag = "", 0
		}
		f.Players = append(f.Players, p)
	}
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
