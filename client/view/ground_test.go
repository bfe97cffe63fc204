package view

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

func at(x, y int) sim.Vec { return sim.Vec{X: sim.Units(x), Y: sim.Units(y)} }

// groundCatalogue shows a safe zone, wells of all kinds and every pick-up.
func groundCatalogue() *exhibit {
	a := openArena(40, 23, func(p *sim.Plan) {
		p.Zones = []sim.Zone{{X: 2, Y: 2, Width: 8, Height: 6}}
		p.Wells = []sim.Well{
			{Pos: at(560, 190), Radius: sim.Units(150), Pull: sim.MaxPull}, {Pos: at(860, 190), Radius: sim.Units(130), Pull: sim.MaxPull / 4},
			{Pos: at(1110, 190), Radius: sim.Units(120), Pull: -sim.MaxPull * 2 / 3},
		}
	})
	e := newExhibit(a, 0)
	e.ship(replica.ShipView{Pos: replica.Point{X: 200, Y: 160}, Safe: true})
	for i, kind := range []sim.ItemKind{sim.Surge, sim.Overdrive, sim.Aegis, sim.Afterburner} {
		x := 160 + 150*float64(i)
		e.scene.Items = append(e.scene.Items,
			replica.ItemView{Kind: kind, Pos: replica.Point{X: x, Y: 420}, Here: true},
			replica.ItemView{Kind: kind, Pos: replica.Point{X: x, Y: 540}, In: time.Duration(2+3*i) * time.Second})
	}
	e.play = func(s *replica.Scene, t, _ float64) {
		// One that circles where the pull is.
		sin, cos := math.Sincos(t * 2)
		s.Ships[0].Pos = replica.Point{X: 860 + 180*cos, Y: 480 + 90*sin}
		s.Ships[0].Vel = replica.Point{X: -360 * sin, Y: 180 * cos}
		s.Ships[0].Buttons, s.Ships[0].Aim, s.Ships[0].Safe = sim.Right, math.Atan2(cos*90, -sin*180), false
	}
	return e
}

// draftCatalogue shows one ship that flies in the wake of another, and one that
// does not.
func draftCatalogue() *exhibit {
	e := newExhibit(openArena(60, 23, nil), 0)
	for i := range 4 {
		e.ship(replica.ShipView{Hull: sim.HullKind(i), Buttons: sim.Right})
	}
	e.play = func(s *replica.Scene, t, _ float64) {
		for i := range s.Ships {
			x := 250 + 370*math.Mod(t, 4) - 190*float64(i%3)
			y := 330 + 40*math.Sin(x/170)
			slope := 40 * math.Cos(x/170) / 170
			if i == 3 {
				x, y, slope = x+60, 560, 0
			}
			v := &s.Ships[i]
			v.Pos, v.Vel = replica.Point{X: x, Y: y}, replica.Point{X: 370, Y: 370 * slope}
			v.Aim, v.Drafts, v.Dashing = math.Atan(slope), i == 1 || i == 2, i == 3 && math.Mod(t, 4) < 2.2 && math.Mod(t, 4) > 1.9
			v.Own = i == 1
		}
		s.Self = 1
	}
	return e
}

// relayCatalogue shows cores in every state.
func relayCatalogue() *exhibit {
	a := openArena(40, 23, func(p *sim.Plan) { p.Bases = [sim.Teams]sim.Vec{at(220, 250), at(1060, 250)} })
	e := newExhibit(a, 2)
	e.scene.Mode = "relay"
	e.ship(replica.ShipView{Pos: replica.Point{X: 600, Y: 360}, Team: sim.TeamIon, Vel: replica.Point{X: -300}, Buttons: sim.Left, Aim: math.Pi, Carries: true})
	e.ship(replica.ShipView{Pos: replica.Point{X: 420, Y: 250}, Team: sim.TeamIon, Hull: sim.Bastion})
	e.ship(replica.ShipView{Pos: replica.Point{X: 830, Y: 290}, Team: sim.TeamEmber, Hull: sim.Lancer, Aim: math.Pi})
	e.ship(replica.ShipView{Pos: replica.Point{X: 800, Y: 500}, Team: sim.TeamEmber, Hull: sim.Corsair, Vel: replica.Point{X: 200, Y: 200}, Buttons: sim.Right | sim.Down, Aim: 0.8, Carries: true})
	home := func(t sim.Team) replica.Point { return point(a.Bases[t-1]) }
	e.scene.Objectives = []replica.ObjectiveView{
		{Kind: sim.Core, State: sim.AtHome, Team: sim.TeamIon, Pos: home(sim.TeamIon), Home: home(sim.TeamIon)},
		{Kind: sim.Core, State: sim.Carried, Team: sim.TeamEmber, Carrier: 0, Pos: e.scene.Ships[0].Pos, Home: home(sim.TeamEmber)},
		{Kind: sim.Core, State: sim.Dropped, Team: sim.TeamIon, Pos: replica.Point{X: 420, Y: 500}, Home: home(sim.TeamIon), Timer: 9 * time.Second},
		{Kind: sim.Core, State: sim.Dropped, Team: sim.TeamEmber, Pos: replica.Point{X: 560, Y: 520}, Home: home(sim.TeamEmber), Timer: 4 * time.Second},
		{Kind: sim.Core, State: sim.Carried, Team: sim.TeamIon, Carrier: 3, Pos: e.scene.Ships[3].Pos, Home: home(sim.TeamIon)},
	}
	return e
}

// beaconCatalogue shows the beacon in one of its states.
func beaconCatalogue(state sim.ObjectiveState) *exhibit {
	a := openArena(40, 23, func(p *sim.Plan) { p.Path = []sim.Vec{at(250, 200), at(900, 200), at(900, 560), at(250, 560)} })
	e := newExhibit(a, 2)
	e.scene.Mode = "beacon"
	e.ship(replica.ShipView{Pos: replica.Point{X: 560, Y: 260}, Team: sim.TeamIon, Hull: sim.Corsair})
	e.ship(replica.ShipView{Pos: replica.Point{X: 700, Y: 160}, Team: sim.TeamEmber, Hull: sim.Bastion, Aim: 2.4})
	o := replica.ObjectiveView{Kind: sim.Beacon, State: state, Pos: replica.Point{X: 640, Y: 200}, Home: point(at(900, 200))}
	if state == sim.Held {
		o.Team = sim.TeamEmber
	}
	e.scene.Objectives = []replica.ObjectiveView{o}
	return e
}
