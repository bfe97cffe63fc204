package replica

import "ionwake/shared/sim"

// claims are the shots of the own ship that were shown before the server had them.
// Each is confirmed, foreseen again, or taken back.
type claims struct{ list []claimed }

type claimed struct {
	shot  Effect
	name  uint32
	tick  sim.Tick
	again bool // the newest frame has not undone it
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
// tick t, which may be a little beside the tick of the claim.
func (c *claims) holds(kind EffectKind, name uint32, t sim.Tick) {
	w := int32(window(kind, name))
	for i := range c.list {
		if l := &c.list[i]; l.shot.Kind == kind && l.name == name && abs(int32(t-l.tick)) < w {
			l.again = true
		}
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
	w := window(l.shot.Kind, l.name)
	name := l.name*stretches + uint32(l.tick/w)%stretches
	if m := e.place(l.shot.Kind, name); m.key == key(l.shot.Kind, name) {
		*m = mark{}
	}
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
