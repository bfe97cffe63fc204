package replica

import (
	"fmt"
	"testing"
	"time"

	"ionwake/assets"
	"ionwake/server/room"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// gunner is a Lancer at the end of a line that takes a fixed time either way.
type gunner struct {
	t     *testing.T
	fight *gunfight
	rep   *Replica
	visit *room.Visit
	held  sim.Input
	prey  sim.PlayerID
	late  time.Duration // after the room's tick, this one's frames are drawn
	down  line
	up    line
	told  wire.Input        // the newest input sent
	aimed map[sim.Tick]shot // the beams let go in its picture
}

// shot is a beam in the picture of who fired it.
type shot struct {
	who sim.PlayerID // in its way
	own sim.Ship     // who fired, as foreseen
	age sim.Tick     // of the picture

	walled bool // there is a wall between it and who is in its way
	late   bool // the server heard of it after its tick
}

// line delays messages.
type line struct {
	list [][]byte
	due  []time.Duration
}

func (l *line) put(due time.Duration, data []byte) {
	if n := len(l.due); n > 0 {
		due = max(due, l.due[n-1]) // one after the other
	}
	l.list, l.due = append(l.list, append([]byte(nil), data...)), append(l.due, due)
}

func (l *line) take(now time.Duration) []byte {
	if len(l.due) == 0 || l.due[0] > now {
		return nil
	}
	data := l.list[0]
	l.list, l.due = l.list[1:], l.due[1:]
	return data
}

func (*gunner) Ready() bool                  { return true }
func (*gunner) Close([]byte, uint16, string) {}
func (g *gunner) Send(frame []byte) bool {
	g.down.put(g.fight.arrival(g.fight.now), frame)
	return true
}

// gunfight is a room full of gunners.
type gunfight struct {
	t       *testing.T
	room    *room.Room
	gunners []*gunner
	rng     sim.Rand
	now     time.Duration
	delay   time.Duration // one way
	jitter  time.Duration // at most so much more

	fired, struck, moved, dead, late int
	missed, walled                   int // who was seen in the way, and what struck all the same
	oldest                           sim.Tick
}

// quickGuns lets Lancers fire in every second tick, for nothing, and do little harm.
func quickGuns(t *testing.T) {
	hull, shot := sim.Hulls[sim.Lancer], sim.Shots[sim.Beam]
	t.Cleanup(func() { sim.Hulls[sim.Lancer], sim.Shots[sim.Beam] = hull, shot })
	sim.Hulls[sim.Lancer].Primary.Reload, sim.Hulls[sim.Lancer].Primary.Cost = 2, 0
	sim.Shots[sim.Beam].Damage, sim.Shots[sim.Beam].Knock = 250, 1<<20
}

// arrival is when something sent at a moment arrives.
func (f *gunfight) arrival(sent time.Duration) time.Duration {
	return sent + f.delay + time.Duration(f.rng.Intn(int(f.jitter)+1))
}

func newGunfight(t *testing.T, name string, side sim.Unit, gunners int, rtt, jitter time.Duration) *gunfight {
	t.Helper()
	data, err := assets.Maps.ReadFile("maps/" + name + ".arena")
	if err != nil {
		t.Fatal(err)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		t.Fatal(err)
	}
	f := &gunfight{t: t, rng: 3, delay: rtt / 2, jitter: jitter}
	f.room = room.New(room.Config{Arena: a, CellSide: side, MaxPlayers: gunners, Rules: &sim.Rules{Warmup: 30, Live: 1 << 30, Results: 1}})
	for i := range gunners {
		g := &gunner{t: t, fight: f, aimed: map[sim.Tick]shot{}, late: time.Duration(i) * time.Second / sim.TickRate / time.Duration(gunners)}
		g.rep = New(Config{Arena: func(*wire.Welcome) (*sim.Arena, error) { return a, nil }})
		var m wire.Client
		if err := wire.DecodeClient(g.rep.Hello(0, Guest{Name: "Ann", Loadout: wire.Loadout{Hull: sim.Lancer}}), &m); err != nil {
			t.Fatal(err)
		}
		g.visit, _ = f.room.Enter(g, m.Hello)
		f.gunners = append(f.gunners, g)
	}
	return f
}

// tick lets a tick pass on both sides.
func (f *gunfight) tick(judge bool) {
	f.now += time.Second / sim.TickRate
	for _, g := range f.gunners {
		for data := g.up.take(f.now); data != nil; data = g.up.take(f.now) {
			var m wire.Client
			if err := wire.DecodeClient(data, &m); err != nil {
				f.t.Fatal(err)
			}
			if shot, aimed := g.aimed[m.Input.Tick]; aimed && int32(f.room.World().Tick-m.Input.Tick) >= 0 {
				shot.late = true
				g.aimed[m.Input.Tick] = shot
			}
			_ = g.visit.Receive(&m)
		}
	}
	f.room.Tick()
	if judge {
		f.judge()
	}
	for _, g := range f.gunners {
		now := f.now + g.late
		for data := g.down.take(now); data != nil; data = g.down.take(now) {
			if err := g.rep.Receive(now, data); err != nil {
				f.t.Fatal(err)
			}
		}
		if g.rep.Joined() {
			g.play()
		}
	}
}

// judge compares what the beams of this tick struck with what was in their way in the
// pictures they were let go at.
func (f *gunfight) judge() {
	w := f.room.World()
	for _, s := range w.Strikes {
		g := f.gunners[s.By]
		shot, known := g.aimed[w.Tick]
		own := w.Ships[s.By]
		switch {
		case !known || own.Pos != shot.own.Pos || own.Aim != shot.own.Aim:
			f.moved++ // somebody bumped into it, or it has just entered: it fired from elsewhere
			continue
		case shot.late:
			f.late++
			continue
		case shot.who != sim.NoPlayer && s.Who != shot.who && !w.Alive(shot.who):
			f.dead++
			continue
		case s.Who != shot.who:
			f.missed++
			f.t.Errorf("tick %d: the beam of %d struck %d, in its picture of %d ticks it was %d", w.Tick, s.By, s.Who, shot.age, shot.who)
		}
		f.fired++
		f.oldest = max(f.oldest, shot.age)
		if s.Who != sim.NoPlayer {
			f.struck++
		}
		if s.Who != sim.NoPlayer && shot.walled {
			f.walled++
			f.t.Errorf("tick %d: the beam of %d struck %d behind a wall", w.Tick, s.By, s.Who)
		}
	}
}

// play presses keys and notes the beams of the picture.
func (g *gunner) play() {
	f, r := g.fight, g.rep
	g.held.Buttons |= sim.Fire
	if f.rng.Intn(10) == 0 {
		g.held.Buttons ^= []sim.Buttons{sim.Up, sim.Down, sim.Left, sim.Right, sim.Dash}[f.rng.Intn(5)]
	}
	if f.rng.Intn(30) == 0 {
		g.prey = sim.PlayerID(f.rng.Intn(len(f.gunners)))
	}
	own, prey := r.ahead.now.ship(r.welcome.ID), r.ahead.now.ship(g.prey)
	if own != nil && prey != nil && f.rng.Intn(2) == 0 {
		g.held.Aim = prey.Pos.Sub(own.Pos).Angle().Turn(f.rng.Intn(9) - 4)
	}
	before := r.hands.tick
	now := f.now + g.late
	r.Step(now, g.held, func(data []byte) bool {
		var m wire.Client
		if err := wire.DecodeClient(data, &m); err != nil {
			g.t.Fatal(err)
		}
		g.told = m.Input
		g.up.put(f.arrival(now), data)
		return true
	})
	if a := &r.ahead; r.hands.tick == before+1 && a.now.beam {
		g.note()
	}
}

// note says in plain words what is in the way of the own beam in the picture of now.
func (g *gunner) note() {
	a, id := &g.rep.ahead, g.rep.welcome.ID
	was := a.past[(a.tick-1)%historyTicks].ship
	was.Held, _ = g.rep.hands.at(a.tick)
	s := shot{who: sim.NoPlayer, own: *a.now.ship(id), age: a.tick - g.rep.tick}
	for _, b := range was.Advance(g.rep.arena, nil) {
		if b.Kind != sim.Beam {
			continue
		}
		far := g.rep.arena.Trace(b.Pos, b.Vel, sim.Shots[sim.Beam].Reach) + 1
		for i := range a.now.ships {
			if at, hit := b.Crosses(&a.now.ships[i], far); hit && at < far {
				s.who, far = a.now.ships[i].ID, at
			}
		}
		s.walled = s.who != sim.NoPlayer && walled(g.rep.arena, &b, far)
	}
	if g.told.Tick != a.tick || g.told.Seen != g.rep.tick {
		g.t.Errorf("a beam of tick %d at the picture of %d: the server was told %+v", a.tick, g.rep.tick, g.told)
	}
	g.aimed[a.tick] = s
}

// walled reports whether more of a wall is in the way of b up to far than a corner that
// is cut: the rules look four times in a length of its speed, this does at every unit.
func walled(a *sim.Arena, b *sim.Bolt, far sim.Unit) bool {
	inside := sim.Unit(0)
	for at := sim.Unit(0); at < far; at += sim.One {
		if inside += sim.One; !a.SolidAt(b.Along(at)) {
			inside = 0
		}
		if inside > sim.Shots[sim.Beam].Speed/4 {
			return true
		}
	}
	return false
}

// TestBeamsStrikeWhatIsSeen lets sixteen players with quick guns fight over lines of up
// to 200 ms, in one cell and in many: each beam strikes what was in its way in the
// picture of who fired it. Of all beams it tells, for the table of figures, how many
// they were, how many did not, and how many struck behind a wall.
func TestBeamsStrikeWhatIsSeen(t *testing.T) {
	quickGuns(t)
	fired, missed, through := 0, 0, 0
	for name, c := range map[string]struct {
		arena       string
		side        sim.Unit
		rtt, jitter time.Duration
	}{
		"at once":            {"closet", 0, 0, 0},
		"100 ms":             {"closet", 0, 100 * time.Millisecond, 0},
		"100 ms and jitter":  {"closet", 0, 100 * time.Millisecond, 20 * time.Millisecond},
		"200 ms":             {"closet", 0, 200 * time.Millisecond, 0},
		"200 ms, many cells": {"foundry", 256 * sim.One, 200 * time.Millisecond, 0},
	} {
		t.Run(name, func(t *testing.T) {
			f := newGunfight(t, c.arena, c.side, 16, c.rtt, c.jitter)
			for range 5 * sim.TickRate {
				f.tick(false)
			}
			for range 55 * sim.TickRate {
				f.tick(true)
			}
			fired, missed, through = fired+f.fired, missed+f.missed, through+f.walled
			t.Logf("%d beams, %d struck; %d from elsewhere, %d at the dead, %d told late; pictures up to %d ticks old", f.fired, f.struck, f.moved, f.dead, f.late, f.oldest)
			for _, g := range f.gunners {
				if v := &g.rep.net.view; v.StateMismatches+v.Mispredictions > 0 || v.Judged < 100 {
					t.Errorf("gunner %d: %d states other than the server's, %d moves unexplained of %d", g.rep.welcome.ID, v.StateMismatches, v.Mispredictions, v.Judged)
				}
			}
			if f.fired < 15_000 || f.struck < f.fired/20 || f.moved+f.late > f.fired/5 {
				t.Error("the test shows little")
			}
		})
	}
	fmt.Fprintf(t.Output(), "BenchmarkBeam 1 %d shots %d missed-of-seen %d through-walls\n", fired, missed, through)
	if fired < 100_000 {
		t.Errorf("%d beams, want 100,000 at least", fired)
	}
}
