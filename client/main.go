// Ionwake's client, for the desktop and, compiled to WebAssembly, for a browser tab:
// the same game, joined here to its socket and its screen.
package main

import (
	"sync"
	"time"

	"ionwake/client/replica"
	"ionwake/client/session"
	"ionwake/client/view"
	"ionwake/shared/sim"
)

// play joins a session to the view. It is what the view sees of everything behind
// the screen.
type play struct {
	*session.Session
	now func() time.Duration
	fly func(*play) sim.Input // flies instead of the player, if set

	url      string // of the server that the page or the command line named
	spectate bool
	place    view.Place // where the player went to

	mu    sync.Mutex     // a report may look while the game draws
	scene *replica.Scene // of the last Step
	draws int
}

// Play takes a seat at place.
func (p *play) Play(name string, place view.Place) {
	at := session.Place{URL: p.url, Spectate: place.Spectate || p.spectate}
	p.place = place
	p.Session.Play(name, at)
}

// Step lets the session pass to now and remembers what there is to draw.
func (p *play) Step(now time.Duration, in sim.Input) *replica.Scene {
	if p.fly != nil {
		in = p.fly(p)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.scene = p.Session.Step(now, in)
	p.draws++
	return p.scene
}

// Status tells the view where the player stands.
func (p *play) Status() view.Status {
	st := p.Session.Status(p.now())
	return view.Status{
		Stage:   stages[st.Stage],
		Message: st.Message, RetryIn: st.RetryIn, CanRetry: st.CanRetry, Code: uint16(st.Code), Place: p.place,
	}
}

var stages = [...]view.Stage{
	session.Idle:       view.Menu,
	session.Joining:    view.Joining,
	session.Playing:    view.Playing,
	session.Spectating: view.Spectating,
	session.Lost:       view.Lost,
	session.Refused:    view.Refused,
}

// stageNames are the states of window.ionwake.stats() and of --headless.
var stageNames = [...]string{
	session.Idle:       "menu",
	session.Joining:    "joining",
	session.Playing:    "playing",
	session.Spectating: "spectating",
	session.Lost:       "lost",
	session.Refused:    "lost",
}

// clock returns a clock that begins now and never goes back.
func clock() func() time.Duration {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}

// callSign makes up a name for somebody who has not chosen one.
func callSign(seed uint64) string {
	first := [...]string{"Swift", "Silent", "Solar", "Lucky", "Amber", "Cobalt", "Rogue", "Prime", "Astral", "Neon", "Iron", "Velvet", "Polar", "Quick", "Lunar", "Wild"}
	last := [...]string{"Comet", "Kestrel", "Pilot", "Spark", "Vega", "Drifter", "Falcon", "Nomad", "Pulsar", "Raven", "Saber", "Tracer", "Viper", "Wake", "Zephyr", "Otter"}
	r := sim.Rand(seed)
	return first[r.Intn(len(first))] + " " + last[r.Intn(len(last))]
}
