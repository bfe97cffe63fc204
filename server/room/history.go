package room

import (
	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

func cellID(i int) belief.CellID { return belief.CellID(i) }

// sendIndex counts the sends of a room, from 1.
type sendIndex uint32

// remembered is how many sends a seat may miss and still be told chunk by chunk:
// about a second. One that missed more gets keyframes.
const remembered = 32

// history keeps the chunks of the newest sends.
type history struct {
	cells  int
	newest sendIndex
	origin sendIndex // the last send on the ground before
	ring   [remembered]sent
	most   int // bytes that a send took so far
}

// sent is what was encoded at one send: the chunks of all cells, back to back.
type sent struct {
	tick sim.Tick
	data []byte
	ends []int // by CellID
}

// begin makes room for the next send, forgetting the oldest.
func (h *history) begin(tick sim.Tick) *sent {
	h.most = max(h.most, len(h.ring[h.newest%remembered].data))
	h.newest++
	e := &h.ring[h.newest%remembered]
	e.tick, e.data = tick, e.data[:0]
	if cap(e.data) < h.most { // amply: or each of them would grow with every new peak
		e.data = make([]byte, 0, max(2*h.most, 1<<10))
	}
	if len(e.ends) != h.cells {
		e.ends = make([]int, h.cells)
	}
	return e
}

// chunk returns the chunk of a cell in send i, which must be remembered.
func (h *history) chunk(i sendIndex, id belief.CellID) []byte {
	e := &h.ring[i%remembered]
	start := 0
	if id > 0 {
		start = e.ends[id-1]
	}
	return e.data[start:e.ends[id]]
}

// find returns the send that ended at tick, if it is remembered.
func (h *history) find(tick sim.Tick) (sendIndex, bool) {
	for i := h.newest; i > h.origin && i+remembered > h.newest; i-- {
		if h.ring[i%remembered].tick == tick {
			return i, true
		}
	}
	return 0, false
}

// keyframes are the whole states of cells at the newest send, made when first
// asked for and shared.
type keyframes struct {
	made []keyframe // by CellID
	most int        // bytes that one took so far
}

type keyframe struct {
	at   sendIndex
	data []byte
}

func (r *Room) keyframe(id belief.CellID) []byte {
	k := &r.keys.made[id]
	if k.at != r.history.newest {
		k.at = r.history.newest
		changes := r.codec.Meter
		r.codec.Meter = r.clerk.keyMeter(changes, id)
		if cap(k.data) < r.keys.most { // amply, as for sends
			k.data = make([]byte, 0, 2*r.keys.most)
		}
		k.data = r.codec.Keyframe(k.data[:0], id, &r.now[id])
		r.keys.most = max(r.keys.most, len(k.data))
		r.codec.Meter = changes
	}
	return k.data
}
