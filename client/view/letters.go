package view

import (
	"strings"

	"ionwake/client/view/words"
)

// letterRows are the keys of the keyboard on the screen.
var letterRows = [...]string{"1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm._/"}

// lettersPage is a keyboard on the screen, for who has a pad alone. done is called
// when all is written.
func lettersPage(f *field, done func()) *page {
	pg := &page{head: words.Letters, focus: 10}
	large := false
	pg.build = func(pg *page) {
		for _, row := range letterRows {
			for _, r := range row {
				key := string(r)
				if large {
					key = strings.ToUpper(key)
				}
				pg.add(item{kind: doItem, text: key, span: 0.1, do: func() { f.insert(key) }})
			}
		}
		for _, k := range [...]struct {
			key words.Key
			do  func()
		}{
			{words.LetterShift, func() { large = !large; pg.rebuild() }}, {words.KeySpace, func() { f.insert(" ") }},
			{words.KeyBackspace, func() { f.apply(eraseBack) }}, {words.OK, done},
		} {
			pg.add(item{kind: doItem, key: k.key, span: 0.25, do: k.do})
		}
	}
	pg.rebuild()
	pg.each = func(float64) { pg.say(f.text + "_") }
	if f.hidden {
		pg.each = nil
	}
	return pg
}

// write opens the keyboard on the screen for the box that has the focus.
func (pg *page) write(it *item) {
	pg.letters = lettersPage(it.field, func() { pg.letters = nil })
}
