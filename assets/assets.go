// Package assets holds every file that travels inside the programs. It is the
// only place with go:embed, and it decodes nothing: who needs a thing parses it.
//
// Each kind is a variable of its own, because the linker drops an embedded file
// system that nobody refers to: the server carries no art, the browser's game
// does not carry itself.
package assets

import "embed"

// Maps has maps/NAME.arena, the arenas in the game's compact form, for both
// sides. They are made from the drawings beside them, maps/NAME.tmx, by
// "make generate".
//
//go:embed maps/*.arena
var Maps embed.FS

// Web has the web page, web/..., and the built web client below web/dist/ when
// "make web" has run. Without that folder everything still compiles, and the
// server says in words what is missing.
//
//go:embed all:web
var Web embed.FS
