// Package lab is a bad network in memory: net.Conns that behave as TCP does over
// a line with latency, jitter, loss, little bandwidth, stalls and cuts.
//
// Everything happens by the clock of package time, in the order of a seeded
// random source, and waits only on sync.Cond and timers. So a whole match runs
// under testing/synctest in no time and the same way each time, and the same
// lines work in real time, where Slow puts one in front of a real socket.
//
// It is a model: there is no congestion window and no slow start, and what the
// receiver sends back (acknowledgements, window updates) is never lost. What it
// keeps is what a game feels: bytes come whole, in order, late and in bursts.
package lab

import (
	"math/rand/v2"
	"time"
)

const (
	segmentSize   = 1460                   // payload bytes of one TCP segment on Ethernet
	defaultBuffer = 64 << 10               // send and receive buffer of a Line that names none
	minProbe      = 20 * time.Millisecond  // a lost segment is never noticed sooner
	minRTO        = 200 * time.Millisecond // Linux's lower bound of the retransmission time-out (RFC 6298 section 2.4 wants 1 s)
	maxRetries    = 6                      // retransmissions lost in a row before the model lets one through
)

// Line says how bad one direction of a connection is. The zero value is a
// perfect line with buffers of 64 KiB.
type Line struct {
	// RTT is the round trip; each direction takes half of it.
	RTT time.Duration
	// Jitter is added to each segment's way, evenly between 0 and Jitter. A
	// segment never overtakes another, as with TCP.
	Jitter time.Duration
	// Loss is the probability, 0 to 1, that a segment (at most 1,460 bytes) is
	// lost. A lost segment arrives late, and everything behind it waits: two
	// round trips (a tail loss probe, RFC 8985 section 7), and as much again, at
	// least 200 ms, for each lost retransmission. The time-out does not double,
	// because later segments keep reporting the loss.
	Loss float64
	// Bandwidth in payload bytes a second; 0 is without limit.
	Bandwidth int
	// StallEvery and StallFor are a schedule of stalls, counted from the making
	// of the connection: nothing arrives for StallFor at each whole multiple of
	// StallEvery. No stalls if either is 0; StallFor must be the shorter.
	StallEvery, StallFor time.Duration
	// SendBuffer bounds the bytes that Write has taken and that are not yet
	// acknowledged (SO_SNDBUF); Write blocks when it is full. 0 is 64 KiB.
	SendBuffer int
	// NotSent bounds the bytes that Write has taken and the line has not
	// (TCP_NOTSENT_LOWAT); 0 is no bound of its own.
	NotSent int
	// RecvBuffer is the window: bytes on their way or arrived that the other end
	// has not read. 0 is 64 KiB.
	RecvBuffer int
	// Seed of the random source. The two directions of a pair draw separately.
	Seed uint64
}

// withDefaults fills in the buffers and drops what makes no sense.
func (l Line) withDefaults() Line {
	if l.SendBuffer <= 0 {
		l.SendBuffer = defaultBuffer
	}
	if l.RecvBuffer <= 0 {
		l.RecvBuffer = defaultBuffer
	}
	if l.StallFor <= 0 || l.StallEvery <= l.StallFor {
		l.StallEvery, l.StallFor = 0, 0
	}
	return l
}

// oneWay is the time a segment takes that is not lost.
func (l Line) oneWay(rng *rand.Rand) time.Duration {
	way := l.RTT / 2
	if l.Jitter > 0 {
		way += time.Duration(rng.Int64N(int64(l.Jitter)))
	}
	return way
}

// recovery is how much later a segment arrives because it was lost; mostly 0.
func (l Line) recovery(rng *rand.Rand) time.Duration {
	if l.Loss <= 0 || rng.Float64() >= l.Loss {
		return 0
	}
	late := max(2*l.RTT, minProbe)
	for retry := 0; retry < maxRetries && rng.Float64() < l.Loss; retry++ {
		late += max(2*l.RTT, minRTO)
	}
	return late
}

// serialise is the time the line is busy with n bytes.
func (l Line) serialise(n int) time.Duration {
	if l.Bandwidth <= 0 {
		return 0
	}
	return time.Duration(n) * time.Second / time.Duration(l.Bandwidth)
}

// afterStall moves an arrival that falls into a scheduled stall to its end.
func (l Line) afterStall(at time.Duration) time.Duration {
	if l.StallEvery <= 0 || at < l.StallEvery {
		return at
	}
	begin := at - at%l.StallEvery
	return max(at, begin+l.StallFor)
}
