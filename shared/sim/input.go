package sim

// Buttons is the set of held buttons, one bit each.
type Buttons uint8

// The buttons of a ship.
const (
	Up Buttons = 1 << iota
	Down
	Left
	Right
	Fire // the primary
	Alt  // the secondary
	Dash

	// AllButtons is every button that exists; other bits are refused at the door.
	AllButtons = Up | Down | Left | Right | Fire | Alt | Dash
)

// Input is what a player wants in one tick: never where the ship is.
type Input struct {
	Buttons Buttons
	Aim     Angle // 0..1023
}

// Valid reports whether in could come from a player.
func (in Input) Valid() bool { return in.Buttons&^AllButtons == 0 && in.Aim < AngleSteps }

// Thrusting reports whether any direction is held that is not cancelled by its
// opposite.
func (b Buttons) Thrusting() bool { x, y := b.direction(); return x != 0 || y != 0 }

// direction returns the held direction, each axis -1, 0 or 1.
func (b Buttons) direction() (x, y Unit) {
	if b&Right != 0 {
		x++
	}
	if b&Left != 0 {
		x--
	}
	if b&Down != 0 {
		y++
	}
	if b&Up != 0 {
		y--
	}
	return x, y
}
