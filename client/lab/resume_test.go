//go:build !js

package lab_test

import (
	"fmt"
	"net"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/client/session"
	"ionwake/server/room"
	"ionwake/shared/sim"
)

// opening is a connection that notes when something comes first: the answer to the
// handshake, by which the socket is open.
type opening struct {
	net.Conn
	m  *match
	at *atomic.Int64 // 0: not yet
}

func (o opening) Read(p []byte) (int, error) {
	n, err := o.Conn.Read(p)
	if n > 0 {
		o.at.CompareAndSwap(0, int64(o.m.now()))
	}
	return n, err
}

// TestResume cuts lines again and again: whoever comes back sees the same ship one
// round trip and 100 ms after the socket has opened. It tells the longest time of each
// line for the table of figures.
func TestResume(t *testing.T) {
	for _, rtt := range []int{0, 50, 100, 200} {
		synctest.Test(t, func(t *testing.T) {
			l := buffered(line(rtt, rtt/10, 0))
			m := newMatch(t, room.Config{Seed: 9}) // with nobody else the ship lives on
			m.crowd(1, l)
			p := m.people[0]
			var opened atomic.Int64
			p.wrap = func(c net.Conn) net.Conn { return opening{c, m, &opened} }
			var longest time.Duration
			const cuts = 12
			for n := range cuts {
				m.play(3*time.Second + time.Duration(n)*7*time.Millisecond)
				self, ship, told := p.self(), p.view.Ship(p.self()), p.seen
				if ship == nil {
					t.Fatalf("at %d ms no ship before cut %d", rtt, n)
				}
				hull := ship.Hull
				opened.Store(0)
				p.conn.Cut()
				if !p.sees(self, hull, told, &opened, 20*time.Second) {
					t.Fatalf("at %d ms not back after cut %d", rtt, n)
				}
				longest = max(longest, m.now()-time.Duration(opened.Load()))
			}
			fmt.Fprintf(t.Output(), "BenchmarkResume/rtt=%dms 1 %.4g ms-to-own-ship %.4g ms-less-round-trip\n",
				rtt, longest.Seconds()*1000, (longest-l.RTT).Seconds()*1000)
			if longest > l.RTT+100*time.Millisecond {
				t.Errorf("at %d ms the own ship is back %v after the socket opened", rtt, longest)
			}
			if p.dials != 1+cuts {
				t.Errorf("%d connections for %d cuts", p.dials, cuts)
			}
			m.end()
		})
	}
}

// sees plays until a player sees its ship on a connection that has opened, told of by a
// frame newer than told.
func (p *player) sees(self sim.PlayerID, hull sim.HullKind, told sim.Tick, opened *atomic.Int64, within time.Duration) bool {
	for until := p.m.now() + within; p.m.now() < until; {
		p.m.play(time.Millisecond)
		if opened.Load() == 0 || p.stage() != session.Playing || p.self() != self || p.seen == told {
			continue
		}
		if ship := p.view.Ship(self); ship != nil && ship.Hull == hull {
			return true
		}
	}
	return false
}
