package view

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/replica"
	"ionwake/client/view/settings"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// offered are the words of the buttons on the screen.
func (r *rig) offered() string {
	pg := r.game.notice.page
	if pg == nil {
		pg = r.game.menus.top()
	}
	if pg == nil {
		return ""
	}
	var names []string
	for i := range pg.items {
		if pg.items[i].kind == doItem {
			names = append(names, pg.items[i].label(&r.game.brush))
		}
	}
	return strings.Join(names, ", ")
}

func TestTroubleSaysWhatHelps(t *testing.T) {
	reload := 0
	for _, tt := range []struct {
		status      Status
		head        words.Key
		says, offer string
	}{
		{Status{Stage: Joining}, words.Joining, "", "Leave"},
		{Status{Stage: Joining, Fetching: true}, words.Joining, "Fetching the arena", "Leave"},
		{Status{Stage: Lost, CanRetry: true, RetryIn: time.Second}, words.ConnectionLost, "half a minute", "Try now, Leave"},
		{Status{Stage: Lost, CanRetry: true, Code: codeRestart, RetryIn: time.Second}, words.Restarting, "Your ship waits", "Try now, Leave"},
		{Status{Stage: Lost, CanRetry: true, Code: codeFull, RetryIn: time.Second}, words.RoomFull, "tries again by itself", "Try now, Watch instead, Leave"},
		{Status{Stage: Refused, CanRetry: true, Code: codeFull}, words.RoomFull, "tries again", "Try again, Watch instead, Back to title"},
		{Status{Stage: Refused, Code: codeBanned, Message: "You may come back at noon."}, words.Banned, "at noon", "Back to title"},
		{Status{Stage: Refused, Code: codeBanned, RetryIn: 5 * time.Minute}, words.Banned, "in 5 minutes", "Back to title"},
		{Status{Stage: Refused, Code: codeBanned, CanRetry: true, Message: "old"}, words.Banned, "now", "Try again, Back to title"},
		{Status{Stage: Refused, Code: codePassword, CanRetry: true, RetryIn: 30 * time.Second}, words.EnterPassword, "in 30 s", "Join, Back to title"},
		{Status{Stage: Refused, Code: codeVersion}, words.OtherVersion, "Reload it", "Reload, Back to title"},
		{Status{Stage: Refused, Code: codePassword, CanRetry: true}, words.EnterPassword, "", "Join, Back to title"},
		{Status{Stage: Refused, Code: codeName, CanRetry: true}, words.NotAdmitted, "Choose another", "Another name"},
		{Status{Stage: Refused, Code: codeNoRoom, CanRetry: true}, words.NotAdmitted, "no such room", "Try again, Servers, Back to title"},
		{Status{Stage: Refused, Code: 4999, Message: "Words of the server."}, words.NotAdmitted, "Words of the server.", "Back to title"},
	} {
		a, r := atMenu(t, func(c *Config) { c.Reload, c.Lobby = func() { reload++ }, &tavern{} })
		a.status = tt.status
		r.play(time.Second / 10)
		pg := r.game.notice.page
		if pg == nil {
			t.Errorf("%+v: nothing is said", tt.status)
			continue
		}
		if got := pg.lines(&r.game.brush); pg.head != tt.head || !strings.Contains(got, tt.says) || tt.says == "" && got != "" {
			t.Errorf("%+v: %q, %q", tt.status, words.English.Say(pg.head), got)
		}
		if got := r.offered(); got != tt.offer {
			t.Errorf("%+v: offered %q, want %q", tt.status, got, tt.offer)
		}
	}
}

func TestEveryCodeOfTheLinkHasWords(t *testing.T) {
	for _, code := range []uint16{1, 2, 3, 4, 5, 6, 7, 8, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013, 1014, 1015, 4001, 4002, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 4011, 4012} {
		if _, ok := troubles[code]; !ok {
			t.Errorf("code %d has no words", code)
		}
	}
}

