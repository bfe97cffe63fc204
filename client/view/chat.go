package view

import (
	"strings"
	"time"
	"unicode/utf8"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

const (
	chatSpan  = 10 * time.Second // a line is gone after this, unless one writes
	chatFade  = 1500 * time.Millisecond
	chatRows  = 9 // shown at most; older lines go first
	chatWraps = 4 // rows of one line at most: nobody fills the screen
)

// chat is the lines of chat and the box in which one writes.
type chat struct {
	field   *field
	writing bool
	clock   float64

	rows   []chatRow
	broken chatBreak     // what rows were made from
	newest time.Duration // the age of the last line when it was last looked at
}

// chatRow is a piece of a line that fits the width.
type chatRow struct {
	line int // index into Scene.Chat
	text string
	head bool // the first row of its line, after the name
}

// chatBreak tells whether the rows are still right.
type chatBreak struct {
	count       int
	first, last string
	width, size float64
}

func newChat() *chat { return &chat{field: newField("", ChatRunes)} }

// start opens the box.
func (c *chat) start() {
	c.writing = true
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
func (c *chat) step(p *poll, dt float64) string {
	c.clock += dt
	if c.field.step(p, dt) {
		return ""
	}
	switch {
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

// draw draws the newest lines into area, and the box if one writes.
func (c *chat) draw(b *brush, f *frame, area rectangle, scene *replica.Scene) {
	size := 15 * f.unit
	c.wrap(b, scene.Chat, area.w, size)
	pitch := size * 1.42
	y := area.y + area.h - 6*f.unit
	for i, shown := len(c.rows)-1, 0; i >= 0 && shown < chatRows; i, shown = i-1, shown+1 {
		row := &c.rows[i]
		line := &scene.Chat[row.line]
		light := float32(between(float64(chatSpan-line.Age)/float64(chatFade), 0, 1))
		if c.writing {
			light = 1
		}
		if light > 0 {
			drawChatRow(b, area.x, y, size, row, line, scene.Self, light)
		}
		y -= pitch
	}
	if c.writing {
		c.drawBox(b, f)
	}
}

func drawChatRow(b *brush, x, y, size float64, row *chatRow, line *replica.ChatView, self sim.PlayerID, light float32) {
	ink := inkText
	if line.Name == "" {
		ink = inkWarn
	}
	name := ""
	indent := 0.0
	if row.head && line.Name != "" {
		name = shortName(line.Name, NameRunes)
		indent = b.textWidth(name, size, bold) + size*0.6
	}
	w := indent + b.textWidth(row.text, size, medium)
	b.slope(x-6, y-size, w+12, size*1.36, inkPanel.solid(0.6*light), inkPanel.solid(0.25*light))
	if name != "" {
		b.text(name, x, y, size, bold, left, hueOf(line.From, line.From == self).solid(light))
	}
	b.text(row.text, x+indent, y, size, medium, left, ink.solid(light))
}

func (c *chat) drawBox(b *brush, f *frame) {
	r, u := f.chatBox(), f.unit
	rim := inkIon.light(0.8)
	if c.field.full > 0 {
		rim = inkWarn.light(1)
	}
	panel(b, r, u, inkPanel.solid(0.92), rim)
	const words = "Say"
	w := b.text(words, r.x+10*u, r.y+r.h/2+5*u, 14*u, bold, left, inkIon.solid(1))
	c.field.draw(b, rectangle{r.x + w + 20*u, r.y, r.w - w - 34*u, r.h}, 15*u, medium, true, c.clock, inkWhite.solid(1))
	if used := utf8.RuneCountInString(c.field.text); used > ChatRunes-20 {
		b.text(number(ChatRunes-used), r.x+r.w, r.y-4*u, 12*u, medium, right, inkWarn.solid(1))
	}
}

// wrap breaks the lines into rows, unless nothing has changed.
func (c *chat) wrap(b *brush, lines []replica.ChatView, width, size float64) {
	now := chatBreak{count: len(lines), width: width, size: size}
	if len(lines) > 0 {
		now.first, now.last = lines[0].Text, lines[len(lines)-1].Text
	}
	came := false // a line of the same words as the last
	if len(lines) > 0 {
		age := lines[len(lines)-1].Age
		came, c.newest = age < c.newest, age
	}
	if now == c.broken && !came {
		return
	}
	c.broken, c.rows = now, c.rows[:0]
	for i := max(0, len(lines)-chatRows); i < len(lines); i++ { // no more can show
		indent := 0.0
		if lines[i].Name != "" {
			indent = b.textWidth(shortName(lines[i].Name, NameRunes), size, bold) + size*0.6
		}
		rest := shortName(lines[i].Text, 4*ChatRunes)
		for n := 0; n < chatWraps && (rest != "" || n == 0); n++ {
			var row string
			row, rest = breakLine(rest, func(s string) bool { return b.textWidth(s, size, medium) <= width-indent })
			c.rows = append(c.rows, chatRow{line: i, text: row, head: n == 0})
			indent = 0
		}
	}
}

// breakLine splits s so that the first part fits: after a space if there is one,
// else anywhere between runes, and never before the first rune.
func breakLine(s string, fits func(string) bool) (row, rest string) {
	if s == "" || fits(s) {
		return s, ""
	}
	_, end := utf8.DecodeRuneInString(s) // fits, or must
	for low, high := end, len(s); low < high; {
		middle := (low + high + 1) / 2
		for middle < high && !utf8.RuneStart(s[middle]) {
			middle++
		}
		if fits(s[:middle]) {
			low, end = middle, middle
		} else {
			high = middle - 1
		}
		for high > low && high < len(s) && !utf8.RuneStart(s[high]) {
			high--
		}
	}
	if space := strings.LastIndexByte(s[:end], ' '); space > 0 {
		return s[:space], s[space+1:]
	}
	return s[:end], s[end:]
}
