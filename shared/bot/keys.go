package bot

import "ionwake/shared/sim"

// keys are the fingers on the buttons. A person changes what is held a few times
// a second, so a press and a release stand for a while.
type keys struct {
	flight sim.Buttons // the held directions
	fire   bool
	turned uint32 // the send of the last change of flight
	pulled uint32 // the send of the last change of fire
	stands uint32 // sends that flight stands at least
}

// compass holds the buttons for each eighth of a turn, clockwise from the right.
var compass = [8]sim.Buttons{
	sim.Right, sim.Right | sim.Down, sim.Down, sim.Down | sim.Left,
	sim.Left, sim.Left | sim.Up, sim.Up, sim.Up | sim.Right,
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
		next = compass[(change.Angle()+sim.AngleSteps/16)%sim.AngleSteps/(sim.AngleSteps/8)]
	}
	if next != k.flight {
		k.flight, k.turned = next, now
		k.stands = 6 + uint32(r.Intn(9))
	}
}

// shoot holds or releases the trigger, for at least a tenth of a second.
func (k *keys) shoot(want bool, now uint32) {
	if want != k.fire && now-k.pulled >= 4 {
		k.fire, k.pulled = want, now
	}
}

// held returns the buttons that are down.
func (k *keys) held() sim.Buttons {
	if k.fire {
		return k.flight | sim.Fire
	}
	return k.flight
}
