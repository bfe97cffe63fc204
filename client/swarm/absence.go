//go:build !js

package main

import (
	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// standing is what a witness knows of itself at a moment.
type standing struct {
	Seat   sim.PlayerID `json:"seat"`
	Match  uint32       `json:"match"`
	Score  int          `json:"score"`
	Deaths int          `json:"deaths"`
	Flying bool         `json:"flying"`
	X      int64        `json:"x"` // of its ship, if it flies
	Y      int64        `json:"y"`
	Tick   sim.Tick     `json:"tick"` // of the newest frame
}

// absence is a witness's way back to its seat after its connection had ended.
type absence struct {
	Player int      `json:"player"`
	Away   float64  `json:"away_ms"`
	Before standing `json:"before"` // in the last frame of the old connection
	After  standing `json:"after"`  // in the first of the new one
}

// lost notes that a connection has ended. Attempts in vain change nothing.
func (t *tap) lost() {
	if t.owner.joined.Load() && t.left == 0 {
		t.left = t.heard
	}
	t.first = 0
}

// found notes that the player has its seat again, from the first message of the new
// connection on.
func (t *tap) found() {
	if t.left == 0 || t.first == 0 {
		return
	}
	t.away, t.left = t.first-t.left, 0
	t.swarm.groups[t.owner.kind].away.addTime(t.away)
}

// stand follows how a witness stands.
func (p *player) stand(r *replica.Replica, scene *replica.Scene) {
	if scene == nil || !r.Joined() {
		return
	}
	own := scene.Player(r.Self())
	if own == nil || p.view.Arena == nil {
		return
	}
	_, match := r.Ground()
	st := standing{Seat: r.Self(), Match: match.Number, Score: own.Score, Deaths: own.Deaths, Tick: p.view.Tick}
	if ship := p.view.Ship(st.Seat); ship != nil {
		st.Flying, st.X, st.Y = true, int64(ship.Pos.X), int64(ship.Pos.Y)
	}
	if p.tap.away > 0 {
		if st.Tick == p.stood.Tick {
			return // the first frame has still to be looked at
		}
		p.absences = append(p.absences, absence{p.id, float64(p.tap.away.Microseconds()) / 1000, p.stood, st})
		p.tap.away = 0
	}
	p.stood = st
}
