package view

import (
	"math"
	"slices"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// stick is a floating stick under a thumb: its middle is where the thumb came
// down, and follows when the thumb goes too far.
type stick struct {
	active bool
	id     ebiten.TouchID
	x0, y0 float64
	x, y   float64
}

// stickReach is how far a thumb moves to full deflection, in interface units.
const stickReach = 52.0

// thumbKey is a button on the screen that a ship has besides the sticks. A finger
// that came down on it holds it until it leaves the screen.
type thumbKey struct {
	active bool
	id     ebiten.TouchID
}

// thumbKeys are what they do.
var thumbKeys = [...]sim.Buttons{sim.Alt, sim.Dash}

// altNames are what the hulls' second weapons are called in a word, by sim.HullKind.
var altNames = [...]words.Key{words.TouchScatter, words.TouchMine, words.TouchPulse, words.TouchShield}

// altName returns what the second weapon of the player's ship is called.
func altName(scene *replica.Scene) words.Key {
	if scene != nil {
		if s := scene.OwnShip(); s != nil && int(s.Hull) < len(altNames) {
			return altNames[s.Hull]
		}
	}
	return words.TouchAlt
}

// sticks are the two thumbs: thrust on the left half, aim and fire on the right,
// with the buttons that the right thumb reaches.
type sticks struct {
	left, right stick
	keys        [len(thumbKeys)]thumbKey
	held        sim.Buttons // by the buttons
}

// step follows the fingers. A finger that presses a button is none of ours.
func (s *sticks) step(p *poll, f *frame, taken func(x, y float64) bool) {
	reach := stickReach * f.unit
	s.left.follow(p, reach)
	s.right.follow(p, reach)
	s.hold(p)
	for _, t := range p.touches {
		if !p.tapped(t.id) || taken(t.x, t.y) || s.press(t, f) {
			continue
		}
		side := &s.right
		if t.x < f.width/2 {
			side = &s.left
		}
		if !side.active {
			*side = stick{active: true, id: t.id, x0: t.x, y0: t.y, x: t.x, y: t.y}
		}
	}
}

// hold keeps the buttons whose finger is still there.
func (s *sticks) hold(p *poll) {
	s.held = 0
	for i := range s.keys {
		k := &s.keys[i]
		k.active = k.active && slices.ContainsFunc(p.touches, func(t touchPoint) bool { return t.id == k.id })
		if k.active {
			s.held |= thumbKeys[i]
		}
	}
}

// press gives a new finger to the button below it, if there is one.
func (s *sticks) press(t touchPoint, f *frame) bool {
	for i := range s.keys {
		if f.thumbKey(i).contains(t.x, t.y) {
			s.keys[i] = thumbKey{true, t.id}
			s.held |= thumbKeys[i]
			return true
		}
	}
	return false
}

// thumbKey is where button i stands: on an arc around the right thumb's rest.
func (f *frame) thumbKey(i int) rectangle {
	reach, side := stickReach*f.unit, max(60*f.unit, f.finger())
	x, y := f.thumb(true, reach)
	sin, cos := math.Sincos(math.Pi * (1.04 + 0.27*float64(i)))
	away := reach + 0.78*side
	return rectangle{x + cos*away - side/2, y + sin*away - side/2, side, side}
}

func (s *stick) follow(p *poll, reach float64) {
	if !s.active {
		return
	}
	for _, t := range p.touches {
		if t.id != s.id {
			continue
		}
		s.x, s.y = t.x, t.y
		if d := math.Hypot(s.x-s.x0, s.y-s.y0); d > reach {
			s.x0, s.y0 = s.x-(s.x-s.x0)/d*reach, s.y-(s.y-s.y0)/d*reach
		}
		return
	}
	s.active = false
}

// tilt returns the deflection, each axis -1 to 1.
func (s *stick) tilt(reach float64) (x, y float64) {
	if !s.active {
		return 0, 0
	}
	return (s.x - s.x0) / reach, (s.y - s.y0) / reach
}

// draw shows the sticks under the thumbs, or where they may go; alt is what the second
// weapon is called.
func (s *sticks) draw(b *brush, f *frame, hint bool, alt words.Key) {
	reach := stickReach * f.unit
	for i, k := range [...]*stick{&s.left, &s.right} {
		x, y, light := k.x0, k.y0, float32(0.5)
		if !k.active {
			if !hint {
				continue
			}
			x, y = f.thumb(i == 1, reach)
			light = 0.22
		}
		colour := b.livery.own
		if i == 1 {
			colour = b.livery.own.mix(inkWake, 0.7)
		}
		b.arc(beamShape, x, y, reach, 8*f.unit, 0, 2*math.Pi, colour.light(light))
		dx, dy := k.tilt(reach)
		b.sprite(haloShape, x+dx*reach, y+dy*reach, 0, f.unit/b.sheet.zoom, colour.light(light*1.4))
	}
	for i := range s.keys {
		r := f.thumbKey(i)
		x, y := r.middle()
		rim, body := inkFaint.light(0.9), inkPanel.solid(0.45)
		if s.keys[i].active {
			rim, body = b.livery.own.light(1), inkPanel.mix(b.livery.own, 0.25).solid(0.7)
		}
		panel(b, r, f.unit, body, rim)
		label := alt
		if thumbKeys[i] == sim.Dash {
			label = words.TouchDash
		}
		b.fitted(b.say(label), x, y+5*f.unit, r.w*0.86, 15*f.unit, bold, centre, inkText.solid(0.95))
	}
}
