package sim

import (
	"slices"
	"testing"
)

func TestBolt_FliesBouncesAndExpires(t *testing.T) {
	a := sketch(t,
		"#######",
		"#S    #",
		"#     #",
		"#     #",
		"#######")
	right := 6 * TileSize
	for name, c := range map[string]struct {
		bolt  Bolt
		want  Bolt
		alive bool
	}{
		"straight": {
			Bolt{Pos: middle(2, 2), Vel: Vec{One, -One}, Life: 5, Bounces: 1},
			Bolt{Pos: middle(2, 2).Add(Vec{One, -One}), Vel: Vec{One, -One}, Life: 4, Bounces: 1}, true,
		},
		"its last tick": {Bolt{Pos: middle(2, 2), Vel: Vec{One, 0}, Life: 1}, Bolt{}, false},
		"off a wall": {
			Bolt{Pos: Vec{right - One, middle(5, 2).Y}, Vel: Vec{4 * One, One}, Life: 5, Bounces: 1},
			Bolt{Pos: Vec{right - One, middle(5, 2).Y + One}, Vel: Vec{-4 * One, One}, Life: 4}, true,
		},
		"no bounce left": {Bolt{Pos: Vec{right - One, middle(5, 2).Y}, Vel: Vec{4 * One, 0}, Life: 5}, Bolt{}, false},
		"off a corner": {
			Bolt{Pos: Vec{right - One, TileSize + One}, Vel: Vec{4 * One, -4 * One}, Life: 5, Bounces: 2},
			Bolt{Pos: Vec{right - One, TileSize + One}, Vel: Vec{-4 * One, 4 * One}, Life: 4}, true,
		},
		"one bounce in a corner": {
			Bolt{Pos: Vec{right - One, TileSize + One}, Vel: Vec{4 * One, -4 * One}, Life: 5, Bounces: 1}, Bolt{}, false,
		},
	} {
		b := c.bolt
		if alive := b.Advance(a); alive != c.alive || alive && b != c.want {
			t.Errorf("%s: %+v alive %v, want %+v alive %v", name, b, alive, c.want, c.alive)
		}
	}
}

func TestBolt_LivesAsLongAsItsTable(t *testing.T) {
	a, shot := field(t), &Shots[LightBolt]
	s := still(a)
	s.Held.Buttons = Fire
	b, _ := advance(&s, a)
	ticks := 1
	for ; b.Advance(a); ticks++ {
	}
	if ticks != int(shot.Life) {
		t.Errorf("flew for %d ticks, want %d", ticks, shot.Life)
	}
}

func TestBolt_MeetsWithinBothRadii(t *testing.T) {
	reach := Hulls[Dart].Radius + Shots[LightBolt].Radius
	s := Ship{ID: 3, Pos: Vec{500 * One, 500 * One}}
	for _, c := range []struct {
		owner PlayerID
		off   Vec
		want  bool
	}{
		{1, Vec{}, true},
		{1, Vec{reach, 0}, true},
		{1, Vec{reach + 1, 0}, false},
		{1, Vec{0, -reach}, true},
		{1, Vec{reach, 1}, false},
		{3, Vec{}, false}, // its own
	} {
		b := Bolt{Owner: c.owner, Pos: s.Pos.Add(c.off)}
		if got := b.Meets(&s); got != c.want {
			t.Errorf("bolt of %d at %v off: meets is %v, want %v", c.owner, c.off, got, c.want)
		}
	}
}

