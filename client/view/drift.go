package view

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// The flight behind the menu: a few ships that chase each other in the dark. It
// is only a picture and keeps to no rules of the game.
const (
	driftShips  = 8
	driftWidth  = 620.0 // half of the space they fly in
	driftHeight = 350.0
	driftPush   = 420.0 // units per second squared
	driftDrag   = 1.15
	driftBolt   = 640.0 // units per second
	driftLife   = 1.1   // seconds a bolt flies
	driftBolts  = 48
)

// What flies there, and what it shoots with: only what is seen to fly.
var (
	driftHulls = [...]sim.HullKind{sim.Dart, sim.Corsair, sim.Lancer, sim.Dart, sim.Bastion, sim.Corsair}
	driftShots = [...]sim.BoltKind{sim.Dart: sim.LightBolt, sim.Corsair: sim.Bouncer, sim.Lancer: sim.LightBolt, sim.Bastion: sim.Shell}
)

// drifter is a ship of the picture.
type drifter struct {
	toward  float64 // changes where it heads
	fireIn  float64
	volley  int
	downFor float64 // until it is back, after it broke up
}

// drift makes the scenes of the flight.
type drift struct {
	dice  chance
	t     float64
	ships [driftShips]drifter
	views [driftShips]replica.ShipView
	scene replica.Scene
	bolts [driftBolts]replica.BoltView
	next  int
}

func newDrift(seed uint64) *drift {
	d := &drift{dice: chance(seed ^ 0xd41f7)}
	for i := range d.ships {
		d.ships[i] = drifter{toward: d.dice.turn(), fireIn: d.dice.span(0.5, 3)}
		d.views[i] = replica.ShipView{
			ID:     sim.PlayerID(i),
			Hull:   driftHulls[i%len(driftHulls)],
			Pos:    replica.Point{X: d.dice.span(-driftWidth, driftWidth), Y: d.dice.span(-driftHeight, driftHeight)},
			Energy: 1,
		}
	}
	d.scene.Self = sim.NoPlayer // nobody is hit: the menu neither flashes nor shakes
	return d
}

// step lets dt seconds pass and returns the scene, which the next step
// overwrites.
func (d *drift) step(dt float64) *replica.Scene {
	d.t += dt
	s := &d.scene
	s.Ships, s.Bolts, s.Effects = s.Ships[:0], s.Bolts[:0], s.Effects[:0]
	for i := range d.ships {
		d.fly(i, dt)
		if d.ships[i].downFor <= 0 {
			s.Ships = append(s.Ships, d.views[i])
		}
	}
	for i := range d.bolts {
		if b := &d.bolts[i]; b.Life > 0 {
			b.Pos.X += b.Vel.X * dt
			b.Pos.Y += b.Vel.Y * dt
			b.Life -= dt / driftLife
			d.meet(b)
		}
		if d.bolts[i].Life > 0 {
			s.Bolts = append(s.Bolts, d.bolts[i])
		}
	}
	s.Tick, s.Left, s.Alive = d.t*sim.TickRate, time.Minute, true
	return s
}

// fly moves one ship towards a point that wanders about the screen.
func (d *drift) fly(i int, dt float64) {
	f, v := &d.ships[i], &d.views[i]
	if f.downFor > 0 {
		if f.downFor -= dt; f.downFor <= 0 {
			v.Energy, v.Shielded = 1, false
			v.Vel = replica.Point{}
			d.tell(replica.ShipEntered, i, v.Pos, replica.Point{})
		}
		return
	}
	k := float64(i)
	tx := driftWidth * math.Sin(d.t*(0.31+0.045*k)+f.toward)
	ty := driftHeight * math.Sin(d.t*(0.43-0.03*k)+f.toward*2.3)
	v.Buttons = eightWays(tx-v.Pos.X, ty-v.Pos.Y, 40)
	dx, dy := thrustOf(v.Buttons)
	if l := math.Hypot(dx, dy); l > 0 {
		dx, dy = dx/l, dy/l
	}
	drag := math.Exp(-driftDrag * dt)
	v.Vel.X, v.Vel.Y = (v.Vel.X+dx*driftPush*dt)*drag, (v.Vel.Y+dy*driftPush*dt)*drag
	v.Pos.X, v.Pos.Y = v.Pos.X+v.Vel.X*dt, v.Pos.Y+v.Vel.Y*dt
	prey := &d.views[(i+1)%driftShips]
	want := math.Atan2(prey.Pos.Y-v.Pos.Y, prey.Pos.X-v.Pos.X)
	v.Aim += math.Remainder(want-v.Aim, 2*math.Pi) * min(1, 5*dt)
	v.Energy = min(1, v.Energy+0.05*dt)
	if f.fireIn -= dt; f.fireIn <= 0 {
		d.shoot(i)
	}
}

// shoot fires a shot of a volley of five.
func (d *drift) shoot(i int) {
	f, v := &d.ships[i], &d.views[i]
	if f.fireIn, f.volley = 0.16, f.volley+1; f.volley > 4 {
		f.fireIn, f.volley = d.dice.span(1.2, 4), 0
	}
	sin, cos := math.Sincos(v.Aim)
	muzzle := replica.Point{X: v.Pos.X + cos*24, Y: v.Pos.Y + sin*24}
	d.bolts[d.next] = replica.BoltView{
		Owner: v.ID, Pos: muzzle, Life: 1, Kind: driftShots[v.Hull],
		Vel: replica.Point{X: cos*driftBolt + v.Vel.X, Y: sin*driftBolt + v.Vel.Y},
	}
	d.next = (d.next + 1) % driftBolts
	v.Energy = max(0.1, v.Energy-0.03)
	d.tell(replica.ShotFired, i, muzzle, replica.Point{X: cos, Y: sin})
}

// meet lets a bolt strike whom it has reached.
func (d *drift) meet(b *replica.BoltView) {
	for i := range d.views {
		v := &d.views[i]
		if v.ID == b.Owner || d.ships[i].downFor > 0 || math.Hypot(b.Pos.X-v.Pos.X, b.Pos.Y-v.Pos.Y) > 18 {
			continue
		}
		speed := math.Hypot(b.Vel.X, b.Vel.Y)
		along := replica.Point{X: b.Vel.X / speed, Y: b.Vel.Y / speed}
		d.tell(replica.ShotHit, i, b.Pos, along)
		d.scene.Effects[len(d.scene.Effects)-1].By = b.Owner
		b.Life = 0
		if v.Energy -= 0.21; v.Energy <= 0 {
			d.ships[i].downFor = d.dice.span(1, 2)
			d.tell(replica.ShipDied, i, v.Pos, along)
		}
		return
	}
}

func (d *drift) tell(kind replica.EffectKind, who int, at, along replica.Point) {
	d.scene.Effects = append(d.scene.Effects, replica.Effect{
		Kind: kind, Who: sim.PlayerID(who), By: sim.NoPlayer, Pos: at, Dir: along, Size: 0.6,
	})
}
