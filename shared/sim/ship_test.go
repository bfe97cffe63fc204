package sim

import "testing"

func TestShip_ThrustsInEightDirections(t *testing.T) {
	const half = 181 // 1/sqrt(2) of 256
	full := Hulls[Dart].Thrust
	diag := full * half / 256
	for _, c := range []struct {
		held Buttons
		want Vec
	}{
		{0, Vec{}},
		{Right, Vec{full, 0}},
		{Left, Vec{-full, 0}},
		{Down, Vec{0, full}},
		{Up, Vec{0, -full}},
		{Right | Down, Vec{diag, diag}},
		{Right | Up, Vec{diag, -diag}},
		{Left | Down, Vec{-diag, diag}},
		{Left | Up, Vec{-diag, -diag}},
		{Left | Right, Vec{}},
		{Up | Down, Vec{}},
		{Left | Right | Up, Vec{0, -full}},
		{Left | Right | Up | Down, Vec{}},
	} {
		a := field(t)
		s := still(a)
		s.Held.Buttons = c.held
		advance(&s, a)
		if s.Vel != c.want {
			t.Errorf("%05b: after a tick the speed is %v, want %v", c.held, s.Vel, c.want)
		}
		if moving := c.want != (Vec{}); c.held.Thrusting() != moving {
			t.Errorf("%05b: Thrusting is %v, want %v", c.held, !moving, moving)
		}
	}
}

func TestShip_TopSpeedIsWhereDragEatsThrust(t *testing.T) {
	hull := &Hulls[Dart]
	for _, held := range []Buttons{Right, Right | Down} {
		a := field(t)
		s := still(a)
		s.Held.Buttons = held
		for range 600 {
			s.Pos = a.Size().Div(2) // a treadmill
			advance(&s, a)
		}
		top := hull.Thrust * hull.Drag
		if got := s.Vel.Len(); got > top || got < top*98/100 {
			t.Errorf("%05b: top speed is %d Units a tick, want just under %d", held, got, top)
		}
		if top >= hull.MaxSpeed {
			t.Errorf("thrust alone reaches %d, which the limit %d cuts", top, hull.MaxSpeed)
		}
	}
}

func TestShip_CoastsToRest(t *testing.T) {
	a := field(t)
	s := still(a)
	s.Vel = Vec{3 * One, -2 * One}
	last, ticks := s.Vel.Len(), 0
	for s.Vel != (Vec{}) {
		advance(&s, a)
		if now := s.Vel.Len(); now >= last && now > 0 {
			t.Fatalf("speed went from %d to %d while coasting", last, now)
		}
		last = s.Vel.Len()
		if ticks++; ticks > 10*TickRate {
			t.Fatalf("still flies at %v after ten seconds", s.Vel)
		}
	}
}

func TestShip_KnockIsBoundedByMaxSpeed(t *testing.T) {
	a := field(t)
	s := still(a)
	s.Vel = Vec{30 * One, 40 * One}
	advance(&s, a)
	if got, limit := s.Vel.Len(), Hulls[Dart].MaxSpeed; got > limit || got < limit-2 {
		t.Errorf("speed is %d, want the limit %d", got, limit)
	}
}

func TestShip_BouncesOffWalls(t *testing.T) {
	box := Hulls[Dart].Box
	size := field(t).Size()
	low, right, bottom := TileSize+box, size.X-TileSize-box, size.Y-TileSize-box
	for name, c := range map[string]struct {
		pos, vel Vec
		at       Vec // where it rests against the wall
		flips    Vec // the sign of each part of the velocity afterwards
	}{
		"left":   {Vec{low + One, 500 * One}, Vec{-5 * One, 0}, Vec{low, 500 * One}, Vec{1, 0}},
		"right":  {Vec{right - One, 500 * One}, Vec{5 * One, 0}, Vec{right, 500 * One}, Vec{-1, 0}},
		"top":    {Vec{500 * One, low + One}, Vec{0, -5 * One}, Vec{500 * One, low}, Vec{0, 1}},
		"bottom": {Vec{500 * One, bottom - One}, Vec{0, 5 * One}, Vec{500 * One, bottom}, Vec{0, -1}},
		"corner": {Vec{low + One, low + One}, Vec{-5 * One, -5 * One}, Vec{low, low}, Vec{1, 1}},
	} {
		a := field(t)
		s := still(a)
		s.Pos, s.Vel = c.pos, c.vel
		advance(&s, a)
		if s.Pos != c.at {
			t.Errorf("%s: rests at %v, want %v", name, s.Pos, c.at)
		}
		// What drag leaves of the speed, and of that what the wall leaves.
		kept := (5*One - drag(5*One, Hulls[Dart].Drag)) * wallRestitution / 256
		if want := (Vec{kept * c.flips.X, kept * c.flips.Y}); s.Vel != want {
			t.Errorf("%s: flies off at %v, want %v", name, s.Vel, want)
		}
	}
}

