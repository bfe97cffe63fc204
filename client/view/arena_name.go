package view

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// arenaName returns what the arena of that name is called: "old-mill" is Old mill.
func (b *brush) arenaName(id string) string {
	name, known := b.arenas[id]
	if known || id == "" {
		return name
	}
	if b.arenas == nil || len(b.arenas) >= 256 { // servers make names up
		b.arenas = map[string]string{}
	}
	first, size := utf8.DecodeRuneInString(id)
	name = string(unicode.ToUpper(first)) + strings.NewReplacer("-", " ", "_", " ").Replace(id[size:])
	b.arenas[id] = name
	return name
}
