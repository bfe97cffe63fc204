package hall

import (
	"slices"
	"strings"

	"ionwake/server/room"
)

// RoomStats are the counters of one room.
type RoomStats struct {
	Name string
	room.Stats
}

// Totals are counters over all rooms since the start, those that have ended
// included: they never fall.
type Totals struct {
	Opened, Crashed           uint64 // rooms
	FramesSent, FramesSkipped uint64
	PayloadBytes              uint64
	InputsLate, InputsDropped uint64
	ChatDropped               uint64
	Restarted                 uint64

	Bill                        room.Bill
	Changes, Whole, Gaps, Pings room.Tally
}

func (t *Totals) add(st *room.Stats) {
	t.FramesSent += st.FramesSent
	t.FramesSkipped += st.FramesSkipped
	t.PayloadBytes += st.PayloadBytes
	t.InputsLate += st.InputsLate
	t.InputsDropped += st.InputsDropped
	t.ChatDropped += st.ChatDropped
	t.Restarted += st.Restarted
	t.Bill.Add(&st.Bill)
	t.Changes.Add(&st.Changes)
	t.Whole.Add(&st.Whole)
	t.Gaps.Add(&st.Gaps)
	t.Pings.Add(&st.Pings)
}

// Stats returns the counters of the open rooms, by name, at most a quarter of a
// second old.
func (h *Hall) Stats() []RoomStats {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make([]RoomStats, 0, len(h.rooms))
	for _, p := range h.rooms {
		all = append(all, RoomStats{p.name, p.seen()})
	}
	slices.SortFunc(all, func(a, b RoomStats) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Totals returns the counters over all rooms, at most a quarter of a second old.
func (h *Hall) Totals() Totals {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.past
	for _, p := range h.rooms {
		st := p.seen()
		t.add(&st)
	}
	return t
}

// Rooms returns how many rooms have opened since the start and how many have crashed.
// Unlike Totals it allocates nothing.
func (h *Hall) Rooms() (opened, crashed uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.past.Opened, h.past.Crashed
}
