package lab

import (
	"math/rand/v2"
	"time"
)

// flow is one direction of a connection: a queue of bytes and what is known of
// their way. All times are since the making of the connection, all counts since
// its first byte. Nothing happens by itself: advance plays, in order, what would
// have happened up to a moment.
type flow struct {
	line Line
	rng  *rand.Rand

	data []byte // accepted and not read; data[0] is byte number read

	accepted int64 // taken by Write
	sent     int64 // handed to the line
	arrived  int64 // at the receiver
	read     int64 // by the receiver's owner
	acked    int64 // the sender knows that it arrived
	credited int64 // the sender knows that it was read

	clock    time.Duration // everything up to here has been played
	lineFree time.Duration // the line is busy until then
	latest   time.Duration // the last segment arrives then; none overtakes it
	held     time.Duration // nothing arrives before that (a stall made by hand)
	black    bool          // nothing arrives, and nobody is told

	flight  marks // segments on their way
	acks    marks // acknowledgements on their way back
	credits marks // window updates on their way back

	fin     bool          // the sender will send no more
	finSent bool          //
	eof     bool          // the receiver knows
	reset   bool          // the connection is broken; seen by the receiver when it has read what arrived
	resetAt time.Duration // a reset is on its way; 0 is none
	deaf    bool          // the receiver has closed: what arrives is refused
	refused time.Duration // when bytes first met a closed receiver; 0 is never
}

// mark says that a flow's count reaches upto at a moment.
type mark struct {
	at   time.Duration
	upto int64
	fin  bool
}

// marks is a queue of marks, oldest first.
type marks struct {
	list []mark
	head int
}

func (q *marks) empty() bool  { return q.head == len(q.list) }
func (q *marks) first() *mark { return &q.list[q.head] }

func (q *marks) push(m mark) {
	if q.head > 32 && q.head*2 > len(q.list) {
		q.list = q.list[:copy(q.list, q.list[q.head:])]
		q.head = 0
	}
	q.list = append(q.list, m)
}

func (q *marks) pop() mark {
	m := q.list[q.head]
	q.head++
	return m
}

// happening is a kind of thing that advance plays.
type happening int

const (
	nothing happening = iota
	acknowledge
	credit
	transmit
	arrive
	breakOff
)

// next says what happens next and when.
func (f *flow) next() (what happening, at time.Duration) {
	consider := func(h happening, t time.Duration) {
		if t = max(t, f.clock); what == nothing || t < at {
			what, at = h, t
		}
	}
	if f.reset {
		return nothing, 0
	}
	if f.canTransmit() {
		consider(transmit, f.lineFree)
	}
	if f.black {
		return what, at
	}
	if !f.acks.empty() {
		consider(acknowledge, f.acks.first().at)
	}
	if !f.credits.empty() {
		consider(credit, f.credits.first().at)
	}
	if !f.flight.empty() {
		consider(arrive, max(f.flight.first().at, f.held))
	}
	if f.resetAt > 0 {
		consider(breakOff, f.resetAt)
	}
	return what, at
}

// advance plays everything up to now and reports whether anything happened.
func (f *flow) advance(now time.Duration) (happened bool) {
	for {
		what, at := f.next()
		if what == nothing || at > now {
			f.clock = max(f.clock, now)
			return happened
		}
		f.clock = at
		f.play(what)
		happened = true
	}
}

func (f *flow) play(what happening) {
	switch what {
	case transmit:
		f.transmit()
	case arrive:
		m := f.flight.pop()
		f.arrived = m.upto
		f.eof = f.eof || m.fin
		f.refuse()
		f.acks.push(mark{at: f.clock + f.line.RTT/2, upto: m.upto})
	case acknowledge:
		f.acked = f.acks.pop().upto
	case credit:
		f.credited = f.credits.pop().upto
	case breakOff:
		f.reset = true
	}
}

// window is how many bytes the receiver still has room for, as the sender knows it.
func (f *flow) window() int64 { return int64(f.line.RecvBuffer) - (f.sent - f.credited) }

func (f *flow) canTransmit() bool {
	if f.sent < f.accepted {
		return f.window() > 0
	}
	return f.fin && !f.finSent
}

// transmit puts the next segment, or the end of the stream, on the line.
func (f *flow) transmit() {
	n := min(segmentSize, f.accepted-f.sent, max(f.window(), 0))
	f.sent += n
	f.finSent = f.fin && f.sent == f.accepted
	f.lineFree = f.clock + f.line.serialise(int(n))
	at := f.lineFree + f.line.oneWay(f.rng) + f.line.recovery(f.rng)
	f.latest = max(f.latest, f.line.afterStall(at))
	f.flight.push(mark{at: f.latest, upto: f.sent, fin: f.finSent})
}

// room is how many bytes Write may take now.
func (f *flow) room() int64 {
	room := int64(f.line.SendBuffer) - (f.accepted - f.acked)
	if f.line.NotSent > 0 {
		room = min(room, int64(f.line.NotSent)-(f.accepted-f.sent))
	}
	return max(room, 0)
}

// accept takes as much of p as there is room for.
func (f *flow) accept(p []byte) (n int) {
	n = int(min(int64(len(p)), f.room()))
	f.data = append(f.data, p[:n]...)
	f.accepted += int64(n)
	return n
}

// take moves arrived bytes into p.
func (f *flow) take(p []byte) (n int) {
	n = copy(p, f.data[:f.arrived-f.read])
	f.data = f.data[:copy(f.data, f.data[n:])]
	f.read += int64(n)
	f.credits.push(mark{at: f.clock + f.line.RTT/2, upto: f.read})
	return n
}

// refuse notes the moment at which bytes are there for a receiver who has closed.
func (f *flow) refuse() {
	if f.deaf && f.arrived > f.read && f.refused == 0 {
		f.refused = max(f.clock, 1)
	}
}

// drop forgets everything that is in the flow: the connection is gone.
func (f *flow) drop() {
	f.reset = true
	f.data = nil
	f.arrived = f.read
	f.flight, f.acks, f.credits = marks{}, marks{}, marks{}
}
