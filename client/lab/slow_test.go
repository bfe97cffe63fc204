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
	"ionwake/shared/lab"
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

// scene is what somebody slow is in the midst of.
type scene struct {
	name   string
	seed   uint64
	arena  string
	others int // people
	bots   int
	storm  int // people who come in while somebody is slow
	lasts  time.Duration
	whole  float64 // bytes a second of a whole view at least, so that a line is as narrow as it says
}

// TestSlow lets one be slow and wants the others to notice nothing: they see what they
// see without it. Of the fight of 65 a line of 64 kbit/s takes everything; of a crowd of
// 400 it does not, and whoever is on it is told of what is near.
func TestSlow(t *testing.T) {
	brawl := scene{name: "", arena: "foundry", others: 7, bots: 58, seed: 4, lasts: 12 * time.Second}
	crowd := scene{name: "/crowd=400", arena: "foundry", others: 3, bots: 400, seed: 5, storm: 12, lasts: 12 * time.Second, whole: 7_000}
	for _, row := range []struct {
		scene
		kinds []slow
	}{
		{brawl, []slow{
			{name: "stalled", window: 4 << 10, wrap: func() napper { return &sleeper{asleep: make(chan struct{}, 1)} }},
			{name: "64kbit", bandwidth: 8_000, least: 25, backlog: 250 * time.Millisecond},
			// Less than is sent, and nothing in one cell can be left out: what the server's
			// system holds back, half a KiB and a segment, is a second of such a line.
			{name: "16kbit", bandwidth: 2_000, least: 4, backlog: 1600 * time.Millisecond},
			{name: "dribble", wrap: func() napper { return &dribbler{} }, least: 25, backlog: 250 * time.Millisecond},
		}},
		{crowd, []slow{
			{name: "64kbit", bandwidth: 8_000, least: 15, backlog: 250 * time.Millisecond},
		}},
	} {
		_, alone := playBeside(t, row.scene, slow{name: "none"})
		if alone.bytes < row.whole {
			t.Errorf("%s: %.0f bytes a second of a whole view, want %.0f: no line is narrow here", row.name, alone.bytes, row.whole)
		}
		for _, kind := range row.kinds {
			got, others := playBeside(t, row.scene, kind)
			fmt.Fprintf(t.Output(), "BenchmarkSlow/kind=%s%s 1 %.4g others-gap-p99-ms %.4g others-p99-units %.4g backlog-p99-ms %.4g backlog-max-ms %.4g frames/s %d held-bytes %.4g starved-per-1000\n",
				kind.name, row.name, others.gap.at(0.99), others.remote.at(0.99), got.backlog.at(0.99), got.backlog.most(), got.rate, got.held, 1000*got.share(got.starved))
			t.Run(kind.name+row.name, func(t *testing.T) {
				kind.judgeOthers(t, others, alone)
				kind.judge(t, got)
			})
		}
	}
}

// judgeOthers wants the others to meet what they meet without it.
func (k slow) judgeOthers(t *testing.T, others, alone *figures) {
	t.Helper()
	if others.gap.at(0.99) > alone.gap.at(0.99)+1 || others.gap.most() > alone.gap.most()+17 || others.skipped > 0 {
		t.Errorf("gaps of others %.0f ms (p99) and %.0f ms (most), without it %.0f and %.0f; %d frames left out, want 0",
			others.gap.at(0.99), others.gap.most(), alone.gap.at(0.99), alone.gap.most(), others.skipped)
	}
	if a, b := others.remote.at(0.99), alone.remote.at(0.99); a > b*1.5 {
		t.Errorf("others see ships %.1f units off (p99), without it %.1f", a, b)
	}
	if others.strange+others.mismatches > 0 {
		t.Errorf("others were %d times elsewhere than explained", others.strange+others.mismatches)
	}
}

// judge wants it to play on.
func (k slow) judge(t *testing.T, got slowFigures) {
	t.Helper()
	if got.rate < k.least || got.held > 64<<10 {
		t.Errorf("%.1f frames a second, want %.0f; %d bytes held for it, want at most 64 KiB", got.rate, k.least, got.held)
	}
	if !got.playing || got.strange+got.mismatches > 0 {
		t.Errorf("still playing: %v, want true; %d times elsewhere than explained", got.playing, got.strange+got.mismatches)
	}
	limit := float64(k.backlog.Milliseconds())
	if limit == 0 {
		return
	}
	// One frame of a neighbourhood that it comes into, whole, may be on the line besides.
	if got.backlog.at(0.99) > limit || got.backlog.most() > 1.4*limit {
		t.Errorf("a backlog of %.0f ms (p99) and %.0f ms (most), want at most %.0f", got.backlog.at(0.99), got.backlog.most(), limit)
	}
	if got.share(got.starved) > 0.01 && k.bandwidth >= 8_000 {
		t.Errorf("%.3f of ticks without the right input, want 0.01", got.share(got.starved))
	}
}

// slowFigures are what a slow client meets.
type slowFigures struct {
	*figures
	backlog spread // ms from a frame's writing to its reading
	held    int    // bytes at most
	rate    float64
	playing bool
}

// playBeside lets some people and one that is slow fight bots for half a minute. Figures
// are taken when all have been there for some seconds.
func playBeside(t *testing.T, in scene, kind slow) (got slowFigures, others *figures) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Seed: in.seed, Bots: in.bots, Arena: arena(t, in.arena)})
		fine := buffered(line(60, 5, 0))
		m.crowd(in.others, fine)
		p := m.slow(fine, kind)
		var nap napper
		if kind.wrap != nil {
			nap = kind.wrap()
			p.wrap = nap.on
		}
		p.ses.Choose(sim.Dart, sim.NoTeam)
		p.ses.Play("Slow", session.Place{URL: "ws://lab/play?room=main"})
		m.play(5 * time.Second)
		others = m.watchThem(m.people[:in.others]...)
		got.figures = m.watchThem(p)
		bytes := m.people[0].net().BytesIn
		if nap != nil {
			nap.nap(true)
		}
		for i := range int(in.lasts / (10 * time.Millisecond)) {
			if s := i - 500; s >= 0 && s%10 == 0 && s/10 < in.storm {
				m.join(fine, sim.HullKind(i%len(sim.Hulls)))
			}
			m.play(10 * time.Millisecond)
			got.held = max(got.held, p.server.Buffered())
			got.backlog.addTime(m.ago(p.seen) - p.line.RTT/2)
			if nap != nil && m.now() > 14*time.Second { // eight seconds are enough
				nap.nap(false)
			}
		}
		others.bytes = float64(m.people[0].net().BytesIn-bytes) / in.lasts.Seconds()
		others.tally(m)
		got.tally(m)
		got.rate = float64(got.frames) / in.lasts.Seconds()
		p.back(2 * time.Second)
		got.playing = p.stage() == session.Playing && p.dials == 1
		m.end()
	})
	return got, others
}

// slow makes the player who is slow, on a line that would be as fine as those of others.
func (m *match) slow(l lab.Line, kind slow) *player {
	l.Bandwidth = kind.bandwidth
	if kind.window > 0 {
		l.RecvBuffer = kind.window
	}
	return m.seat(l)
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
