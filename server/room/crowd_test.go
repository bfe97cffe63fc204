package room

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// crowd is a room full of people who fly as pilots do. Their lines take everything
// and keep nothing.
type crowd struct {
	room   *Room
	people []*flyer
	view   belief.View
}

type flyer struct {
	sink
	visit *Visit
	seat  *seat
	pilot *bot.Pilot
	told  wire.Input // the newest input it sent
}

// arenaFor names an arena for so many ships: 1,000 fill the expanse about as 64 fill the
// foundry.
func arenaFor(ships int) string {
	if ships <= 256 {
		return "colossus"
	}
	return "expanse"
}

// newCrowd returns n people in the middle of a fight.
func newCrowd(tb testing.TB, n int, cfg Config) *crowd {
	tb.Helper()
	rules := sim.Rules{Live: 1 << 30}
	cfg.Rules, cfg.MaxPlayers, cfg.Seed = &rules, n, 7
	if cfg.Arena == nil {
		cfg.Arena = arena(tb, arenaFor(n))
	}
	c := &crowd{room: New(cfg)}
	for i := range n {
		c.join(tb, i)
		if i%100 == 99 {
			c.room.Tick()
		}
	}
	c.play(2)
	for _, p := range c.people {
		for _, s := range c.room.seats {
			if s != nil && s.visit == p.visit {
				p.seat = s
			}
		}
		if p.seat == nil {
			tb.Fatal("somebody has no seat")
		}
	}
	c.play(20 * sim.TickRate)
	return c
}

func (c *crowd) join(tb testing.TB, i int) {
	p := &flyer{pilot: bot.New(uint64(i), bot.Medium)}
	hello := wire.Hello{Version: wire.Version, Name: fmt.Sprintf("Pilot %d", i)}
	hello.Loadout.Hull = sim.HullKind(i % len(sim.Hulls))
	var ok bool
	if p.visit, ok = c.room.Enter(p, hello); !ok {
		tb.Fatal("the door is shut")
	}
	c.people = append(c.people, p)
}

// fly lets everybody decide what to hold, from what they see, and say so if it is
// something else.
func (c *crowd) fly() {
	if c.room.world.Tick%sim.Tick(c.room.cfg.SendInterval) != 0 {
		return
	}
	for _, p := range c.people {
		if p.seat == nil || !c.room.world.Alive(p.seat.id) {
			continue
		}
		c.room.view(p.seat, &c.view)
		held := p.pilot.Think(&c.view, p.seat.id)
		if held == p.told.Held {
			continue
		}
		p.told = wire.Input{Tick: c.room.world.Tick + 1, Held: held}
		_ = p.visit.Receive(&wire.Client{Kind: wire.KindInput, Input: p.told})
	}
}

func (c *crowd) play(ticks int) {
	for range ticks {
		c.fly()
		c.room.Tick()
	}
}

// many is how many a crowd is; fewer where the race detector looks on.
func many() int {
	if testing.Short() {
		return 200
	}
	return 1000
}

// A client among 1,000 is sent this much in a frame, and gets 30 a second. It is the
// same each time; who makes it more by a tenth has to know.
const crowdFrame = 125 // bytes

// TestCrowd_SteadyTick holds a tick of 1,000 people to what one of 64 is held to: it
// allocates nothing, and what each is sent does not grow.
func TestCrowd_SteadyTick(t *testing.T) {
	c := newCrowd(t, many(), Config{})
	before := c.room.stats
	c.play(10 * sim.TickRate) // buffers grow
	after := c.room.stats
	got := float64(after.PayloadBytes-before.PayloadBytes) / float64(after.FramesSent-before.FramesSent)
	t.Logf("%.1f bytes a frame, %.1f kbit/s", got, got*8*30/1000)
	if got > crowdFrame*1.1 && !testing.Short() { // bytes are those of 1,000
		t.Errorf("%.1f bytes a frame, want about %d", got, crowdFrame)
	}
	allocs := testing.AllocsPerRun(2*sim.TickRate, func() { c.play(1) })
	if allocs >= 1 {
		t.Errorf("%.2f allocations a tick, want 0", allocs)
	}
}

// TestCrowd_BeliefIsTruth lets a few of 1,000 be as unlucky as real people are, flying
// from cell to cell: after every frame what they believe is the truth.
func TestCrowd_BeliefIsTruth(t *testing.T) {
	c := newCrowd(t, many()-10, Config{})
	c.room.cfg.MaxPlayers += 10
	var clients []*client
	for seed := range uint64(6) {
		clients = append(clients, newClient(t, c.room, seed+1))
	}
	past, compared := &memory{}, 0
	for range many() * 18 / 10 {
		c.play(1)
		past.keep(c.room)
		for _, k := range clients {
			compared += k.check(past)
			k.live()
		}
	}
	cells := make(map[area]bool)
	for _, k := range clients {
		cells[k.room.seats[k.rep.Self()].watched] = true
	}
	if compared < 100*many() || len(cells) < 2 {
		t.Errorf("%d entities compared in %d areas: too few to tell", compared, len(cells))
	}
	t.Logf("%d entities compared", compared)
}

// BenchmarkTick is a tick of a room full of people with ships, who fight; what they
// decide is not part of it. Half of the ticks send. Times are of the processor.
func BenchmarkTick(b *testing.B) {
	for _, n := range []int{64, 128, 400, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmarkCrowd(b, newCrowd(b, n, Config{Profile: true})) })
	}
}

func benchmarkCrowd(b *testing.B, c *crowd) {
	var took []time.Duration
	before := c.room.stats
	for b.Loop() {
		c.fly()
		begin := threadTime()
		c.room.Tick()
		took = append(took, threadTime()-begin)
	}
	after, sum := c.room.stats, time.Duration(0)
	for _, t := range took {
		sum += t
	}
	slices.Sort(took)
	frames := float64(after.FramesSent - before.FramesSent)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(sum.Microseconds())/float64(len(took)), "µs/tick")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "µs/tick-p99")
	b.ReportMetric(float64(after.PayloadBytes-before.PayloadBytes)/frames, "B/frame")
	for p := range PartCount {
		if c.room.cfg.Profile {
			b.ReportMetric((after.Bill.Parts[p]-before.Bill.Parts[p])/frames, p.String()+"-B/frame")
		}
	}
	b.ReportMetric(float64(c.room.stats.Ships), "ships")
	b.ReportMetric(float64(c.room.stats.Bolts), "bolts")
}
