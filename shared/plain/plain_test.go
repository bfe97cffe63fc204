package plain

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ann", "Ann"}, {"", ""}, {"two words", "two words"}, {"  much   room ", "much room"}, {"line\r\nbreak\ttab", "line break tab"},
		{"日本の飛行士", "日本の飛行士"}, {"zażółć", "zażółć"}, {"e\u0301t", "e\u0301t"},
		{"abc\u202edef\u2066x\u2069", "abcdefx"}, {"a\u200bb\u200d\ufeffc", "abc"}, {"\x1b[31mred\x00", "[31mred"},
		{"z" + strings.Repeat("\u0334", 40), "z\u0334\u0334\u0334"}, {strings.Repeat("\u0334", 5), ""}, {"\u3164\u2800\ufe0f", ""},
		{"\ue000x\U000e0041", "x"}, {"bad\xffbyte", "badbyte"}, {strings.Repeat("x", 1<<20), strings.Repeat("x", 20)},
		{strings.Repeat("é ", 50), "é é é é é é é é é é"}, {"👾 ok", "👾 ok"},
	} {
		if got := Text(c.text, 20); got != c.want {
			t.Errorf("%.40q gives %q, want %q", c.text, got, c.want)
		}
	}
}

func TestPlainTextMakesNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Text("Swift Comet 2", 20) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzText(f *testing.F) {
	f.Add("a\u202eb c\u0301")
	f.Fuzz(func(t *testing.T, text string) {
		got := Text(text, 12)
		if utf8.RuneCountInString(got) > 12 || !utf8.ValidString(got) || got != strings.TrimSpace(got) {
			t.Fatalf("%q gives %q", text, got)
		}
		if again := Text(got, 12); again != got {
			t.Fatalf("%q gives %q, and that %q", text, got, again)
		}
	})
}
