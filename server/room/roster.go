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
	news     newsLog
	standing standing
}

type rosterLine struct {
	told    wire.Player // as an up-to-date client has it
	rev     sendIndex   // send that tells it
	nameRev sendIndex   // send that tells the name
	goneRev sendIndex   // send that tells that the seat is free; 0: it is not
	newsRev sendIndex   // send that newly tells anything of it
}

// newsLog keeps of which lines the newest sends told something, so that who is up to
// date need not look at all lines.
type newsLog struct {
	total uint32
	ring  [256]news
}

type news struct {
	rev sendIndex
	id  sim.PlayerID
}

// note files that send rev, the newest or the one to come, tells of a line.
func (t *roster) note(id sim.PlayerID, rev sendIndex) {
	l := t.line(id)
	if l.newsRev == rev {
		return
	}
	l.newsRev = rev
	t.news.ring[t.news.total%uint32(len(t.news.ring))] = news{rev, id}
	t.news.total++
}

// since returns of how many of the newest entries the sends after known told; false:
// of more than are kept.
func (l *newsLog) since(known sendIndex) (n uint32, ok bool) {
	for n < l.total && n < uint32(len(l.ring)) {
		if l.ring[(l.total-1-n)%uint32(len(l.ring))].rev <= known {
			return n, true
		}
		n++
	}
	return n, n == l.total
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
	t.note(id, rev)
}

func (t *roster) leave(id sim.PlayerID, rev sendIndex) {
	l := t.line(id)
	*l = rosterLine{goneRev: rev, newsRev: l.newsRev}
	t.note(id, rev)
}

// expectKill counts a kill as the clients do.
func (t *roster) expectKill(e sim.Event) {
	sim.AddPoints(&t.line(e.Who).told.Deaths, 1)
	if e.By != e.Who && e.By != sim.NoPlayer {
		by := t.line(e.By)
		sim.AddPoints(&by.told.Kills, 1)
		sim.AddPoints(&by.told.Score, int16(killPoints))
	}
}

// killPoints is what a kill is worth in the mode that is played.
const killPoints = 1

// updateRoster compares what clients know with what is, before a send that comes steps
// ticks after the one before.
func (r *Room) updateRoster(rev sendIndex, steps int) {
	r.stand(steps)
	for id, s := range r.seats {
		if s == nil {
			continue
		}
		l := r.roster.line(sim.PlayerID(id))
		is := r.playerLine(s, steps)
		if is != l.told {
			l.told, l.rev = is, rev
			r.roster.note(s.id, rev)
		}
	}
}

// playerLine is the scoreboard line of a seat. The ping is told in steps of 5 ms
// and only every few seconds, since it never rests.
func (r *Room) playerLine(s *seat, steps int) wire.Player {
	p := wire.Player{
		ID: s.id, Name: s.name, Bot: !s.person(), Away: s.away, Spectator: s.spectator,
		Ping: r.roster.line(s.id).told.Ping, Tag: s.who.tag,
	}
	if !s.spectator {
		w := &r.world.Players[s.id]
		p.Score, p.Kills, p.Deaths = w.Score, w.Kills, w.Deaths
		p.Team, p.Hull = w.Team, w.Next.Hull
	}
	if r.world.Tick%(3*sim.TickRate) < sim.Tick(steps) {
		p.Ping = s.ping / 5 * 5
	}
	if r.roster.standing.crowd {
		r.roster.standing.hide(&p)
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

	own, ownNext wire.Player // in a crowd: the own line as told, and when that is told
	waits        bool        // in a crowd: the frame under way tells of no other line
}

// readEvery is from how many sends one tells somebody in a crowd of the others' lines: each
// seat has its own, so that the best of a second are not told to a thousand at once.
const readEvery = 16

// due reports whether send newest is one that tells the seat of the others' lines.
func (g *reading) due(id sim.PlayerID, newest sendIndex) bool {
	return (newest+sendIndex(id))/readEvery != (g.upTo+sendIndex(id))/readEvery || g.split != math.MaxInt
}

func (g *reading) knows(id int) sendIndex {
	if id < g.split {
		return g.upTo
	}
	return g.behind
}

// told books that the frame of send newest was taken.
func (g *reading) told(newest sendIndex) {
	if g.own = g.ownNext; g.waits {
		return
	}
	if g.split == math.MaxInt {
		g.behind = g.upTo
	}
	g.upTo, g.split = newest, g.next
}

// composeRoster adds the lines of the scoreboard that the seat has not been told.
func (r *Room) composeRoster(s *seat) {
	t := &r.roster
	s.roster.next, s.roster.ownNext, s.roster.waits = math.MaxInt, wire.Player{}, false
	if t.standing.crowd {
		due := s.fresh || s.roster.due(s.id, r.history.newest)
		r.composeOwnLine(s, due)
		if s.roster.waits = !due; !due {
			return
		}
	}
	if s.roster.split == math.MaxInt {
		if n, ok := t.news.since(s.roster.upTo); ok && n <= maxLines {
			for i := t.news.total - n; i != t.news.total; i++ {
				if e := &t.news.ring[i%uint32(len(t.news.ring))]; t.lines[e.id].newsRev == e.rev {
					r.composeLine(s, int(e.id))
				}
			}
			return
		}
	}
	for id := range t.lines {
		if !r.composeLine(s, id) {
			s.roster.next = id
			return
		}
	}
}

// composeLine adds a line if the seat has not been told; false: the frame is full.
func (r *Room) composeLine(s *seat, id int) bool {
	f, l, known := &r.frame, &r.roster.lines[id], s.roster.knows(id)
	if l.goneRev > known && !s.fresh {
		f.Gone = append(f.Gone, sim.PlayerID(id))
	}
	if l.goneRev != 0 || l.rev <= known || sim.PlayerID(id) == s.id && s.roster.ownNext != (wire.Player{}) {
		return true
	}
	if len(f.Players) >= maxLines {
		return false
	}
	p := l.told
	if l.nameRev <= known {
		p.Name, p.Tag = "", 0
	}
	f.Players = append(f.Players, p)
	return true
}
