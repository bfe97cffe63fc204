//go:build !unix && !js

package main

import "time"

// ownCPU is not known here.
func ownCPU() time.Duration { return 0 }
