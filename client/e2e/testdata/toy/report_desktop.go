//go:build !js

package main

import "fmt"

// report says now and then how many frames were drawn.
func report(t *toy) {
	if t.frames%30 == 1 {
		fmt.Println("frames", t.frames)
	}
}
