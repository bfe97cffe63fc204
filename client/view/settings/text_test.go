package settings

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/hajimehoshi/ebiten/v2"
)

// rich returns settings in which nothing is as it was at first.
func rich() Settings {
	s := Default()
	s.Name, s.Hull, s.Language = `Zoë "日本" \o/`, 2, 3
	s.Names, s.NetGraph, s.Skipped = false, true, true
	s.Hints = []string{"dash", "fire"}
	s.Keys.Bind(Dash, 0, KeyControl(ebiten.KeyQ))
	s.Keys.Bind(Alt, 1, MouseFourth)
	s.Keys.Bind(Signal1, 0, NoControl)
	s.Pad.Bind(Dash, PadA)
	s.Assist = HighAssist
	s.Master, s.Effects, s.Music, s.Interface, s.MuteAway = 1, 2, 3, 4, false
	s.Scale, s.Palette, s.Own, s.Enemy, s.Glow, s.Cap, s.CapAway = 150, 4, 3, 6, 2, 3, false
	s.Still, s.Shake, s.Flash = true, 7, 2
	s.HideFull, s.HideEmpty = true, true
	s.Mute(0xfedcba9876543210, "Łukasz", true)
	s.Mute(3, "= [x]", true)
	s.Like(Place{"play.example.org", "main", "Example"}, true)
	s.Visit(Place{"", "abc", ""})
	s.Visit(Place{"192.0.2.1:8080", "", "other"})
	return s
}

func TestTextComesBack(t *testing.T) {
	for name, s := range map[string]Settings{"default": Default(), "rich": rich()} {
		got, said := Parse(s.Text())
		if len(said) > 0 {
			t.Errorf("%s: own text has faults: %v", name, said)
		}
		if !reflect.DeepEqual(got, s) {
			t.Errorf("%s came back as\n%s\nwant\n%s", name, got.Text(), s.Text())
		}
	}
}

func TestEmptyTextIsDefault(t *testing.T) {
	got, said := Parse("")
	if want := Default(); len(said) > 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\n%s", said, got.Text())
	}
}

func TestFaultsAreToldAndTheRestHolds(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"[sound]\nmaster = 300", "line 2: master is 300, allowed is 0 to 100"},
		{"[sound]\nmaster = loud", "line 2: master is loud, allowed is 0 to 100"},
		{"[picture]\nscale = 10", "line 2: scale is 10, allowed is 75 to 150"},
		{"[picture]\nframes = 61", "line 2: frames is 61, allowed are [0 30 60 120 240]"},
		{"[picture]\npalette = \"pink\"", "line 2: palette is \"pink\", allowed are standard, deutan, protan, tritan, contrast"},
		{"[game]\nname = \"seventeen letters\"", "line 2: name has more than 16 letters"},
		{"[game]\nnames = yes", "line 2: names is yes, allowed are true and false"},
		{"[keys]\nfire = [\"Hammer\"]", "line 2: fire is on \"Hammer\", which is no key"},
		{"[pad]\nfire = \"Hammer\"", "line 2: fire is on \"Hammer\", allowed are A, B"},
		{"[muted]\nbob = \"x\"", "line 2: bob = \"x\" is nobody"},
		{"[favourites]\n1 = \"x\"", "line 2: \"x\" is no place"},
		{"nonsense", "line 1: \"nonsense\" is no name = value"},
		{"[sound", "line 1: the heading [sound has no end"},
		{"version = no", "line 1: version = no stands above"},
	} {
		got, said := Parse(c.text + "\n[accessibility]\nshake = 12\n")
		if len(said) != 1 || !strings.HasPrefix(said[0].Error(), c.want) {
			t.Errorf("%q: said %v, want %q", c.text, said, c.want)
		}
		want := Default()
		want.Shake = 12
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q spoils the rest:\n%s", c.text, got.Text())
		}
	}
}

func TestWhatANewerVersionWroteIsKept(t *testing.T) {
	text := "version = 7\n[sound]\nmaster = 5\nsurround = \"all\"\n[holograms]\nbright = 9\ndeep = true\n"
	s, said := Parse(text)
	if len(said) > 0 || s.Master != 5 {
		t.Fatalf("said %v, master %d", said, s.Master)
	}
	out := s.Text()
	for _, want := range []string{"surround = \"all\"", "[holograms]\nbright = 9\ndeep = true"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is lost:\n%s", want, out)
		}
	}
	again, said := Parse(out)
	if len(said) > 0 || again.Text() != out {
		t.Errorf("it changes when it is read again: %v\n%s", said, again.Text())
	}
}

func TestLongTextIsRefused(t *testing.T) {
	s, said := Parse(strings.Repeat("#", TextMost+1))
	if len(said) != 1 || !reflect.DeepEqual(s, Default()) {
		t.Errorf("said %v", said)
	}
	if _, said := Parse(strings.Repeat("x\n", 10000)); len(said) != problemsMost {
		t.Errorf("%d problems told, want %d", len(said), problemsMost)
	}
}

func TestResetIsOfOnePage(t *testing.T) {
	for p := range pages {
		s, want := rich(), rich()
		s.Reset(p)
		for _, v := range s.values() {
			for i, o := range Default().all() {
				if o.name != v.name || o.page != v.page {
					continue
				}
				should := o.get()
				if v.page != p || v.name == "name" {
					should = want.values()[i].get()
				}
				if v.get() != should {
					t.Errorf("after setting back %s, %s is %s, want %s", sections[p], v.name, v.get(), should)
				}
			}
		}
		if keys := s.Keys == DefaultKeys(); keys != (p == Controls) {
			t.Errorf("after setting back %s the keys are at first: %v", sections[p], keys)
		}
		if buttons := s.Pad == DefaultPad(); buttons != (p == Controller) {
			t.Errorf("after setting back %s the pad is at first: %v", sections[p], buttons)
		}
	}
}

func (s Settings) all() []value { return s.values() }

// FuzzParse reads anything: what comes out can be used, and read again.
func FuzzParse(f *testing.F) {
	s := rich()
	f.Add(s.Text())
	f.Add("[keys]\nfire = [\"A\", \"\", \"\"]\n[muted]\n0 = \"\"\n = \n[]\n=")
	f.Fuzz(func(t *testing.T, text string) {
		got, _ := Parse(text)
		check(t, &got)
	})
}

func check(t *testing.T, s *Settings) {
	t.Helper()
	out := s.Text()
	if len(out) > TextMost {
		return // so much that is not known: it is told as too long next time
	}
	again, said := Parse(out)
	if len(said) > 0 || again.Text() != out {
		t.Fatalf("own text has faults: %v\n%s\nbecame\n%s", said, out, again.Text())
	}
}

// TestTornText reads a good text with bytes changed and lines cut.
func TestTornText(t *testing.T) {
	good := rich()
	text := []byte(good.Text())
	dice := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		torn := append([]byte(nil), text[:dice.IntN(len(text)+1)]...)
		for range dice.IntN(6) {
			if len(torn) > 0 {
				torn[dice.IntN(len(torn))] = byte(dice.IntN(256))
			}
		}
		got, _ := Parse(string(torn))
		check(t, &got)
	}
}
