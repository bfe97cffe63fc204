package replica

import "ionwake/shared/sim"

// claims are the shots of the own ship that were shown before the server had them.
// Each is confirmed, foreseen again, if at another moment, or taken back.
type claims struct{ list []claimed }

type claimed struct {
	shot  Effect
	name  uint32
	tick  sim.Tick // it is foreseen for by now
	again bool     // the newest frame has not undone it
}

// maxClaims is more than a ship fires in the time that is foreseen; more are not
// taken back.
const maxClaims = 64

// shown notes that a shot of the own ship is shown.
func (c *claims) shown(f *foreseeing) {
	if len(c.list) < maxClaims {
		c.list = append(c.list, claimed{f.Effect, f.name, f.tick, true})
	}
}

// holds notes that a shot of the gun of that name is foreseen, or has happened, in
// tick t, which may be a little beside the tick of the claim: inputs that come late move
// a shot, from frame to frame, until they have come.
func (e *effects) holds(kind EffectKind, name uint32, t sim.Tick) {
	w := int32(window(kind, name))
	for i := range e.claims.list {
		l := &e.claims.list[i]
		if l.again || l.shot.Kind != kind || l.name != name || abs(int32(t-l.tick)) >= w {
			continue
		}
		l.again = true
		if l.tick != t {
			e.unmark(l)
			l.tick = t
			*e.claimed(l) = mark{key(kind, l.markName()), t}
		}
		return
	}
}

// markName is the name under which once remembers that the shot is shown.
func (l *claimed) markName() uint32 {
	return l.name*stretches + uint32(l.tick/window(l.shot.Kind, l.name))%stretches
}

// claimed is where once remembers the shot.
func (e *effects) claimed(l *claimed) *mark { return e.place(l.shot.Kind, l.markName()) }

// unmark makes the shot new again. Another may have slipped to where it is remembered.
func (e *effects) unmark(l *claimed) {
	if m := e.claimed(l); m.key == key(l.shot.Kind, l.markName()) && m.tick == l.tick {
		*m = mark{}
	}
}

// doubt lets every claim have to be foreseen again, before the picture starts anew.
func (c *claims) doubt() {
	for i := range c.list {
		c.list[i].again = false
	}
}

// settle takes back what neither happened nor is foreseen any more, and forgets what
// is behind tick.
func (e *effects) settle(tick sim.Tick) {
	for i := range e.maybe {
		if f := &e.maybe[i]; f.Own && isShot(f.Kind) {
			e.holds(f.Kind, f.name, f.tick)
		}
	}
	kept := e.claims.list[:0]
	for _, l := range e.claims.list {
		if !l.again {
			e.undo(&l)
			continue
		}
		if int32(l.tick-tick) > 0 {
			kept = append(kept, l)
		}
	}
	e.claims.list = kept
}

// undo takes a shot back: should it be fired after all, it shows once more.
func (e *effects) undo(l *claimed) {
	e.unmark(l)
	x := l.shot
	x.Kind = ShotUndone
	e.add(x)
}

// isShot reports whether kind is a gun going off.
func isShot(kind EffectKind) bool {
	return kind == ShotFired || kind == BeamFired || kind == PulseFired
}

// shotEffect is the effect of a gun that fires b.
func shotEffect(b *sim.Bolt) EffectKind {
	switch b.Kind {
	case sim.Beam:
		return BeamFired
	case sim.Pulse:
		return PulseFired
	}
	return ShotFired
}
