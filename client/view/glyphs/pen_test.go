//go:build !js

package glyphs

import (
	"image"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/image/font/gofont/goregular"
)

// somewhere returns a folder with one good font and some that are none.
func somewhere(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range map[string][]byte{
		"a-broken.ttf": []byte("OTTO no font at all"), "b-empty.otf": nil, "c-short.ttc": goregular.TTF[:2000],
		"deep/go.ttf": goregular.TTF, "readme.txt": []byte("words"),
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func ink(m *image.Alpha) (n int) {
	for _, a := range m.Pix {
		if a > 0x40 {
			n++
		}
	}
	return n
}

func TestPenFindsALetter(t *testing.T) {
	p := Pen{Dirs: []string{filepath.Join(t.TempDir(), "none"), somewhere(t)}}
	plain, heavy, other := image.NewAlpha(image.Rect(0, 0, 60, 40)), image.NewAlpha(image.Rect(0, 0, 60, 40)), image.NewAlpha(image.Rect(0, 0, 60, 40))
	p.Paint(plain, "Ж", 3, 30, 24, false)
	p.Paint(heavy, "Ж", 3, 30, 24, true)
	p.Paint(other, "Я", 3, 30, 24, false)
	if ink(plain) < 40 || ink(heavy) <= ink(plain) || string(plain.Pix) == string(other.Pix) {
		t.Errorf("ink %d, bold %d, another letter the same: %v", ink(plain), ink(heavy), string(plain.Pix) == string(other.Pix))
	}
	if w := p.Width("ЖЖ", 24, false); w != 2*p.Width("Ж", 24, false) || w < 20 {
		t.Errorf("two letters are %g wide, one %g", w, p.Width("Ж", 24, false))
	}
}

func TestPenBoxesWhatNobodyHas(t *testing.T) {
	for _, p := range []*Pen{{Dirs: []string{somewhere(t)}}, {Dirs: []string{}}} {
		m := image.NewAlpha(image.Rect(0, 0, 60, 40))
		p.Paint(m, "\U0001F9FF", 3, 30, 24, false)
		if ink(m) < 20 || p.Width("\U0001F9FF", 24, false) <= 0 {
			t.Errorf("ink %d, width %g", ink(m), p.Width("\U0001F9FF", 24, false))
		}
		p.Paint(m, "xyz\U0001F9FF", 55, 3, 200, true) // beyond the rim on all sides
	}
}

func TestLikelyFontsComeFirst(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"Aaa.ttf", "DroidSansFallbackFull.ttf", "NotoSansCJK-Regular.ttc", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, path := range candidates([]string{dir}) {
		got = append(got, filepath.Base(path))
	}
	want := []string{"NotoSansCJK-Regular.ttc", "DejaVuSans.ttf", "DroidSansFallbackFull.ttf", "Aaa.ttf", "DejaVuSans-Bold.ttf"}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}
