package replica

import (
	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// note takes what the belief saw happen in one cell and one send, so many sends
// before the newest.
func (e *effects) note(r *Replica, back int) {
	begun := r.tick - sim.Tick((back+1)*r.interval)
	notes := r.codec.Notes()
	for i := range notes {
		n, t := &notes[i], begun+sim.Tick(notes[i].Tick)
		switch n.Kind {
		case belief.Struck, belief.Stopped:
			e.landed(r, n, t)
		case belief.Beamed:
			e.confirm(shotName(noteBolt(n)), r.ofNote(BeamFired, n, 0.6), t)
		case belief.Pulsed:
			e.confirm(shotName(noteBolt(n)), r.ofNote(PulseFired, n, 1), t)
		case belief.Burst:
			e.confirm(uint32(noteBolt(n).Key()), r.ofNote(Exploded, n, 0.8), t)
		case belief.Died:
			e.dead = append(e.dead, death{n.Ship, n.By, n.Pos})
		case belief.Entered:
			e.entered(r, n)
		}
	}
}

// confirm shows what the belief saw, unless it was foreseen.
func (e *effects) confirm(name uint32, x Effect, t sim.Tick) {
	if e.once(x.Kind, name, t) {
		e.add(x)
	}
}

func noteBolt(n *belief.Note) *sim.Bolt {
	return &sim.Bolt{Owner: n.By, Seq: n.Seq, Kind: n.With, Pos: n.Pos, Vel: n.Vel}
}

// ofNote is an effect of the bolt of a note.
func (r *Replica) ofNote(kind EffectKind, n *belief.Note, size float64) Effect {
	b := noteBolt(n)
	b.Team = r.board.team(n.By)
	x := r.ofBolt(kind, b, size)
	if kind == BeamFired {
		x.End = point(n.End)
	}
	return x
}

// landed shows a hit that the belief confirms, unless it was foreseen at about that
// time: a wrong guess does not make the real hit mute.
func (e *effects) landed(r *Replica, n *belief.Note, t sim.Tick) {
	if n.With == sim.Mine && n.Kind == belief.Stopped {
		return // a mine does nothing by touching: it explodes
	}
	b := noteBolt(n)
	b.Team = r.board.team(n.By)
	outcome := sim.Struck
	if n.Kind == belief.Stopped {
		outcome = sim.Spared
		if s := r.cellShip(n.Ship); s != nil && (s.Guards() || s.Boost == sim.Aegis) {
			outcome = sim.Stopped
		}
	}
	x := r.landed(b, n.Ship, outcome)
	name := hitName(b, n.Ship)
	for _, kind := range [...]EffectKind{ShotHit, ShotBlocked} {
		if m := e.place(kind, name); m.key == key(kind, name) && abs(int32(t-m.tick)) <= guessFor {
			return
		}
	}
	*e.place(x.Kind, name) = mark{key(x.Kind, name), t}
	e.add(x)
}

// entered shows a ship that comes in, not one that comes from another cell.
func (e *effects) entered(r *Replica, n *belief.Note) {
	s := r.cellShip(n.Ship)
	if s != nil && s.Shield > 60 && e.once(ShipEntered, uint32(n.Ship), r.tick) {
		e.add(Effect{
			Kind: ShipEntered, Who: n.Ship, By: sim.NoPlayer, Team: s.Team, Pos: point(n.Pos), Size: 0.5, Own: n.Ship == r.welcome.ID,
		})
	}
}
