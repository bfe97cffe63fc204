package room

import (
	"fmt"
	"slices"
	"testing"

	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// ledger adds up what a client is sent, second by second and part by part.
type ledger struct {
	seconds []int // payload bytes in each second
	now     int
	own     int
	lists   int // kills, scoreboard, match, chat
	chunks  int // data of chunks
	total   int
	encoder wire.Encoder
}

// take books one frame.
func (l *ledger) take(f *wire.Frame, size int) {
	l.now += size
	l.total += size
	bare := *f
	bare.Own = wire.Own{}
	without := len(l.encoder.Append(nil, &bare))
	l.own += size - without
	bare.Kills, bare.Players, bare.Gone, bare.Chat, bare.HasMatch = nil, nil, nil, nil, false
	l.lists += without - len(l.encoder.Append(nil, &bare))
	l.chunks += len(f.Changes)
	for i := range f.Chunks {
		l.chunks += len(f.Chunks[i].Data)
	}
}

func (l *ledger) second() {
	l.seconds = append(l.seconds, l.now)
	l.now = 0
}

// kbits returns the median and the 99th percentile of the payload, in kbit/s.
func (l *ledger) kbits() (median, p99 float64) {
	s := slices.Sorted(slices.Values(l.seconds))
	return float64(s[len(s)/2]) * 8 / 1000, float64(s[len(s)*99/100]) * 8 / 1000
}

// BenchmarkArenaPayload is the arena bench's first form: 64 ships fight in sight of
// each other, 30 sends a second, one of them flown through a client like any
// person's. It reports what that client is sent: median and 99th percentile over
// the seconds of a five-minute match, and where the bytes go, for each mode.
func BenchmarkArenaPayload(b *testing.B) {
	for _, name := range sim.ModeNames() {
		mode, _ := sim.ModeByName(name)
		b.Run(name, func(b *testing.B) { benchmarkPayload(b, mode) })
	}
}

func benchmarkPayload(b *testing.B, mode sim.Mode) {
	for b.Loop() {
		meter := &belief.Meter{}
		rules := sim.Rules{Live: 6 * 60 * sim.TickRate}
		r := New(Config{Arena: arena(b, "foundry"), Mode: mode, Bots: 64, Meter: meter, MaxPlayers: 64, Seed: 7, Rules: &rules})
		c := newClient(b, r, 1)
		pilot := bot.New(99, bot.Medium)
		var l ledger
		var d wire.Decoder
		var f wire.Frame
		turned, chances := 0, 0
		aims, past := make([]sim.Angle, 64), &memory{}
		for i := range 5*60*sim.TickRate + 120 {
			r.Tick()
			for _, fly := range c.line.frames {
				data := fly.data
				if err := d.Decode(data, &f); err != nil {
					b.Fatal(err)
				}
				if i > 120 {
					l.take(&f, len(data))
				}
			}
			if i == 120 {
				*meter = belief.Meter{}
			}
			if i > 120 && i%sim.TickRate == 0 {
				l.second()
			}
			if len(c.line.frames) > 0 {
				for id := range aims {
					if s := r.world.Ship(sim.PlayerID(id)); s != nil {
						chances++
						if s.Held.Aim != aims[id] {
							turned++
						}
						aims[id] = s.Held.Aim
					}
				}
			}
			past.keep(r)
			c.check(past)
			c.fly(pilot)
		}
		report(b, &l, meter, float64(turned)/float64(chances))
	}
}

func report(b *testing.B, l *ledger, m *belief.Meter, turned float64) {
	median, p99 := l.kbits()
	secs := float64(len(l.seconds))
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median, "kbit/s-median")
	b.ReportMetric(p99, "kbit/s-p99")
	b.ReportMetric(turned, "aims-turned/send")
	var kinds [belief.KindCount]float64
	for f, bits := range m.Spent() {
		kinds[belief.Field(f).Kind()] += bits
	}
	for k, bits := range kinds {
		b.ReportMetric(bits/8/secs, belief.Kind(k).String()+"-B/s")
	}
	b.ReportMetric(float64(l.own)/secs, "own-B/s")
	b.ReportMetric(float64(l.lists)/secs, "lists-B/s")
	b.ReportMetric(float64(l.total-l.own-l.lists-l.chunks)/secs, "envelope-B/s")
	b.ReportMetric(float64(l.total)/secs, "total-B/s")
}

// fly lets a pilot play through the client, from the client's belief.
func (c *client) fly(p *bot.Pilot) {
	if c.rep.Joined() && c.room.world.Tick%sim.Tick(c.room.cfg.SendInterval) == 0 {
		v := belief.View{Arena: c.room.ground().Arena, Match: c.room.world.Match}
		v.Tick = c.rep.Belief(func(_ belief.CellID, cell *belief.Cell) { v.Cells = append(v.Cells, cell) })
		if v.Ship(c.rep.Self()) != nil {
			c.in = p.Think(&v, c.rep.Self())
		}
	}
	c.rep.Step(c.now(), c.in, c.send)
}

// sink is an Outbox that takes everything and keeps nothing.
type sink struct{}

func (sink) Ready() bool                  { return true }
func (sink) Send([]byte) bool             { return true }
func (sink) Close([]byte, uint16, string) {}

// busyRoom returns a room of 64 bots in the middle of a fight with watchers people
// watching.
func busyRoom(tb testing.TB, watchers int, mode sim.Mode) *Room {
	rules := sim.Rules{Live: 1 << 30}
	r := New(Config{Arena: arena(tb, "foundry"), Mode: mode, Bots: 64, MaxPlayers: 64, MaxWatchers: watchers, Seed: 7, Rules: &rules, Profile: true})
	for range watchers {
		if _, ok := r.Enter(sink{}, wire.Hello{Version: wire.Version, Name: "Ann", Spectate: true}); !ok {
			tb.Fatal("the door is shut")
		}
	}
	for range 60 * sim.TickRate {
		r.Tick()
	}
	return r
}

// TestSteadyTickAllocatesNothing covers everything a tick does, bots' thinking and
// all frames included, in every mode.
func TestSteadyTickAllocatesNothing(t *testing.T) {
	for _, name := range sim.ModeNames() {
		mode, _ := sim.ModeByName(name)
		r := busyRoom(t, 64, mode)
		for range 60 * sim.TickRate {
			r.Tick()
		}
		if got := testing.AllocsPerRun(600, r.Tick); got > 0 {
			t.Errorf("%s: got %.3f allocations a tick, want 0", name, got)
		}
	}
}

// BenchmarkProfile is what profiling costs: a tick with and without it.
func BenchmarkProfile(b *testing.B) {
	for _, profile := range []bool{false, true, false, true} {
		b.Run(fmt.Sprint(profile), func(b *testing.B) {
			r := busyRoom(b, 64, sim.Brawl{})
			if !profile {
				r.cfg.Profile, r.watch.now = false, nil
			}
			for b.Loop() {
				r.Tick()
			}
		})
	}
}

// BenchmarkTick64 is a whole tick with 64 bots and 64 people watching.
func BenchmarkTick64(b *testing.B) {
	r := busyRoom(b, 64, sim.Brawl{})
	b.ReportAllocs()
	for b.Loop() {
		r.Tick()
	}
}
