package words

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// verbs are those of a text, each as its place and kind: reordered texts have the
// same.
func verbs(t *testing.T, text string) []string {
	t.Helper()
	var found []string
	for i, m := range regexp.MustCompile(`%(?:\[(\d)\])?(?:\.\d)?([a-z%])`).FindAllStringSubmatch(text, -1) {
		if m[2] == "%" {
			continue
		}
		place := m[1]
		if place == "" {
			place = string(rune('1' + i))
		}
		found = append(found, place+m[2])
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func TestEveryLanguageSaysEverything(t *testing.T) {
	for k := Nothing + 1; k < Keys; k++ {
		for l := range Languages {
			if strings.TrimSpace(l.Say(k)) == "" {
				t.Errorf("%s does not say what English calls %q (key %d)", l.Name(), English.Say(k), k)
			}
			if text := l.Say(k); text != strings.TrimSpace(text) {
				t.Errorf("%s: %q has spaces at its ends", l.Name(), text)
			}
		}
	}
}

func TestVerbsMatch(t *testing.T) {
	for k := Nothing + 1; k < Keys; k++ {
		want := verbs(t, strings.Split(English.Say(k), formMark)[0])
		counts := strings.Contains(English.Say(k), formMark)
		for l := range Languages {
			forms := strings.Split(l.Say(k), formMark)
			if counts && len(forms) != books[l].forms {
				t.Errorf("%s: %q has %d forms, want %d", l.Name(), l.Say(k), len(forms), books[l].forms)
			}
			if !counts && len(forms) != 1 {
				t.Errorf("%s: %q counts, but %q does not", l.Name(), l.Say(k), English.Say(k))
			}
			for _, form := range forms {
				if got := verbs(t, form); !slices.Equal(got, want) {
					t.Errorf("%s: %q has the verbs %v, %q has %v", l.Name(), form, got, English.Say(k), want)
				}
			}
		}
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		tag   string
		want  Language
		known bool
	}{
		{"de", German, true}, {"de-AT", German, true}, {"DE_ch.UTF-8", German, true}, {"ja_JP.eucJP", Japanese, true},
		{"en-GB", English, true}, {"fr", English, false}, {"", English, false}, {"deu", English, false}, {"C.UTF-8", English, false},
	} {
		if got, known := Find(c.tag); got != c.want || known != c.known {
			t.Errorf("Find(%q) = %s, %v; want %s, %v", c.tag, got.Name(), known, c.want.Name(), c.known)
		}
	}
	if got := Choose("fr-FR", "ja", "en"); got != Japanese {
		t.Errorf("French, Japanese, English gives %s, want Japanese", got.Name())
	}
	if got := Choose("fr"); got != English {
		t.Errorf("French alone gives %s, want English", got.Name())
	}
}

func TestCount(t *testing.T) {
	for _, c := range []struct {
		l    Language
		n    int
		want string
	}{
		{English, 0, "0 bots"}, {English, 1, "1 bot"}, {English, 2, "2 bots"}, {German, 1, "1 Bot"}, {German, 5, "5 Bots"}, {Japanese, 1, "ボット1機"}, {Japanese, 5, "ボット5機"},
	} {
		if got := c.l.Count(Bots, c.n); got != c.want {
			t.Errorf("%s counts %q, want %q", c.l.Name(), got, c.want)
		}
	}
}

func TestLineIsMadeOnce(t *testing.T) {
	var line Line
	if got := line.Number(German, RetryIn, 3); !strings.Contains(got, "3") {
		t.Errorf("got %q", got)
	}
	if n := testing.AllocsPerRun(100, func() { line.Number(German, RetryIn, 3) }); n > 0 {
		t.Errorf("%v allocations for a line that stands", n)
	}
	if a, b := line.Number(German, RetryIn, 4), line.Number(English, RetryIn, 4); a == b || !strings.Contains(b, "4") {
		t.Errorf("a new number and a new language give %q and %q", a, b)
	}
	if a, b := line.Name(English, WhisperFrom, "Ann"), line.Name(English, WhisperFrom, "Bob"); a == b {
		t.Errorf("two names give %q", a)
	}
}
