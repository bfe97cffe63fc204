package room

import (
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"ionwake/shared/plain"
	"ionwake/shared/wire"
)

const (
	maxNameRunes = 16
	maxChatRunes = 200 // and, whatever normalising makes of them, wire.MaxChat bytes
)

// CleanName makes a wished name fit to be shown: see cleanText; an empty one
// becomes "Pilot".
func CleanName(name string) string {
	if name = cleanText(name, maxNameRunes); name != "" {
		return name
	}
	return "Pilot"
}

// cleanText keeps what can be read (see plain.Text), normalised (NFC).
func cleanText(text string, limit int) string {
	return plain.Cut(norm.NFC.String(plain.Seen(text)), limit, wire.MaxChat)
}

// call gives s a name that nobody else in the room has, nor one that looks like it.
func (r *Room) call(s *seat, name string) {
	r.uncall(s)
	s.name = r.freeName(name)
	s.shape = skeleton(s.name)
	r.shapes[s.shape] = s.id
}

// uncall gives the name of s back.
func (r *Room) uncall(s *seat) {
	if id, taken := r.shapes[s.shape]; taken && id == s.id {
		delete(r.shapes, s.shape)
	}
}

// freeName returns name, with a number behind it if somebody else in the room has
// one that looks the same.
func (r *Room) freeName(name string) string {
	try := name
	for n := 2; r.nameTaken(try); n++ {
		tail := " " + strconv.Itoa(n)
		runes := []rune(name)
		try = strings.TrimRight(string(runes[:min(len(runes), maxNameRunes-len(tail))]), " ") + tail
	}
	return try
}

func (r *Room) nameTaken(name string) bool {
	_, taken := r.shapes[skeleton(name)]
	return taken
}
