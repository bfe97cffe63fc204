package room

import (
	"crypto/rand"
	"encoding/hex"

	"ionwake/shared/sim"
)

// maxPages bounds who is remembered in a match: as many as there are seats. When there
// are more, who played the least of those who have left is forgotten.
const maxPages = sim.MaxPlayers

// scorebook remembers what everybody did in the match under way: a seat forgets who leaves
// it, and the World the score of who changes sides. It is kept if Config.Ended is set.
type scorebook struct {
	id    string   // of the match; "": none is under way
	since sim.Tick // when it went live
	pages []*page
	of    map[PersonID]*page
}

// page is one person. A person with several seats has the score of the one that came
// first; another one begins to count when that is given up, or its line breaks.
type page struct {
	person PersonID
	name   string
	team   sim.Team
	seat   *seat    // that counts; nil: has left
	played sim.Tick // with the line up

	past count // of earlier seats and sides
	from count // what the seat had already when it began to count
	now  count // what it has
}

// count is what the scoreboard counts of one ship.
type count struct{ score, kills, deaths int }

func (c count) plus(o count) count {
	return count{c.score + o.score, c.kills + o.kills, c.deaths + o.deaths}
}
func (c count) minus(o count) count {
	return count{c.score - o.score, c.kills - o.kills, c.deaths - o.deaths}
}

// sum is what the person has done in the match so far.
func (p *page) sum() count { return p.past.plus(p.now).minus(p.from) }

// bank keeps the sum, before what the World counts begins anew.
func (p *page) bank() { p.past, p.from, p.now = p.sum(), count{}, count{} }

// keepBook writes down what was done in this tick, and reports a match that has ended.
func (r *Room) keepBook() {
	if r.cfg.Ended == nil {
		return
	}
	live := r.world.Match.Phase == sim.Live
	switch {
	case !live && r.book.id == "":
		return
	case live && r.book.id == "":
		r.openBook()
	}
	r.writePages(live)
	if !live {
		r.closeBook()
		r.book = scorebook{}
	}
}

// openBook opens an empty one. The match has its ID from its first tick on, so that it
// counts once whatever happens at its end.
func (r *Room) openBook() {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails (crypto/rand)
	r.book = scorebook{id: hex.EncodeToString(id[:]), since: r.world.Tick, of: make(map[PersonID]*page)}
	for _, s := range r.seats {
		if s != nil {
			s.page = nil
		}
	}
}

// writePages takes over what the World counts, and that a tick was played if it is live.
func (r *Room) writePages(live bool) {
	for _, p := range r.book.pages {
		if p.seat != nil && r.seats[p.seat.id] != p.seat {
			p.bank()
			p.seat = nil
		}
	}
	for _, s := range r.seats {
		if s == nil || s.spectator || !s.person() || s.who.id == (PersonID{}) {
			continue
		}
		fresh := s.page == nil
		if fresh {
			s.page = r.book.page(s.who.id)
		}
		if p := s.page; p.seat == nil || p.seat == s || p.seat.away && !s.away {
			p.write(s, &r.world.Players[s.id], fresh)
			if live && !s.away {
				p.played++
			}
		}
	}
}

// write takes over what the World counts of the seat that counts. A fresh one has counted
// from its first tick, or from that of the match.
func (p *page) write(s *seat, is *sim.Player, fresh bool) {
	now := count{int(is.Score), int(is.Kills), int(is.Deaths)}
	switch {
	case p.seat != s:
		p.bank()
		if !fresh {
			p.from = now
		}
	case p.team != is.Team:
		p.bank()
	}
	p.seat, p.team, p.name, p.now = s, is.Team, s.asked, now
}

// page returns the page of a person, a new one if need be.
func (b *scorebook) page(id PersonID) *page {
	if p := b.of[id]; p != nil {
		return p
	}
	p := &page{person: id}
	if len(b.pages) >= maxPages && !b.forgetOne() {
		return p // not possible: there are not so many seats
	}
	b.pages, b.of[id] = append(b.pages, p), p
	return p
}

// forgetOne takes out who played the least of those who have left.
func (b *scorebook) forgetOne() bool {
	least := -1
	for i, p := range b.pages {
		if p.seat == nil && (least < 0 || p.played < b.pages[least].played) {
			least = i
		}
	}
	if least < 0 {
		return false
	}
	delete(b.of, b.pages[least].person)
	last := len(b.pages) - 1
	b.pages[least] = b.pages[last]
	b.pages = b.pages[:last]
	return true
}
