package bot

import "ionwake/shared/sim"

// keys are the fingers on the buttons. A person changes what is held a few times
// a second, so a press and a release stand for a while.
type keys struct {
	flight sim.Buttons // the held directions
	turned uint32      // the send of the last change of flight
	stands uint32      // sends that flight stands at least

	fire   bool
	pulled uint32 // the send of the last change of fire
	alt    bool
	raised uint32 // the send of the last change of alt
	dash   uint32 // the send at which the dash is let go
}

// compass holds the buttons for each eighth of a turn, clockwise from the right.
var compass = [8]sim.Buttons{
	sim.Right, sim.Right | sim.Down, sim.Down, sim.Down | sim.Left,
	sim.Left, sim.Left | sim.Up, sim.Up, sim.Up | sim.Right,
}

// towards returns the direction to hold to gain speed along v.
func towards(v sim.Vec) sim.Buttons {
	return compass[(v.Angle()+sim.AngleSteps/16)%sim.AngleSteps/(sim.AngleSteps/8)]
}

// calm is a difference of speed that is not worth a key.
const calm = 3 * sim.One / 4

// fly presses what brings vel closer to want. Hasty fingers change at once.
func (k *keys) fly(vel, want sim.Vec, hasty bool, now uint32, r *sim.Rand) {
	wait := k.stands
	if hasty {
		wait = 3
	}
	if now-k.turned < wait {
		return
	}
	change := want.Sub(vel)
	var next sim.Buttons
	if change.Len2() > int64(calm)*int64(calm) {
		next = towards(change)
	}
	if next != k.flight {
		k.flight, k.turned = next, now
		k.stands = 7 + uint32(r.Intn(9))
	}
}

// shoot holds or releases the primary, for at least a tenth of a second.
func (k *keys) shoot(want bool, now uint32) {
	if want != k.fire && now-k.pulled >= 4 {
		k.fire, k.pulled = want, now
	}
}

// second holds or releases the secondary, for at least a tenth of a second.
func (k *keys) second(want bool, now uint32) {
	if want != k.alt && now-k.raised >= 4 {
		k.alt, k.raised = want, now
	}
}

// burst holds the dash for a moment.
func (k *keys) burst(now uint32) { k.dash = now + 4 }

// held returns the buttons that are down.
func (k *keys) held(now uint32) sim.Buttons {
	b := k.flight
	if k.fire {
		b |= sim.Fire
	}
	if k.alt {
		b |= sim.Alt
	}
	if now < k.dash {
		b |= sim.Dash
	}
	return b
}
