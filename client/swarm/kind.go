//go:build !js

package main

// kind is how a player behaves.
type kind uint8

// The kinds. The figures of each are reported apart.
const (
	crowd   kind = iota // as light as can be, see commons
	witness             // a whole client
	stalled             // stops reading once it has joined
	slow                // on a line of slowRate
	dribble             // sends byte by byte
	kinds   = iota
)

var kindNames = [kinds]string{"crowd", "witness", "stalled", "slow", "dribble"}

var kindFlags = [kinds]string{"--players", "--witness", "--stalled", "--slow", "--dribble"}
