package main

import (
	"fmt"
	"syscall/js"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/link"
	"ionwake/client/session"
	"ionwake/client/view"
)

// nameKey is where the browser keeps the player's name.
const nameKey = "ionwake.name"

func main() {
	if err := run(); err != nil {
		js.Global().Get("console").Call("error", "ionwake: "+err.Error())
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
	p := &play{now: now, Session: session.New(session.Config{
		URL: address.URL, Arena: loadArena, Seed: seed, Now: now,
		Spectate: query.Call("get", "spectate").String() == "1",
	})}
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
	stats := js.FuncOf(func(js.Value, []js.Value) any { return js.ValueOf(figures(p)) })
	js.Global().Set("ionwake", js.ValueOf(map[string]any{"stats": stats}))
}

// figures are the plain values of window.ionwake.stats(). Places are in world
// units, times in milliseconds.
func figures(p *play) map[string]any {
	now := p.now()
	st, v := p.Session.Status(now), p.Net(now)
	out := map[string]any{
		"state": stageNames[st.Stage], "message": st.Message, "retryIn": st.RetryIn.Seconds(),
		"rtt": v.RTT.Seconds() * 1000, "jitter": v.Jitter.Seconds() * 1000,
		"players": v.Players, "bots": v.Bots, "entities": v.Entities,
		"bytesIn": v.BytesIn, "bytesOut": v.BytesOut, "mispredictions": v.Mispredictions,
		"fps": ebiten.ActualFPS(), "frames": p.draws, "tick": 0, "ship": nil,
		"skipped": v.FramesSkipped, "late": v.Late, "stateMismatches": v.StateMismatches, "lead": v.Lead,
	}
	if s := p.scene; s != nil {
		out["tick"] = int(s.Tick)
		out["self"] = int(s.Self)
		for i := range s.Ships {
			if sh := &s.Ships[i]; sh.Own {
				out["ship"] = map[string]any{"x": sh.Pos.X, "y": sh.Pos.Y, "energy": sh.Energy}
			}
		}
		addPeople(out, p)
	}
	return out
}

// addPeople adds what the screen says of people: the scoreboard and the chat.
func addPeople(out map[string]any, p *play) {
	s := p.scene
	var lines, chat []any
	for _, l := range s.Players {
		lines = append(lines, map[string]any{
			"id": int(l.ID), "name": l.Name, "bot": l.Bot, "score": l.Score, "kills": l.Kills, "deaths": l.Deaths,
		})
	}
	for _, c := range s.Chat {
		chat = append(chat, map[string]any{"name": c.Name, "text": c.Text})
	}
	var ships []any
	for i := range s.Ships {
		sh := &s.Ships[i]
		ships = append(ships, map[string]any{"id": int(sh.ID), "x": sh.Pos.X, "y": sh.Pos.Y})
	}
	out["scoreboard"], out["chat"], out["ships"] = lines, chat, ships
}
