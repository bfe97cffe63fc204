package sim

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// clone returns a World that shares nothing with w but the arena.
func (w *World) clone() *World {
	c := *w
	c.Players, c.Ships = slices.Clone(w.Players), slices.Clone(w.Ships)
	c.Bolts, c.Events, c.born = slices.Clone(w.Bolts), slices.Clone(w.Events), nil
	c.Items, c.Objectives, c.wakes = slices.Clone(w.Items), slices.Clone(w.Objectives), slices.Clone(w.wakes)
	c.close, c.lonely = nil, lonely{}
	c.grid = newGrid(w.Arena)
	c.grid.reserve(len(w.Players))
	return &c
}

// crowd plays a World with players who come, go and press anything.
type crowd struct {
	world  *World
	rand   Rand
	inputs []Input
	seats  int // how many sit, by our own count
}

func newCrowd(a *Arena, mode Mode, players int, seed uint64) *crowd {
	c := &crowd{
		world:  New(a, mode, Rules{Warmup: 50, Live: 400, Results: 50, ScoreLimit: 10}, seed),
		rand:   Rand(seed + 1),
		inputs: make([]Input, players),
	}
	for id := range players {
		c.world.Join(PlayerID(id), HullKind(id%len(Hulls)), NoTeam)
	}
	c.seats = players
	return c
}

func (c *crowd) step() {
	w := c.world
	for id := range c.inputs {
		if c.rand.Intn(20) == 0 {
			c.inputs[id] = Input{Buttons(c.rand.Intn(int(AllButtons) + 1)), Angle(c.rand.Intn(AngleSteps))}
		}
	}
	if id := PlayerID(c.rand.Intn(len(c.inputs))); c.rand.Intn(100) == 0 {
		if w.Players[id].Status == Absent {
			w.Join(id, HullKind(c.rand.Intn(len(Hulls))), Team(c.rand.Intn(Teams+1)))
			c.seats++
		} else {
			w.Leave(id)
			c.seats--
		}
	}
	if id := PlayerID(c.rand.Intn(len(c.inputs))); c.rand.Intn(60) == 0 {
		w.Choose(id, HullKind(c.rand.Intn(len(Hulls))), Team(c.rand.Intn(Teams+1)))
	}
	w.Step(c.inputs)
}

func TestStep_KeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyArena(t)
		c := newCrowd(a, anyMode(t, a), rapid.IntRange(1, 24).Draw(t, "players"), rapid.Uint64().Draw(t, "seed"))
		for range rapid.IntRange(1, 600).Draw(t, "ticks") {
			c.step()
			checkWorld(t, c)
		}
	})
}

func checkWorld(t *rapid.T, c *crowd) {
	w, seats, kills, deaths := c.world, 0, 0, 0
	for id := range w.Players {
		p := &w.Players[id]
		kills, deaths = kills+int(p.Kills), deaths+int(p.Deaths)
		if p.Status != Absent {
			seats++
		}
		if p.Status == Waiting && (p.SpawnAt <= w.Tick || p.SpawnAt > w.Tick+respawnDelay) {
			t.Fatalf("tick %d: player %d waits for tick %d", w.Tick, id, p.SpawnAt)
		}
		if p.Status == Flying {
			checkShip(t, w, &w.Ships[id], PlayerID(id))
		}
	}
	if seats != c.seats {
		t.Fatalf("tick %d: %d players, want %d", w.Tick, seats, c.seats)
	}
	for i := range w.Bolts {
		b := &w.Bolts[i]
		if i > 0 && w.Bolts[i-1].Key() >= b.Key() {
			t.Fatalf("tick %d: bolts %x and %x out of order", w.Tick, w.Bolts[i-1].Key(), b.Key())
		}
		shot := &Shots[b.Kind]
		if w.Arena.SolidAt(b.Pos) || b.Life == 0 || b.Life > shot.Life || b.Bounces > shot.Bounces || b.Vel.Len() > shot.Speed {
			t.Fatalf("tick %d: bolt %+v", w.Tick, *b)
		}
		if w.Players[b.Owner].Status == Absent {
			t.Fatalf("tick %d: bolt %+v of nobody", w.Tick, *b)
		}
	}
	if w.Match.Ends <= w.Tick {
		t.Fatalf("tick %d: phase %d should have ended at %d", w.Tick, w.Match.Phase, w.Match.Ends)
	}
}

