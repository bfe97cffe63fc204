//go:build !js

package lab_test

import (
	"testing"
	"testing/synctest"
	"time"

	"ionwake/client/session"
	"ionwake/server/room"
	"ionwake/shared/lab"
)

// buffered gives a line the buffers that the server asks the system for, and a client's
// small window.
func buffered(l lab.Line) lab.Line {
	l.SendBuffer, l.NotSent, l.RecvBuffer = 32<<10, 512, 32<<10
	return l
}

// TestFault_N1_LongUnevenLine fights at 300 ms with 50 ms of jitter: no key is late, the
// own ship is where it was foreseen, and no other jumps.
func TestFault_N1_LongUnevenLine(t *testing.T) {
	f := measure(t, buffered(line(300, 50, 0)), 8, 30*time.Second)
	t.Logf("others %s, jump %.0f, starved %.4f, to server %s ms", &f.remote, f.jump.most(), f.share(f.starved), &f.server)
	if f.share(f.starved) > 0.002 || f.strange+f.mismatches > 0 || f.jump.most() > 32 || f.skipped > 0 {
		t.Errorf("%.4f of ticks without the right input, want 0.002; own ship %d times elsewhere, want 0; largest jump %.0f, want 32; %d frames left out, want 0",
			f.share(f.starved), f.strange+f.mismatches, f.jump.most(), f.skipped)
	}
	if f.server.at(0.99) > 270 {
		t.Errorf("a key reaches the server after %.0f ms, want at most 270", f.server.at(0.99))
	}
}

// TestFault_N2_Loss fights over lines that lose one packet in twenty, ten and five: all
// stay connected, and two seconds after the line has healed everybody is up to date.
func TestFault_N2_Loss(t *testing.T) {
	for _, row := range []struct {
		percent int
		starved float64
	}{{5, 0.2}, {10, 0.3}, {20, 0.37}} {
		synctest.Test(t, func(t *testing.T) {
			m := newMatch(t, room.Config{Seed: 2})
			bad := buffered(line(100, 10, row.percent))
			m.crowd(6, bad)
			f := m.watchAll()
			m.play(30 * time.Second)
			f.tally(m)
			m.heal()
			m.play(2 * time.Second)
			m.upToDate(6)
			t.Logf("%d %%: others %s, starved %.3f, %d of %d frames left out", row.percent, &f.remote, f.share(f.starved), f.skipped, f.frames)
			if f.share(f.starved) > row.starved || f.strange+f.mismatches > 0 || f.remote.count() == 0 {
				t.Errorf("%d %%: %.3f of ticks without the right input, want %.2f; own ship %d times elsewhere", row.percent, f.share(f.starved), row.starved, f.strange+f.mismatches)
			}
			m.end()
		})
	}
}

// TestFault_N3_TerribleLine plays for ten minutes at a second of round trip, 100 ms of
// jitter and one packet in four lost: nobody is thrown out, and in the end everybody
// knows the truth. What TCP holds up on such a line comes in clumps, seconds late.
func TestFault_N3_TerribleLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Seed: 3, Bots: 6})
		m.crowd(2, buffered(line(100, 0, 0)))
		m.worsen(buffered(line(1000, 100, 25)))
		m.play(10 * time.Minute)
		for _, p := range m.people {
			n := p.net()
			t.Logf("%d frames, %d left out, round trip %v, %.0f ticks ahead", n.FramesIn, n.FramesSkipped, n.RTT, n.Lead)
			if n.FramesIn < 600 || n.RTT < time.Second {
				t.Errorf("%d frames in ten minutes, want one a second at least, and a round trip of %v, want 1 s at least", n.FramesIn, n.RTT)
			}
		}
		m.heal()
		m.play(20 * time.Second) // what is on its way has to come first
		m.upToDate(2)
		m.end()
	})
}

// worsen gives everybody another line.
func (m *match) worsen(l lab.Line) {
	for _, p := range m.people {
		p.line = l
		p.conn.SetLine(l)
		p.server.SetLine(l)
	}
}

// heal makes everybody's line perfect, but for its length.
func (m *match) heal() { m.worsen(buffered(lab.Line{RTT: m.people[0].line.RTT})) }

// upToDate wants so many to play on their first connection, knowing what a round trip
// ago was the truth.
func (m *match) upToDate(seats int) {
	m.t.Helper()
	if got := m.seated(); got != seats {
		m.t.Errorf("%d of %d still have their seats", got, seats)
	}
	for i, p := range m.people {
		n := p.net()
		behind := int32(m.truth.latest() - p.seen)
		if most := int32(p.line.RTT*60/time.Second) + 8; behind > most || n.StateMismatches+n.Mispredictions > 0 || p.dials != 1 {
			m.t.Errorf("player %d is %d ticks behind, want at most %d, with %d states other than the server's, %d moves unexplained, on connection %d",
				i, behind, most, n.StateMismatches, n.Mispredictions, p.dials)
		}
	}
}

// TestFault_N13_LinesStopInTurn stops lines at random and lets them go in another
// order: the room goes on, and nobody is lost.
func TestFault_N13_LinesStopInTurn(t *testing.T) {
	for seed := range uint64(12) {
		synctest.Test(t, func(t *testing.T) {
			m := newMatch(t, room.Config{Seed: seed})
			l := buffered(line(60, 10, 0))
			l.Seed += seed
			m.crowd(8, l)
			dice := newDice(seed)
			stopped := make([]bool, len(m.people))
			for range 60 {
				i := dice.IntN(len(stopped))
				stopped[i] = !stopped[i]
				m.people[i].conn.Blackhole(stopped[i])
				m.play(time.Duration(50+dice.IntN(250)) * time.Millisecond)
			}
			for _, i := range dice.Perm(len(stopped)) {
				m.people[i].conn.Blackhole(false)
				m.play(20 * time.Millisecond)
			}
			m.play(3 * time.Second)
			for _, p := range m.people {
				if p.stage() != session.Playing {
					m.play(10 * time.Second) // one that was stopped for too long comes back by itself
					break
				}
			}
			if got := m.seated(); got != len(m.people) {
				t.Errorf("seed %d: %d of %d play in the end", seed, got, len(m.people))
			}
			if st := m.hall.Stats()[0]; st.Connected != len(m.people) || st.Players != len(m.people) {
				t.Errorf("seed %d: the room knows %d people, %d connected, want %d", seed, st.Players, st.Connected, len(m.people))
			}
			for i, p := range m.people {
				if n := p.net(); n.StateMismatches+n.Mispredictions > 0 {
					t.Errorf("seed %d: player %d: %d states other than the server's, %d moves unexplained", seed, i, n.StateMismatches, n.Mispredictions)
				}
			}
			m.end()
		})
	}
}
