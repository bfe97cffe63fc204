package view

import (
	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// boardTap is how short a press of the scoreboard's key leaves it open, in seconds.
const boardTap = 0.25

// board is the scoreboard: who is on it and what one does with them. Held open, it
// is looked at; pinned, lines can be chosen.
type board struct {
	pinned bool
	held   float64 // seconds the key has been down
	chosen sim.PlayerID
	order  []boardLine // what the last frame showed, in the order of reading
	groups [sim.Teams + 1][]int

	menu lineMenu
	left words.Line
	head [3]words.Line
}

// boardLine is a line that can be chosen.
type boardLine struct {
	id   sim.PlayerID
	area rectangle
}

// lineOrder is what can be done with somebody on the board.
type lineOrder uint8

// The orders.
const (
	orderFollow lineOrder = iota
	orderWhisper
	orderMute
	orderUnmute
	orderVote
	orderBack
)

var lineOrderKeys = [...]words.Key{
	orderFollow: words.Follow, orderWhisper: words.Whisper, orderMute: words.Mute, orderUnmute: words.Unmute,
	orderVote: words.VoteOut, orderBack: words.Back,
}

// lineMenu offers what can be done with one line.
type lineMenu struct {
	open    bool
	of      sim.PlayerID
	name    string
	tag     uint64
	entries [5]lineOrder
	count   int
	at      int
}

// offer fills the menu with what makes sense for a line.
func (m *lineMenu) offer(line *replica.PlayerView, scene *replica.Scene) {
	*m = lineMenu{open: true, of: line.ID, name: line.Name, tag: line.Tag}
	add := func(o lineOrder) { m.entries[m.count], m.count = o, m.count+1 }
	own := line.ID == scene.Self
	if !own && (scene.Watcher || !scene.Alive) && player(scene, line.ID) != nil {
		add(orderFollow)
	}
	if person := line.Tag != 0 && !line.Bot; person && !own {
		if add(orderWhisper); line.Muted {
			add(orderUnmute)
		} else {
			add(orderMute)
		}
		if scene.Vote == nil {
			add(orderVote)
		}
	}
	add(orderBack)
}

// person returns the line of id, with a ship or without, or nil.
func person(scene *replica.Scene, id sim.PlayerID) *replica.PlayerView {
	if v := player(scene, id); v != nil {
		return v
	}
	for i := range scene.Watchers {
		if scene.Watchers[i].ID == id {
			return &scene.Watchers[i]
		}
	}
	return nil
}

// pin opens the board to choose from it, or closes it.
func (d *board) pin(open bool) {
	d.pinned, d.chosen, d.menu.open = open, sim.NoPlayer, false
}

// follow takes the key of the board: held it shows it, struck shortly it pins it.
func (d *board) follow(p *poll, dt float64) {
	switch {
	case p.struck(scores) && d.pinned:
		d.pin(false)
		d.held = -1
	case p.held(scores) && d.held >= 0:
		d.held += dt
	case !p.held(scores):
		if d.held > 0 && d.held < boardTap {
			d.pin(true)
		}
		d.held = 0
	}
}

// shown reports whether the player asks for the board.
func (d *board) shown() bool { return d.pinned || d.held > 0 }

// move chooses the line that many further down.
func (d *board) move(step int) {
	if len(d.order) == 0 {
		return
	}
	at := none
	for i := range d.order {
		if d.order[i].id == d.chosen {
			at = i
		}
	}
	switch {
	case at == none && step < 0:
		at = len(d.order) - 1
	case at == none:
		at = 0
	default:
		at = (at + step + len(d.order)) % len(d.order)
	}
	d.chosen = d.order[at].id
}

// hover chooses the line under the pointer.
func (d *board) hover(x, y float64) {
	for i := range d.order {
		if d.order[i].area.contains(x, y) {
			d.chosen = d.order[i].id
		}
	}
}

// place returns where a line stands.
func (d *board) place(id sim.PlayerID) (rectangle, bool) {
	for i := range d.order {
		if d.order[i].id == id {
			return d.order[i].area, true
		}
	}
	return rectangle{}, false
}

// stepMenu takes this frame's keys for the menu of a line; it reports which order
// was given.
func (m *lineMenu) step(p *poll) (lineOrder, bool) {
	switch {
	case p.struck(back):
		return orderBack, true
	case p.struck(menuDown), p.struck(menuRight):
		m.at = (m.at + 1) % m.count
	case p.struck(menuUp), p.struck(menuLeft):
		m.at = (m.at + m.count - 1) % m.count
	case p.struck(confirm):
		return m.entries[m.at], true
	}
	return 0, false
}

// draw draws the menu beside its line.
func (m *lineMenu) draw(p *pane, line, board rectangle) {
	u := p.f.unit
	row := 32 * u
	if p.device == touch {
		row = max(row, p.f.finger())
	}
	w := 150 * u
	for i := range m.count {
		w = max(w, p.textWidth(p.say(lineOrderKeys[m.entries[i]]), 15*u, bold)+36*u)
	}
	h := row*float64(m.count) + 12*u
	r := rectangle{line.x + line.w*0.5, line.y + line.h, w, h}
	r.x = between(r.x, board.x+8*u, board.x+board.w-w-8*u)
	if r.y+h > p.f.height-p.f.margin() {
		r.y = max(line.y-h, p.f.margin())
	}
	panel(p.brush, r, u*0.8, inkPanel.solid(0.97), p.livery.own.light(0.9))
	p.glass.add(r, doNothing, m.of, 0)
	for i := range m.count {
		at := rectangle{r.x + 6*u, r.y + 6*u + row*float64(i), w - 12*u, row}
		p.glass.add(at, doLineOrder, m.of, i)
		ink := inkText
		if i == m.at {
			p.slope(at.x, at.y+2*u, at.w, at.h-4*u, p.livery.own.solid(0.26), p.livery.own.solid(0.06))
			ink = inkWhite
		}
		p.text(p.say(lineOrderKeys[m.entries[i]]), at.x+12*u, at.y+at.h/2+5*u, 15*u, bold, left, ink.solid(1))
	}
}
