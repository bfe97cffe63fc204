package view

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/replica"
	"ionwake/client/view/words"
)

// chatLog is the lines of chat, broken into rows. While one writes, one can go back
// in it.
type chatLog struct {
	rows   []chatRow
	broken chatBreak     // what rows were made from
	newest time.Duration // the age of the last line when it was last looked at
	scroll int           // rows that lie below what is shown
	fit    int           // rows that were shown at most
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
	lang        words.Language
}

// roll goes back and forth in what was said.
func (l *chatLog) roll(p *poll) {
	page := max(1, l.fit-1)
	switch {
	case p.repeats[ebiten.KeyPageUp]:
		l.scroll += page
	case p.repeats[ebiten.KeyPageDown]:
		l.scroll -= page
	case p.roll > 0:
		l.scroll += 2
	case p.roll < 0:
		l.scroll -= 2
	}
	l.scroll = min(max(0, l.scroll), max(0, len(l.rows)-l.fit))
}

// draw draws the newest rows, or those one went back to, into area.
func (l *chatLog) draw(p *pane, area rectangle, writing bool) {
	size := 15 * p.f.unit
	l.wrap(p, area.w, size)
	pitch := size * 1.42
	l.fit = max(1, int(area.h/pitch))
	if !writing {
		l.scroll = 0
	}
	y := area.y + area.h - 6*p.f.unit
	for i, shown := len(l.rows)-1-l.scroll, 0; i >= 0 && shown < l.fit; i, shown = i-1, shown+1 {
		row := &l.rows[i]
		line := &p.scene.Chat[row.line]
		light := float32(between(float64(chatSpan-line.Age)/float64(chatFade), 0, 1))
		if writing {
			light = 1
		}
		if light > 0 {
			p.drawRow(area.x, y, size, row, line, light)
		}
		y -= pitch
	}
	if writing && len(l.rows) > l.fit {
		l.drawBar(p, area)
	}
}

// drawBar shows where in the log one is.
func (l *chatLog) drawBar(p *pane, area rectangle) {
	u := p.f.unit
	h := area.h * float64(l.fit) / float64(len(l.rows))
	down := area.h * float64(l.scroll) / float64(len(l.rows))
	p.rect(area.x+area.w+2*u, area.y, 2*u, area.h, inkFaint.solid(0.4))
	p.rect(area.x+area.w+2*u, area.y+area.h-h-down, 2*u, h, inkText.solid(0.8))
}

// prefix is what stands before the words of a line: who said it, to whom.
func (p *pane) prefix(line *replica.ChatView, size float64) piece {
	switch {
	case line.Name == "":
		return piece{size: size}
	case line.Scope == replica.ToOne && line.Own:
		return p.piece(words.ChatTo, line.To, size, 1e4)
	case line.Scope == replica.ToOne:
		return p.piece(words.WhisperFrom, line.Name, size, 1e4)
	}
	return piece{name: shortName(line.Name, NameRunes), size: size}
}

// indent is the room that the prefix of a line takes.
func (p *pane) indent(line *replica.ChatView, size float64) float64 {
	if line.Name == "" {
		return 0
	}
	s := p.prefix(line, size)
	w := p.pieceWidth(&s) + size*0.6
	if line.Scope == replica.ToTeam {
		w += size * 1.25
	}
	return w
}

func (p *pane) drawRow(x, y, size float64, row *chatRow, line *replica.ChatView, light float32) {
	ink, indent := p.scopeHue(line.Scope), 0.0
	if line.Name == "" {
		ink = p.livery.warn
	}
	if row.head {
		indent = p.indent(line, size)
	}
	w := indent + p.textWidth(row.text, size, medium)
	p.slope(x-6, y-size, w+12, size*1.36, inkPanel.solid(0.62*light), inkPanel.solid(0.3*light))
	if row.head && line.Name != "" {
		at := x
		if line.Scope == replica.ToTeam {
			p.sideMark(p.scene.Team, at+size*0.45, y-size*0.36, size*0.42, ink.light(light))
			at += size * 1.25
		}
		s := p.prefix(line, size)
		name := p.livery.of(line.From)
		if line.Own {
			name = p.livery.own
		}
		if line.Scope == replica.ToOne {
			name = ink
		}
		p.write(&s, at, y, left, ink, name, light)
	}
	p.text(row.text, x+indent, y, size, medium, left, ink.mix(inkText, 0.5).solid(light))
}

// wrap breaks the lines into rows, unless nothing has changed.
func (l *chatLog) wrap(p *pane, width, size float64) {
	lines := p.scene.Chat
	now := chatBreak{count: len(lines), width: width, size: size, lang: p.lang}
	if len(lines) > 0 {
		now.first, now.last = lines[0].Text, lines[len(lines)-1].Text
	}
	came := false // a line of the same words as the last
	if len(lines) > 0 {
		age := lines[len(lines)-1].Age
		came, l.newest = age < l.newest, age
	}
	if now == l.broken && !came {
		return
	}
	before := len(l.rows)
	l.broken, l.rows = now, l.rows[:0]
	for i := range lines {
		indent := p.indent(&lines[i], size)
		rest := shortName(p.said(&lines[i]), 4*ChatRunes)
		for n := 0; n < chatWraps && (rest != "" || n == 0); n++ {
			var row string
			row, rest = breakLine(rest, func(s string) bool { return p.textWidth(s, size, medium) <= width-indent })
			l.rows = append(l.rows, chatRow{line: i, text: row, head: n == 0})
			indent = 0
		}
	}
	if l.scroll > 0 {
		l.scroll = max(0, l.scroll+len(l.rows)-before) // what one reads stays
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
