package sim

import (
	"slices"
	"testing"
)

// gallery is a World full of ships that press random keys and let a beam go in nearly
// every tick, with a truth kept for each of the last ticks.
type gallery struct {
	*World
	rng  Rand
	held []Input
	kept [32][]Ship // by tick
}

const gunners = 20

func newGallery(tb testing.TB, seed uint64) *gallery {
	const width, height = 48, 32
	solid := make([]bool, width*height)
	for i := range solid {
		x, y := i%width, i/width
		solid[i] = x == 0 || y == 0 || x == width-1 || y == height-1 || x%6 == 3 && y%5 < 2
	}
	p := Plan{Name: "gallery", Width: width, Height: height, Walls: solid, Wells: []Well{{Pos: middle(24, 16), Radius: 300 * One, Pull: 60}}}
	for i := range 12 {
		p.Spawns = append(p.Spawns, Spawn{Pos: middle(1+i*3, 3+i%5*5)})
	}
	a, err := NewArena(p)
	if err != nil {
		tb.Fatal(err)
	}
	g := &gallery{World: New(a, Brawl{}, forever, seed), rng: Rand(seed), held: make([]Input, gunners)}
	for id := range gunners {
		hull := Lancer
		if id%4 == 3 {
			hull = HullKind(id % len(Hulls))
		}
		g.Join(PlayerID(id), hull, NoTeam)
	}
	g.Sights = make([]Sight, gunners)
	return g
}

// press lets everybody do something else now and then, and all guns be ready.
func (g *gallery) press() {
	for id := range g.held {
		in := &g.held[id]
		in.Buttons |= Fire
		if prey := g.Ship(PlayerID((id + 1 + int(g.Tick)/100) % gunners)); prey != nil && g.Alive(PlayerID(id)) {
			in.Aim = prey.Pos.Sub(g.Ships[id].Pos).Angle().Turn(g.rng.Intn(21) - 10)
		}
		if g.rng.Intn(12) == 0 {
			in.Buttons ^= []Buttons{Up, Down, Left, Right, Dash}[g.rng.Intn(5)]
		}
		if s := g.Ship(PlayerID(id)); s != nil && s.Hull == Lancer {
			s.Reload, s.Energy = 0, Hulls[Lancer].EnergyMax
		}
	}
}

// keep remembers the truth of this tick.
func (g *gallery) keep() {
	truth := g.kept[g.Tick%32][:0]
	for id := range g.Players {
		if s := g.Ship(PlayerID(id)); s != nil {
			truth = append(truth, *s)
		}
	}
	g.kept[g.Tick%32] = truth
}

// glance gives the player at id a picture as old as it says, in two parts and in no
// order.
func (g *gallery) glance(id PlayerID, age Tick) {
	at := g.Tick + 1 - age
	all := g.kept[at%32]
	half := len(all) / 2
	g.Sights[id] = Sight{At: at, Ships: [][]Ship{all[half:], all[:half]}}
}

// seen is the picture of a tick as a client plays it: all ships at once, tick by tick.
func (g *gallery) seen(s *Sight) []Ship {
	var ships []Ship
	for _, part := range s.Ships {
		ships = append(ships, part...)
	}
	slices.SortFunc(ships, func(a, b Ship) int { return int(a.ID) - int(b.ID) })
	for tick := s.At + 1; tick <= g.Tick; tick++ {
		for i := range ships {
			if tick-s.At > HeldFor {
				ships[i].Held.Buttons = 0
			}
			ships[i].Advance(g.Arena, nil)
		}
	}
	return ships
}

// shot plays one tick of the ship of id, as it was before, and returns its beam.
func (g *gallery) shot(was Ship) (Bolt, bool) {
	was.Held = g.held[was.ID]
	for _, b := range was.Advance(g.Arena, nil) {
		if b.Kind == Beam {
			return b, true
		}
	}
	return Bolt{}, false
}

// hits says in plain words whom a beam strikes in a picture: of those still there the
// one that it passes first.
func (g *gallery) hits(b *Bolt, picture []Ship, at Tick) PlayerID {
	wall := g.Arena.Trace(b.Pos, b.Vel, Shots[Beam].Reach)
	who, first := NoPlayer, wall+1
	for i := range picture {
		s := &picture[i]
		if !g.Alive(s.ID) || int32(at-g.Players[s.ID].SpawnAt) < 0 {
			continue
		}
		if far, hit := b.Crosses(s, wall); hit && far < first {
			who, first = s.ID, far
		}
	}
	return who
}

