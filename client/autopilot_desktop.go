//go:build !js

package main

import (
	"ionwake/client/replica"
	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

// autopilot flies in the player's stead, knowing what the player knows: for
// pictures, demonstrations and tests that last.
type autopilot struct {
	pilot *bot.Pilot
	view  belief.View
	seen  sim.Tick
	held  sim.Input
}

func newAutopilot(seed uint64) *autopilot { return &autopilot{pilot: bot.New(seed, bot.Hard)} }

// fly returns what to hold, thinking anew with each frame of the server.
func (a *autopilot) fly(p *play) sim.Input {
	p.Session.Inspect(func(r *replica.Replica) {
		if !r.Joined() {
			return
		}
		v := &a.view
		if r.View(v); v.Tick == a.seen {
			return
		}
		a.seen = v.Tick
		if v.Ship(r.Self()) != nil {
			a.held = a.pilot.Think(v, r.Self())
		}
	})
	return a.held
}
