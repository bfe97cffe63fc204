package replica

import (
	"ionwake/shared/plain"
	"ionwake/shared/wire"
)

// The longest texts of a server that are shown, in runes. Our own sends none longer.
const (
	nameRunes = 16 + 4 // with the number that tells it from another
	lineRunes = 200
)

// scrub makes plain what a frame says in words: a server of somebody else's may not
// have done so.
func scrub(f *wire.Frame) {
	for i := range f.Players {
		name(&f.Players[i].Name)
	}
	for i := range f.Chat {
		c := &f.Chat[i]
		c.Text = plain.Text(c.Text, lineRunes)
		c.About, c.Also = plain.Text(c.About, wire.MaxName), plain.Text(c.Also, wire.MaxName) // also of rooms and arenas
		name(&c.Name)
	}
	if f.Vote != nil {
		f.Vote.Name = plain.Text(f.Vote.Name, wire.MaxName)
	}
	if w := f.Welcome; w != nil {
		for _, n := range [...]*string{&w.Name, &w.Room, &w.Mode, &w.Server, &w.Arena, &w.NextArena} {
			*n = plain.Text(*n, wire.MaxName)
		}
	}
	if f.Reject != nil {
		f.Reject.Message = plain.Text(f.Reject.Message, lineRunes)
	}
}

func name(n *string) { *n = plain.Text(*n, nameRunes) }