func TestPasswordIsEntered(t *testing.T) {
	a, r := atMenu(t, nil)
	a.status = Status{Stage: Refused, Code: codePassword, CanRetry: true}
	r.play(time.Second / 30)
	box := r.game.notice.page.items[0].field
	box.set("sesame")
	if text, at := box.shown(); text != "••••••" || at != len("••••••") {
		t.Errorf("it shows %q, caret %d", text, at)
	}
	r.game.notice.page.items[0].do()
	if len(a.played) != 1 || a.places[0].Password != "sesame" {
		t.Errorf("played at %+v", a.places)
	}
	if got := r.game.troubleWords(&r.game.brush); got != words.English.Say(words.PasswordWrong) {
		t.Errorf("asked again it says %q", got)
	}
}

func TestWatchInsteadAndBack(t *testing.T) {
	a, r := atMenu(t, nil)
	r.game.place = Place{Room: "den"}
	a.status = Status{Stage: Lost, Code: codeFull, CanRetry: true, RetryIn: time.Second, Place: Place{Room: "den"}}
	r.play(time.Second / 30)
	r.press("Watch instead")
	if n := len(a.places); n != 1 || !a.places[0].Spectate || a.places[0].Room != "den" {
		t.Fatalf("played at %+v", a.places)
	}
	a.status = Status{Stage: Spectating, Place: a.places[0]}
	r.play(time.Second / 30)
	r.strike(ebiten.KeyEscape)
	r.press("Join the match")
	if n := len(a.places); n != 2 || a.places[1].Spectate {
		t.Errorf("played at %+v", a.places)
	}
}

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
			c.Lobby, c.Arenas, c.Clipboard, c.Quit = &tavern{list: manyRooms()}, someArenas, &slate{}, true
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

// TestAssistLeans aims beside an enemy.
func TestAssistLeans(t *testing.T) {
	scene := &replica.Scene{Ships: []replica.ShipView{
		{Own: true, Hull: sim.Lancer, Pos: replica.Point{X: 100, Y: 100}}, {ID: 1, Pos: replica.Point{X: 400, Y: 100}},
	}}
	for _, tt := range []struct {
		name   string
		level  settings.Level
		aim    int
		change func(s *replica.ShipView)
		leans  bool
	}{
		{"off", settings.NoAssist, 8, nil, false}, {"low", settings.LowAssist, 8, nil, true}, {"high", settings.HighAssist, 20, nil, true},
		{"beyond the cone", settings.LowAssist, 40, nil, false}, {"far", settings.HighAssist, 8, func(s *replica.ShipView) { s.Pos.X = 2000 }, false},
		{"own side", settings.HighAssist, 8, func(s *replica.ShipView) { s.Team = sim.TeamIon }, false},
		{"shielded", settings.HighAssist, 8, func(s *replica.ShipView) { s.Shielded = true }, false},
		{"safe", settings.HighAssist, 8, func(s *replica.ShipView) { s.Safe = true }, false},
	} {
		s := *scene
		s.Team = sim.TeamIon
		s.Ships = slices.Clone(scene.Ships)
		if tt.change != nil {
			tt.change(&s.Ships[1])
		}
		got := leans[tt.level].assist(sim.Angle(tt.aim), &s)
		if nearer := int(got) < tt.aim; nearer != tt.leans || int(got) > tt.aim {
			t.Errorf("%s: %d became %d", tt.name, tt.aim, got)
		}
	}
	last := 0.0
	for off := range 44 { // it never jumps, and never turns the aim past the hand's order
		got := float64(leans[settings.HighAssist].assist(sim.Angle(off), scene))
		if got < last || got-last > 4 {
			t.Errorf("aimed %d off it goes from %g to %g", off, last, got)
		}
		last = got
	}
}

// TestAssistSeesNoFurther puts a wall between.
func TestAssistSeesNoFurther(t *testing.T) {
	a := loadArena(t, "foundry")
	for y := range a.Height {
		for x := 3; x < a.Width-3; x++ {
			if !a.Solid(x, y) || a.Solid(x-2, y) || a.Solid(x+2, y) {
				continue
			}
			at := func(x int) replica.Point { return replica.Point{X: float64(x)*32 + 16, Y: float64(y)*32 + 16} }
			if inSight(a, at(x-2), at(x+2)) {
				t.Fatalf("one sees through the wall at %d, %d", x, y)
			}
			if !inSight(a, at(x-2), at(x-2)) {
				t.Fatalf("one does not see oneself at %d, %d", x-2, y)
			}
			return
		}
	}
	t.Fatal("foundry has no such wall")
}

