package main

import (
	"cmp"
	"fmt"
	"runtime/debug"
	"strings"
	"syscall/js"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/clip"
	"ionwake/client/link"
	"ionwake/client/session"
	"ionwake/client/view"
	"ionwake/client/view/settings"
	"ionwake/client/view/sound"
	"ionwake/client/view/words"
)

// garbagePercent makes Go look for garbage more often than it would. What a page
// hands over (an event, a message) is held until then, and steady play makes hardly
// anything else that would bring a collection about.
const garbagePercent = 25

func main() {
	debug.SetGCPercent(garbagePercent)
	if err := run(); err != nil {
		js.Global().Get("console").Call("error", "ionwake: "+err.Error())
		js.Global().Get("ionwake").Set("failed", err.Error()) // the page shows it
	}
}

func run() error {
	address, err := link.ParseAddress(js.Global().Get("location").Get("href").String())
	if err != nil {
		return err
	}
	seed := uint64(time.Now().UnixNano())
	p := newPlay(address.URL, session.Config{Seed: seed, Device: device()})
	p.pass = newPass(cmp.Or(handedTicket(), address.Ticket), address.URL)
	p.keep = &slot{wall: time.Now, put: func(text string) { forTab.set(seatKey, text) }}
	cfg := view.Config{
		Session: p, Now: p.now, Name: address.Name, CallSign: callSign(seed), Seed: seed, Place: asked(),
		Touch: prefers("(pointer: coarse)"), Calm: prefers("(prefers-reduced-motion: reduce)"),
		Languages: words.System(), Arenas: arenasOf, Aloud: aloud(),
	}
	if cfg.Store, err = settings.Own(); err != nil {
		return err
	}
	if seat, ok := parseClaim(forTab.get(seatKey), time.Now()); ok && seat.url == address.URL && cfg.Place.Practice == nil && cfg.Place.Replay == "" && p.pass.ticket == "" {
		p.claim, cfg.Name, cfg.Place.Spectate, cfg.AutoPlay = seat, seat.name, seat.spectate, true
	}
	cfg.Projector, cfg.AutoPlay = p, cfg.AutoPlay || cfg.Place.Replay != ""
	expose(p)
	if c := clip.Here(); c != nil {
		cfg.Clipboard = c
	}
	cfg.Identity = newIdentity(p, nil)
	cfg.Ladder = newLadder(p, mayAsk)
	cfg.Lobby, cfg.OpenPage, cfg.Reload = newLobby(p, mayAsk), openPage, reload
	cfg.Sound = sound.New(sound.Config{Seed: seed})
	ebiten.SetWindowTitle("Ionwake")
	game := view.New(cfg)
	p.told = game.Told
	for _, fault := range game.Faults() {
		js.Global().Get("console").Call("warn", "ionwake: the settings: "+fault.Error())
	}
	if err := ebiten.RunGame(game); err != nil {
		return fmt.Errorf("draw: %w", err)
	}
	return nil
}

// handedTicket takes the ticket that boot.js took out of the page's address, once.
func handedTicket() string {
	take := js.Global().Get("ionwakeTicket")
	if take.Type() != js.TypeFunction {
		return ""
	}
	return take.Invoke().String()
}

// asked returns where the page's address says to go: ?spectate=1, ?practice=MODE, or
// into the room's match.
func asked() view.Place {
	query := js.Global().Get("URLSearchParams").New(js.Global().Get("location").Get("search"))
	get := func(key string) string {
		if v := query.Call("get", key); v.Type() == js.TypeString {
			return v.String()
		}
		return ""
	}
	if mode := get("practice"); mode != "" {
		return view.Place{Practice: usualPractice(mode)}
	}
	if id := get("replay"); id != "" {
		return view.Place{Replay: id, From: secondsOf(get("t"))}
	}
	return view.Place{Spectate: get("spectate") == "1"}
}

// mayAsk reports whether the server of page can be asked for its rooms from this
// page. A page that came by https must not ask by http (Mixed Content, section 4.3):
// such servers are not said to be silent, but not asked.
func mayAsk(page string) bool {
	return strings.HasPrefix(page, "https://") || js.Global().Get("location").Get("protocol").String() == "http:"
}

// openPage goes to the page of another server, which has the client that fits it.
func openPage(address, room string, watch bool) {
	a, err := link.ParseAddress(address)
	if err != nil {
		return
	}
	if room == "" {
		room = a.Room
	}
	url, err := link.InRoom(a.URL, room)
	if err != nil {
		return
	}
	page := link.Page(url)
	if watch {
		mark := "?"
		if strings.Contains(page, "?") {
			mark = "&"
		}
		page += mark + "spectate=1"
	}
	js.Global().Get("location").Call("assign", page)
}

// reload fetches the page anew, with the client that the server has now.
func reload() { js.Global().Get("location").Call("reload") }

// prefers asks the browser about the device and its user.
func prefers(query string) bool {
	return js.Global().Call("matchMedia", query).Get("matches").Bool()
}

// aloud returns what puts words where screen readers read them out.
func aloud() func(text string) {
	place := js.Global().Get("document").Call("getElementById", "aloud")
	if !place.Truthy() {
		return nil
	}
	return func(text string) { place.Set("textContent", text) }
}

// expose puts window.ionwake.stats() on the page: figures for tests, overlays and
// curious players.
func expose(p *play) {
	stats := js.FuncOf(func(js.Value, []js.Value) any { return js.ValueOf(p.figures(ebiten.ActualFPS())) })
	js.Global().Set("ionwake", js.ValueOf(map[string]any{"stats": stats}))
}
