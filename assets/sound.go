package assets

import "embed"

// Sound has sound/effects.pack and sound/music.pack, see package clip. They are
// made by "go run ./assets/bake sound". The desktop client plays them; the server
// hands them to browsers.
//
//go:embed sound/*.pack
var Sound embed.FS
