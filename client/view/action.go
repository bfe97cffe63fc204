// Package view is the eyes, ears and hands of the client: what a player sees and
// presses. It is the only package with Ebitengine besides main.
package view

import "github.com/hajimehoshi/ebiten/v2"

// action is something a player can ask for. Which key does that? See bindings.
type action uint8

// The actions.
const (
	thrustUp action = iota
	thrustDown
	thrustLeft
	thrustRight
	fire
	scores // hold to see the scoreboard
	talk   // open the chat
	talkTeam
	wheel   // the words one can say without writing
	voteYes // in the vote under way
	voteNo
	nextPilot // of those one watches
	previousPilot
	freeLook // watch a place, or a pilot again
	joinIn   // a spectator takes a seat
	skipHint
	netView // the figures of the line
	confirm // press what is chosen
	back    // out of chat and menus
	pause   // into the menu from play
	choosePrevious
	chooseNext
	actions
)

// bindings are the keys of each action, by place on the keyboard: the key at
// WASD does the same on every layout. A key may serve two actions that never
// apply at the same moment.
var bindings = [actions][]ebiten.Key{
	thrustUp:    {ebiten.KeyW, ebiten.KeyArrowUp},
	thrustDown:  {ebiten.KeyS, ebiten.KeyArrowDown},
	thrustLeft:  {ebiten.KeyA, ebiten.KeyArrowLeft},
	thrustRight: {ebiten.KeyD, ebiten.KeyArrowRight},
	fire:        {ebiten.KeySpace},
	scores:      {ebiten.KeyTab},
	talk:        {ebiten.KeyEnter, ebiten.KeyT, ebiten.KeyNumpadEnter},
	talkTeam:    {ebiten.KeyY},
	wheel:       {ebiten.KeyV},
	voteYes:     {ebiten.KeyF1},
	voteNo:      {ebiten.KeyF2},
	freeLook:    {ebiten.KeyF},
	joinIn:      {ebiten.KeyJ},
	skipHint:    {ebiten.KeyH},
	netView:     {ebiten.KeyF3},

	nextPilot:     {ebiten.KeyBracketRight, ebiten.KeyPageDown},
	previousPilot: {ebiten.KeyBracketLeft, ebiten.KeyPageUp},

	confirm: {ebiten.KeyEnter, ebiten.KeyNumpadEnter},
	back:    {ebiten.KeyEscape},
	pause:   {ebiten.KeyEscape},

	choosePrevious: {ebiten.KeyArrowUp, ebiten.KeyArrowLeft},
	chooseNext:     {ebiten.KeyArrowDown, ebiten.KeyArrowRight, ebiten.KeyTab},
}

// padBindings are the pad's buttons of each action, in the standard layout.
var padBindings = [actions][]ebiten.StandardGamepadButton{
	wheel:    {ebiten.StandardGamepadButtonLeftTop},
	voteYes:  {ebiten.StandardGamepadButtonLeftRight},
	voteNo:   {ebiten.StandardGamepadButtonLeftLeft},
	freeLook: {ebiten.StandardGamepadButtonRightTop},
	joinIn:   {ebiten.StandardGamepadButtonRightLeft},
	skipHint: {ebiten.StandardGamepadButtonLeftBottom},
	fire:     {ebiten.StandardGamepadButtonFrontBottomRight, ebiten.StandardGamepadButtonFrontTopRight},
	scores:   {ebiten.StandardGamepadButtonCenterLeft},
	confirm:  {ebiten.StandardGamepadButtonRightBottom},
	back:     {ebiten.StandardGamepadButtonRightRight, ebiten.StandardGamepadButtonCenterRight},
	pause:    {ebiten.StandardGamepadButtonCenterRight},

	nextPilot:     {ebiten.StandardGamepadButtonFrontTopRight},
	previousPilot: {ebiten.StandardGamepadButtonFrontTopLeft},

	choosePrevious: {ebiten.StandardGamepadButtonLeftTop, ebiten.StandardGamepadButtonLeftLeft},
	chooseNext:     {ebiten.StandardGamepadButtonLeftBottom, ebiten.StandardGamepadButtonLeftRight},
}

// device is what a player plays with.
type device uint8

const (
	keyboard device = iota
	pad
	touch
)

// held reports whether any key or button of a is down.
func (p *poll) held(a action) bool {
	for _, k := range bindings[a] {
		if p.keys[k] {
			return true
		}
	}
	for _, k := range padBindings[a] {
		if p.pad.buttons[k] {
			return true
		}
	}
	return false
}

// struck reports whether a key or button of a went down in this frame.
func (p *poll) struck(a action) bool {
	for _, k := range bindings[a] {
		if p.strokes[k] {
			return true
		}
	}
	for _, k := range padBindings[a] {
		if p.pad.strokes[k] {
			return true
		}
	}
	return false
}
