package assets

import "embed"

// Fonts has fonts/Jura-Medium.otf and fonts/Jura-Bold.otf, the voices of the
// player's screen, with their licence in fonts/OFL.txt.
//
//go:embed fonts/*.otf fonts/OFL.txt
var Fonts embed.FS

// Art has art/bloom.kage, the shader of the glow.
//
//go:embed art
var Art embed.FS
