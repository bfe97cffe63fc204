package view

import (
	"math"
	"testing"
	"time"

	"ionwake/client/replica"
	"ionwake/client/view/settings"
	"ionwake/shared/sim"
)

// worldScreens shows the world: each mode, palette and thing there is.
func worldScreens() []screen {
	all := []screen{
		{name: "catalogue-hulls", from: func(testing.TB) Session { return hullCatalogue() }},
		{name: "catalogue-hulls-plain", plain: true, from: func(testing.TB) Session { return hullCatalogue() }},
		{name: "catalogue-weapons", from: func(testing.TB) Session { return weaponCatalogue() }, show: func(r *rig) { r.play(1970 * time.Millisecond) }},
		{name: "catalogue-blasts", from: func(testing.TB) Session { return blastCatalogue() }, more: blastMoments},
		{name: "catalogue-states", from: func(testing.TB) Session { return stateCatalogue() }},
		{name: "catalogue-ground", from: func(testing.TB) Session { return groundCatalogue() }},
		{name: "catalogue-drafting", from: func(testing.TB) Session { return draftCatalogue() }},
		{name: "catalogue-relay", from: func(testing.TB) Session { return relayCatalogue() }},
		{name: "catalogue-beacon-free", from: func(testing.TB) Session { return beaconCatalogue(sim.Free) }},
		{name: "catalogue-beacon-held", from: func(testing.TB) Session { return beaconCatalogue(sim.Held) }},
		{name: "catalogue-beacon-contested", from: func(testing.TB) Session { return beaconCatalogue(sim.Contested) }},
	}
	for _, m := range []struct{ mode, arena string }{{"brawl", "foundry"}, {"squads", "harbour"}, {"relay", "switchyard"}, {"beacon", "slingshot"}} {
		play := screen{name: "mode-" + m.mode, from: func(t testing.TB) Session { return newArcadeIn(t, m.mode, m.arena, 16) }, show: func(r *rig) { r.play(11 * time.Second) }}
		all = append(all, play)
		play.name, play.plain = play.name+"-plain", true
		all = append(all, play)
		play.name, play.w, play.h, play.touch = "mode-"+m.mode+"-phone", 844, 390, true
		all = append(all, play)
	}
	for i, name := range settings.Palettes {
		look := func(r *rig) {
			r.game.settings.Palette = i
			r.game.changed()
			r.play(11 * time.Second)
		}
		all = append(all,
			screen{name: "palette-" + name + "-brawl", from: func(t testing.TB) Session { return newArcadeIn(t, "brawl", "closet", 14) }, show: look},
			screen{name: "palette-" + name + "-squads", from: func(t testing.TB) Session { return newArcadeIn(t, "squads", "closet", 14) }, show: look},
			screen{name: "palette-" + name + "-relay", from: func(testing.TB) Session { return relayCatalogue() }, show: func(r *rig) { r.game.settings.Palette = i; r.game.changed(); r.play(time.Second) }},
		)
	}
	all = append(all,
		screen{name: "calm", from: func(t testing.TB) Session { return newArcadeIn(t, "squads", "closet", 14) }, setup: func(c *Config) { c.Calm = true }, show: func(r *rig) { r.play(11 * time.Second) }},
		screen{name: "crowd", from: func(t testing.TB) Session { return fullFight(t) }},
		screen{name: "riot", from: func(t testing.TB) Session { return riot(t) }, show: func(r *rig) { r.play(9 * time.Second) }},
	)
	return all
}

// spot is a place in a grid of exhibits.
func spot(column, row int) replica.Point {
	return replica.Point{X: 160 + 160*float64(column), Y: 130 + 140*float64(row)}
}

// hullCatalogue shows the hulls: own, friend, foe and everybody else, from four
// sides, with full and little energy.
func hullCatalogue() *exhibit {
	e := newExhibit(openArena(40, 23, nil), 2)
	e.scene.Self = 100
	for hull := range sim.HullKind(4) {
		y := int(hull)
		e.ship(replica.ShipView{Hull: hull, Team: sim.TeamIon, Pos: spot(0, y), Aim: 0, Energy: 1})
		e.ship(replica.ShipView{Hull: hull, Team: sim.TeamIon, Pos: spot(1, y), Aim: -0.6, Energy: 0.6, Buttons: sim.Up | sim.Right})
		e.ship(replica.ShipView{Hull: hull, Team: sim.TeamEmber, Pos: spot(2, y), Aim: math.Pi, Energy: 0.8, Buttons: sim.Left})
		e.ship(replica.ShipView{Hull: hull, Team: sim.TeamEmber, Pos: spot(3, y), Aim: math.Pi / 2, Energy: 0.2})
		e.ship(replica.ShipView{Hull: hull, Pos: spot(4, y), Aim: 2.2, Energy: 0.9})
		e.ship(replica.ShipView{Hull: hull, Pos: spot(5, y), Aim: -2.2, Energy: 0.5, Buttons: sim.Down})
		e.ship(replica.ShipView{Hull: hull, Pos: spot(6, y), Aim: 0.9, Energy: 0.5, Shielded: true})
	}
	e.scene.Ships[0].Own = true
	return e
}

