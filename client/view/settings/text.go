package settings

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Version is that of the text form. A newer text is read as far as it is
// understood, and what is not is kept for whoever wrote it.
const Version = 1

// TextMost is the longest text that is read, in bytes.
const TextMost = 256 << 10

// problemsMost bounds what is told about one text.
const problemsMost = 50

// unknownMost is how many lines that are not known are kept.
const unknownMost = 200

// Problem is a line of a text that could not be used. What it would have set has
// its default.
type Problem struct {
	Line int // from 1; 0: the text as a whole
	What string
}

func (p Problem) Error() string {
	if p.Line == 0 {
		return p.What
	}
	return fmt.Sprintf("line %d: %s", p.Line, p.What)
}

// line is one that this version does not know.
type line struct{ section, text string }

// lists are the sections whose lines are entries, not single values.
const (
	mutedSection      = "muted"
	favouritesSection = "favourites"
	historySection    = "history"
)

// Text returns the settings as text: lines of name = value below headings, which
// is TOML 1.0.
func (s *Settings) Text() string {
	var b strings.Builder
	b.WriteString("# Ionwake: what a player has chosen. Lines that cannot be used get their defaults.\n")
	fmt.Fprintf(&b, "version = %d\n", Version)
	for p := range pages {
		fmt.Fprintf(&b, "\n[%s]\n", sections[p])
		s.writePage(&b, p)
		s.writeUnknown(&b, sections[p])
	}
	fmt.Fprintf(&b, "\n[%s]\n", mutedSection)
	for _, m := range s.Muted {
		fmt.Fprintf(&b, "%016x = %s\n", m.Tag, quote(m.Name))
	}
	for _, part := range [...]struct {
		section string
		places  []Place
	}{{favouritesSection, s.Favourites}, {historySection, s.History}} {
		fmt.Fprintf(&b, "\n[%s]\n", part.section)
		for i, p := range part.places {
			fmt.Fprintf(&b, "%d = %s\n", i+1, quoteList(p.Address, p.Room, p.Name))
		}
	}
	s.writeStrangers(&b)
	return b.String()
}

func (s *Settings) writePage(b *strings.Builder, p Page) {
	for _, v := range s.values() {
		if v.page == p {
			fmt.Fprintf(b, "%s = %s\n", v.name, v.get())
		}
	}
	for a := range Actions {
		switch p {
		case Controls:
			fmt.Fprintf(b, "%s = %s\n", a, quoteList(s.Keys[a][0].String(), s.Keys[a][1].String()))
		case Controller:
			fmt.Fprintf(b, "%s = %s\n", a, quote(s.Pad[a].String()))
		}
	}
}

// writeUnknown writes the lines of a section that this version does not know.
func (s *Settings) writeUnknown(b *strings.Builder, section string) {
	for _, l := range s.unknown {
		if l.section == section {
			b.WriteString(l.text + "\n")
		}
	}
}

// writeStrangers writes the sections that this version does not know.
func (s *Settings) writeStrangers(b *strings.Builder) {
	var written []string
	for _, l := range s.unknown {
		if knownSection(l.section) || slices.Contains(written, l.section) {
			continue
		}
		written = append(written, l.section)
		fmt.Fprintf(b, "\n[%s]\n", l.section)
		s.writeUnknown(b, l.section)
	}
}

func knownSection(name string) bool {
	return slices.Contains(sections[:], name) || name == "" || name == mutedSection || name == favouritesSection || name == historySection
}

// Parse reads a text. What cannot be used has its default and is told, line by
// line; the settings returned can always be used.
func Parse(text string) (Settings, []Problem) {
	r := reader{s: Default()}
	if len(text) > TextMost {
		return r.s, []Problem{{0, fmt.Sprintf("the text has %d bytes, allowed are %d", len(text), TextMost)}}
	}
	r.known = r.s.values()
	n := 0
	for row := range strings.Lines(text) {
		n++
		r.read(n, strings.TrimSpace(row))
	}
	r.s.Keys.mend()
	return r.s, r.problems
}