// No bolt jumps over a ship, and no two bolts of one ship ever share a name.
func TestBolt_TablesKeepTheirPromises(t *testing.T) {
	for kind, shot := range Shots {
		flies := shot.Reach == 0
		for _, hull := range Hulls {
			reach := hull.Radius + shot.Radius
			if flies && shot.Speed > reach {
				t.Errorf("bolt %d flies %d a tick, farther than the %d it reaches", kind, shot.Speed, reach)
			}
			if flies && reach > Contact {
				t.Errorf("bolt %d and a hull of %d touch at %d, farther than Contact", kind, hull.Radius, reach)
			}
		}
		if shot.Name == "" || shot.Life == 0 || shot.Damage+shot.SplashDamage <= 0 || shot.Speed == 0 ||
			shot.Knock == 0 && BoltKind(kind) != Pulse || shot.Seeks > 0 && shot.Limit == 0 {
			t.Errorf("bolt %d: %+v", kind, shot)
		}
	}
	if speed := Shots[Beam].Speed; speed != sineOne {
		t.Errorf("a beam's direction is %d long, Trace and Crosses reckon with %d", speed, sineOne)
	}
	for kind, hull := range Hulls {
		if n := fired(&hull, longestLife(&hull)); n >= 256 {
			t.Errorf("hull %d fires %d shots in the life of one, which a Seq cannot tell apart", kind, n)
		}
		if hull.Box*2 > TileSize || hull.Box > hull.Radius || hull.Radius > WidestHull || hull.MaxSpeed >= TileSize {
			t.Errorf("hull %d does not fit the walls: %+v", kind, hull)
		}
		for _, trigger := range []Trigger{hull.Primary, hull.Secondary} {
			if hull.EnergyRefill*int32(trigger.Reload) >= trigger.Cost && trigger.Reload > 0 && trigger == hull.Primary {
				t.Errorf("hull %d shoots for nothing", kind)
			}
		}
		if hull.Thrust*carryThrust/256 <= MaxPull {
			t.Errorf("a well may hold hull %d with a core for good", kind)
		}
		if hull.Guard && hull.Secondary.Cost <= 2*hull.EnergyRefill {
			t.Errorf("hull %d guards for nothing", kind)
		}
	}
}

// longestLife is that of all that a hull fires and that flies.
func longestLife(hull *Hull) (life int) {
	for _, t := range []Trigger{hull.Primary, hull.Secondary} {
		if t.Reload > 0 && Shots[t.Shot].Reach == 0 {
			life = max(life, int(Shots[t.Shot].Life))
		}
	}
	return life
}

// fired is how many shots leave a hull in so many ticks, at its fastest.
func fired(hull *Hull, ticks int) (n int) {
	for _, t := range []Trigger{hull.Primary, hull.Secondary} {
		if t.Reload > 0 {
			n += (ticks/(int(t.Reload)*overReload/256) + 1) * max(1, t.Count)
		}
	}
	return n
}

func TestInsertBolt_KeepsTheOrder(t *testing.T) {
	var bolts []Bolt
	for _, k := range []Bolt{{Owner: 2, Seq: 1}, {Owner: 0, Seq: 255}, {Owner: 2, Seq: 0}, {Owner: 1}, {Owner: 300}} {
		bolts = InsertBolt(bolts, k)
	}
	for i := range bolts[1:] {
		if bolts[i].Key() >= bolts[i+1].Key() {
			t.Errorf("%+v stands before %+v", bolts[i], bolts[i+1])
		}
	}
	if len(bolts) != 5 {
		t.Errorf("%d bolts, want 5", len(bolts))
	}
}

// A fourth mine takes the place of the one that has the least left, whatever its
// number, and nobody else's.
func TestLaunchBolt_PushesOutTheOldest(t *testing.T) {
	var bolts []Bolt
	for _, k := range []Bolt{
		{Owner: 1, Seq: 9, Kind: Mine, Life: 50},
		{Owner: 2, Seq: 0, Kind: Mine, Life: 300}, {Owner: 2, Seq: 254, Kind: Mine, Life: 100}, {Owner: 2, Seq: 255, Kind: Mine, Life: 200},
		{Owner: 2, Seq: 3, Kind: Bouncer, Life: 1},
	} {
		bolts = LaunchBolt(bolts, k)
	}
	bolts = LaunchBolt(bolts, Bolt{Owner: 2, Seq: 7, Kind: Mine, Life: 900})
	var left []uint8
	for i := range bolts {
		left = append(left, bolts[i].Seq)
	}
	if want := []uint8{9, 0, 3, 7, 255}; !slices.Equal(left, want) {
		t.Errorf("in flight are %v, want %v", left, want)
	}
}
