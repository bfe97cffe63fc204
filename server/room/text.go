package room

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"ionwake/shared/wire"
)

const (
	maxNameRunes = 16
	maxChatRunes = 200 // and, whatever normalising makes of them, wire.MaxChat bytes
	maxMarks     = 3   // combining marks on one letter
)

// CleanName makes a wished name fit to be shown: see cleanText; an empty one
// becomes "Pilot".
func CleanName(name string) string {
	if name = cleanText(name, maxNameRunes); name != "" {
		return name
	}
	return "Pilot"
}

// cleanText keeps what can be read: normalised (NFC), without controls, direction
// marks, invisible or unassigned characters, with single spaces, at most three
// marks on a letter, and at most limit runes.
func cleanText(text string, limit int) string {
	var b strings.Builder
	runes, marks, space := 0, 0, false
	for _, c := range norm.NFC.String(strip(text)) {
		switch {
		case unicode.IsSpace(c):
			space = b.Len() > 0
			continue
		case unicode.Is(unicode.Mn, c) || unicode.Is(unicode.Me, c):
			if marks++; marks > maxMarks || b.Len() == 0 {
				continue
			}
		default:
			marks = 0
		}
		need := 1
		if space {
			need = 2
		}
		if runes+need > limit || b.Len()+need-1+utf8.RuneLen(c) > wire.MaxChat {
			break
		}
		if space {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
		runes, space = runes+need, false
	}
	return b.String()
}

// strip takes out what cannot be seen, so that normalising finds letters and marks
// side by side.
func strip(text string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsSpace(c) && (c == unicode.ReplacementChar || !unicode.IsGraphic(c) || unicode.Is(unicode.Co, c) || unseen(c)) {
			return -1
		}
		return c
	}, text)
}

// unseen reports whether c leaves no mark on a screen though Unicode counts it among
// letters, marks or symbols: fillers, variation selectors, the empty Braille cell.
func unseen(c rune) bool {
	return unicode.In(c, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) ||
		c == 0x034f || c == 0x17b4 || c == 0x17b5 || c == 0x2800
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