// allPages are the pages that can be opened from the title.
func (g *Game) allPages(title *page) map[string]*page {
	name := title.items[0].field
	l := Listing{Place: settings.Place{Room: "den"}, Here: true}
	return map[string]*page{
		"title": title, "hull": g.hullPage(), "practice": g.practicePage(name), "servers": g.serversPage(name), "listing": g.listingPage(l, name),
		"settings": g.settingsPage(), "game": g.gamePage(), "muted": g.mutedPage(), "keys": g.keysPage(), "pad": g.padPage(), "sound": g.soundPage(),
		"picture": g.picturePage(), "access": g.accessPage(), "language": g.languagePage(), "text": g.textPage(), "menu": g.menuPage(), "vote": g.votePage(),
	}
}

func someArenas(string) []string { return []string{"foundry", "harbour", "slingshot"} }

// slate is a clipboard for tests.
type slate struct {
	text  string
	asked bool
}

func (s *slate) Copy(text string) { s.text = text }
func (s *slate) Ask()             { s.asked = true }
func (s *slate) Pasted() (string, bool) {
	asked := s.asked
	s.asked = false
	return s.text, asked
}

// tavern is a lobby for tests.
type tavern struct {
	list  []Listing
	asked int
}

func (l *tavern) Ask([]settings.Place)   { l.asked++ }
func (l *tavern) List() ([]Listing, int) { return l.list, len(l.list) }
func (l *tavern) State() LobbyState      { return LobbyIdle }

func manyRooms() (list []Listing) {
	for i := range 14 {
		list = append(list, Listing{
			Place: settings.Place{Room: "room" + number(i), Name: "Ionwake"}, Here: true, Mode: modeIDs[i%4], Arena: "foundry",
			Players: i * 5 % 33, Bots: i % 3 * 4, Max: 32, Ping: time.Duration(9+i*i*3) * time.Millisecond,
		})
	}
	return list
}

func TestFiltersOfTheList(t *testing.T) {
	_, r := atMenu(t, func(c *Config) { c.Lobby = &tavern{} })
	g := r.game
	full := Listing{Place: settings.Place{Room: "den"}, Mode: "relay", Arena: "harbour", Players: 8, Max: 8}
	empty := Listing{Place: settings.Place{Room: "attic"}, Mode: "brawl", Max: 8}
	for _, tt := range []struct {
		filter             string
		noFull, noEmpty    bool
		wantFull, wantNone bool
	}{
		{"", false, false, true, true}, {"", true, false, false, true}, {"", false, true, true, false}, {"DEN", false, false, true, false},
		{"harb", false, false, true, false}, {"Brawl", false, false, false, true}, {"x", false, false, false, false},
	} {
		g.settings.HideFull, g.settings.HideEmpty = tt.noFull, tt.noEmpty
		if a, b := g.passes(&full, tt.filter), g.passes(&empty, tt.filter); a != tt.wantFull || b != tt.wantNone {
			t.Errorf("%+v: full %v, empty %v", tt, a, b)
		}
	}
}

func TestParsePlace(t *testing.T) {
	for _, tt := range []struct {
		text string
		want settings.Place
		ok   bool
	}{
		{"play.example.org", settings.Place{Address: "play.example.org"}, true},
		{" https://play.example.org/?room=den&x=1 ", settings.Place{Address: "https://play.example.org", Room: "den"}, true},
		{"192.0.2.7:8080", settings.Place{Address: "192.0.2.7:8080"}, true},
		{"localhost", settings.Place{Address: "localhost"}, true},
		{"", settings.Place{}, false}, {"two words", settings.Place{}, false}, {"nothing", settings.Place{}, false}, {"https:///", settings.Place{}, false},
		{"a@b.c", settings.Place{}, false},
	} {
		got, ok := parsePlace(tt.text)
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("parsePlace(%q) = %+v, %v; want %+v, %v", tt.text, got, ok, tt.want, tt.ok)
		}
	}
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

func (s *cupboard) Load() (string, error)             { return s.text, nil }
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
		if actionNames[a] == words.Motto {
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
