package main

import (
	"fmt"
	"syscall/js"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/assets"
	"ionwake/client/depot"
	"ionwake/client/link"
	"ionwake/client/session"
	"ionwake/client/view"
)

// nameKey is where the browser keeps the player's name.
const nameKey = "ionwake.name"

func main() {
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
	query := js.Global().Get("URLSearchParams").New(js.Global().Get("location").Get("search"))
	now := clock()
	seed := uint64(time.Now().UnixNano())
	p := &play{
		now: now, url: address.URL, spectate: query.Call("get", "spectate").String() == "1",
		Session: session.New(session.Config{Depot: depot.New(depot.Config{Shipped: assets.Maps}), Seed: seed, Now: now}),
	}
	name := address.Name
	if name == "" {
		name = remembered()
	}
	if name == "" {
		name = callSign(seed)
	}
	expose(p)
	ebiten.SetWindowTitle("Ionwake")
	game := view.New(view.Config{
		Session: p, Now: now, Name: name, NameChosen: remember, Seed: seed,
		Touch: prefers("(pointer: coarse)"), Calm: prefers("(prefers-reduced-motion: reduce)"),
	})
	if err := ebiten.RunGame(game); err != nil {
		return fmt.Errorf("draw: %w", err)
	}
	return nil
}

// prefers asks the browser about the device and its user.
func prefers(query string) bool {
	return js.Global().Call("matchMedia", query).Get("matches").Bool()
}

// remembered returns the name kept from an earlier visit. A browser that keeps
// nothing is no trouble.
func remembered() (name string) {
	defer func() { _ = recover() }() // storage may be forbidden: then there is no name
	if v := js.Global().Get("localStorage").Call("getItem", nameKey); v.Type() == js.TypeString {
		name = v.String()
	}
	return name
}

func remember(name string) {
	defer func() { _ = recover() }() // storage may be full or forbidden: the name is asked again
	js.Global().Get("localStorage").Call("setItem", nameKey, name)
}

// expose puts window.ionwake.stats() on the page: figures for tests, overlays and
// curious players.
func expose(p *play) {
	stats := js.FuncOf(func(js.Value, []js.Value) any { return js.ValueOf(p.figures(ebiten.ActualFPS())) })
	js.Global().Set("ionwake", js.ValueOf(map[string]any{"stats": stats}))
}
