package gate

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"sync/atomic"

	"golang.org/x/time/rate"
)

// Stats is what a host wants to see of the gate. All but the first four count from the start of the server.
type Stats struct {
	Open          int // WebSocket connections
	Greeting      int // of them, not admitted yet
	Sockets       int // TCP connections of the game port, pages included
	HeaderPending int // of them, whose request header has not come whole

	Upgraded   uint64 // handshakes that succeeded
	Refused    uint64 // handshakes answered with an HTTP error
	TurnedAway uint64 // sockets over a cap, reset unread
	Faults     uint64 // panics recovered here

	MessagesIn, BytesIn uint64            // whole messages handed to peers, and their bytes
	FramesOut, BytesOut uint64            // data frames that TCP took, and their payload bytes
	Ended               map[uint16]uint64 // connections ended, by our close code; CloseLeft for all that the client ended
}

// counters are written by all connections, a few thousand times a second at most.
type counters struct {
	upgraded, refused, turnedAway            atomic.Uint64
	messagesIn, bytesIn, framesOut, bytesOut atomic.Uint64
	registered                               [16]atomic.Uint64 // close codes 1000-1015
	own                                      [16]atomic.Uint64 // close codes 4000-4015
	other                                    atomic.Uint64
}

func (n *counters) ended(code uint16) {
	switch {
	case code >= 1000 && code < 1016:
		n.registered[code-1000].Add(1)
	case code >= 4000 && code < 4016:
		n.own[code-4000].Add(1)
	default:
		n.other.Add(1)
	}
}

// Stats gives the figures of this moment. Codes the table does not have are counted under 0.
func (g *Gate) Stats() Stats {
	n := &g.counts
	s := Stats{
		Upgraded: n.upgraded.Load(), Refused: n.refused.Load(), TurnedAway: n.turnedAway.Load(), Faults: g.faults.total.Load(),
		MessagesIn: n.messagesIn.Load(), BytesIn: n.bytesIn.Load(), FramesOut: n.framesOut.Load(), BytesOut: n.bytesOut.Load(),
		Ended: make(map[uint16]uint64),
	}
	s.Open, s.Greeting = g.players.count()
	s.Sockets, s.HeaderPending = g.sockets.count()
	note := func(code uint16, n uint64) {
		if n > 0 {
			s.Ended[code] = n
		}
	}
	for i := range n.registered {
		note(1000+uint16(i), n.registered[i].Load())
		note(4000+uint16(i), n.own[i].Load())
	}
	note(0, n.other.Load())
	return s
}

// Coming is what changes when somebody comes or goes: who looks twice and finds it the same knows that nobody did.
type Coming struct {
	Sockets, Open, Greeting       int
	Upgraded, Refused, TurnedAway uint64
}

// Coming gives the figures of this moment. Unlike Stats it allocates nothing.
func (g *Gate) Coming() Coming {
	n := &g.counts
	c := Coming{Upgraded: n.upgraded.Load(), Refused: n.refused.Load(), TurnedAway: n.turnedAway.Load()}
	c.Open, c.Greeting = g.players.count()
	c.Sockets, _ = g.sockets.count()
	return c
}

// Flow gives the bytes of whole messages in and of data frames out, as in Stats. It allocates nothing.
func (g *Gate) Flow() (in, out uint64) { return g.counts.bytesIn.Load(), g.counts.bytesOut.Load() }

// faultRate is how many of our own faults a second are logged with their stack; the rest are counted and summed up in the next line.
const faultRate = 10

// faultLog logs panics without letting who can cause them fill the log.
type faultLog struct {
	logger     *slog.Logger
	limit      *rate.Limiter
	total      atomic.Uint64
	suppressed atomic.Uint64
}

func newFaultLog(logger *slog.Logger) *faultLog {
	return &faultLog{logger: logger, limit: rate.NewLimiter(faultRate, faultRate)}
}

// report logs a recovered panic and gives the id that the player is told, by which the host finds the line.
func (l *faultLog) report(where string, fault any, stack []byte) string {
	l.total.Add(1)
	var raw [4]byte
	_, _ = rand.Read(raw[:]) // never fails (crypto/rand)
	id := hex.EncodeToString(raw[:])
	if !l.limit.Allow() {
		l.suppressed.Add(1)
		return id
	}
	l.logger.Error("panic recovered", "where", where, "crash_id", id, "panic", fmt.Sprint(fault), "stack", string(stack),
		"suppressed", l.suppressed.Swap(0))
	return id
}
