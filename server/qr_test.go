package main

import (
	"strings"
	"testing"

	"rsc.io/qr"
)

// The picture has the modules of the code, light around them, with and without colour.
func TestPictureIsTheCode(t *testing.T) {
	const url = "http://192.168.178.120:8080/"
	code, err := qr.Encode(url, qr.L)
	if err != nil {
		t.Fatal(err)
	}
	for _, color := range []bool{true, false} {
		lines := strings.Split(strings.TrimSuffix(picture(url, color), "\n"), "\n")
		for i, line := range lines {
			line, marked := strings.CutPrefix(line, "\x1b[30;107m")
			line = strings.TrimSuffix(line, "\x1b[0m")
			if marked != color || len([]rune(line)) != code.Size+2*quietZone {
				t.Fatalf("line %d is %q", i, line)
			}
			for j, c := range []rune(line) {
				x, y := j-quietZone, 2*i-quietZone
				upper, lower := c == '█' || c == '▀', c == '█' || c == '▄'
				if upper != (code.Black(x, y) == color) || lower != (code.Black(x, y+1) == color) {
					t.Fatalf("colour %v: at %d, %d there is %q", color, x, y, c)
				}
			}
		}
		if len(lines) < (code.Size+2*quietZone)/2 {
			t.Errorf("%d lines for %d modules", len(lines), code.Size)
		}
	}
	if got := picture(strings.Repeat("x", 5000), false); got != "" {
		t.Errorf("got a picture of what does not fit")
	}
}
