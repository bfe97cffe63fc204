package room

import (
	"fmt"
	"strings"

	"ionwake/shared/sim"
)

// Wreck describes a room that broke down, for those who mend it: where the World stood,
// its random source and what everybody held in that tick. What they held before is in
// the record. It tells no names.
func (r *Room) Wreck() string {
	var b strings.Builder
	w, g := r.world, r.ground()
	fmt.Fprintf(&b, "tick %d of match %d, phase %d until %d, random source %#x\n", w.Tick, w.Match.Number, w.Match.Phase, w.Match.Ends, uint64(w.Rand))
	fmt.Fprintf(&b, "%s on %s (%016x), rules %+v, edition %016x\n", g.Mode.Name(), g.Arena.Name, uint64(g.Arena.Hash), w.Rules, uint64(sim.Edition))
	if r.record.tape.Running() {
		fmt.Fprintf(&b, "recorded as match %s, %d ticks until now\n", r.record.id, r.record.tape.Total())
	}
	for id := range w.Players {
		p, s := &w.Players[id], &w.Ships[id]
		if p.Status == sim.Absent {
			continue
		}
		in := sim.Input{}
		if id < len(r.inputs) {
			in = r.inputs[id]
		}
		fmt.Fprintf(&b, "seat %d: status %d, side %d, hull %d, holds %07b aim %d (before %07b aim %d), at %d %d\n",
			id, p.Status, p.Team, p.Next.Hull, in.Buttons, in.Aim, s.Held.Buttons, s.Held.Aim, s.Pos.X, s.Pos.Y)
	}
	return b.String()
}
