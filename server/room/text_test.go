package room

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"unicode/utf8"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// TestFault_G17_Text is the golden list of what text becomes.
func TestFault_G17_Text(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"plain", "well played", "well played"},
		{"empty", "", ""},
		{"spaces", "  a \t b\u00a0\u3000 c  ", "a b c"},
		{"nothing but spaces", " \t\u2003\u00a0 ", ""},
		{"newlines", "a\nb\r\nc\vd\u2028e\u2029f\u0085g", "a b c d e f g"},
		{"controls", "a\x00\x01\x07\x7f\u009bb", "ab"},
		{"terminal colours", "\x1b[31mred\x1b[0m", "[31mred[0m"},
		{"direction overrides", "a\u202eb\u202dc\u202cd\u202ae\u202bf", "abcdef"},
		{"direction isolates", "a\u2066b\u2067c\u2068d\u2069e\u200ef\u200fg\u061ch", "abcdefgh"},
		{"zero width", "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg\u180eh", "abcdefgh"},
		{"unseen fillers", "a\u3164\u115f\u1160\uffa0\u2800\u034f\u17b4b", "ab"},
		{"unseen fillers alone", "\u3164\u3164", ""},
		{"variation selectors", "\u2764\ufe0f\U000e0100", "\u2764"},
		{"the tags block", "a\U000e0041\U000e007fb", "ab"},
		{"private use", "a\ue000\U000f0000b", "ab"},
		{"unassigned and no characters", "a\u0378\ufffe\U0001ffffb", "ab"},
		{"broken UTF-8", "a\xff\xc0\xafb", "ab"},
		{"composed", "e\u0301", "\u00e9"},
		{"three marks", "a\u0316\u0317\u0318b", "a\u0316\u0317\u0318b"},
		{"zalgo", "a" + strings.Repeat("\u0316", 40) + "b" + strings.Repeat("\u20dd", 9), "a\u0316\u0316\u0316b\u20dd\u20dd\u20dd"},
		{"marks on nothing", "\u0301\u0302x", "x"},
		{"Kelvin's sign is a K", "\u212aelvin", "Kelvin"},
		{"emoji", "\U0001f680\U0001f44d\U0001f3fd", "\U0001f680\U0001f44d\U0001f3fd"},
		{"a family falls apart", "\U0001f468\u200d\U0001f469", "\U0001f468\U0001f469"},
		{"Greek, Hebrew, Chinese, Devanagari", "\u03a9 \u05e9 \u4e2d \u0915\u093f", "\u03a9 \u05e9 \u4e2d \u0915\u093f"},
		{"markup and look-ups stay text", "<b>&${jndi:x}%s%n", "<b>&${jndi:x}%s%n"},
		{"too long", strings.Repeat("x", 300), strings.Repeat("x", maxChatRunes)},
	} {
		if got := cleanText(c.text, maxChatRunes); got != c.want {
			t.Errorf("%s: %+q becomes %+q, want %+q", c.name, c.text, got, c.want)
		}
		if again := cleanText(c.want, maxChatRunes); again != c.want {
			t.Errorf("%s: %+q, cleaned again, becomes %+q", c.name, c.want, again)
		}
	}
}

// TestFault_G17_TextIsBounded gives text that grows when it is normalised, and
// marks without end.
func TestFault_G17_TextIsBounded(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("\U0001d160", wire.MaxChat/4), // three times as long in NFC
		strings.Repeat("\ufb2c", wire.MaxChat/3),     // likewise
		strings.Repeat("\U0001f680", wire.MaxChat/4),
		strings.Repeat("\U0001f680 ", 200),
		strings.Repeat("a\u0316\u0317\u0318", 100),
		strings.Repeat("\u0316", 250),
		strings.Repeat("x ", 256),
	} {
		for _, limit := range []int{maxNameRunes, maxChatRunes} {
			got := cleanText(text, limit)
			if len(got) > wire.MaxChat || utf8.RuneCountInString(got) > limit || !utf8.ValidString(got) {
				t.Errorf("%d bytes of %+q: become %d bytes, %d runes", len(text), text[:8], len(got), utf8.RuneCountInString(got))
			}
			if limit == maxNameRunes && len(got) > wire.MaxName {
				t.Errorf("a name of %+q has %d bytes, the wire takes %d", text[:8], len(got), wire.MaxName)
			}
		}
	}
}

