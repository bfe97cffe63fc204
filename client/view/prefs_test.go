package view

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/view/settings"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// slate is a clipboard for tests.
type slate struct {
	text  string
	asked bool
}

func (s *slate) Copy(text string) { s.text = text }

func (s *slate) Ask() { s.asked = true }

func (s *slate) Pasted() (string, bool) {
	asked := s.asked
	s.asked = false
	return s.text, asked
}

func TestRebinding(t *testing.T) {
	a, r := atMenu(t, nil)
	g := r.game
	pg := g.keysPage()
	g.menus.open(pg)
	at := func(a action) {
		pg.focusOn(slices.IndexFunc(pg.items, func(it item) bool { return it.key == actionNames[a] }))
	}
	at(dash)
	r.strike(ebiten.KeyEnter)
	r.strike(ebiten.KeyEscape)
	if g.settings.Keys != settings.DefaultKeys() || g.menus.top() != pg {
		t.Error("Esc changed a key, or left the page")
	}
	r.strike(ebiten.KeyEnter)
	r.strike(ebiten.KeyE)
	if got := g.settings.Keys[dash][0]; got != settings.KeyControl(ebiten.KeyE) || g.settings.Keys[secondary][1] != settings.NoControl {
		t.Errorf("dash is on %v, the second weapon on %v", got, g.settings.Keys[secondary])
	}
	if !strings.Contains(pg.said, "Second weapon") || pg.saidFor <= 0 {
		t.Errorf("said %q", pg.said)
	}
	g.menus.clear()
	g.play(Place{})
	r.poll.keys[ebiten.KeyE] = true
	r.play(time.Second / 30)
	if a.last.Buttons != sim.Dash {
		t.Errorf("E does %07b, want a dash", a.last.Buttons)
	}
	if got := g.hands.label(dash); got != "E" {
		t.Errorf("dash is called %q", got)
	}
}

func TestPadRebinding(t *testing.T) {
	_, r := atMenu(t, nil)
	g := r.game
	pg := g.padPage()
	g.menus.open(pg)
	pg.focusOn(slices.IndexFunc(pg.items, func(it item) bool { return it.key == words.ActDash }))
	r.strike(ebiten.KeyEnter)
	r.poll.pad.strokes[settings.PadRT.Standard()] = true
	r.play(time.Second / 60)
	if g.settings.Pad[dash] != settings.PadRT || g.settings.Pad[fire] != settings.NoButton {
		t.Errorf("dash is on %v, fire on %v", g.settings.Pad[dash], g.settings.Pad[fire])
	}
}

// cupboard is a store in memory.
type cupboard struct{ text, aside string }

func (s *cupboard) Load() (string, error) { return s.text, nil }

func (s *cupboard) Save(text string) error            { s.text = text; return nil }
func (s *cupboard) Aside(text string) (string, error) { s.aside = text; return "aside", nil }

func TestSettingsAreKept(t *testing.T) {
	store := &cupboard{text: "[language]\nlanguage = \"de\"\n[sound]\nmaster = loud\n[muted]\n00000000000000ff = \"Grrr\"\n"}
	a := newArcade(t, 2)
	a.status.Stage = Menu
	r := newRig(t, a, 1280, 720, func(c *Config) { c.Store = store })
	if r.game.brush.lang != words.German || len(a.muted) != 1 || a.muted[0] != 0xff {
		t.Errorf("the language is %s, muted %v", r.game.brush.lang.Name(), a.muted)
	}
	if len(r.game.Faults()) != 1 || !strings.Contains(store.aside, "loud") {
		t.Errorf("faults %v, aside %q", r.game.Faults(), store.aside)
	}
	r.play(time.Second)
	if strings.Contains(store.text, "version") {
		t.Error("nothing was changed, and the settings were written")
	}
	r.game.settings.Shake = 15
	r.game.changed()
	r.play(time.Second)
	if !strings.Contains(store.text, "shake = 15") || !strings.Contains(store.text, "Grrr") {
		t.Errorf("written:\n%s", store.text)
	}
}

func TestTextIsTakenOver(t *testing.T) {
	_, r := atMenu(t, nil)
	g := r.game
	pg := g.textPage()
	for _, tt := range []struct {
		text  string
		shake int
		says  string
	}{
		{"a shopping list", 100, "no settings"}, {"", 100, "no settings"}, {"[accessibility]\nshake = 15", 15, "taken over"},
		{"[accessibility]\nshake = 20\nflashes = 9", 20, "1 line could not be used: line 3"},
	} {
		g.takeText(pg, tt.text)
		if g.settings.Shake != tt.shake || !strings.Contains(pg.said, tt.says) {
			t.Errorf("%q: shake %d, said %q", tt.text, g.settings.Shake, pg.said)
		}
	}
}

func TestListsMatchSettings(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want int
	}{
		{"hulls", len(hullNames), len(settings.Hulls)}, {"palettes", len(paletteNames), len(settings.Palettes)}, {"palette table", len(palettes), len(settings.Palettes)},
		{"dyes", len(dyeNames), len(settings.Dyes)}, {"dye table", len(dyes), len(settings.Dyes)}, {"glows", len(glowNames), len(settings.Glows)},
		{"flashes", len(flashNames), len(settings.Flashes)}, {"assists", len(assistNames), len(settings.Assists)}, {"assist table", len(leans), len(settings.Assists)},
		{"hull table", len(sim.Hulls), len(settings.Hulls)},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, settings have %d", c.name, c.got, c.want)
		}
	}
	for a := range settings.Actions {
		if actionNames[a] == words.Nothing {
			t.Errorf("%s has no words", a)
		}
	}
}

func TestLimit(t *testing.T) {
	count := func(l limit, hz int, focused bool) (n int) {
		for i := range 2 * hz {
			if l.due(time.Duration(i)*time.Second/time.Duration(hz), focused) {
				n++
			}
		}
		return n / 2
	}
	for _, tt := range []struct {
		l       limit
		hz      int
		focused bool
		want    int
	}{
		{limit{}, 144, true, 144}, {limit{cap: 60}, 60, true, 60}, {limit{cap: 60}, 144, true, 60}, {limit{cap: 30}, 60, true, 30}, {limit{cap: 120}, 240, true, 120},
		{limit{away: 15}, 60, false, 15}, {limit{away: 15}, 60, true, 60}, {limit{cap: 240}, 60, true, 60}, {limit{cap: 10, away: 15}, 60, false, 10},
	} {
		if got := count(tt.l, tt.hz, tt.focused); got < tt.want-1 || got > tt.want+1 {
			t.Errorf("%+v on %d Hz, focused %v: %d frames a second, want %d", tt.l, tt.hz, tt.focused, got, tt.want)
		}
	}
}

func TestPasteKey(t *testing.T) {
	clip := &slate{text: "Nova"}
	_, r := atMenu(t, func(c *Config) { c.Clipboard, c.PasteKey = clip, true })
	title := r.game.menus.top()
	title.focusOn(0)
	title.items[0].field.set("")
	r.poll.keys[ebiten.KeyControl] = true
	r.strike(ebiten.KeyV)
	r.poll.keys[ebiten.KeyControl] = false
	r.play(time.Second / 30)
	if got := title.items[0].field.text; got != "Nova" {
		t.Errorf("pasted %q", got)
	}
}
