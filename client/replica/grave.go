package replica

import (
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// grave says how the own ship ended, while there is none.
type grave struct {
	dug  bool
	view DeathView
	at   time.Duration
}

func (g *grave) forget() { *g = grave{} }

// dig notes the own ship's end, if the frame tells of it: who did it is where the
// player saw him, and has the energy the server says.
func (g *grave) dig(r *Replica, now time.Duration) {
	self := r.welcome.ID
	for i := range r.frame.Kills {
		k := &r.frame.Kills[i]
		if k.Who != self || r.watcher {
			continue
		}
		g.dug, g.at = true, now
		g.view = DeathView{By: k.By, Name: r.board.name(k.By), Weapon: k.With, Pos: r.lastPlace(self), Hull: r.hullOf(k)}
		if k.By == self || int(k.By) >= len(r.melt.had) {
			continue
		}
		g.view.From = r.lastPlace(k.By)
		if s := r.cellShip(k.By); s != nil {
			g.view.Hull = s.Hull
			g.view.Energy = float64(s.Energy) / float64(sim.Hulls[s.Hull].EnergyMax)
		}
	}
}

// hullOf returns the hull the board knows of a killer.
func (r *Replica) hullOf(k *wire.Kill) sim.HullKind {
	if int(k.By) < len(r.board.lines) {
		return r.board.lines[k.By].Hull
	}
	return sim.Dart
}

// lastPlace returns where a ship was drawn before the newest frame, or is if it was
// not; the zero Point if it is not in sight.
func (r *Replica) lastPlace(id sim.PlayerID) Point {
	if r.melt.had[id] {
		return r.melt.was[id]
	}
	if s := r.cellShip(id); s != nil {
		return point(s.Pos)
	}
	return Point{}
}

// draw returns how the own ship ended, nil if it flies or has not been.
func (g *grave) draw(now time.Duration, alive bool) *DeathView {
	if alive || !g.dug {
		return nil
	}
	g.view.Ago = now - g.at
	return &g.view
}
