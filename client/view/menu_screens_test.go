package view

import (
	"bytes"
	"testing"
	"time"

	"ionwake/client/identity"
	"ionwake/client/view/settings"
	"ionwake/client/view/words"
)

// menuRooms are the windows, languages and sizes of words that the menus are
// looked at in.
var menuRooms = []struct {
	name  string
	w, h  float64
	touch bool
	lang  words.Language
	scale int
}{
	{"720", 1280, 720, false, words.English, 100}, {"1080", 1920, 1080, false, words.English, 100},
	{"phone", 844, 390, true, words.English, 100}, {"tall", 390, 844, true, words.English, 100},
	{"german", 1280, 720, false, words.German, 150}, {"japanese", 1280, 720, false, words.Japanese, 75},
	{"german-tall", 390, 844, true, words.German, 100}, {"japanese-phone", 844, 390, true, words.Japanese, 125},
	{"german-small", 640, 360, false, words.German, 100}, {"japanese-small", 640, 360, false, words.Japanese, 100},
}

// menuTroubles are the dialogs that nobody asks for.
var menuTroubles = []struct {
	name string
	Status
}{
	{"joining", Status{Stage: Joining}}, {"lost", Status{Stage: Lost, CanRetry: true, RetryIn: 3 * time.Second}},
	{"full", Status{Stage: Lost, CanRetry: true, Code: codeFull, RetryIn: 8 * time.Second}}, {"banned", Status{Stage: Refused, Code: codeBanned, RetryIn: 4 * time.Minute}},
	{"version", Status{Stage: Refused, Code: codeVersion}}, {"password", Status{Stage: Refused, Code: codePassword, CanRetry: true}},
	{"misunderstood", Status{Stage: Refused, Code: codeProtocol}},
}

// menuScreens are all pages in all rooms.
func menuScreens() (all []screen) {
	for _, room := range menuRooms {
		all = append(all, screen{
			name: "menu-" + room.name, w: room.w, h: room.h, touch: room.touch, plain: true,
			from: func(t testing.TB) Session {
				a := newArcade(t, 8)
				a.status.Stage = Menu
				return a
			},
			setup: func(c *Config) {
				c.Lobby, c.Arenas, c.Clipboard, c.Quit, c.Identity, c.Ladder = &tavern{list: manyRooms()}, someArenas, &slate{}, true, somebody(1), &stand{answer: manyRungs()}
				c.Languages, c.Reload = []string{room.lang.Code()}, func() {}
			},
			more: func(r *rig, keep keepShot) { r.tourOfMenus(keep, room.scale) },
		})
	}
	return all
}

func (r *rig) tourOfMenus(keep keepShot, scale int) {
	g := r.game
	g.settings.Scale = scale
	g.settings.Like(settings.Place{Address: "play.example.org", Name: "Example"}, true)
	g.changed()
	r.play(3 * time.Second)
	keep("title")
	title := g.menus.top()
	pages := g.allPages(title)
	for _, name := range []string{"hull", "practice", "servers", "listing", "settings", "game", "keys", "pad", "sound", "picture", "access", "language", "text", "identity", "career"} {
		g.menus.open(pages[name])
		r.play(time.Second / 3)
		if name == "servers" || name == "keys" {
			for range 9 {
				pages[name].move(0, 1)
			}
		}
		keep(name)
		if name == "identity" {
			r.press(g.brush.say(words.IdentityShow))
			keep("identity-shown")
			g.weighKey(pages[name], identity.Text(bytes.Repeat([]byte{2}, identity.KeySize)))
			r.play(time.Second / 3)
			keep("identity-sure")
			g.menus.shut()
		}
		g.menus.shut()
	}
	a := r.arcade()
	for _, tr := range menuTroubles {
		a.status = tr.Status
		r.play(time.Second / 2)
		keep(tr.name)
	}
	a.status = Status{Stage: Playing, Link: "https://play.example.org/?room=main"}
	a.fly = nil
	r.play(2 * time.Second)
	keep("play")
	g.menus.open(g.menuPage())
	r.play(time.Second / 3)
	keep("menu")
	g.menus.open(g.votePage())
	r.play(time.Second / 3)
	keep("vote")
}

// arcade is the session that is played.
func (r *rig) arcade() *arcade { return r.game.cfg.Session.(keeper).Session.(*arcade) }
