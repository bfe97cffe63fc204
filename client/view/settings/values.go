package settings

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// value is a line of the text: how a setting is written and read.
type value struct {
	page Page
	name string
	get  func() string
	set  func(string) error // what is wrong with it, for people
}

// sections are the pages as the text calls them.
var sections = [pages]string{"game", "keys", "pad", "sound", "picture", "accessibility", "language", "lists"}

// values are all single settings, in the order of the text.
func (s *Settings) values() []value {
	return []value{
		text(Game, "name", &s.Name, NameRunes),
		choice(Game, "hull", &s.Hull, Hulls),
		flag(Game, "names", &s.Names),
		flag(Game, "net-graph", &s.NetGraph),
		flag(Game, "hints-skipped", &s.Skipped),
		list(Game, "hints", &s.Hints, HintsMost),
		choice(Controller, "assist", &s.Assist, Assists),
		number(Sound, "master", &s.Master, 0, Loudest),
		number(Sound, "effects", &s.Effects, 0, Loudest),
		number(Sound, "music", &s.Music, 0, Loudest),
		number(Sound, "interface", &s.Interface, 0, Loudest),
		flag(Sound, "mute-in-background", &s.MuteAway),
		number(Picture, "scale", &s.Scale, LeastScale, MostScale),
		choice(Picture, "palette", &s.Palette, Palettes),
		choice(Picture, "own", &s.Own, Dyes),
		choice(Picture, "enemy", &s.Enemy, Dyes),
		choice(Picture, "glow", &s.Glow, Glows),
		frames(Picture, "frames", &s.Cap),
		flag(Picture, "fewer-frames-in-background", &s.CapAway),
		flag(Accessibility, "reduced-motion", &s.Still),
		number(Accessibility, "shake", &s.Shake, 0, MostShake),
		choice(Accessibility, "flashes", &s.Flash, Flashes),
		choice(Language, "language", &s.Language, Languages),
		flag(Lists, "hide-full", &s.HideFull),
		flag(Lists, "hide-empty", &s.HideEmpty),
	}
}

func flag(p Page, name string, at *bool) value {
	return value{p, name, func() string { return strconv.FormatBool(*at) }, func(v string) error {
		if v != "true" && v != "false" {
			return fmt.Errorf("%s is %s, allowed are true and false", name, v)
		}
		*at = v == "true"
		return nil
	}}
}

func number(p Page, name string, at *int, low, high int) value {
	return value{p, name, func() string { return strconv.Itoa(*at) }, func(v string) error {
		n, err := strconv.Atoi(v)
		if err != nil || n < low || n > high {
			return fmt.Errorf("%s is %s, allowed is %d to %d", name, v, low, high)
		}
		*at = n
		return nil
	}}
}

// frames is a number among Caps.
func frames(p Page, name string, at *int) value {
	return value{p, name, func() string { return strconv.Itoa(Caps[*at]) }, func(v string) error {
		n, err := strconv.Atoi(v)
		i := slices.Index(Caps, n)
		if err != nil || i < 0 {
			return fmt.Errorf("%s is %s, allowed are %v", name, v, Caps)
		}
		*at = i
		return nil
	}}
}

func choice[T ~int | ~uint8](p Page, name string, at *T, names []string) value {
	return value{p, name, func() string { return quote(names[*at]) }, func(v string) error {
		word, err := unquote(v)
		i := slices.Index(names, word)
		if err != nil || i < 0 {
			return fmt.Errorf("%s is %s, allowed are %s", name, v, strings.Join(names, ", "))
		}
		*at = T(i)
		return nil
	}}
}

func text(p Page, name string, at *string, runes int) value {
	return value{p, name, func() string { return quote(*at) }, func(v string) error {
		word, err := unquote(v)
		if err != nil {
			return fmt.Errorf("%s is %s, which is no text in quotes", name, v)
		}
		if utf8.RuneCountInString(word) > runes {
			return fmt.Errorf("%s has more than %d letters", name, runes)
		}
		*at = word
		return nil
	}}
}

func list(p Page, name string, at *[]string, most int) value {
	return value{p, name, func() string { return quoteList(*at...) }, func(v string) error {
		words, err := unquoteList(v)
		if err != nil || len(words) > most {
			return fmt.Errorf("%s is no list of at most %d texts in quotes", name, most)
		}
		slices.Sort(words)
		*at = slices.Compact(words)
		return nil
	}}
}

// quote writes a basic string of TOML 1.0: JSON's escapes and nothing of Go's own.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

var errQuote = errors.New("no text in quotes")

// unquote reads what quote writes. Control characters are left out: nothing of
// ours has any.
func unquote(s string) (string, error) {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' || !utf8.ValidString(s) {
		return "", errQuote
	}
	word, err := strconv.Unquote(s)
	if err != nil {
		return "", errQuote
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, word), nil
}

func quoteList(words ...string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = quote(w)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// unquoteList reads what quoteList writes.
func unquoteList(s string) (words []string, err error) {
	s, open := strings.CutPrefix(s, "[")
	s, closed := strings.CutSuffix(s, "]")
	if !open || !closed {
		return nil, errQuote
	}
	for s = strings.TrimSpace(s); s != ""; {
		piece, err := strconv.QuotedPrefix(s)
		if err != nil {
			return nil, errQuote
		}
		word, err := unquote(piece)
		if err != nil {
			return nil, err
		}
		words = append(words, word)
		s = strings.TrimSpace(s[len(piece):])
		if s == "" {
			break
		}
		rest, comma := strings.CutPrefix(s, ",")
		if !comma {
			return nil, errQuote
		}
		s = strings.TrimSpace(rest)
	}
	return words, nil
}
