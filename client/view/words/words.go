// Package words holds every sentence that a player reads, in each language that
// the game speaks. A sentence has a Key; Say gives it in a language without any
// work, so that it may be called in each frame. What has a number or a name in it
// is made by Fill and Count, and kept in a Line as long as nothing changes.
//
// To add a sentence: a key in keys.go and a row in each of english.go, german.go
// and japanese.go; the test tells what is missing.
package words

import (
	"fmt"
	"strings"
)

// Language is one that the game speaks.
type Language uint8

// The languages.
const (
	English Language = iota
	German
	Japanese
	Languages
)

// book is what one language needs.
type book struct {
	code  string // of BCP 47
	name  string // as its speakers call it
	texts *[Keys]string
	// form chooses among the forms of a text about n things; forms is how many
	// there are.
	form  func(n int) int
	forms int
}

var books = [Languages]book{
	English:  {"en", "English", &english, oneOrMore, 2},
	German:   {"de", "Deutsch", &german, oneOrMore, 2},
	Japanese: {"ja", "日本語", &japanese, always, 1},
}

// oneOrMore is how English and German count.
func oneOrMore(n int) int {
	if n == 1 {
		return 0
	}
	return 1
}

// always is how a language without a plural counts.
func always(int) int { return 0 }

// Code returns the language's tag as BCP 47 has it.
func (l Language) Code() string { return books[l].code }

// Name returns what its speakers call the language.
func (l Language) Name() string { return books[l].name }

// Say returns the sentence of k. It makes nothing: it may be called in each frame.
func (l Language) Say(k Key) string { return books[l].texts[k] }

// Fill returns the sentence of k with args in the places of its verbs.
func (l Language) Fill(k Key, args ...any) string { return fmt.Sprintf(l.Say(k), args...) }

// formMark stands between the forms of a text that counts.
const formMark = "|"

// Count returns the sentence of k about n things. The first verb is n; more
// follow.
func (l Language) Count(k Key, n int, more ...any) string {
	forms := strings.Split(l.Say(k), formMark)
	text := forms[min(books[l].form(n), len(forms)-1)]
	return fmt.Sprintf(text, append([]any{n}, more...)...)
}

// Find returns the language of a tag such as de-AT, ja_JP.UTF-8 or en, and whether
// the game speaks it.
func Find(tag string) (Language, bool) {
	code, _, _ := strings.Cut(strings.ToLower(strings.NewReplacer("_", "-", ".", "-").Replace(tag)), "-")
	for l := range Languages {
		if books[l].code == code {
			return l, true
		}
	}
	return English, false
}

// Choose returns the first language of a list of wishes that the game speaks, else
// English.
func Choose(wishes ...string) Language {
	for _, w := range wishes {
		if l, ok := Find(w); ok {
			return l
		}
	}
	return English
}
