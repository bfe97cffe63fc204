//go:build !js

package main

import "fmt"

// report says once that frames are drawn, and not before thirty were.
func report(t *toy) {
	if t.frames > 30 && !t.said {
		t.said = true
		fmt.Println("frames are drawn")
	}
}
