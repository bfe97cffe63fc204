package view

import "ionwake/shared/sim"

// glass is what can be pressed on top of the world, by mouse or finger: what the
// last frame drew there. What is drawn later lies above.
type glass struct {
	knobs []knob
}

// knob is a place to press and what it does.
type knob struct {
	area  rectangle
	do    deed
	of    sim.PlayerID
	index int
}

// deed is what pressing something on the glass does.
type deed uint8

// The deeds.
const (
	doNothing deed = iota // only keeps the press from the ship
	doVoteYes             // vote in the vote under way
	doVoteNo
	doSignal    // say word index
	doWheel     // open and close the words
	doChatScope // the next of those one speaks to
	doNext      // watch another pilot
	doPrevious
	doFree // watch a place
	doJoin // take a seat
	doHull // choose another hull
	doSkipHint
	doChooseLine // line of the scoreboard
	doLineOrder  // entry index of the line's menu
	doReel       // of a replay: see reelDo
)

// clear forgets what was drawn.
func (g *glass) clear() { g.knobs = g.knobs[:0] }

// add makes an area of this frame do something.
func (g *glass) add(area rectangle, d deed, of sim.PlayerID, index int) {
	g.knobs = append(g.knobs, knob{area, d, of, index})
}

// at returns what is at a place, or nil.
func (g *glass) at(x, y float64) *knob {
	for i := len(g.knobs) - 1; i >= 0; i-- {
		if g.knobs[i].area.contains(x, y) {
			return &g.knobs[i]
		}
	}
	return nil
}

// press adds a button for fingers and pointers around (x, y) at least as large as
// a finger needs where fingers are in use.
func (p *pane) press(area rectangle, d deed, index int) {
	if least := p.f.finger(); p.device == touch && area.h < least {
		area.y, area.h = area.y-(least-area.h)/2, least
	}
	p.glass.add(area, d, sim.NoPlayer, index)
}
