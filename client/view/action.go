// Package view is the eyes, ears and hands of the client: what a player sees and
// presses. It is the only package with Ebitengine besides main.
package view

import (
	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/view/settings"
)

// action is something a player can ask for. Those of settings are on keys of the
// player's choice, the others, which menus understand, on keys of ours.
type action = settings.Action

// The actions.
const (
	thrustUp      = settings.ThrustUp
	thrustDown    = settings.ThrustDown
	thrustLeft    = settings.ThrustLeft
	thrustRight   = settings.ThrustRight
	fire          = settings.Fire
	secondary     = settings.Alt
	dash          = settings.Dash
	scores        = settings.Scores // held: the scoreboard
	talk          = settings.Talk
	talkTeam      = settings.TalkTeam
	wheel         = settings.Wheel // the words one can say without writing
	signalFirst   = settings.Signal1
	signalLast    = settings.Signal8
	chooseHull    = settings.ChooseHull
	voteYes       = settings.VoteYes // in the vote under way
	voteNo        = settings.VoteNo
	nextPilot     = settings.WatchNext // of those one watches
	previousPilot = settings.WatchPrevious
	freeLook      = settings.WatchFree // watch a place, or a pilot again
	joinIn        = settings.JoinIn    // a spectator takes a seat
	skipHint      = settings.SkipHint
	netView       = settings.NetGraph // the figures of the line
	pause         = settings.Pause    // into the menu from play
)

const (
	confirm action = settings.Actions + iota // press what is chosen
	back                                     // out of chat and menus
	menuUp
	menuDown
	menuLeft
	menuRight
	choosePrevious // up or left in a list without sides
	chooseNext
	actions
)

// menuKeys are the keys of the actions that cannot be moved: whatever happened to
// the others, menus can be used.
var menuKeys = [actions - settings.Actions][]ebiten.Key{
	confirm - settings.Actions:        {ebiten.KeyEnter, ebiten.KeyNumpadEnter},
	back - settings.Actions:           {ebiten.KeyEscape},
	menuUp - settings.Actions:         {ebiten.KeyArrowUp},
	menuDown - settings.Actions:       {ebiten.KeyArrowDown, ebiten.KeyTab},
	menuLeft - settings.Actions:       {ebiten.KeyArrowLeft},
	menuRight - settings.Actions:      {ebiten.KeyArrowRight},
	choosePrevious - settings.Actions: {ebiten.KeyArrowUp, ebiten.KeyArrowLeft},
	chooseNext - settings.Actions:     {ebiten.KeyArrowDown, ebiten.KeyArrowRight, ebiten.KeyTab},
}

// menuButtons are their buttons of the pad.
var menuButtons = [actions - settings.Actions][]settings.Button{
	confirm - settings.Actions:        {settings.PadA},
	back - settings.Actions:           {settings.PadB, settings.PadStart},
	menuUp - settings.Actions:         {settings.PadUp},
	menuDown - settings.Actions:       {settings.PadDown},
	menuLeft - settings.Actions:       {settings.PadLeft},
	menuRight - settings.Actions:      {settings.PadRight},
	choosePrevious - settings.Actions: {settings.PadUp, settings.PadLeft},
	chooseNext - settings.Actions:     {settings.PadDown, settings.PadRight},
}

// bound is which keys and buttons the player's actions are on.
type bound struct {
	keys settings.Keys
	pad  settings.Pad
}

var boundAtFirst = bound{settings.DefaultKeys(), settings.DefaultPad()}

// device is what a player plays with.
type device uint8

const (
	keyboard device = iota
	pad
	touch
)

// ask reports whether a control or button of a is among those of a frame.
func (p *poll) ask(a action, keys *[keyCount]bool, mouse *[mouseButtons]bool, buttons *[padButtons]bool) bool {
	if a >= settings.Actions {
		for _, k := range menuKeys[a-settings.Actions] {
			if keys[k] {
				return true
			}
		}
		for _, b := range menuButtons[a-settings.Actions] {
			if buttons[b.Standard()] {
				return true
			}
		}
		return false
	}
	on := p.bound
	if on == nil {
		on = &boundAtFirst
	}
	for _, c := range on.keys[a] {
		if k, ok := c.Key(); ok && keys[k] {
			return true
		}
		if m, ok := c.Mouse(); ok && !p.mouseOff && mouse[m] {
			return true
		}
	}
	b := on.pad[a]
	return b != settings.NoButton && buttons[b.Standard()]
}

// held reports whether any key or button of a is down.
func (p *poll) held(a action) bool { return p.ask(a, &p.keys, &p.mouse, &p.pad.buttons) }

// struck reports whether a key or button of a went down in this frame.
func (p *poll) struck(a action) bool { return p.ask(a, &p.strokes, &p.clicks, &p.pad.strokes) }
