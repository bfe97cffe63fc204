package view

import (
	"slices"
	"testing"

	"ionwake/client/replica"
	"ionwake/client/view/settings"
	"ionwake/shared/sim"
)

// TestAssistLeans aims beside an enemy.
func TestAssistLeans(t *testing.T) {
	scene := &replica.Scene{Ships: []replica.ShipView{
		{Own: true, Hull: sim.Lancer, Pos: replica.Point{X: 100, Y: 100}}, {ID: 1, Pos: replica.Point{X: 400, Y: 100}},
	}}
	for _, tt := range []struct {
		name   string
		level  settings.Level
		aim    int
		change func(s *replica.ShipView)
		leans  bool
	}{
		{"off", settings.NoAssist, 8, nil, false}, {"low", settings.LowAssist, 8, nil, true}, {"high", settings.HighAssist, 20, nil, true},
		{"beyond the cone", settings.LowAssist, 40, nil, false}, {"far", settings.HighAssist, 8, func(s *replica.ShipView) { s.Pos.X = 2000 }, false},
		{"own side", settings.HighAssist, 8, func(s *replica.ShipView) { s.Team = sim.TeamIon }, false},
		{"shielded", settings.HighAssist, 8, func(s *replica.ShipView) { s.Shielded = true }, false},
		{"safe", settings.HighAssist, 8, func(s *replica.ShipView) { s.Safe = true }, false},
	} {
		s := *scene
		s.Team = sim.TeamIon
		s.Ships = slices.Clone(scene.Ships)
		if tt.change != nil {
			tt.change(&s.Ships[1])
		}
		got := leans[tt.level].assist(sim.Angle(tt.aim), &s)
		if nearer := int(got) < tt.aim; nearer != tt.leans || int(got) > tt.aim {
			t.Errorf("%s: %d became %d", tt.name, tt.aim, got)
		}
	}
	last := 0.0
	for off := range 44 { // it never jumps, and never turns the aim past the hand's order
		got := float64(leans[settings.HighAssist].assist(sim.Angle(off), scene))
		if got < last || got-last > 4 {
			t.Errorf("aimed %d off it goes from %g to %g", off, last, got)
		}
		last = got
	}
}

// TestAssistSeesNoFurther puts a wall between.
func TestAssistSeesNoFurther(t *testing.T) {
	a := loadArena(t, "foundry")
	for y := range a.Height {
		for x := 3; x < a.Width-3; x++ {
			if !a.Solid(x, y) || a.Solid(x-2, y) || a.Solid(x+2, y) {
				continue
			}
			at := func(x int) replica.Point { return replica.Point{X: float64(x)*32 + 16, Y: float64(y)*32 + 16} }
			if inSight(a, at(x-2), at(x+2)) {
				t.Fatalf("one sees through the wall at %d, %d", x, y)
			}
			if !inSight(a, at(x-2), at(x-2)) {
				t.Fatalf("one does not see oneself at %d, %d", x-2, y)
			}
			return
		}
	}
	t.Fatal("foundry has no such wall")
}
