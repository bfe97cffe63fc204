//go:build !js

// Package glyphs paints the letters that the game's own fonts lack: with fonts of
// the system, or in a browser with its canvas, which has them all. So names and
// chat show in any script, and nobody downloads megabytes of letters.
package glyphs

import (
	"image"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

type sfntBuffer = sfnt.Buffer

// Bounds of the search: a machine with thousands of fonts must not stall the game.
const (
	mostEntries = 20000 // looked at
	mostFiles   = 40    // opened at most
)

// likely are pieces of the names of fonts with many letters, the best first: plain
// faces of systems, those for Japanese before those for other Han scripts.
var likely = []string{
	"notosanscjk-medium", "notosanscjk-regular", "notosansjp", "sourcehansans-regular", "hiragino", "ヒラギノ角ゴシック w4", "yugothm", "yugothic", "meiryo", "msgothic", "ipaexg", "ipag", "takaopgothic", "vl-gothic",
	"dejavusans.", "notosans-regular", "notosans[", "segoeui.", "segoeui", "arial unicode", "arialuni", "helveticaneue", "liberationsans-regular", "freesans.",
	"pingfang", "msyh", "wqy", "droidsansfallback", "applesdgothicneo", "malgun", "notosanskr", "nanumgothic.", "simsun",
	"notosansarabic-regular", "notosanshebrew-regular", "notosansthai-regular", "notosansdevanagari-regular", "nirmala", "tahoma.", "leelawad", "notosans", "unifont", "arial.",
}

// systemDirs returns where the system keeps fonts.
func systemDirs() []string {
	home, _ := os.UserHomeDir() // without one there are no fonts of one's own
	switch runtime.GOOS {
	case "windows":
		return []string{filepath.Join(os.Getenv("WINDIR"), "Fonts"), filepath.Join(os.Getenv("LOCALAPPDATA"), "Microsoft", "Windows", "Fonts")}
	case "darwin":
		return []string{"/System/Library/Fonts", "/Library/Fonts", filepath.Join(home, "Library", "Fonts")}
	default: // the folders of fontconfig and of the XDG base directories
		data := os.Getenv("XDG_DATA_HOME")
		if data == "" {
			data = filepath.Join(home, ".local", "share")
		}
		return []string{"/usr/share/fonts", "/usr/local/share/fonts", filepath.Join(data, "fonts"), filepath.Join(home, ".fonts")}
	}
}

// candidates returns the font files below dirs, likeliest first.
func candidates(dirs []string) []string {
	if dirs == nil {
		dirs = systemDirs()
	}
	type ranked struct {
		path string
		rank int
	}
	var found []ranked
	seen := 0
	for _, dir := range dirs {
		_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if seen++; seen > mostEntries {
				return fs.SkipAll
			}
			if err != nil || d.IsDir() {
				return nil // a folder that cannot be read has no fonts for us
			}
			name := strings.ToLower(d.Name())
			switch filepath.Ext(name) {
			case ".ttf", ".otf", ".ttc", ".otc":
				found = append(found, ranked{path, rank(name)})
			}
			return nil
		})
	}
	slices.SortStableFunc(found, func(a, b ranked) int { return a.rank - b.rank })
	var files []string
	for _, f := range found[:min(len(found), mostFiles)] {
		files = append(files, f.path)
	}
	return files
}

func rank(name string) int {
	for i, piece := range likely {
		if strings.HasPrefix(name, piece) {
			return i
		}
	}
	return len(likely)
}

// open returns the first font of a file, or of a collection, read as it is needed:
// such files have tens of megabytes. The file stays open as long as the program.
func open(path string) []*opentype.Font {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	fonts, err := sfnt.ParseCollectionReaderAt(file)
	if err == nil && fonts.NumFonts() > 0 {
		var f *opentype.Font
		if f, err = fonts.Font(0); err == nil {
			return []*opentype.Font{f}
		}
	}
	file.Close()
	return nil
}

// empty is a face without letters.
type empty struct{}

func (empty) Close() error { return nil }
func (empty) Glyph(fixed.Point26_6, rune) (image.Rectangle, image.Image, image.Point, fixed.Int26_6, bool) {
	return image.Rectangle{}, nil, image.Point{}, 0, false
}
func (empty) GlyphBounds(rune) (b fixed.Rectangle26_6, a fixed.Int26_6, ok bool) { return b, 0, false }
func (empty) GlyphAdvance(rune) (fixed.Int26_6, bool)                            { return 0, false }
func (empty) Kern(_, _ rune) fixed.Int26_6                                       { return 0 }
func (empty) Metrics() (m font.Metrics)                                          { return m }
