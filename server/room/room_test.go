package room

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"ionwake/assets"
	"ionwake/client/replica"
	"ionwake/shared/belief"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

func arena(t testing.TB, name string) *sim.Arena {
	t.Helper()
	data, err := assets.Maps.ReadFile("maps/" + name + ".arena")
	if err != nil {
		t.Fatal(err)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// find returns the ground of the room that a Welcome names.
func find(r *Room, w *wire.Welcome) *sim.Arena {
	for _, g := range r.rotation {
		if g.Arena.Hash == w.ArenaHash {
			return g.Arena
		}
	}
	return nil
}

// line is an Outbox that hands its frames to a test, or is busy, or breaks.
type line struct {
	busy   bool
	frames []flying // under way
	closed uint16
	last   []byte
}

// flying is a frame under way.
type flying struct {
	data    []byte
	arrives sim.Tick
}

func (l *line) Ready() bool { return !l.busy }

func (l *line) Send(f []byte) bool {
	if !l.busy {
		l.frames = append(l.frames, flying{data: slices.Clone(f)})
	}
	return !l.busy
}

func (l *line) Close(last []byte, code uint16, _ string) { l.last, l.closed = last, code }

// client is a replica on a line, stepped by hand.
type client struct {
	t     testing.TB
	room  *Room
	rep   *replica.Replica
	line  *line
	visit *Visit
	rng   sim.Rand
	hold  int // ticks the line stays busy
	far   int // ticks a frame is under way, for now
	away  int // ticks until it comes back
	lost  int // frames that never arrived
	blind int // sends in a row that left a part of the picture out

	latest sim.Tick // when the last frame sent arrives
	in     sim.Input
}

func newClient(t testing.TB, r *Room, seed uint64) *client {
	c := &client{t: t, room: r, rng: sim.Rand(seed), rep: replica.New(replica.Config{
		Arena: func(w *wire.Welcome) (*sim.Arena, error) { return find(r, w), nil },
	})}
	c.connect()
	return c
}

func (c *client) now() time.Duration {
	return time.Duration(c.room.world.Tick) * time.Second / sim.TickRate
}

func (c *client) connect() {
	var hello wire.Client
	if err := wire.DecodeClient(c.rep.Hello(c.now(), replica.Guest{Name: "Ann"}), &hello); err != nil {
		c.t.Fatal(err)
	}
	c.line = &line{}
	var ok bool
	if c.visit, ok = c.room.Enter(c.line, hello.Hello); !ok {
		c.t.Fatal("the door is shut")
	}
}

func (c *client) send(data []byte) bool {
	var m wire.Client
	if err := wire.DecodeClient(data, &m); err != nil {
		c.t.Fatal(err)
	}
	if err := c.visit.Receive(&m); err != nil {
		c.t.Fatal(err)
	}
	return true
}

// live lets the client be as unlucky as real ones: now and then its line takes
// nothing for a while, or breaks with frames in flight and is resumed.
func (c *client) live() {
	if c.away > 0 {
		if c.away--; c.away == 0 {
			c.connect()
		}
		return
	}
	if c.hold > 0 {
		c.hold--
	} else if c.rng.Intn(400) == 0 {
		c.hold = c.rng.Intn(160)
	}
	c.line.busy = c.hold > 0
	if c.rng.Intn(200) == 0 {
		c.far = c.rng.Intn(20)
	}
	if c.rng.Intn(500) == 0 {
		c.visit.Gone()
		c.lost += len(c.line.frames)
		c.line.frames = nil // what was under way never arrives
		c.away = 1 + c.rng.Intn(90)
		return
	}
	if c.rng.Intn(10) == 0 {
		c.in.Buttons ^= 1 << c.rng.Intn(7)
		c.in.Aim = c.in.Aim.Turn(c.rng.Intn(200) - 100)
	}
	c.rep.Step(c.now(), c.in, c.send)
}

// check applies what has arrived and compares the belief with the truth of the same
// tick; it returns the number of entities compared.
func (c *client) check(past *memory) (compared int) {
	if c.line.closed != 0 {
		c.t.Fatalf("closed with %d: %q", c.line.closed, c.line.last)
	}
	tick := c.room.world.Tick
	for i := range c.line.frames {
		if f := &c.line.frames[i]; f.arrives == 0 {
			f.arrives = max(tick+sim.Tick(c.far), c.latest)
			c.latest = f.arrives
		}
	}
	for len(c.line.frames) > 0 && c.line.frames[0].arrives <= tick {
		if err := c.rep.Receive(c.now(), c.line.frames[0].data); err != nil {
			c.t.Fatalf("tick %d: %v", tick, err)
		}
		c.line.frames = c.line.frames[1:]
		compared += c.compare(past)
	}
	return compared
}

func (c *client) compare(past *memory) (compared int) {
	truth := past.at(c.rep.Belief(func(belief.CellID, *belief.Cell) {}))
	if truth == nil {
		c.t.Fatal("belief is of a tick which was no send")
	}
	known := make([]bool, len(truth.cells))
	tick := c.rep.Belief(func(id belief.CellID, b *belief.Cell) {
		known[id] = true
		compared += len(b.Ships) + len(b.Bolts)
	})
	c.rep.Belief(func(id belief.CellID, b *belief.Cell) {
		if !slices.Equal(b.Ships, truth.cells[id].Ships) || !slices.Equal(b.Bolts, truth.cells[id].Bolts) {
			c.t.Fatalf("tick %d, cell %d: belief\n%+v\nis not truth\n%+v", tick, id, b, truth.cells[id])
		}
	})
	if n := c.rep.Net(c.now()); n.StateMismatches != 0 {
		c.t.Fatalf("tick %d: the own ship's hash differs", tick)
	}
	if h := &c.room.history; tick == c.room.tempo.newest && h.newest > h.origin {
		c.checkSight(truth, known)
	}
	return compared
}

// memory is the truth at the newest sends.
type memory struct{ ring [256]moment }

type moment struct {
	tick  sim.Tick
	cells []belief.Cell
}

// keep remembers the truth of this tick if it is a send.
func (m *memory) keep(r *Room) {
	if r.tempo.newest != r.world.Tick {
		return
	}
	e := &m.ring[r.history.newest%256]
	e.tick = r.world.Tick
	if len(e.cells) != len(r.now) {
		e.cells = make([]belief.Cell, len(r.now))
	}
	for id := range r.now {
		e.cells[id].Ships = append(e.cells[id].Ships[:0], r.now[id].Ships...)
		e.cells[id].Bolts = append(e.cells[id].Bolts[:0], r.now[id].Bolts...)
	}
}

func (m *memory) at(tick sim.Tick) *moment {
	for i := range m.ring {
		if m.ring[i].tick == tick && m.ring[i].cells != nil {
			return &m.ring[i]
		}
	}
	return nil
}

// revealing is how many sends in a row may leave a part of the picture out: those in
// which it is told of bit by bit, after a jump across the arena, and those that a line
// missed meanwhile.
const revealing = 24

// checkSight demands that every cell the client's picture can touch is known, of that
// part of it which its line has room for, and that the ship's own always is.
func (c *client) checkSight(truth *moment, known []bool) {
	var ship *sim.Ship
	for id := range truth.cells {
		if s := truth.cells[id].Find(c.rep.Self()); s != nil {
			ship = s
		}
	}
	if ship == nil {
		return
	}
	n := &c.room.seats[c.rep.Self()].narrow
	wide, high := n.of(640*sim.One), n.of(360*sim.One)
	if !known[c.room.grid.At(ship.Pos)] {
		c.t.Fatalf("tick %d: the cell of the own ship is unknown", truth.tick)
	}
	for id := range known {
		corner, side := c.room.grid.Origin(cellID(id)), c.room.grid.Side()
		if !known[id] && corner.X <= ship.Pos.X+wide && ship.Pos.X-wide <= corner.X+side &&
			corner.Y <= ship.Pos.Y+high && ship.Pos.Y-high <= corner.Y+side {
			if c.blind++; c.blind > revealing {
				c.t.Fatalf("tick %d: cell %d is in sight of %v and unknown, for %d sends", truth.tick, id, ship.Pos, c.blind)
			}
			return
		}
	}
	c.blind = 0
}

// TestBeliefIsTruth lets people on bad lines fight bots over grids of several cell
// sizes and send rates: after every frame applied, each client's belief equals the
// truth in every field of every entity in view, a million of them in all.
func TestBeliefIsTruth(t *testing.T) {
	total := 0
	for _, side := range []sim.Unit{0, 256 * sim.One, 512 * sim.One, 1024 * sim.One} {
		for interval := 1; interval <= 3; interval++ {
			t.Run(fmt.Sprintf("cell%d/interval%d", side/sim.One, interval), func(t *testing.T) {
				total += followRoom(t, side, interval, nil)
			})
		}
	}
	t.Logf("%d entities compared", total)
	if want := 1_000_000; total < want && !testing.Short() {
		t.Errorf("%d entities compared, want %d", total, want)
	}
}

// followRoom does so in one room, with which meddle, if set, may do something between two
// ticks.
func followRoom(t *testing.T, side sim.Unit, interval int, meddle func(*Room)) (compared int) {
	rules := sim.Rules{Warmup: 150, Live: 900, Results: 150, ScoreLimit: 40}
	r := New(Config{
		Rotation: []Ground{
			{arena(t, "foundry"), sim.Brawl{}, &rules}, {arena(t, "foundry"), sim.Relay{}, &rules},
			{arena(t, "harbour"), sim.BeaconMode{}, &rules}, {arena(t, "closet"), sim.Brawl{}, &rules},
		},
		CellSide: side, SendInterval: interval,
		Bots: 40, Seed: uint64(side) + uint64(interval), ResumeFor: 600,
	})
	var clients []*client
	for i := range 8 {
		clients = append(clients, newClient(t, r, uint64(i)+1))
	}
	ticks := 3600
	if testing.Short() {
		ticks = 900
	}
	past := &memory{}
	for range ticks {
		r.Tick()
		past.keep(r)
		for _, c := range clients {
			compared += c.check(past)
			c.live()
		}
		if meddle != nil {
			meddle(r)
		}
	}
	lost := 0
	for _, c := range clients {
		lost += c.lost
	}
	if n := r.world.Match.Number; n < 4 && !testing.Short() {
		t.Errorf("%d matches only: not every ground is tried", n)
	}
	if lost == 0 {
		t.Error("no frame was ever lost: resuming is not tried")
	}
	return compared
}