func checkShip(t *rapid.T, w *World, s *Ship, id PlayerID) {
	hull := &Hulls[s.Hull]
	switch {
	case s.ID != id:
		t.Fatalf("tick %d: ship %d sits at %d", w.Tick, s.ID, id)
	case w.Arena.boxHits(s.Pos, hull.Box):
		t.Fatalf("tick %d: ship %d is in a wall at %v", w.Tick, id, s.Pos)
	case s.Vel.Len() > hull.MaxSpeed:
		t.Fatalf("tick %d: ship %d flies at %v", w.Tick, id, s.Vel)
	case s.Energy < 1 || s.Energy > hull.EnergyMax:
		t.Fatalf("tick %d: ship %d has energy %d", w.Tick, id, s.Energy)
	case s.Reload > hull.Primary.Reload || s.Recharge > max(hull.Secondary.Reload, guardRepair) || s.Shield > spawnShield || s.DashIn > dashReload ||
		(s.Boost == NoItem) != (s.BoostFor == 0) || s.BoostFor > BoostTime(s.Boost) || s.Aim >= AngleSteps ||
		(s.Team == NoTeam) != (w.mode.Teams() == 0):
		t.Fatalf("tick %d: ship %d: %+v", w.Tick, id, *s)
	}
}

// Whatever else is in the World, a ship that nobody touches moves as Advance says.
func TestAdvance_DependsOnTheShipAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyArena(t)
		c := newCrowd(a, anyMode(t, a), rapid.IntRange(2, 12).Draw(t, "players"), rapid.Uint64().Draw(t, "seed"))
		for range rapid.IntRange(60, 300).Draw(t, "ticks") {
			c.step()
		}
		w := c.world
		for id := range w.Players {
			if !w.Alive(PlayerID(id)) {
				continue
			}
			want := w.Ships[id]
			born := slices.DeleteFunc(want.Advance(w.Arena, nil), func(b Bolt) bool { return b.Kind == Beam || b.Kind == Pulse })
			got, bolts := stepAlone(w, PlayerID(id), c.rand.Uint64())
			got.Drafts = want.Drafts // the World's word
			if got != want {
				t.Fatalf("ship %d: in another World %+v, by itself %+v", id, got, want)
			}
			if !slices.Equal(bolts, born) {
				t.Fatalf("ship %d: in another World it shoots %+v, by itself %+v", id, bolts, born)
			}
		}
	})
}

// stepAlone steps a copy of w in which everything but the ship of id is different.
func stepAlone(w *World, id PlayerID, noise uint64) (Ship, []Bolt) {
	c := w.clone()
	c.Tick += Tick(noise % 1000)
	c.Rand = Rand(noise)
	c.Rules = Rules{Warmup: 7, Live: 1 << 20, Results: 9}
	c.Match = Match{Phase: Live, Ends: 1 << 30, Number: 99}
	c.Bolts, c.Objectives = nil, nil
	for i := range c.Items {
		c.Items[i].Back = 1 << 30
	}
	for other := range c.Players {
		if PlayerID(other) != id {
			c.Players[other] = Player{}
			c.Ships[other] = Ship{}
		}
	}
	c.Players[id] = Player{Status: Flying, Score: int16(noise), NextSeq: uint8(noise >> 20)}
	c.Step(nil)
	return c.Ships[id], c.Bolts
}

// Bolts fly by themselves too.
func TestAdvance_DependsOnTheBoltAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyArena(t)
		c := newCrowd(a, anyMode(t, a), rapid.IntRange(2, 12).Draw(t, "players"), rapid.Uint64().Draw(t, "seed"))
		for range rapid.IntRange(60, 300).Draw(t, "ticks") {
			c.step()
		}
		empty := c.world.clone()
		for id := range empty.Players {
			empty.Players[id] = Player{}
		}
		var want []Bolt
		for _, b := range empty.Bolts {
			if b.Advance(empty.Arena) {
				want = append(want, b)
			}
		}
		empty.Rand = 1
		if empty.Step(nil); !slices.Equal(empty.Bolts, want) {
			t.Fatalf("in an empty World %+v, by themselves %+v", empty.Bolts, want)
		}
	})
}

