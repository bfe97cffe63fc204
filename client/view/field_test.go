package view

import (
	"testing"
	"time"
	"unicode/utf8"

	"ionwake/client/replica"
	"ionwake/client/view/words"
)

func TestFieldEdits(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(f *field)
		text string
		at   int
	}{
		{"append", func(f *field) { f.insert("ż") }, "zażółćż", 12},
		{"back", func(f *field) { f.apply(eraseBack) }, "zażół", 8},
		{"back twice at the start", func(f *field) { f.apply(goHome); f.apply(eraseBack) }, "zażółć", 0},
		{"forward", func(f *field) { f.apply(goHome); f.apply(eraseForward) }, "ażółć", 0},
		{"forward at the end", func(f *field) { f.apply(eraseForward) }, "zażółć", 10},
		{"in the middle", func(f *field) { f.apply(goHome); f.apply(goRight); f.apply(goRight); f.insert("-") }, "za-żółć", 3},
		{"left and right", func(f *field) { f.apply(goLeft); f.apply(goLeft); f.apply(goRight) }, "zażółć", 8},
		{"control characters", func(f *field) { f.insert("a\n\t\x00b") }, "zażółćab", 12},
		{"broken bytes", func(f *field) { f.insert("\xff\xfe") }, "zażółć", 10},
		{"all", func(f *field) { f.apply(eraseAll) }, "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newField("zażółć", NameRunes)
			c.do(f)
			if f.text != c.text || f.caret != c.at {
				t.Errorf("%q, caret %d; want %q, %d", f.text, f.caret, c.text, c.at)
			}
		})
	}
}

func TestFieldIsBoundedAndSaysSo(t *testing.T) {
	f := newField("", NameRunes)
	for range 40 {
		f.insert("łą")
	}
	if n := utf8.RuneCountInString(f.text); n != NameRunes || f.full == 0 {
		t.Errorf("%d runes, full %g", n, f.full)
	}
	g := newField("a name that is far too long for it", NameRunes)
	if n := utf8.RuneCountInString(g.text); n != NameRunes || g.full != 0 {
		t.Errorf("a given name has %d runes, full %g", n, g.full)
	}
}

func TestBreakLine(t *testing.T) {
	fits := func(n int) func(string) bool {
		return func(s string) bool { return utf8.RuneCountInString(s) <= n }
	}
	for _, c := range []struct {
		s         string
		n         int
		row, rest string
	}{
		{"short", 10, "short", ""},
		{"two words", 6, "two", "words"},
		{"źdźbłożółte", 4, "źdźb", "łożółte"},
		{"nothing fits", 0, "n", "othing fits"},
		{"", 5, "", ""},
	} {
		if row, rest := breakLine(c.s, fits(c.n)); row != c.row || rest != c.rest {
			t.Errorf("breakLine(%q) at %d: %q, %q; want %q, %q", c.s, c.n, row, rest, c.row, c.rest)
		}
	}
}

// TestBreakLineLosesNothing breaks random lines, broken bytes among them.
func TestBreakLineLosesNothing(t *testing.T) {
	dice := chance(9)
	pieces := []string{"a", "żó", " ", "\xff", "\u0301", "日本", "  ", "word"}
	for range 5000 {
		line := ""
		for range dice.next() % 30 {
			line += pieces[dice.next()%uint64(len(pieces))]
		}
		room := int(dice.next()%12) + 1
		fits := func(s string) bool { return utf8.RuneCountInString(s) <= room }
		got, rest := "", line
		for rest != "" {
			before := rest
			var row string
			row, rest = breakLine(rest, fits)
			if !fits(row) || len(rest) >= len(before) {
				t.Fatalf("%q at %d: row %q, rest %q", line, room, row, rest)
			}
			if row+rest != before {
				row += " " // the space it was broken at
			}
			got += row
		}
		if got != line {
			t.Fatalf("%q at %d became %q", line, room, got)
		}
	}
}

func TestChatWrapsAgainWhenALineComes(t *testing.T) {
	c, p := chatLog{}, pane{brush: &brush{sheet: bakedSheet(1)}, scene: &replica.Scene{}}
	wrap := func(lines []replica.ChatView) { p.scene.Chat = lines; c.wrap(&p, 300, 15) }
	lines := []replica.ChatView{{Name: "a", Text: "same", Age: 3 * time.Second}, {Name: "b", Text: "same", Age: time.Second}}
	wrap(lines)
	if len(c.rows) != 2 {
		t.Fatalf("%d rows", len(c.rows))
	}
	c.rows = nil
	lines[0], lines[1] = lines[1], replica.ChatView{Name: "c", Text: "same"}
	wrap(lines)
	if len(c.rows) != 2 {
		t.Error("a new line of the same words was not seen")
	}
	c.rows = nil
	lines[1].Age += time.Second / 60
	wrap(lines)
	if c.rows != nil {
		t.Error("the lines were wrapped again though nothing came")
	}
}

func TestNoLineOfChatFillsTheScreen(t *testing.T) {
	c, p := chatLog{}, pane{brush: &brush{sheet: bakedSheet(1)}, scene: &replica.Scene{}}
	long := make([]byte, 4000)
	for i := range long {
		long[i] = 'm'
	}
	p.scene.Chat = []replica.ChatView{{Name: "x", Text: string(long)}}
	c.wrap(&p, 200, 15)
	if len(c.rows) != chatWraps {
		t.Errorf("one line takes %d rows, want %d", len(c.rows), chatWraps)
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		got, want string
	}{
		{clockText(187), "3:07"}, {clockText(0), "0:00"}, {clockText(3600), "60:00"},
		{words.German.Fill(words.Tenths, 1, 4), "1,4 s"},
		{ordinals[1], "1st"}, {ordinals[2], "2nd"}, {ordinals[3], "3rd"}, {ordinals[11], "11th"}, {ordinals[22], "22nd"}, {ordinals[64], "64th"},
		{number(-3), "-3"}, {number(1234), "1234"}, {shortName("Łukasz", 3), "Łuk"}, {shortName("Zoë", 16), "Zoë"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if got := upSeconds(2001 * time.Millisecond); got != 3 {
		t.Errorf("2.001 s counts down from %d, want 3", got)
	}
	if got := upSeconds(-time.Second); got != 0 {
		t.Errorf("a time that is over shows %d", got)
	}
}
