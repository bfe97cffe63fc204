package bot

import (
	"testing"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// pit is an arena of open space with a strong well in the middle and one that pushes
// in a corner.
func pit(t *testing.T) *sim.Arena {
	t.Helper()
	const side = 60
	walls := make([]bool, side*side)
	for i := range walls {
		x, y := i%side, i/side
		walls[i] = x == 0 || y == 0 || x == side-1 || y == side-1
	}
	a, err := sim.NewArena(sim.Plan{
		Name: "pit", Width: side, Height: side, Walls: walls,
		Spawns: []sim.Spawn{{Pos: sim.Vec{X: sim.Units(960), Y: sim.Units(900)}}},
		Wells: []sim.Well{
			{Pos: sim.Vec{X: sim.Units(960), Y: sim.Units(960)}, Radius: sim.Units(400), Pull: sim.MaxPull},
			{Pos: sim.Vec{X: sim.Units(200), Y: sim.Units(200)}, Radius: sim.Units(150), Pull: -sim.MaxPull},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestField_WaysKeepClearOfWells(t *testing.T) {
	a := pit(t)
	left, right := sim.Vec{X: sim.Units(500), Y: sim.Units(960)}, sim.Vec{X: sim.Units(1420), Y: sim.Units(960)}
	if placid(a, left, right) {
		t.Error("the way through the middle of a strong well seems placid")
	}
	if top := sim.Units(100); !placid(a, sim.Vec{X: sim.Units(500), Y: top}, sim.Vec{X: sim.Units(1500), Y: top}) {
		t.Error("the way past a well seems not placid")
	}
	var s search
	s.begin(a, tileAt(left), tileAt(right))
	for !s.step(searchStep) {
	}
	var path [window]tile
	way := path[:s.way(path[:])]
	for _, at := range way {
		if !within(a.PullAt(at.centre()), heavy) {
			t.Errorf("the way from %v to %v leads through %v, where the pull is %v", left, right, at, a.PullAt(at.centre()))
		}
	}
	if len(way) == 0 || way[len(way)-1] != tileAt(right) {
		t.Error("there is no way past the well")
	}
}

func TestFind_WhereverTheShipIs(t *testing.T) {
	cells := []*belief.Cell{{}, {Ships: []sim.Ship{{ID: 2}, {ID: 7}}}, {Ships: []sim.Ship{{ID: 4}}}}
	v, at := &belief.View{Cells: cells}, 9
	for _, id := range []sim.PlayerID{7, 4, 2, 4} {
		if s := find(v, id, &at); s == nil || s.ID != id {
			t.Errorf("ship %d: found %v", id, s)
		}
	}
	if s := find(v, 5, &at); s != nil {
		t.Errorf("found %v, which is not there", s)
	}
}

func TestKeys_DashIsATap(t *testing.T) {
	var k keys
	k.burst(10)
	for now := uint32(10); now < 20; now++ {
		if got, want := k.held(now)&sim.Dash != 0, now < 14; got != want {
			t.Errorf("send %d: dash held is %v, want %v", now, got, want)
		}
	}
}
