package view

import (
	"slices"
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/view/settings"
)

// press presses the button of that name.
func (r *rig) press(name string) {
	r.t.Helper()
	pg := r.game.notice.page
	if pg == nil {
		pg = r.game.menus.top()
	}
	for i := range pg.items {
		if it := &pg.items[i]; it.label(&r.game.brush) == name && it.takesFocus() {
			pg.focusOn(i)
			r.strike(ebiten.KeyEnter)
			r.play(time.Second / 30)
			return
		}
	}
	r.t.Fatalf("there is no %q, only %q", name, r.offered())
}

// ways are what goes through menus: how a step down, right, up or left is taken.
var ways = map[string]func(p *poll, d int, down bool){
	"keyboard": func(p *poll, d int, down bool) {
		p.repeats[[]ebiten.Key{ebiten.KeyArrowDown, ebiten.KeyArrowRight, ebiten.KeyArrowUp, ebiten.KeyArrowLeft}[d]] = down
	},
	"pad": func(p *poll, d int, down bool) {
		p.pad.present = true
		p.pad.buttons[[]settings.Button{settings.PadDown, settings.PadRight, settings.PadUp, settings.PadLeft}[d].Standard()] = down
	},
}

// TestEverythingIsReached goes through every page by keys alone and by pad alone:
// every item that can take the focus gets it, and is on the screen then.
func TestEverythingIsReached(t *testing.T) {
	for _, size := range [][2]float64{{1280, 720}, {390, 844}, {844, 390}} {
		_, r := atMenu(t, func(c *Config) {
			c.Lobby, c.Arenas, c.Clipboard, c.Quit, c.Identity, c.Ladder = &tavern{list: manyRooms()}, someArenas, &slate{}, true, somebody(1), &stand{answer: manyRungs()}
		})
		g := r.game
		g.resize(size[0], size[1])
		for name, pg := range g.allPages(g.menus.top()) {
			if name != "title" {
				pg.rebuild()
			}
			for way, press := range ways {
				if lost := g.wander(t, pg, press); lost != "" {
					t.Errorf("%s, %s, %v: never reached: %s", way, name, size, lost)
				}
			}
		}
	}
}

// TestTabPassesEverything: Tab visits every item of a page once, in the order in which
// they are read, and comes around; with Shift it goes the same way back.
func TestTabPassesEverything(t *testing.T) {
	_, r := atMenu(t, func(c *Config) {
		c.Lobby, c.Arenas, c.Clipboard, c.Quit, c.Identity, c.Ladder = &tavern{list: manyRooms()}, someArenas, &slate{}, true, somebody(1), &stand{answer: manyRungs()}
	})
	g := r.game
	for name, pg := range g.allPages(g.menus.top()) {
		if name != "title" {
			pg.rebuild()
		}
		there, back := g.tabs(pg, false), g.tabs(pg, true)
		var want []int
		for i := range pg.items {
			if pg.items[i].takesFocus() {
				want = append(want, i)
			}
		}
		if want == nil {
			continue
		}
		slices.Reverse(back)
		for _, got := range [][]int{there, back} {
			if first := slices.Index(got, want[0]); first < 0 || !slices.Equal(append(slices.Clone(got[first:]), got[:first]...), want) {
				t.Errorf("%s: Tab went %v, want %v", name, got, want)
			}
		}
	}
}

// tabs presses Tab once for each item that takes the focus and returns where it was
// after each.
func (g *Game) tabs(pg *page, shift bool) (at []int) {
	var p poll
	p.keys[ebiten.KeyShift] = shift
	for i := range pg.items {
		if !pg.items[i].takesFocus() {
			continue
		}
		p.strokes[ebiten.KeyTab] = true
		pg.step(&g.brush, &p, &g.frame, &g.menus.nav, 1.0/60)
		p.strokes[ebiten.KeyTab] = false
		pg.step(&g.brush, &p, &g.frame, &g.menus.nav, 1.0/60)
		at = append(at, pg.focus)
	}
	return at
}

// wander goes about on a page for a while and returns what it never came to.
func (g *Game) wander(t *testing.T, pg *page, press func(p *poll, d int, down bool)) string {
	t.Helper()
	var p poll
	reached, dice := map[int]bool{}, chance(9)
	for range 2500 {
		d := []int{0, 0, 0, 1, 1, 3, 3, 2}[dice.next()%8]
		press(&p, d, true)
		pg.step(&g.brush, &p, &g.frame, &g.menus.nav, 1.0/60)
		press(&p, d, false)
		pg.step(&g.brush, &p, &g.frame, &g.menus.nav, 1.0/60)
		if reached[pg.focus] = true; !pg.now().shown {
			t.Fatalf("what has the focus (%q) is not on the screen", pg.now().label(&g.brush))
		}
	}
	lost := ""
	for i := range pg.items {
		if it := &pg.items[i]; it.takesFocus() && !reached[i] {
			lost += it.label(&g.brush) + "; "
		}
	}
	return lost
}

// TestPadWrites opens the keyboard on the screen with a pad and writes with it.
func TestPadWrites(t *testing.T) {
	_, r := atMenu(t, nil)
	title := r.game.menus.top()
	title.focusOn(0)
	title.items[0].field.set("")
	button := func(b settings.Button) {
		r.poll.pad.present = true
		r.poll.pad.strokes[b.Standard()] = true
		r.play(time.Second / 60)
	}
	button(settings.PadA)
	keys := title.letters
	if keys == nil {
		t.Fatal("there is no keyboard on the screen")
	}
	for _, name := range []string{"h", "Large", "I"} {
		keys.focusOn(slices.IndexFunc(keys.items, func(it item) bool { return it.label(&r.game.brush) == name }))
		button(settings.PadA)
	}
	if got := title.items[0].field.text; got != "hI" {
		t.Errorf("wrote %q", got)
	}
	button(settings.PadB)
	if title.letters != nil || r.game.status.Stage != Menu || r.game.menus.top() != title {
		t.Error("B does not go back to the page")
	}
}

// allPages are the pages that can be opened from the title.
func (g *Game) allPages(title *page) map[string]*page {
	name := title.items[0].field
	l := Listing{Place: settings.Place{Room: "den"}, Here: true}
	return map[string]*page{
		"title": title, "hull": g.hullPage(), "practice": g.practicePage(name), "servers": g.serversPage(name), "listing": g.listingPage(l, name),
		"settings": g.settingsPage(), "game": g.gamePage(), "muted": g.mutedPage(), "keys": g.keysPage(), "pad": g.padPage(), "sound": g.soundPage(),
		"picture": g.picturePage(), "access": g.accessPage(), "language": g.languagePage(), "text": g.textPage(), "identity": g.identityPage(), "career": g.careerPage(), "chat": g.chatPage(), "menu": g.menuPage(), "vote": g.votePage(),
	}
}

func someArenas(string) []string { return []string{"foundry", "harbour", "slingshot"} }
