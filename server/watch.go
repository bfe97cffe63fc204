package main

import (
	"ionwake/server/admin"
	"ionwake/server/hall"
	"ionwake/server/room"
	"ionwake/shared/belief"
)

// stageNames are the stages of a tick for the host's side.
func stageNames() (names []string) {
	for s := range room.StageCount {
		names = append(names, s.String())
	}
	return names
}

// ticked and rounded hand what the hall's drivers measure to the host's side.
func ticked(host *admin.Admin) func(hall.Tick) {
	return func(t hall.Tick) { host.Ticked(admin.Tick{Took: t.Took, Late: t.Late, Stages: t.Laps[:]}) }
}

func rounded(host *admin.Admin) func(hall.Round) {
	return func(r hall.Round) {
		if r.Rooms > 0 { // a core without a room is always in time and would hide that another is not
			host.Rounded(admin.Round{Took: r.Took, CPU: r.CPU, Late: r.Late})
		}
	}
}

// billOf puts what a room's frames were spent on into the host's words.
func billOf(b *room.Bill) (parts, changes, keys []admin.Spent) {
	for p, bytes := range b.Parts {
		parts = append(parts, admin.Spent{Name: room.Part(p).String(), Amount: bytes})
	}
	for f := range belief.FieldCount {
		kind, name := f.Kind().String(), f.String()
		changes = append(changes, admin.Spent{Kind: kind, Name: name, Amount: b.Changes[f]})
		if f.Kind() == belief.KindNewShip || f.Kind() == belief.KindNewBolt { // a keyframe tells nothing else
			keys = append(keys, admin.Spent{Kind: kind, Name: name, Amount: b.Keys[f]})
		}
	}
	return parts, changes, keys
}

// histogramOf turns a tally into one whose values are in units of the given size.
func histogramOf(t *room.Tally, bounds *room.Bounds, unit float64) admin.Histogram {
	h := admin.Histogram{Counts: t.Of[:], Sum: float64(t.Sum) * unit}
	for _, b := range bounds {
		h.Bounds = append(h.Bounds, float64(b)*unit)
	}
	return h
}