// Known reports whether a text has anything of the settings: what was copied by
// mistake has not.
func Known(text string) bool {
	for row := range strings.Lines(text[:min(len(text), TextMost)]) {
		name, closed := strings.CutSuffix(strings.TrimSpace(row), "]")
		if name, opened := strings.CutPrefix(name, "["); closed && opened && name != "" && knownSection(name) {
			return true
		}
	}
	return false
}

// reader is a text being read.
type reader struct {
	s        Settings
	known    []value
	section  string
	problems []Problem
}

func (r *reader) blame(n int, err error) {
	if err != nil && len(r.problems) < problemsMost {
		r.problems = append(r.problems, Problem{n, err.Error()})
	}
}

// read takes line n.
func (r *reader) read(n int, row string) {
	switch {
	case row == "" || row[0] == '#':
		return
	case row[0] == '[':
		name, closed := strings.CutSuffix(row[1:], "]")
		if !closed {
			r.blame(n, fmt.Errorf("the heading %s has no end", row))
		}
		r.section = strings.TrimSpace(name)
		return
	}
	name, v, found := strings.Cut(row, "=")
	if !found {
		r.blame(n, fmt.Errorf("%.40q is no name = value", row))
		return
	}
	name, v = strings.Trim(strings.TrimSpace(name), `"`), strings.TrimSpace(v)
	known, err := r.take(name, v)
	r.blame(n, err)
	if known {
		return
	}
	if len(r.s.unknown) >= unknownMost {
		r.blame(n, fmt.Errorf("more than %d lines are not known", unknownMost))
		return
	}
	r.s.unknown = append(r.s.unknown, line{r.section, row})
}

// take sets what a line says, or reports that this version does not know it.
func (r *reader) take(name, v string) (known bool, err error) {
	switch r.section {
	case "":
		return true, version(name, v)
	case mutedSection:
		return true, r.muted(name, v)
	case favouritesSection:
		return true, place(&r.s.Favourites, PlacesMost, v)
	case historySection:
		return true, place(&r.s.History, HistoryMost, v)
	}
	for i := range r.known {
		if k := &r.known[i]; k.name == name && sections[k.page] == r.section {
			return true, k.set(v)
		}
	}
	a, found := actionByName(name)
	switch {
	case found && r.section == sections[Controls]:
		return true, r.keys(a, v)
	case found && r.section == sections[Controller]:
		return true, r.button(a, v)
	}
	return false, nil
}

func version(name, v string) error {
	n, err := strconv.Atoi(v)
	if name != "version" || err != nil || n < 1 {
		return fmt.Errorf("%s = %.40s stands above all headings, where only version = %d does", name, v, Version)
	}
	return nil
}

func (r *reader) muted(name, v string) error {
	tag, err := strconv.ParseUint(name, 16, 64)
	word, errWord := unquote(v)
	if cmp.Or(err, errWord) != nil || tag == 0 {
		return fmt.Errorf("%.40s = %.40s is nobody: a tag of 16 hexadecimal digits and a name in quotes are", name, v)
	}
	r.s.Mute(tag, word, true)
	return nil
}

func place(to *[]Place, most int, v string) error {
	parts, err := unquoteList(v)
	if err != nil || len(parts) != 3 {
		return fmt.Errorf("%.60s is no place: address, room and name in quotes are", v)
	}
	if len(*to) < most {
		*to = append(*to, Place{parts[0], parts[1], parts[2]})
	}
	return nil
}

func (r *reader) keys(a Action, v string) error {
	names, err := unquoteList(v)
	if err != nil || len(names) > 2 {
		return fmt.Errorf("%s is %.60s, allowed are up to two keys in quotes", a, v)
	}
	var set [2]Control
	for i, name := range names {
		c, ok := controlByName(name)
		if !ok && name != "" {
			return fmt.Errorf("%s is on %q, which is no key", a, name)
		}
		set[i] = c
	}
	r.s.Keys[a] = set
	return nil
}

func (r *reader) button(a Action, v string) error {
	name, err := unquote(v)
	b, ok := buttonByName(name)
	if err != nil || !ok {
		return fmt.Errorf("%s is on %.40s, allowed are %s", a, v, strings.Join(buttonNames[1:], ", "))
	}
	r.s.Pad[a] = b
	return nil
}
