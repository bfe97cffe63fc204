//go:build !js

package lab_test

import (
	"fmt"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/client/session"
	"ionwake/server/room"
	"ionwake/shared/sim"
)

// slow is a kind of client that keeps a server waiting.
type slow struct {
	name      string
	bandwidth int           // bytes a second, both ways; 0: as others
	window    int           // bytes that its system takes without it
	wrap      func() napper // around its side of the connection
	least     float64       // frames a second that it must still get
	backlog   time.Duration // that its line may have at most; 0: it does not read, so bytes are bounded
}

// TestSlow lets one of eight be slow and wants the others to notice nothing: they see
// what they see without it.
func TestSlow(t *testing.T) {
	_, alone := playBeside(t, slow{name: "none"})
	for _, kind := range []slow{
		{name: "stalled", window: 4 << 10, wrap: func() napper { return &sleeper{asleep: make(chan struct{}, 1)} }},
		{name: "64kbit", bandwidth: 8_000, least: 25, backlog: 250 * time.Millisecond},
		// Less than is sent: what the server's system holds back, 1 KiB and a segment, is
		// already more than a second of such a line.
		{name: "16kbit", bandwidth: 2_000, least: 4, backlog: 1600 * time.Millisecond},
		{name: "dribble", wrap: func() napper { return &dribbler{} }, least: 25, backlog: 250 * time.Millisecond},
	} {
		got, others := playBeside(t, kind)
		fmt.Fprintf(t.Output(), "BenchmarkSlow/kind=%s 1 %.4g others-gap-p99-ms %.4g others-p99-units %.4g backlog-max-ms %.4g frames/s %d held-bytes\n",
			kind.name, others.gap.at(0.99), others.remote.at(0.99), got.backlog.most(), got.rate, got.held)
		if others.gap.at(0.99) > alone.gap.at(0.99)+1 || others.gap.most() > alone.gap.most()+17 || others.skipped > 0 {
			t.Errorf("%s: gaps of others %.0f ms (p99) and %.0f ms (most), without it %.0f and %.0f; %d frames left out, want 0",
				kind.name, others.gap.at(0.99), others.gap.most(), alone.gap.at(0.99), alone.gap.most(), others.skipped)
		}
		if a, b := others.remote.at(0.99), alone.remote.at(0.99); a > b*1.5 {
			t.Errorf("%s: others see ships %.1f units off (p99), without it %.1f", kind.name, a, b)
		}
		if got.rate < kind.least || got.held > 64<<10 {
			t.Errorf("%s: %.1f frames a second, want %.0f; %d bytes held for it, want at most 64 KiB", kind.name, got.rate, kind.least, got.held)
		}
		if limit := float64(kind.backlog.Milliseconds()); limit > 0 && got.backlog.most() > limit {
			t.Errorf("%s: a backlog of %.0f ms, want at most %.0f", kind.name, got.backlog.most(), limit)
		}
		if !got.playing || got.strange > 0 {
			t.Errorf("%s: still playing: %v, want true; %d times elsewhere than explained", kind.name, got.playing, got.strange)
		}
	}
}

// slowFigures are what a slow client meets.
type slowFigures struct {
	backlog spread // ms from a frame's writing to its reading
	held    int    // bytes at most
	rate    float64
	playing bool
	strange int
}

// playBeside lets seven and one that is slow fight 50 bots for half a minute.
func playBeside(t *testing.T, kind slow) (got slowFigures, others *figures) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Seed: 4, Bots: 58})
		l := buffered(line(60, 5, 0))
		m.crowd(7, l)
		l.Bandwidth = kind.bandwidth
		if kind.window > 0 {
			l.RecvBuffer = kind.window
		}
		p := m.seat(l)
		var nap napper
		if kind.wrap != nil {
			nap = kind.wrap()
			p.wrap = nap.on
		}
		p.ses.Choose(sim.Dart, sim.NoTeam)
		p.ses.Play("Slow", session.Place{URL: "ws://lab/play?room=main"})
		m.play(5 * time.Second)
		others = m.watchThem(m.people[:7]...)
		before := p.net()
		if nap != nil {
			nap.nap(true)
		}
		const lasts = 20 * time.Second
		for range int(lasts / (10 * time.Millisecond)) {
			m.play(10 * time.Millisecond)
			got.held = max(got.held, p.server.Buffered())
			got.backlog.addTime(m.ago(p.seen) - l.RTT/2)
			if nap != nil && m.now() > 14*time.Second { // eight seconds are enough
				nap.nap(false)
			}
		}
		after := p.net()
		got.rate = float64(after.FramesIn-before.FramesIn) / lasts.Seconds()
		got.strange = after.Mispredictions + after.StateMismatches
		others.tally(m)
		p.back(2 * time.Second)
		got.playing = p.stage() == session.Playing && p.dials == 1
		m.end()
	})
	return got, others
}

// ago returns how long ago a tick was, at a player who has just heard of it; between
// two sends and two frames it gets older by itself, which is not the line's doing.
func (m *match) ago(tick sim.Tick) time.Duration {
	_, _, at, _ := m.truth.ship(tick, 0)
	return max(0, m.now()-at-(time.Second/30+time.Second/60))
}

// napper is a client's side of a connection with bad habits that come and go.
type napper interface {
	on(net.Conn) net.Conn
	nap(yes bool)
}

// sleeper does not read while it sleeps.
type sleeper struct {
	net.Conn
	asleep chan struct{} // holds a value while asleep
	sleeps bool
}

func (s *sleeper) on(c net.Conn) net.Conn {
	s.Conn = c
	return s
}

func (s *sleeper) nap(yes bool) {
	switch {
	case yes && !s.sleeps:
		s.asleep <- struct{}{}
	case !yes && s.sleeps:
		<-s.asleep
	}
	s.sleeps = yes
}

func (s *sleeper) Read(p []byte) (int, error) {
	s.asleep <- struct{}{}
	<-s.asleep
	return s.Conn.Read(p)
}

// dribbler sends and takes single bytes, one every millisecond.
type dribbler struct{ net.Conn }

func (d *dribbler) on(c net.Conn) net.Conn {
	d.Conn = c
	return d
}

func (d *dribbler) nap(bool) {}

func (d *dribbler) Read(p []byte) (int, error) { return d.Conn.Read(p[:min(len(p), 1)]) }

func (d *dribbler) Write(p []byte) (n int, err error) {
	for i := range p {
		if _, err := d.Conn.Write(p[i : i+1]); err != nil {
			return i, err
		}
		time.Sleep(time.Millisecond)
	}
	return len(p), nil
}
