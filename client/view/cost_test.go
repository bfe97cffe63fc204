package view

import (
	"math"
	"testing"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// What a frame of a full fight may hold: see TestFullFightIsBounded.
const (
	fightShips   = 64
	fightBolts   = 300
	mostCorners  = 40_000 // of a frame of it, words and panels included
	mostFlushes  = 2      // draw calls that the brush makes: the world, and what lies over it
	mostSettling = 240    // frames until everything that is kept has its size
)

// fullFight is 64 ships and 300 bolts in one view, two sides, everything going on:
// thrust, wakes, boosts, guards, explosions, beams.
func fullFight(t testing.TB) *exhibit {
	e := newExhibit(loadArena(t, "slingshot"), 2)
	for i := range fightShips {
		e.ship(replica.ShipView{Hull: sim.HullKind(i % 4), Team: sim.Team(1 + i%2), Boost: sim.ItemKind(i % 5), BoostFor: 0.5, Guard: i%4 == 3 && i%3 == 0, Drafts: i%5 == 0})
	}
	for i := range fightBolts {
		kind := sim.BoltKind(i % 7)
		if kind == sim.Beam || kind == sim.Pulse {
			kind = sim.LightBolt
		}
		e.scene.Bolts = append(e.scene.Bolts, replica.BoltView{Key: sim.BoltKey(i), Owner: sim.PlayerID(i % fightShips), Team: sim.Team(1 + i%2), Kind: kind})
	}
	for i := range 8 {
		e.scene.Items = append(e.scene.Items, replica.ItemView{Kind: sim.ItemKind(1 + i%4), Here: i%2 == 0, In: 4 * time.Second})
	}
	e.scene.Objectives = []replica.ObjectiveView{{Kind: sim.Beacon, State: sim.Contested}}
	frame := 0
	e.play = func(s *replica.Scene, now, _ float64) {
		frame++
		moveFight(s, now)
		s.Effects = append(s.Effects[:0], fightEffects(s, frame)...)
	}
	return e
}

// crowdFight is fullFight in a room of 1,000, of whom the scoreboard counts the best,
// in the largest arena.
func crowdFight(t testing.TB) *exhibit {
	e := fullFight(t)
	s := &e.scene
	s.Arena = loadArena(t, "expanse")
	for id := sim.PlayerID(fightShips); id < 1000; id++ {
		s.Players = append(s.Players, replica.PlayerView{
			ID: id, Name: pilotNames[int(id)%len(pilotNames)], Team: sim.Team(1 + id%2), Uncounted: true,
		})
	}
	s.Players[0].Place = 417
	return e
}

// moveFight lets everything circle around the middle of the arena.
func moveFight(s *replica.Scene, now float64) {
	size := s.Arena.Size()
	mx, my := size.X.Float()/2, size.Y.Float()/2
	for i := range s.Ships {
		v := &s.Ships[i]
		ring := 90 + 36*float64(i%8)
		turn := float64(i)*2.399963 + now*(0.5+0.06*float64(i%7))
		sin, cos := math.Sincos(turn)
		v.Pos = replica.Point{X: mx + 1.5*ring*cos, Y: my + 0.95*ring*sin}
		v.Vel = replica.Point{X: -ring * sin, Y: ring * cos}
		v.Aim, v.Energy = turn, 0.15+0.8*math.Abs(math.Sin(now*0.3+float64(i)))
		v.Buttons = []sim.Buttons{sim.Up, sim.Up | sim.Right, sim.Down, sim.Left}[i%4]
	}
	for i := range s.Bolts {
		b := &s.Bolts[i]
		dice := chance(i)
		turn := dice.turn()
		sin, cos := math.Sincos(turn)
		far := 30 + 310*wrap(dice.unit()+now*0.5, 1)
		b.Pos = replica.Point{X: mx + 1.6*far*cos, Y: my + far*sin}
		b.Vel, b.Life = replica.Point{X: 600 * cos, Y: 600 * sin}, 0.6
	}
	for i := range s.Items {
		s.Items[i].Pos = replica.Point{X: mx - 400 + 110*float64(i), Y: my + 200}
	}
	s.Objectives[0].Pos = replica.Point{X: mx + 200, Y: my - 120}
}

var fightKinds = [...]replica.EffectKind{
	replica.ShotFired, replica.ShotHit, replica.ShotFired, replica.Exploded, replica.ShotFaded, replica.BeamFired,
	replica.ShotFired, replica.ShipDied, replica.ShotBlocked, replica.ShipDashed, replica.PulseFired, replica.ShotBounced,
}

// fightEffects is what happens in a frame: three things of a fight, everywhere.
func fightEffects(s *replica.Scene, frame int) []replica.Effect {
	var list [3]replica.Effect
	for i := range list {
		n := frame*3 + i
		by := &s.Ships[n*7%len(s.Ships)]
		list[i] = replica.Effect{
			Kind: fightKinds[n%len(fightKinds)], Who: by.ID, By: by.ID, Weapon: sim.Shell, Pos: by.Pos,
			End: replica.Point{X: by.Pos.X + 300, Y: by.Pos.Y - 100}, Dir: replica.Point{X: 1}, Size: 0.6,
		}
	}
	return list[:]
}

// bench is a game of a full fight that is prepared frame by frame, without a screen:
// everything of Update and Draw up to the draw calls.
type bench struct {
	game    *Game
	now     time.Duration
	poll    poll
	corners int
	flushes int
}

func newBench(t testing.TB, s Session) *bench {
	n := &bench{}
	n.game = New(Config{Session: s, Now: func() time.Duration { return n.now }})
	n.game.resize(1280, 720)
	for range mostSettling {
		n.frame()
	}
	return n
}

func (n *bench) frame() {
	n.now += time.Second / 60
	g := n.game
	g.poll = n.poll
	g.step(n.now, &g.poll)
	n.corners, n.flushes = 0, 0
	g.sheet.tidy()
	g.stage.collect(&g.brush, g.scene, g.now)
	n.flush()
	g.collectOver()
	n.flush()
}

// flush stands for the brush's draw call.
func (n *bench) flush() {
	b := &n.game.brush
	if len(b.indices) > 0 {
		n.flushes++
	}
	n.corners += len(b.vertices)
	b.vertices, b.indices = b.vertices[:0], b.indices[:0]
	b.sheet.pending = b.sheet.pending[:0]
}

// TestFullFightIsBounded looks at what a frame of a full fight holds, and that it
// makes no garbage.
func TestFullFightIsBounded(t *testing.T) {
	n := newBench(t, fullFight(t))
	if allocs := testing.AllocsPerRun(300, n.frame); allocs > 0 {
		t.Errorf("%v allocations in a frame, want none", allocs)
	}
	if n.flushes > mostFlushes || n.corners > mostCorners {
		t.Errorf("%d draw calls with %d corners", n.flushes, n.corners)
	}
	if n.corners < 5000 {
		t.Errorf("%d corners are no full fight", n.corners)
	}
}

// BenchmarkFullFight prepares frames of 64 ships and 300 bolts in view. As WebAssembly,
// under Node, make bench-wasm runs it.
func BenchmarkFullFight(b *testing.B) {
	n := newBench(b, fullFight(b))
	b.ReportAllocs()
	for b.Loop() {
		n.frame()
	}
	b.ReportMetric(float64(n.corners), "corners")
	b.ReportMetric(float64(n.flushes), "draws")
}

// TestCrowdIsBounded holds a frame of a fight among 1,000 to what one of 64 is held to.
func TestCrowdIsBounded(t *testing.T) {
	n := newBench(t, crowdFight(t))
	if allocs := testing.AllocsPerRun(300, n.frame); allocs > 0 {
		t.Errorf("%v allocations in a frame, want none", allocs)
	}
	if n.flushes > mostFlushes || n.corners > mostCorners {
		t.Errorf("%d draw calls with %d corners", n.flushes, n.corners)
	}
}

// BenchmarkCrowd prepares frames of that, with the scoreboard open in the second.
func BenchmarkCrowd(b *testing.B) {
	for _, open := range []bool{false, true} {
		b.Run(map[bool]string{false: "flight", true: "scoreboard"}[open], func(b *testing.B) {
			n := newBench(b, crowdFight(b))
			n.game.hud.board.pin(open)
			b.ReportAllocs()
			for b.Loop() {
				n.frame()
			}
			b.ReportMetric(float64(n.corners), "corners")
		})
	}
}

// BenchmarkFullWorld is the part of it that draws the world.
func BenchmarkFullWorld(b *testing.B) {
	n := newBench(b, fullFight(b))
	g := n.game
	b.ReportAllocs()
	for b.Loop() {
		g.stage.collect(&g.brush, g.scene, g.now)
		n.flush()
	}
}