// The same inputs give the same World, and every part of it shows in the hash.
func TestHash_TellsWorldsApart(t *testing.T) {
	a := field(t)
	play := func() *World {
		c := newCrowd(a, Squads{}, 8, 5)
		for range 300 {
			c.step()
		}
		return c.world
	}
	w := play()
	if again := play().Hash(); again != w.Hash() {
		t.Fatalf("two plays of the same inputs differ: %x, %x", w.Hash(), again)
	}
	alive := slices.IndexFunc(w.Players, func(p Player) bool { return p.Status == Flying })
	if alive < 0 || len(w.Bolts) == 0 {
		t.Fatal("nothing to change")
	}
	for name, change := range map[string]func(*World){
		"tick":    func(w *World) { w.Tick++ },
		"rand":    func(w *World) { w.Rand++ },
		"rules":   func(w *World) { w.Rules.Live++ },
		"limit":   func(w *World) { w.Rules.ScoreLimit++ },
		"phase":   func(w *World) { w.Match.Phase ^= 1 },
		"bell":    func(w *World) { w.Match.Ends++ },
		"number":  func(w *World) { w.Match.Number++ },
		"score":   func(w *World) { w.Players[3].Score++ },
		"kills":   func(w *World) { w.Players[3].Kills++ },
		"deaths":  func(w *World) { w.Players[3].Deaths++ },
		"status":  func(w *World) { w.Players[alive].Status = Waiting },
		"spawn":   func(w *World) { w.Players[3].SpawnAt++ },
		"shots":   func(w *World) { w.Players[3].NextSeq++ },
		"hull":    func(w *World) { w.Players[3].Next.Hull ^= 1 },
		"side":    func(w *World) { w.Players[3].Next.Team ^= 3 },
		"team":    func(w *World) { w.Players[3].Team ^= 3 },
		"scores":  func(w *World) { w.Match.Scores[1]++ },
		"flies":   func(w *World) { w.Ships[alive].Hull ^= 1 },
		"mates":   func(w *World) { w.Ships[alive].Team ^= 3 },
		"guns":    func(w *World) { w.Ships[alive].Aim ^= 1 },
		"charge":  func(w *World) { w.Ships[alive].Recharge++ },
		"dash":    func(w *World) { w.Ships[alive].DashIn++ },
		"boost":   func(w *World) { w.Ships[alive].Boost ^= 1 },
		"lasts":   func(w *World) { w.Ships[alive].BoostFor++ },
		"drafts":  func(w *World) { w.Ships[alive].Drafts = !w.Ships[alive].Drafts },
		"carries": func(w *World) { w.Ships[alive].Carries = true },
		"item":    func(w *World) { w.Items[0].Kind ^= 1 },
		"back":    func(w *World) { w.Items[0].Back++ },
		"core":    func(w *World) { w.Objectives = append(w.Objectives, Objective{}) },
		"wake":    func(w *World) { w.wakes[0].last.since++ },
		"kind":    func(w *World) { w.Bolts[0].Kind ^= 1 },
		"side of": func(w *World) { w.Bolts[0].Team ^= 3 },
		"place":   func(w *World) { w.Ships[alive].Pos.Y++ },
		"speed":   func(w *World) { w.Ships[alive].Vel.X++ },
		"energy":  func(w *World) { w.Ships[alive].Energy++ },
		"reload":  func(w *World) { w.Ships[alive].Reload++ },
		"shield":  func(w *World) { w.Ships[alive].Shield++ },
		"buttons": func(w *World) { w.Ships[alive].Held.Buttons ^= Fire },
		"aim":     func(w *World) { w.Ships[alive].Held.Aim ^= 1 },
		"seq":     func(w *World) { w.Ships[alive].NextSeq++ },
		"bolt":    func(w *World) { w.Bolts[0].Pos.X++ },
		"life":    func(w *World) { w.Bolts[0].Life++ },
		"bounces": func(w *World) { w.Bolts[0].Bounces++ },
		"gone":    func(w *World) { w.Bolts = w.Bolts[1:] },
	} {
		c := w.clone()
		if change(c); c.Hash() == w.Hash() {
			t.Errorf("%s does not show in the hash", name)
		}
	}
}

// near finds everybody that a look at all of them finds.
func TestGrid_MissesNobody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyArena(t)
		c := newCrowd(a, anyMode(t, a), rapid.IntRange(1, 40).Draw(t, "players"), rapid.Uint64().Draw(t, "seed"))
		for range rapid.IntRange(1, 100).Draw(t, "ticks") {
			c.step()
		}
		w := c.world
		w.grid.fill(w)
		size := w.Arena.Size()
		p := Vec{Unit(c.rand.Intn(int(size.X))), Unit(c.rand.Intn(int(size.Y)))}
		found := map[PlayerID]bool{}
		for id := range w.grid.near(p) {
			if found[id] || !w.Alive(id) {
				t.Fatalf("found %d twice or dead", id)
			}
			found[id] = true
		}
		for id := range w.Players {
			if s := w.Ship(PlayerID(id)); s != nil && s.Pos.Sub(p).Len() <= 64*One && !found[s.ID] {
				t.Fatalf("ship %d at %v is not near %v", id, s.Pos, p)
			}
		}
	})
}
