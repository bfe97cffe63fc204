package main

import (
	"strings"

	"rsc.io/qr"
)

// quietZone is how many light modules are around a code at least (ISO/IEC 18004).
const quietZone = 2 // of the 4 that it asks for: the terminal around has room too

// picture draws an address as a QR code for a terminal, two modules in each character.
// With colour it is black on white; without, light modules are drawn, for terminals with
// a dark background. "": the address is too long.
func picture(url string, color bool) string {
	code, err := qr.Encode(url, qr.L)
	if err != nil {
		return ""
	}
	out := new(strings.Builder)
	for y := -quietZone; y < code.Size+quietZone; y += 2 {
		if color {
			out.WriteString("\x1b[30;107m")
		}
		for x := -quietZone; x < code.Size+quietZone; x++ {
			out.WriteString(block(code.Black(x, y) == color, code.Black(x, y+1) == color))
		}
		if color {
			out.WriteString("\x1b[0m")
		}
		out.WriteByte('\n')
	}
	return out.String()
}

// block is the character with the upper and the lower half drawn or not.
func block(upper, lower bool) string {
	switch {
	case upper && lower:
		return "█"
	case upper:
		return "▀"
	case lower:
		return "▄"
	}
	return " "
}
