package room

import (
	"encoding/hex"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// SavedBook is what everybody has done in the match under way; without an ID there is
// none.
type SavedBook struct {
	ID    string
	Since sim.Tick
	Pages []SavedPage
}

// SavedPage is one person.
type SavedPage struct {
	Person           PersonID
	Name             string
	Team             sim.Team
	Seated           bool         // has a seat that counts
	Seat             sim.PlayerID // then
	Played           sim.Tick
	Past, From, Came [3]int // score, kills, deaths: of earlier seats; when this one began to count; now
}

func (c count) saved() [3]int { return [3]int{c.score, c.kills, c.deaths} }
func countOf(n [3]int) count  { return count{n[0], n[1], n[2]} }

// save copies b into s, whose memory it uses again.
func (b *scorebook) save(s *SavedBook) {
	s.ID, s.Since, s.Pages = b.id, b.since, s.Pages[:0]
	for _, p := range b.pages {
		o := SavedPage{
			Person: p.person, Name: p.name, Team: p.team, Played: p.played, Past: p.past.saved(), From: p.from.saved(), Came: p.now.saved(),
		}
		if p.seat != nil {
			o.Seated, o.Seat = true, p.seat.id
		}
		s.Pages = append(s.Pages, o)
	}
}

// reopenBook goes on with the book of a match that is under way. It keeps its ID, so that
// it counts once though it may have come to its end before, where nobody wrote it down.
// A book that cannot be is left out: results begin anew then.
func (r *Room) reopenBook(s *SavedBook) {
	if id, err := hex.DecodeString(s.ID); err != nil || len(id) != 16 || r.world.Match.Phase != sim.Live || wire.Before(r.world.Tick, s.Since) {
		return
	}
	b := &r.book
	*b = scorebook{id: s.ID, since: s.Since, of: make(map[PersonID]*page)}
	for _, o := range s.Pages[:min(len(s.Pages), maxPages)] {
		if o.Person == (PersonID{}) || b.of[o.Person] != nil || CleanName(o.Name) != o.Name || o.Team > sim.Teams {
			*b = scorebook{}
			return
		}
		p := b.page(o.Person)
		p.name, p.team, p.played = o.Name, o.Team, o.Played
		p.past, p.from, p.now = countOf(o.Past), countOf(o.From), countOf(o.Came)
		if s := r.seatOf(o.Seat); o.Seated && s != nil && s.who.id == o.Person {
			p.seat, s.page = s, p
		} else {
			p.bank()
		}
	}
}
