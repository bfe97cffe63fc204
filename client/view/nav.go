package view

import (
	"math"

	"github.com/hajimehoshi/ebiten/v2"
)

const (
	navAfter = 0.38 // seconds a direction is held before it counts again
	navEvery = 0.09
	navStick = 0.6 // how far a stick is pushed to count
)

// nav is where somebody goes in a menu: steps to the sides, from keys, the pad's
// cross and its left stick, again and again while they are held.
type nav struct {
	dx, dy int // held on the pad
	wait   float64
}

// step returns this frame's step, each axis -1, 0 or 1.
func (n *nav) step(p *poll, dt float64) (dx, dy int) {
	for _, k := range [...]struct {
		key    ebiten.Key
		dx, dy int
	}{{ebiten.KeyArrowLeft, -1, 0}, {ebiten.KeyArrowRight, 1, 0}, {ebiten.KeyArrowUp, 0, -1}, {ebiten.KeyArrowDown, 0, 1}} {
		if p.repeats[k.key] || p.strokes[k.key] {
			dx, dy = k.dx, k.dy
		}
	}
	if dx != 0 || dy != 0 {
		return dx, dy
	}
	return n.pad(p, dt)
}

// pad returns the step that the pad asks for.
func (n *nav) pad(p *poll, dt float64) (dx, dy int) {
	x, y := padSide(p, menuLeft, menuRight, p.pad.leftX), padSide(p, menuUp, menuDown, p.pad.leftY)
	if x != 0 && math.Abs(p.pad.leftX) < math.Abs(p.pad.leftY) {
		x = 0 // a stick pushed askew goes one way
	} else if x != 0 {
		y = 0
	}
	if x != n.dx || y != n.dy {
		n.dx, n.dy, n.wait = x, y, navAfter
		return x, y
	}
	if n.wait -= dt; n.wait > 0 || x == 0 && y == 0 {
		return 0, 0
	}
	n.wait = navEvery
	return x, y
}

// padSide returns which of two opposite directions the pad holds.
func padSide(p *poll, less, more action, tilt float64) int {
	down := func(a action) bool {
		return p.pad.buttons[menuButtons[a-confirm][0].Standard()]
	}
	switch {
	case down(less), tilt < -navStick:
		return -1
	case down(more), tilt > navStick:
		return 1
	}
	return 0
}

// turn returns the step that Tab asks for, -1, 0 or 1: through everything, in the
// order in which it is read.
func (n *nav) turn(p *poll) int {
	switch {
	case !p.repeats[ebiten.KeyTab] && !p.strokes[ebiten.KeyTab]:
		return 0
	case p.keys[ebiten.KeyShift]:
		return -1
	}
	return 1
}
