package settings

import (
	"fmt"
	"slices"

	"github.com/hajimehoshi/ebiten/v2"
)

// Action is something a player can ask for with a key or a button of his choice.
type Action uint8

// The actions.
const (
	ThrustUp Action = iota
	ThrustDown
	ThrustLeft
	ThrustRight
	Fire // the primary
	Alt  // the secondary
	Dash
	Scores   // held: the scoreboard
	Talk     // chat to all
	TalkTeam // chat to one's own side
	Wheel    // the signals to choose from
	Signal1
	Signal2
	Signal3
	Signal4
	Signal5
	Signal6
	Signal7
	Signal8
	ChooseHull // hull and team
	VoteYes    // in the vote under way
	VoteNo
	WatchNext // of the pilots one can watch
	WatchPrevious
	WatchFree // a place instead of a pilot, and back
	JoinIn    // a spectator takes a seat
	SkipHint
	NetGraph
	Pause // the menu in play
	Actions
)

// phase says when an action applies: two that never do at one moment may share a
// key.
type phase uint8

const (
	flying phase = 1 << iota
	watching
	always = flying | watching
)

// actionRow is what there is to know about an action.
type actionRow struct {
	name string // as the text writes it
	when phase
	keys [2]Control
	pad  Button
}

func key(k ebiten.Key) Control { return KeyControl(k) }

var actionRows = [Actions]actionRow{
	ThrustUp:      {"thrust-up", always, [2]Control{key(ebiten.KeyW), key(ebiten.KeyArrowUp)}, 0},
	ThrustDown:    {"thrust-down", always, [2]Control{key(ebiten.KeyS), key(ebiten.KeyArrowDown)}, 0},
	ThrustLeft:    {"thrust-left", always, [2]Control{key(ebiten.KeyA), key(ebiten.KeyArrowLeft)}, 0},
	ThrustRight:   {"thrust-right", always, [2]Control{key(ebiten.KeyD), key(ebiten.KeyArrowRight)}, 0},
	Fire:          {"fire", flying, [2]Control{MouseLeft, key(ebiten.KeySpace)}, PadRT},
	Alt:           {"alt", flying, [2]Control{MouseRight, key(ebiten.KeyE)}, PadLT},
	Dash:          {"dash", flying, [2]Control{key(ebiten.KeyShiftLeft), key(ebiten.KeyShiftRight)}, PadLB},
	Scores:        {"scores", always, [2]Control{key(ebiten.KeyTab)}, PadBack},
	Talk:          {"talk", always, [2]Control{key(ebiten.KeyEnter), key(ebiten.KeyT)}, 0},
	TalkTeam:      {"talk-team", always, [2]Control{key(ebiten.KeyY)}, 0},
	Wheel:         {"signals", always, [2]Control{key(ebiten.KeyV)}, PadUp},
	Signal1:       {"signal-1", always, [2]Control{key(ebiten.KeyDigit1)}, 0},
	Signal2:       {"signal-2", always, [2]Control{key(ebiten.KeyDigit2)}, 0},
	Signal3:       {"signal-3", always, [2]Control{key(ebiten.KeyDigit3)}, 0},
	Signal4:       {"signal-4", always, [2]Control{key(ebiten.KeyDigit4)}, 0},
	Signal5:       {"signal-5", always, [2]Control{key(ebiten.KeyDigit5)}, 0},
	Signal6:       {"signal-6", always, [2]Control{key(ebiten.KeyDigit6)}, 0},
	Signal7:       {"signal-7", always, [2]Control{key(ebiten.KeyDigit7)}, 0},
	Signal8:       {"signal-8", always, [2]Control{key(ebiten.KeyDigit8)}, 0},
	ChooseHull:    {"hull", always, [2]Control{key(ebiten.KeyB)}, PadDown},
	VoteYes:       {"vote-yes", always, [2]Control{key(ebiten.KeyF1)}, PadRight},
	VoteNo:        {"vote-no", always, [2]Control{key(ebiten.KeyF2)}, PadLeft},
	WatchNext:     {"watch-next", watching, [2]Control{key(ebiten.KeyBracketRight), key(ebiten.KeyPageDown)}, PadRB},
	WatchPrevious: {"watch-previous", watching, [2]Control{key(ebiten.KeyBracketLeft), key(ebiten.KeyPageUp)}, PadLB},
	WatchFree:     {"watch-free", watching, [2]Control{key(ebiten.KeyF)}, PadY},
	JoinIn:        {"join-in", watching, [2]Control{key(ebiten.KeyJ)}, PadX},
	SkipHint:      {"skip-hint", always, [2]Control{key(ebiten.KeyH)}, PadB},
	NetGraph:      {"net-graph", always, [2]Control{key(ebiten.KeyF3)}, 0},
	Pause:         {"menu", always, [2]Control{key(ebiten.KeyEscape)}, PadStart},
}

// Keys are up to two controls of the desk for each action.
type Keys [Actions][2]Control

// Pad is a button of the pad for each action.
type Pad [Actions]Button

// DefaultKeys returns the keys at first, by their place on the keyboard: what is
// at WASD does the same whatever is printed there.
func DefaultKeys() (k Keys) {
	for a := range k {
		k[a] = actionRows[a].keys
	}
	return k
}

// DefaultPad returns the pad's buttons at first.
func DefaultPad() (p Pad) {
	for a := range p {
		p[a] = actionRows[a].pad
	}
	return p
}

// collide reports whether one key cannot serve both.
func collide(a, b Action) bool { return a != b && actionRows[a].when&actionRows[b].when != 0 }

// Bind gives c to a, in place of the control in slot 0 or 1, and returns which
// actions it was taken from. NoControl clears the slot.
func (k *Keys) Bind(a Action, slot int, c Control) (lost []Action) {
	if c != NoControl {
		for o := range Actions {
			for i := range k[o] {
				if k[o][i] == c && (collide(a, o) || a == o) {
					k[o][i] = NoControl
					if a != o {
						lost = append(lost, o)
					}
				}
			}
		}
	}
	k[a][slot] = c
	k.mend()
	return lost
}

// mend keeps a way into the menu: without one nobody could undo anything.
func (k *Keys) mend() {
	if k[Pause] == [2]Control{} {
		k[Pause][0] = key(ebiten.KeyEscape)
	}
}

// Bind gives b to a and returns which actions it was taken from. NoButton clears.
func (p *Pad) Bind(a Action, b Button) (lost []Action) {
	if b != NoButton {
		for o := range Actions {
			if p[o] == b && collide(a, o) {
				p[o] = NoButton
				lost = append(lost, o)
			}
		}
	}
	p[a] = b
	if p[Pause] == NoButton {
		p[Pause] = PadStart
		lost = slices.DeleteFunc(lost, func(o Action) bool { return o == Pause })
	}
	return lost
}

// String returns the action's name in the text.
func (a Action) String() string {
	if a >= Actions {
		return fmt.Sprintf("action %d", uint8(a))
	}
	return actionRows[a].name
}

// actionByName returns the action that the text calls name.
func actionByName(name string) (Action, bool) {
	for a := range Actions {
		if actionRows[a].name == name {
			return a, true
		}
	}
	return 0, false
}
