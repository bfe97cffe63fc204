package hall

import (
	"context"

	"ionwake/server/room"
)

// Tell has order carried out by the room of a name before its next tick, on the
// goroutine that ticks it; false: there is no such room, or too many orders wait.
func (h *Hall) Tell(name string, order func(*room.Room)) bool {
	p := h.place(name)
	return p != nil && p.room.Do(order)
}

// TellAll has order carried out by every open room, as Tell does, and returns how many
// they are.
func (h *Hall) TellAll(order func(*room.Room)) (told int) {
	for _, p := range h.all() {
		if p.room.Do(order) {
			told++
		}
	}
	return told
}

// Ask puts a question to every open room, as an order, and returns the answers that
// come before ctx ends: one of each room, by no order.
func Ask[T any](ctx context.Context, h *Hall, question func(*room.Room) T) (answers []T) {
	places := h.all()
	heard, waiting := make(chan T, len(places)), 0
	for _, p := range places {
		if p.room.Do(func(r *room.Room) { heard <- question(r) }) {
			waiting++
		}
	}
	for ; waiting > 0; waiting-- {
		select {
		case a := <-heard:
			answers = append(answers, a)
		case <-ctx.Done():
			return answers
		}
	}
	return answers
}

// all returns the open rooms.
func (h *Hall) all() []*place {
	h.mu.Lock()
	defer h.mu.Unlock()
	list := make([]*place, 0, len(h.rooms))
	for _, p := range h.rooms {
		list = append(list, p)
	}
	return list
}
