package room

import (
	"sync"
	"sync/atomic"
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

const (
	// doorQueue bounds the people waiting for the next tick at the door; one more
	// is told to try again.
	doorQueue = 256
	// inboxSize bounds the inputs waiting for the next tick: two seconds' worth, what
	// a stalled line may deliver at once. When full the oldest is dropped.
	inboxSize = 128
	// usualInputs is what there is room for from the start: what comes in a tick, and
	// after a small stall.
	usualInputs = 8
	// talkSize bounds the chat lines waiting for the next tick; more are dropped.
	talkSize = 4
	// wishSize bounds what else waits for the next tick; more are dropped, and count as
	// a flood.
	wishSize = 16
)

// Visit is one connection to a room, from Hello to its end. Receive and Gone may
// be called from the connection's goroutine; the rest belongs to the room.
type Visit struct {
	// What the room looks at each tick is together: it is cold by then.
	out     Outbox
	left    atomic.Bool   // said Leave
	gone    atomic.Bool   // the connection has ended
	fate    atomic.Uint32 // what becomes of it at the door, see atDoor
	flooded atomic.Uint32 // how many wishes were lost
	waits   atomic.Bool   // something is in inputs
	wished  atomic.Bool   // something is in talk or wishes, or was lost
	inputs  inbox
	talk    chan said
	wishes  chan wish

	hello wire.Hello
	who   person
	now   func() time.Time

	lapsed atomic.Pointer[func()] // see Lapses
}

// What becomes of a visit at the door.
const (
	atDoor     uint32 = iota
	letIn             // it has a seat, or is about to
	turnedAway        // it has none and gets none
)

// Timed is an Outbox whose messages may have waited since they reached this machine:
// it knows for how long, so that it does not count as the line's.
type Timed interface {
	// Came is when the message that is being received reached this machine.
	Came() time.Time
}

// arrived is an input and, of one that asks for an echo, when it came.
type arrived struct {
	wire.Input
	at time.Time
}

// inbox holds the inputs that came since the last tick, in order.
type inbox struct {
	mu      sync.Mutex
	list    []arrived
	dropped int // for want of room
}

// put adds an input, dropping the oldest when there are too many.
func (b *inbox) put(in arrived) {
	b.mu.Lock()
	if len(b.list) == inboxSize {
		b.list = b.list[:copy(b.list, b.list[1:])]
		b.dropped++
	}
	b.list = append(b.list, in)
	b.mu.Unlock()
}

// swap takes all that is there, and how many were dropped, and leaves an empty list in
// their place.
func (b *inbox) swap(empty []arrived) (list []arrived, dropped int) {
	b.mu.Lock()
	list, dropped = b.list, b.dropped
	b.list, b.dropped = empty, 0
	b.mu.Unlock()
	return list, dropped
}

// Enter brings a connection that said hello to the door; it will be seated, or
// told why not, at the next tick. false: too many are waiting. An Outbox that is
// Peered says where it is, one that is Timed when its messages came.
func (r *Room) Enter(out Outbox, hello wire.Hello) (*Visit, bool) {
	v := &Visit{
		out: out, hello: hello, who: r.personOf(out, hello.Device), now: r.cfg.Now,
		inputs: inbox{list: make([]arrived, 0, usualInputs)},
		talk:   make(chan said, talkSize), wishes: make(chan wish, wishSize),
	}
	if timed, ok := out.(Timed); ok {
		v.now = timed.Came
	}
	select {
	case r.doors <- v:
		return v, true
	default:
		return nil, false
	}
}

// Receive takes a message of the connection. It never blocks.
func (v *Visit) Receive(m *wire.Client) error {
	switch m.Kind {
	case wire.KindInput:
		in := arrived{Input: m.Input}
		if in.Echo != 0 { // of the others nobody asks
			in.at = v.now()
		}
		v.inputs.put(in)
		v.waits.Store(true) // once it is there to be found
	case wire.KindChat:
		select {
		case v.talk <- said{string(m.Chat.Text), m.Chat.Scope, m.Chat.To}:
		default:
		}
		v.wished.Store(true)
	case wire.KindLoadout, wire.KindLook, wire.KindVote, wire.KindSignal:
		select {
		case v.wishes <- wishOf(m):
		default:
			v.flooded.Add(1)
		}
		v.wished.Store(true)
	case wire.KindLeave:
		v.left.Store(true)
	default:
		why := wire.Reject{Code: wire.ClosePolicy, Message: "A client says hello once."}
		v.out.Close(wire.AppendReject(nil, why), why.Code, "")
	}
	return nil
}

// Gone tells the room that the connection has ended.
func (v *Visit) Gone() { v.gone.Store(true) }

// Withdraw gives up a visit that still waits for its seat. It reports whether it has none
// and never gets one.
func (v *Visit) Withdraw() bool {
	return v.fate.CompareAndSwap(atDoor, turnedAway) || v.fate.Load() == turnedAway
}

// Lapses has f called, in the tick, if the seat of this visit is given away before
// anything came from there, as when the line broke before it was known that there is one.
// Of a visit that leaves or is thrown out it is not.
func (v *Visit) Lapses(f func()) { v.lapsed.Store(&f) }

// schedule holds the inputs of a seat that are for ticks to come.
type schedule struct {
	filed  int      // how many
	newest sim.Tick // stamp of the last input taken
	any    bool
	seen   sim.Tick // what was seen by who decided on what acts now; 0: it did not say
	latest sim.Tick // what any input has seen
	ring   [256]sim.Input
	set    [256]bool
	saw    [256]sim.Tick // what the inputs in ring say they saw
}

// put files an input for its tick. One that is too late acts now, at tick next,
// and never rewrites the past; one too far ahead is pulled in; one older than what
// came before it is dropped. It returns how early it came, in ticks.
func (s *schedule) put(in wire.Input, next sim.Tick) (early int, ok bool) {
	if s.any && !wire.Before(s.newest, in.Tick) {
		return 0, false
	}
	early = int(int32(in.Tick - next))
	if early < -wire.MaxLate {
		return 0, false
	}
	if early > wire.MaxAhead {
		early = wire.MaxAhead
		in.Tick = next + wire.MaxAhead // pulled in, or it would shut out what comes after
	}
	s.newest, s.any = in.Tick, true
	tick := next + sim.Tick(max(early, 0))
	if !s.set[tick%256] {
		s.filed++
	}
	s.ring[tick%256], s.set[tick%256], s.saw[tick%256] = in.Held, true, s.sees(in.Seen, next)
	return early, true
}

// sees returns which send somebody saw who says so before tick next: none that is still
// to come, and no older one than before.
func (s *schedule) sees(seen, next sim.Tick) sim.Tick {
	switch {
	case seen == 0 || !wire.Before(seen, next):
		return 0
	case s.latest == 0 || wire.Before(s.latest, seen):
		s.latest = seen
	}
	return s.latest
}

// take returns what is held in tick, given what was held before it.
func (s *schedule) take(tick sim.Tick, held sim.Input) sim.Input {
	if s.filed == 0 { // most of the time: nothing is looked for
		return held
	}
	if i := tick % 256; s.set[i] {
		s.filed--
		s.set[i], s.seen = false, s.saw[i]
		return s.ring[i]
	}
	return held
}