// TestSight_BeamsStrikeWhatTheirShootersSee lets 100,000 beams go at pictures of all
// ages up to 20 ticks: what a client that plays the same picture finds in the way is
// what the World strikes, bit for bit, though very often it is not what the truth has
// there. Knocks and kills are real, and are done to where the ships truly are.
func TestSight_BeamsStrikeWhatTheirShootersSee(t *testing.T) {
	const shots, oldest = 100_000, 20
	g := newGallery(t, 7)
	fired, struck, otherwise := 0, 0, 0
	was := make([]Ship, gunners)
	for fired < shots {
		g.press()
		for id := range PlayerID(gunners) {
			age := Tick(g.rng.Intn(oldest + 1))
			g.Sights[id] = Sight{}
			if age > 0 && g.Tick > oldest {
				g.glance(id, age)
			}
		}
		copy(was, g.Ships)
		alive := make([]bool, gunners)
		for id := range alive {
			alive[id] = g.Alive(PlayerID(id))
		}
		g.Step(g.held)
		died := len(g.Events) > 0
		for _, s := range g.Strikes {
			sight := &g.Sights[s.By]
			b, known := g.shot(was[s.By])
			if died || !alive[s.By] || len(sight.Ships) == 0 || !known || g.Ships[s.By].NextSeq != b.Seq+1 {
				continue // who is still there changes while beams act; or it has just entered
			}
			want := g.hits(&b, g.seen(sight), sight.At)
			if s.Who != want {
				t.Fatalf("tick %d: the beam of %d at a picture of %d ticks struck %d, want %d", g.Tick, s.By, g.Tick-sight.At, s.Who, want)
			}
			fired++
			if want != NoPlayer {
				struck++
			}
			if want != g.hits(&b, g.Ships, g.Tick) {
				otherwise++
			}
		}
		g.keep()
	}
	t.Logf("%d beams, %d struck, %d otherwise than in truth", fired, struck, otherwise)
	if struck < shots/10 || otherwise < shots/50 {
		t.Errorf("of %d beams %d strike, %d otherwise than in truth: the test shows little", fired, struck, otherwise)
	}
}

// lance makes s a Lancer that fires to the right.
func lance(s *Ship) {
	s.Hull, s.Held, s.Aim, s.Energy = Lancer, Input{Buttons: Fire}, 0, Hulls[Lancer].EnergyMax
}

// TestSight_NothingIsHitThroughAWall puts a target behind a wall, in front of it and
// away, in the truth and in a picture of it.
func TestSight_NothingIsHitThroughAWall(t *testing.T) {
	a := sketch(t,
		"##############",
		"#S           #",
		"#    ##      #",
		"#            #",
		"#            #",
		"##############")
	open, hidden, away := middle(4, 2), middle(8, 2), middle(9, 4)
	for name, c := range map[string]struct {
		truth, seen Vec
		want        PlayerID
	}{
		"seen in the open, now behind the wall":  {hidden, open, 1},
		"seen behind the wall, now in the open":  {open, hidden, NoPlayer},
		"seen and now behind the wall":           {hidden, hidden, NoPlayer},
		"seen in the open, now somewhere else":   {away, open, 1},
		"seen somewhere else, now in the open":   {open, away, NoPlayer},
		"seen in the open and now in the open":   {open, open, 1},
		"seen somewhere else, now behind a wall": {hidden, away, NoPlayer},
	} {
		w := liveWorld(t, a, middle(1, 2), c.truth)
		lance(&w.Ships[0])
		shown := w.Ships[1]
		shown.Pos = c.seen
		w.Sights = []Sight{{At: w.Tick - 5, Ships: [][]Ship{{shown}}}}
		w.Players[1].SpawnAt = w.Tick - 5
		w.Step(nil)
		if len(w.Strikes) != 1 || w.Strikes[0] != (Strike{0, c.want}) {
			t.Errorf("%s: %+v, want %d struck", name, w.Strikes, c.want)
		}
		if lost := Hulls[Dart].EnergyMax - w.Ships[1].Energy; (lost > 0) != (c.want == 1) {
			t.Errorf("%s: the target lost %d", name, lost)
		}
	}
}

