//go:build !js

package main

import "ionwake/client/replica"

// group is what all players of a kind went through.
type group struct {
	join, rtt, jitter, gap, behind, away histogram // in microseconds
	in, out                              histogram // payload of a client-second, in bytes
}

// note takes a second of one of them.
func (g *group) note(d *tally, v *replica.NetView) {
	if d.seconds < 0.5 {
		return
	}
	g.in.add(uint64(float64(d.in) / d.seconds))
	g.out.add(uint64(float64(d.out) / d.seconds))
	if v.RTT > 0 {
		g.rtt.addTime(v.RTT)
		g.jitter.addTime(v.Jitter)
	}
}
