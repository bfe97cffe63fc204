// Package plain makes of a text that somebody else wrote one that may be shown: nothing of
// it writes backwards, over other lines or unseen. A server cleans what its players write,
// and a client what comes from servers, whatever they let through.
package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// marksMost is how many marks may stand on one letter.
const marksMost = 3

// Text returns text in one line of at most so many runes, without what steers instead of
// showing (Unicode's Cc, Cf, Co, Cs and unassigned), without what leaves no mark on the
// screen, with single spaces and with few marks on each letter. A text that is plain
// already is returned as it is, and nothing is made.
func Text(text string, runes int) string { return Cut(text, runes, utf8.UTFMax*runes) }

// Cut is Text of at most so many bytes besides.
func Cut(text string, most, size int) string {
	if isPlain(text, min(most, size)) {
		return text
	}
	var b strings.Builder
	runes, marks, space := 0, 0, false
	for _, c := range text {
		switch {
		case unicode.IsSpace(c):
			space = b.Len() > 0
			continue
		case hidden(c):
			continue
		case unicode.In(c, unicode.Mn, unicode.Me):
			if marks++; marks > marksMost || b.Len() == 0 {
				continue
			}
		default:
			marks = 0
		}
		need := 1
		if space {
			need = 2
		}
		if runes+need > most || b.Len()+need-1+utf8.RuneLen(c) > size {
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

// Seen returns text without what is not to be seen, so that letters and marks stand side
// by side, as normalising wants them.
func Seen(text string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsSpace(c) && hidden(c) {
			return -1
		}
		return c
	}, text)
}

// isPlain reports whether text is short enough and has nothing but what ASCII shows.
func isPlain(text string, most int) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= 0x7f || c == ' ' && (i == 0 || i == len(text)-1 || text[i-1] == ' ') {
			return false
		}
	}
	return len(text) <= most
}

// hidden reports whether c is not to be seen. Some that Unicode counts among letters,
// marks or symbols are not either: fillers, variation selectors, the empty Braille cell.
func hidden(c rune) bool {
	return c == utf8.RuneError || !unicode.IsGraphic(c) || unicode.In(c, unicode.Co, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) ||
		c == 0x034f || c == 0x17b4 || c == 0x17b5 || c == 0x2800
}