// weaponCatalogue shows everything that flies.
func weaponCatalogue() *exhibit {
	e := newExhibit(openArena(40, 23, nil), 0)
	e.ship(replica.ShipView{Hull: sim.Dart, Pos: spot(0, 0)})
	e.ship(replica.ShipView{Hull: sim.Corsair, Pos: spot(4, 0)})
	e.play = func(s *replica.Scene, t, _ float64) {
		s.Bolts = s.Bolts[:0]
		for row, kind := range []sim.BoltKind{sim.LightBolt, sim.Pellet, sim.Bouncer, sim.Shell, sim.Mine} {
			for owner := range 2 {
				for i := range 4 {
					at := spot(1+4*owner, row)
					at.Y = 130 + 100*float64(row)
					way := float64(i) * 0.5
					v := replica.Point{X: 500 * math.Cos(way), Y: 500 * math.Sin(way)}
					at.X, at.Y = at.X+math.Cos(way)*(30+math.Mod(t, 1)*12)+float64(i)*70-60, at.Y+math.Sin(way)*30
					if kind == sim.Mine {
						at.X = 160 + 160*float64(1+4*owner) + 170*float64(i) - 130
						at.Y = 580
						v = replica.Point{}
						if i == 3 {
							continue
						}
					}
					s.Bolts = append(s.Bolts, replica.BoltView{Key: sim.BoltKey(row*10 + i + owner*256), Owner: sim.PlayerID(owner), Kind: kind, Pos: at, Vel: v, Life: 0.8})
				}
			}
		}
	}
	return e
}

// blastCatalogue lets everything happen once, in three parts two seconds apart.
func blastCatalogue() *exhibit {
	e := newExhibit(openArena(40, 23, nil), 0)
	for i := range 8 {
		e.ship(replica.ShipView{Hull: sim.HullKind(i % 4), Pos: replica.Point{X: 160 + 140*float64(i), Y: 640}, Aim: -math.Pi / 2})
	}
	e.scene.Ships[6].Hull, e.scene.Ships[6].Guard, e.scene.Ships[6].Aim = sim.Bastion, true, -1.2
	e.scene.Ships[7].Boost, e.scene.Ships[7].BoostFor = sim.Aegis, 0.7
	up := replica.Point{Y: -1}
	at := func(x, y float64) replica.Point { return replica.Point{X: x, Y: y} }
	due := [][]replica.Effect{{
		{Kind: replica.Exploded, By: 3, Weapon: sim.Shell, Pos: at(170, 160)},
		{Kind: replica.BeamFired, Who: 2, Weapon: sim.Beam, Pos: at(440, 610), End: at(1150, 330)},
		{Kind: replica.BeamFired, Who: 0, Weapon: sim.Beam, Pos: at(160, 600), End: at(160, 330), Own: true},
		{Kind: replica.ShotBlocked, Who: 6, By: 1, Weapon: sim.LightBolt, Pos: at(1012, 606), Dir: replica.Point{X: -0.36, Y: 0.93}},
		{Kind: replica.ItemTaken, Who: 1, Item: sim.Overdrive, Pos: at(500, 430)},
		{Kind: replica.ShotFired, Who: 3, Weapon: sim.Shell, Pos: at(580, 600), Dir: up},
	}, {
		{Kind: replica.Exploded, By: 1, Weapon: sim.Mine, Pos: at(360, 160)},
		{Kind: replica.PulseFired, Who: 2, Weapon: sim.Pulse, Pos: at(800, 260), Size: 1},
		{Kind: replica.ShipDashed, Who: 1, Pos: at(300, 500), Dir: replica.Point{X: 1}},
		{Kind: replica.ShotBlocked, Who: 7, By: 1, Weapon: sim.LightBolt, Pos: at(1140, 606), Dir: replica.Point{Y: 1}},
		{Kind: replica.ItemTaken, Who: 1, Item: sim.Surge, Pos: at(560, 430)},
	}, {
		{Kind: replica.ShipDied, Who: 4, By: 0, Pos: at(560, 260)},
		{Kind: replica.ShipEntered, Who: 5, Pos: at(1060, 160)},
		{Kind: replica.ShotHit, Who: 3, By: 0, Weapon: sim.LightBolt, Pos: at(580, 630), Dir: up, Size: 1},
	}}
	e.play = func(s *replica.Scene, t, _ float64) {
		if len(due) > 0 && t > 7-2*float64(len(due)) {
			s.Effects = append(s.Effects, due[0]...)
			due = due[1:]
		}
	}
	return e
}

// blastMoments keeps two moments of each part of it.
func blastMoments(r *rig, keep keepShot) {
	for _, part := range []string{"a", "b", "c"} {
		r.play(1060 * time.Millisecond)
		keep(part + "1")
		r.play(140 * time.Millisecond)
		keep(part + "2")
		r.play(800 * time.Millisecond)
	}
}

// stateCatalogue shows what a ship can have about it.
func stateCatalogue() *exhibit {
	e := newExhibit(openArena(40, 23, nil), 0)
	states := []replica.ShipView{
		{}, {Shielded: true}, {Hull: sim.Bastion, Guard: true}, {Drafts: true, Buttons: sim.Right}, {Dashing: true, Buttons: sim.Right}, {Safe: true},
		{Boost: sim.Overdrive, BoostFor: 0.9}, {Boost: sim.Aegis, BoostFor: 0.6}, {Boost: sim.Afterburner, BoostFor: 0.3, Buttons: sim.Right},
		{Energy: 0.25}, {Energy: 0.08}, {Hull: sim.Lancer, Reload: 1}, {Hull: sim.Lancer, Reload: 0.5}, {Hull: sim.Lancer},
	}
	for i, v := range states {
		for row := range 2 {
			v.Pos = spot(i%7, 2*(i/7)+row)
			if i%7 == 0 && row == 0 && i > 0 {
				v.Hull = sim.Corsair
			}
			e.ship(v)
		}
	}
	e.scene.Self = 26
	e.scene.Ships[26].Own, e.scene.Ships[0].Own = true, false
	return e
}
