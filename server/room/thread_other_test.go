//go:build !linux

package room

import "time"

// threadTime returns the time since some moment: elsewhere there is no cheap way to
// ask for a thread's own.
func threadTime() time.Duration { return time.Since(epoch) }

var epoch = time.Now()
