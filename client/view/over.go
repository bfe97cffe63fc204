package view

import (
	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// over lets what lies over play take this frame's keys and presses. It reports
// whether the ship has to do without them.
func (g *Game) over(p *poll) bool {
	if g.scene == nil || g.scene.Arena == nil {
		return false
	}
	h := &g.hud
	if x, y, ok := p.press(); ok && !h.wheelHeld() {
		if s := g.glass.at(x, y); s != nil {
			do := *s
			g.pressed(do)
			p.unclick()
			return h.board.menu.open || h.wheel.open
		}
	}
	switch {
	case h.board.menu.open:
		g.stepLineMenu(p)
		return true
	case h.wheel.open:
		g.said(h.wheel.step(p, g.dt, g.frame.unit))
		p.unclick()
		return h.wheel.tapped
	}
	g.stepBoard(p)
	g.vote(p)
	if p.struck(skipHint) && h.hints.open {
		h.hints.skip()
	}
	if p.struck(wheel) && g.scene.Self != sim.NoPlayer {
		h.wheel.show(false)
		return false
	}
	if k := struckSignal(p); k != none {
		g.said(k)
	}
	if watches(g) {
		g.stepReel(p)
		g.stepEye(p)
	}
	return h.board.menu.open
}

// wheelHeld reports whether the words are open and the pointer points at them.
func (h *hud) wheelHeld() bool { return h.wheel.open && !h.wheel.tapped }

// speak takes this frame's keys for the chat.
func (g *Game) speak(p *poll) {
	if x, y, ok := p.press(); ok {
		if s := g.glass.at(x, y); s != nil && s.do == doChatScope {
			g.pressed(*s)
		} else if g.hands.device == touch && !g.frame.chatBox().contains(x, y) {
			g.chat.stop() // fingers have no Esc
			return
		}
	}
	if line := g.chat.step(p, g.scene, g.dt); line != "" {
		g.cfg.Session.Say(line, g.chat.scope, g.chat.to)
	}
}

// unclick takes the mouse's left button and new fingers out of this frame: the press
// was for something that lies over play.
func (p *poll) unclick() {
	p.click = false
	p.mouse[ebiten.MouseButtonLeft], p.clicks[ebiten.MouseButtonLeft] = false, false
	p.taps = p.taps[:0]
}

// vote takes the keys of a vote under way.
func (g *Game) vote(p *poll) {
	if v := g.scene.Vote; v == nil || v.Voted {
		return
	}
	switch {
	case p.struck(voteYes):
		g.cfg.Session.CastVote(true)
	case p.struck(voteNo):
		g.cfg.Session.CastVote(false)
	}
}

// stepBoard takes the keys of the scoreboard. Pinned, the arrows choose a line and
// Enter opens its menu; the ship keeps all other keys.
func (g *Game) stepBoard(p *poll) {
	d := &g.hud.board
	d.follow(p, g.dt)
	if d.shown() {
		g.hud.hints.board = true
	}
	if !g.boardShown() || !d.pinned && g.scene.Match.Phase != sim.Results {
		return
	}
	if d.pinned && p.struck(back) {
		d.pin(false)
		p.take(back)
		return
	}
	if p.cursorMoved && g.hands.device == keyboard {
		d.hover(p.cursorX, p.cursorY)
	}
	if !d.pinned {
		return
	}
	switch {
	case p.struck(menuDown):
		d.move(1)
	case p.struck(menuUp):
		d.move(-1)
	case p.struck(confirm) && d.chosen != sim.NoPlayer:
		g.openLine(d.chosen)
		p.take(confirm)
	}
	p.take(menuDown)
	p.take(menuUp)
}

// take takes the keys and buttons of a menu's action out of this frame.
func (p *poll) take(a action) {
	i := a - confirm
	for _, k := range menuKeys[i] {
		p.keys[k], p.strokes[k] = false, false
	}
	for _, b := range menuButtons[i] {
		p.pad.buttons[b.Standard()], p.pad.strokes[b.Standard()] = false, false
	}
}

func (g *Game) openLine(id sim.PlayerID) {
	if line := person(g.scene, id); line != nil {
		d := &g.hud.board
		d.pinned, d.chosen = true, id
		d.menu.offer(line, g.scene)
	}
}

func (g *Game) stepLineMenu(p *poll) {
	m := &g.hud.board.menu
	if person(g.scene, m.of) == nil || !g.boardShown() {
		m.open = false
		return
	}
	if o, ok := m.step(p); ok {
		g.lineDo(o)
	}
}

// lineDo does what was chosen for a line of the board.
func (g *Game) lineDo(o lineOrder) {
	d := &g.hud.board
	m := &d.menu
	m.open = false
	switch o {
	case orderFollow:
		g.stage.watch.follow(m.of)
		d.pin(false)
	case orderWhisper:
		d.pin(false)
		g.chat.open(replica.ToOne, m.of, m.name)
	case orderMute:
		g.cfg.Session.Mute(m.tag, true)
	case orderUnmute:
		g.cfg.Session.Mute(m.tag, false)
	case orderVote:
		g.cfg.Session.CallVote(replica.VoteKick, m.of, "")
		d.pin(false)
	case orderBack:
	}
}

// stepEye turns the eye of one without a ship. A spectator's directions free it;
// the dead often hold theirs, and ask first.
func (g *Game) stepEye(p *poll) {
	w, s := &g.stage.watch, g.scene
	step := 0
	switch {
	case p.struck(nextPilot), s.Watcher && p.struck(fire):
		step = 1
	case p.struck(previousPilot), s.Watcher && p.struck(secondary):
		step = -1
	case p.struck(freeLook):
		w.loosen(&g.stage.camera)
	case p.struck(joinIn) && s.Watcher && g.place.Replay == "":
		g.takeShip()
	}
	if step != 0 {
		w.next(s, step)
	}
	dx, dy := thrustOf(g.hands.thrust(p, &g.frame))
	if dx == 0 && dy == 0 {
		return
	}
	if !w.free && s.Watcher {
		w.loosen(&g.stage.camera)
	}
	if w.free {
		w.push(s.Arena, dx, dy, g.dt)
	}
}

// pressed does what a place on the glass is for.
func (g *Game) pressed(s knob) {
	h, w := &g.hud, &g.stage.watch
	switch s.do {
	case doVoteYes, doVoteNo:
		g.cfg.Session.CastVote(s.do == doVoteYes)
	case doSignal:
		h.wheel.open = false
		g.said(s.index)
	case doWheel:
		if h.wheel.open {
			h.wheel.open = false
		} else {
			h.wheel.show(true)
		}
	case doChatScope:
		g.chat.turn(g.scene)
	case doNext:
		w.next(g.scene, 1)
	case doPrevious:
		w.next(g.scene, -1)
	case doFree:
		w.loosen(&g.stage.camera)
	case doJoin:
		g.takeShip()
	case doHull:
		g.menus.open(g.hullPage())
	case doSkipHint:
		h.hints.skip()
	case doChooseLine:
		if h.board.menu.open {
			h.board.menu.open = false
		} else {
			g.openLine(s.of)
		}
	case doReel:
		g.reelDo(s.index)
	case doLineOrder:
		g.lineDo(h.board.menu.entries[s.index])
	case doNothing:
		h.board.menu.open = false
	}
}
