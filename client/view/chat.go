package view

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// chat is the box in which one writes, to whom, and the lines that were said.
type chat struct {
	field   *field
	writing bool
	clock   float64

	scope replica.Scope
	to    sim.PlayerID // of a whisper
	name  string       // of to
	last  sim.PlayerID // who whispered last, or whom to
	log   chatLog
}

func newChat() *chat {
	return &chat{field: newField("", ChatRunes), to: sim.NoPlayer, last: sim.NoPlayer}
}

// start opens the box to speak to all.
func (c *chat) start() { c.open(replica.ToAll, sim.NoPlayer, "") }

// open opens the box; to and name are whom a whisper is for.
func (c *chat) open(scope replica.Scope, to sim.PlayerID, name string) {
	c.writing, c.scope, c.to, c.name = true, scope, to, name
	c.log.scroll = 0
	c.field.set("")
}

// stop closes the box.
func (c *chat) stop() {
	if c.writing {
		c.field.close()
		c.field.set("")
		c.writing = false
	}
}

// step takes this frame's keys while one writes, and returns the line to send,
// or "".
func (c *chat) step(p *poll, scene *replica.Scene, dt float64) string {
	c.clock += dt
	if c.field.step(p, dt) {
		return ""
	}
	c.obeySlash(scene)
	c.log.roll(p)
	switch {
	case p.strokes[ebiten.KeyTab]:
		c.turn(scene)
	case p.struck(confirm):
		c.field.close()
		line := strings.TrimSpace(c.field.text)
		c.stop()
		return line
	case p.struck(back), c.field.ended:
		c.stop()
	}
	return ""
}

// turn goes on to the next of those one can speak to: all, own side, who whispered
// last. A name begun after /w is completed instead.
func (c *chat) turn(scene *replica.Scene) {
	if rest, ok := strings.CutPrefix(c.field.text, "/w "); ok {
		if v := named(scene, strings.TrimSpace(rest)); v != nil {
			c.whisper(v.ID, v.Name)
			c.field.set("")
		}
		return
	}
	c.find(scene)
	switch {
	case c.scope == replica.ToAll && scene != nil && scene.Teams > 0 && scene.Team != sim.NoTeam:
		c.scope = replica.ToTeam
	case c.scope != replica.ToOne && scene != nil && player(scene, c.last) != nil:
		c.whisper(c.last, player(scene, c.last).Name)
	default:
		c.scope, c.to, c.name = replica.ToAll, sim.NoPlayer, ""
	}
}

func (c *chat) whisper(to sim.PlayerID, name string) {
	c.scope, c.to, c.name, c.last = replica.ToOne, to, name, to
}

// find learns who whispered last.
func (c *chat) find(scene *replica.Scene) {
	if scene == nil {
		return
	}
	for i := range scene.Chat {
		if v := &scene.Chat[i]; v.Scope == replica.ToOne && !v.Own && v.Name != "" { // not the server
			c.last = v.From
		}
	}
}

// obeySlash takes words that say whom to speak to from the beginning of the line:
// /a and /t, and /w with a name.
func (c *chat) obeySlash(scene *replica.Scene) {
	text := c.field.text
	if text == "" || text[0] != '/' || scene == nil {
		return
	}
	word, rest, found := strings.Cut(text, " ")
	if !found {
		return
	}
	switch word {
	case "/a":
		c.scope = replica.ToAll
	case "/t":
		if scene.Teams == 0 {
			return
		}
		c.scope = replica.ToTeam
	case "/r":
		if c.find(scene); player(scene, c.last) == nil {
			return
		}
		c.whisper(c.last, player(scene, c.last).Name)
	case "/w":
		v, left := addressed(scene, rest)
		if v == nil {
			return
		}
		c.whisper(v.ID, v.Name)
		rest = left
	default:
		return
	}
	c.field.set(rest)
}

// addressed returns whose whole name, and a space, text begins with, and what
// follows: the longest such name.
func addressed(scene *replica.Scene, text string) (v *replica.PlayerView, rest string) {
	for i := range scene.Players {
		name := scene.Players[i].Name
		if len(text) <= len(name) || text[len(name)] != ' ' || !strings.EqualFold(text[:len(name)], name) {
			continue
		}
		if scene.Players[i].ID != scene.Self && (v == nil || len(name) > len(v.Name)) {
			v, rest = &scene.Players[i], text[len(name)+1:]
		}
	}
	return v, rest
}

// named returns the first, by score, whose name begins with prefix, whatever its
// case, or nil.
func named(scene *replica.Scene, prefix string) *replica.PlayerView {
	if scene == nil || prefix == "" {
		return nil
	}
	for i := range scene.Players {
		v := &scene.Players[i]
		if v.ID != scene.Self && len(v.Name) >= len(prefix) && strings.EqualFold(v.Name[:len(prefix)], prefix) {
			return v
		}
	}
	return nil
}

// scopeHue is the colour of what is said to a scope.
func (p *pane) scopeHue(s replica.Scope) hue {
	switch s {
	case replica.ToTeam:
		return p.livery.ally
	case replica.ToOne:
		return inkWake.mix(inkWhite, 0.35)
	}
	return inkText
}

// draw draws the newest lines into area, and the box if one writes.
func (c *chat) draw(p *pane, area rectangle) {
	c.log.draw(p, area, c.writing)
	if c.writing {
		c.drawBox(p)
	}
}

func (c *chat) drawBox(p *pane) {
	r, u := p.f.chatBox(), p.f.unit
	ink := p.scopeHue(c.scope)
	if c.scope == replica.ToAll {
		ink = p.livery.own
	}
	rim := ink.light(0.8)
	if c.field.full > 0 {
		rim = p.livery.warn.light(1)
	}
	panel(p.brush, r, u, inkPanel.solid(0.94), rim)
	key := [...]words.Key{replica.ToAll: words.ChatAll, replica.ToTeam: words.ChatTeam, replica.ToOne: words.ChatTo}[min(c.scope, replica.ToOne)]
	s := p.piece(key, c.name, 14*u, r.w*0.4)
	w := p.pieceWidth(&s)
	chip := rectangle{r.x + 5*u, r.y + 5*u, w + 14*u, r.h - 10*u}
	p.rect(chip.x, chip.y, chip.w, chip.h, ink.solid(0.18))
	p.write(&s, r.x+12*u, r.y+r.h/2+5*u, left, ink, ink, 1)
	p.press(chip, doChatScope, 0)
	c.field.draw(p.brush, rectangle{r.x + w + 28*u, r.y, r.w - w - 40*u, r.h}, 15*u, medium, true, c.clock, inkWhite.solid(1))
	if used := utf8.RuneCountInString(c.field.text); used > ChatRunes-20 {
		p.text(number(ChatRunes-used), r.x+r.w, r.y-4*u, 12*u, medium, right, p.livery.warn.solid(1))
	} else if p.device == keyboard {
		p.text(p.say(words.ChatKeys), r.x+2*u, r.y+r.h+14*u, 11.5*u, medium, left, inkDim.solid(0.95))
	}
}

const (
	chatSpan  = 10 * time.Second // a line is gone after this, unless one writes
	chatFade  = 1500 * time.Millisecond
	chatWraps = 4 // rows of one line at most: nobody fills the screen
)