func TestShip_EnergyRefillsToItsLimit(t *testing.T) {
	a, hull := field(t), &Hulls[Dart]
	s := still(a)
	s.Energy = 1
	advance(&s, a)
	if want := 1 + hull.EnergyRefill; s.Energy != want {
		t.Errorf("after a tick: energy %d, want %d", s.Energy, want)
	}
	s.Energy = hull.EnergyMax - 1
	advance(&s, a)
	if s.Energy != hull.EnergyMax {
		t.Errorf("near the limit: energy %d, want %d", s.Energy, hull.EnergyMax)
	}
}

func TestShip_ShotsCostEnergyAndTime(t *testing.T) {
	a, hull := field(t), &Hulls[Dart]
	s := still(a)
	s.Energy, s.Held.Buttons = hull.EnergyMax/2, Fire
	var gaps []int
	for tick, last := 0, 0; len(gaps) < 3; tick++ {
		before, seq := s.Energy, s.NextSeq
		b, fired := advance(&s, a)
		if !fired {
			continue
		}
		if want := before + hull.EnergyRefill - hull.Primary.Cost; s.Energy != want {
			t.Errorf("energy after a shot is %d, want %d", s.Energy, want)
		}
		if b.Owner != s.ID || b.Seq != seq || s.NextSeq != seq+1 {
			t.Errorf("bolt (%d, %d), next %d, want (%d, %d), next %d", b.Owner, b.Seq, s.NextSeq, s.ID, seq, seq+1)
		}
		gaps = append(gaps, tick-last)
		last = tick
	}
	if gaps[0] != 0 || gaps[1] != int(hull.Primary.Reload) || gaps[2] != int(hull.Primary.Reload) {
		t.Errorf("ticks between shots: %v, want 0 and then %d", gaps, hull.Primary.Reload)
	}
}

func TestShip_NeverShootsItselfEmpty(t *testing.T) {
	a, hull := field(t), &Hulls[Dart]
	for _, c := range []struct {
		energy int32
		fires  bool
	}{
		{hull.Primary.Cost - hull.EnergyRefill, false}, // the refill comes first
		{hull.Primary.Cost - hull.EnergyRefill + 1, true},
		{1, false},
	} {
		s := still(a)
		s.Energy, s.Held.Buttons = c.energy, Fire
		if _, fired := advance(&s, a); fired != c.fires {
			t.Errorf("energy %d: fired is %v, want %v", c.energy, fired, c.fires)
		}
		if s.Energy < 1 {
			t.Errorf("energy %d: %d left", c.energy, s.Energy)
		}
	}
}

func TestShip_ShieldEndsByTimeOrByTheFirstShot(t *testing.T) {
	a := field(t)
	s := still(a)
	s.Shield = 3
	for want := uint8(2); want < 3; want-- {
		if advance(&s, a); s.Shield != want {
			t.Fatalf("shield is %d, want %d", s.Shield, want)
		}
	}
	s.Shield, s.Held.Buttons = 60, Fire
	if _, fired := advance(&s, a); !fired || s.Shield != 0 {
		t.Errorf("after a shot (%v) the shield is %d, want 0", fired, s.Shield)
	}
}

func TestShip_ShotLeavesAtTheMuzzle(t *testing.T) {
	a, hull := field(t), &Hulls[Dart]
	for aim := Angle(0); aim < AngleSteps; aim += 37 {
		s := still(a)
		s.Held = Input{Fire, aim}
		b, _ := advance(&s, a)
		if want := s.Pos.Add(aim.Vec(hull.Radius)); b.Pos != want {
			t.Errorf("aim %d: leaves at %v, want %v", aim, b.Pos, want)
		}
		if want := aim.Vec(Shots[hull.Primary.Shot].Speed); b.Vel != want {
			t.Errorf("aim %d: flies at %v, want %v", aim, b.Vel, want)
		}
	}
	s := still(a) // pressed against the left wall, aiming at it
	s.Pos.X = TileSize + hull.Box
	s.Held = Input{Fire, AngleSteps / 2}
	if b, fired := advance(&s, a); !fired || a.SolidAt(b.Pos) {
		t.Errorf("against a wall: fired is %v, the bolt starts inside it at %v", fired, b.Pos)
	}
}