// TestSight_WhoIsGoneIsSafe shows a shooter somebody who is dead, gone or back again:
// nothing is struck, and who stands behind is.
func TestSight_WhoIsGoneIsSafe(t *testing.T) {
	at := Vec{300 * One, 300 * One}
	near, far := at.Add(Vec{100 * One, 0}), at.Add(Vec{200 * One, 0})
	for name, c := range map[string]struct {
		change func(w *World)
		want   PlayerID
	}{
		"there":       {func(*World) {}, 1},
		"dead":        {func(w *World) { w.kill(1, 2, LightBolt) }, 2},
		"gone":        {func(w *World) { w.Leave(1) }, 2},
		"another one": {func(w *World) { w.Leave(1); w.Join(1, Dart, NoTeam) }, 2},
		"begun anew":  {func(w *World) { w.Join(1, Bastion, NoTeam) }, 2},
		"all gone":    {func(w *World) { w.Leave(1); w.Leave(2) }, NoPlayer},
		"back after a death": {func(w *World) {
			w.kill(1, 2, LightBolt)
			w.Players[1].SpawnAt = w.Tick + 1
		}, 2},
		"a match begins": {func(w *World) { w.beginLive() }, NoPlayer},
	} {
		w := liveWorld(t, field(t), at, near, far)
		lance(&w.Ships[0])
		w.Sights = []Sight{{At: w.Tick, Ships: [][]Ship{slices.Clone(w.Ships)}}}
		c.change(w)
		for id := range w.Ships {
			w.Ships[id].Pos = Vec{1500 * One, 1100 * One} // nobody is where he is seen
		}
		w.Ships[0].Pos = at
		w.Step([]Input{{Buttons: Fire}})
		if c.want != NoPlayer || name == "all gone" {
			if len(w.Strikes) != 1 || w.Strikes[0] != (Strike{0, c.want}) {
				t.Errorf("%s: %+v, want %d struck", name, w.Strikes, c.want)
			}
		} else if len(w.Strikes) > 0 && w.Strikes[0].Who != NoPlayer {
			t.Errorf("%s: %+v", name, w.Strikes)
		}
	}
}

// TestSight_DoesWhatIsTrueNow lets a beam strike, in a picture, a ship that is shielded,
// safe or guarded by now: it is as if it had been struck where and how it is.
func TestSight_DoesWhatIsTrueNow(t *testing.T) {
	at := Vec{300 * One, 300 * One}
	full := Hulls[Bastion].EnergyMax
	for name, c := range map[string]struct {
		change func(s *Ship)
		lost   int32
	}{
		"as seen":           {func(*Ship) {}, Shots[Beam].Damage},
		"shielded":          {func(s *Ship) { s.Shield = 50 }, 0},
		"behind its guard":  {func(s *Ship) { s.Held.Buttons, s.Aim, s.Held.Aim = Alt, 512, 512 }, Shots[Beam].Damage*guardTakes/256 + Hulls[Bastion].Secondary.Cost - Hulls[Bastion].EnergyRefill},
		"with an aegis":     {func(s *Ship) { s.Boost, s.BoostFor = Aegis, 100 }, 0},
		"guarding its back": {func(s *Ship) { s.Held.Buttons = Alt }, Shots[Beam].Damage + Hulls[Bastion].Secondary.Cost - Hulls[Bastion].EnergyRefill},
	} {
		w := liveWorld(t, field(t), at, at.Add(Vec{100 * One, 0}))
		lance(&w.Ships[0])
		s := &w.Ships[1]
		s.Hull, s.Energy = Bastion, full
		w.Sights = []Sight{{At: w.Tick, Ships: [][]Ship{slices.Clone(w.Ships)}}}
		s.Pos = s.Pos.Add(Vec{0, 300 * One})
		c.change(s)
		w.Step(nil)
		if lost := full - s.Energy; lost != c.lost {
			t.Errorf("%s: lost %d, want %d", name, lost, c.lost)
		}
	}
}

// TestSight_SpawnAtTellsWhenAShipEntered is what tells one life from the next.
func TestSight_SpawnAtTellsWhenAShipEntered(t *testing.T) {
	g := newGallery(t, 3)
	entered := 0
	for range 3000 {
		var flew [gunners]bool
		for id := range flew {
			flew[id] = g.Alive(PlayerID(id))
		}
		g.press()
		g.Step(g.held)
		for id := range flew {
			if g.Alive(PlayerID(id)) && !flew[id] {
				entered++
				if at := g.Players[id].SpawnAt; at != g.Tick {
					t.Fatalf("player %d entered in tick %d, SpawnAt says %d", id, g.Tick, at)
				}
			}
		}
	}
	if entered < 2*gunners {
		t.Errorf("%d have entered: the test shows little", entered)
	}
}

// TestSight_AllocatesNothing lets everybody shoot at pictures.
func TestSight_AllocatesNothing(t *testing.T) {
	g := newGallery(t, 5)
	for range 40 {
		g.press()
		g.Step(g.held)
		g.keep()
	}
	for id := range PlayerID(gunners) {
		g.glance(id, 16)
	}
	strikes := 0
	if n := testing.AllocsPerRun(100, func() {
		g.press()
		g.Step(g.held)
		strikes += len(g.Strikes)
	}); n != 0 || strikes < 100 {
		t.Errorf("%.2f allocations a tick, %d beams", n, strikes)
	}
}