// FuzzCleanText cleans any text: what comes out is short, valid and without
// controls or double spaces.
func FuzzCleanText(f *testing.F) {
	for _, s := range []string{"Ann", "a\u202eb", " \x1b[31m", "e\u0301\u0316\u0316\u0316\u0316", "\U0001d160 x", "\u3164"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, limit := range []int{maxNameRunes, maxChatRunes} {
			got := cleanText(text, limit)
			if len(got) > wire.MaxChat || utf8.RuneCountInString(got) > limit || !utf8.ValidString(got) {
				t.Fatalf("%+q becomes %+q: %d bytes", text, got, len(got))
			}
			if strings.HasPrefix(got, " ") || strings.Contains(got, "  ") || strings.ContainsAny(got, "\n\r\t\x1b\x00\u202e\u200b") {
				t.Fatalf("%+q becomes %+q", text, got)
			}
		}
	})
}

func TestCleanName(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"Ann", "Ann"},
		{"", "Pilot"},
		{" \u200b\n", "Pilot"},
		{"\u3164", "Pilot"},
		{"\x1b[1mBob", "[1mBob"},
		{strings.Repeat("n", 40), strings.Repeat("n", maxNameRunes)},
		{strings.Repeat("\U0001f680", 40), strings.Repeat("\U0001f680", maxNameRunes)},
	} {
		if got := CleanName(c.name); got != c.want {
			t.Errorf("%+q becomes %+q, want %+q", c.name, got, c.want)
		}
	}
}

// TestNamesAreUnique lets many people of one name in, however they write it.
func TestNamesAreUnique(t *testing.T) {
	for _, names := range [][]string{
		{"Ann", "ann", "ANN", "a\u200bnn", " Ann "},
		{"Abcdefghijklmnop", "ABCDEFGHIJKLMNOP", "abcdefghijklmnopq"},
		{"Ann", "Ann 2", "Ann", "ann 2"},
		{"\u03a3igma", "\u03c3igma", "\u03c2igma"},
		{"Caf\u00e9", "Cafe\u0301", "CAFE\u0301"},
		{"", "Pilot", "\u202e"},
	} {
		r := New(Config{Arena: arena(t, "closet"), MaxPlayers: 64})
		var guests []*guest
		for range 4 {
			for _, n := range names {
				guests = append(guests, enter(t, r, n, len(guests)%5 == 4))
			}
		}
		play(r, 2)
		for i, a := range guests {
			name := a.seat().name
			if n := utf8.RuneCountInString(name); n == 0 || n > maxNameRunes || strings.TrimSpace(name) != name {
				t.Errorf("the name %+q of %d runes", name, n)
			}
			for _, b := range guests[:i] {
				if strings.EqualFold(name, b.seat().name) {
					t.Errorf("%+q and %+q are both in the room", name, b.seat().name)
				}
			}
		}
	}
}

// TestFault_G18_NamesInTheLog joins, talks and leaves under names that would break a
// log: every line of it is one that the room wrote.
func TestFault_G18_NamesInTheLog(t *testing.T) {
	for _, asJSON := range []bool{false, true} {
		var log bytes.Buffer
		options := &slog.HandlerOptions{Level: slog.LevelDebug}
		var h slog.Handler = slog.NewTextHandler(&log, options)
		if asJSON {
			h = slog.NewJSONHandler(&log, options)
		}
		r := New(Config{Arena: arena(t, "closet"), Log: slog.New(h)})
		for _, name := range []string{
			"\x1b[2J\x1b]0;x\x07", "a\nlevel=ERROR", "a\r\n\r\nx", `" seat=0 x="`, `\n\x1b`, "%s%n%d%!", "${jndi:ldap://x}", "\u202egol", "\u2028x",
		} {
			g := enter(t, r, name, false)
			play(r, 2)
			g.chat(name)
			g.tell(&wire.Client{Kind: wire.KindLeave})
			play(r, sim.TickRate)
		}
		for line := range strings.Lines(log.String()) {
			if text := strings.TrimSuffix(line, "\n"); strings.ContainsFunc(text, func(c rune) bool { return c < ' ' || c == 0x7f || c >= 0x80 && c <= 0x9f || c == 0x202e || c == 0x2028 }) {
				t.Errorf("a line of the log has controls in it: %+q", text)
			}
			if !asJSON && !strings.HasPrefix(line, "time=") || asJSON && !strings.HasPrefix(line, "{") {
				t.Errorf("a line of the log that is none: %+q", line)
			}
		}
		if n := strings.Count(log.String(), "joined"); n != 9 {
			t.Errorf("%d people joined by the log, want 9", n)
		}
	}
}
