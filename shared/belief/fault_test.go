package belief_test

import (
	"errors"
	"slices"
	"testing"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// plausible are cells as clients have them, in a small arena and in a large one.
type plausible struct {
	arena  *sim.Arena
	grid   belief.Grid
	id     belief.CellID
	cell   belief.Cell
	chunks [][]byte // real ones for it
}

func plausibleCells(t testing.TB) (all []plausible) {
	t.Helper()
	for _, side := range []sim.Unit{0, 256 * sim.One} {
		m := newMatch(readArena(t, "closet"), side, 24, 11, true)
		for range 150 {
			m.run(2)
		}
		m.run(2)
		k := belief.Codec{Arena: m.world.Arena, Grid: m.grid}
		for id := range min(m.grid.Len(), 3) {
			p := plausible{arena: m.world.Arena, grid: m.grid, id: belief.CellID(id), cell: clone(&m.before[id])}
			p.chunks = append(p.chunks,
				k.Diff(nil, p.id, &m.before[id], &m.now[id], m.span), k.Keyframe(nil, p.id, &m.now[id]))
			all = append(all, p)
		}
	}
	return all
}

// checkApply applies any bytes: a refusal leaves the cell as it was, and what is
// accepted is in order and in range, and can be followed.
func checkApply(t testing.TB, p *plausible, steps int, chunk []byte) bool {
	t.Helper()
	k := belief.Codec{Arena: p.arena, Grid: p.grid}
	cell := clone(&p.cell)
	if err := k.Apply(p.id, &cell, steps, chunk); err != nil {
		if !errors.Is(err, belief.ErrChunk) || !same(&cell, &p.cell) {
			t.Errorf("refused with %v, cell changed: %t", err, !same(&cell, &p.cell))
		}
		return false
	}
	checkCell(t, p, &cell)
	for range 3 {
		if err := k.Apply(p.id, &cell, belief.MaxSteps, nil); err != nil {
			t.Error(err)
		}
		checkCell(t, p, &cell)
	}
	if n := len(k.Notes()); n > belief.MaxNotes {
		t.Errorf("%d notes", n)
	}
	return true
}

// checkCell demands that c is a cell that could be, but that a shot may have the
// number of one in flight: a hostile server may count a ship's shots backwards.
func checkCell(t testing.TB, p *plausible, c *belief.Cell) {
	t.Helper()
	ok := len(c.Ships) <= sim.MaxPlayers && len(c.Bolts) <= belief.MaxBolts+8*sim.MaxPlayers
	for i, s := range c.Ships {
		ok = ok && (i == 0 || c.Ships[i-1].ID < s.ID) && s.ID < sim.MaxPlayers && p.grid.At(s.Pos) == p.id &&
			s.Held.Valid() && s.Energy > 0 && s.Energy <= sim.Hulls[s.Hull].EnergyMax
	}
	for i, b := range c.Bolts {
		ok = ok && (i == 0 || c.Bolts[i-1].Key() <= b.Key()) && b.Owner < sim.MaxPlayers && p.grid.At(b.Pos) == p.id && b.Life > 0
	}
	if !ok {
		t.Errorf("this cannot be: %+v", c)
	}
}

// FuzzApply gives Apply arbitrary bytes.
func FuzzApply(f *testing.F) {
	cells := plausibleCells(f)
	for i := range cells {
		for _, chunk := range cells[i].chunks {
			f.Add(uint8(i), uint8(2), chunk)
			f.Add(uint8(i), uint8(0), chunk)
		}
	}
	f.Fuzz(func(t *testing.T, which, steps uint8, chunk []byte) {
		checkApply(t, &cells[int(which)%len(cells)], int(steps%(belief.MaxSteps+1)), chunk)
	})
}

// TestFault_B1_DamagedChunks cuts and damages real chunks at every byte.
func TestFault_B1_DamagedChunks(t *testing.T) {
	cells := plausibleCells(t)
	refused, accepted := 0, 0
	try := func(p *plausible, chunk []byte) {
		for _, steps := range []int{0, 2} {
			if checkApply(t, p, steps, chunk) {
				accepted++
			} else {
				refused++
			}
		}
	}
	for i := range cells {
		p := &cells[i]
		for _, chunk := range p.chunks {
			for at := range chunk {
				try(p, chunk[:at])
				for _, flip := range []byte{1, 0x80, 0xff} {
					damaged := slices.Clone(chunk)
					damaged[at] ^= flip
					try(p, damaged)
				}
			}
			for _, steps := range []int{0, 2} {
				if checkApply(t, p, steps, append(slices.Clone(chunk), make([]byte, 64)...)) {
					t.Errorf("cell %d: a chunk with 64 bytes behind it is accepted", p.id)
				}
			}
		}
		for _, steps := range []int{-1, belief.MaxSteps + 1} {
			cell := clone(&p.cell)
			k := belief.Codec{Arena: p.arena, Grid: p.grid}
			if err := k.Apply(p.id, &cell, steps, p.chunks[0]); !errors.Is(err, belief.ErrChunk) || !same(&cell, &p.cell) {
				t.Errorf("a span of %d ticks: %v", steps, err)
			}
		}
	}
	t.Logf("%d refused, %d accepted", refused, accepted)
	if refused == 0 {
		t.Error("nothing was refused")
	}
}

// crowd is a cell of as many ships and bolts, all in the middle of the arena.
func crowd(a *sim.Arena, ships, bolts int) (c belief.Cell) {
	for id := range ships {
		at := a.Size().Div(2).Add(sim.Vec{X: sim.Unit(id%32) * 16, Y: sim.Unit(id/32) * 16})
		c.Ships = append(c.Ships, sim.Ship{ID: sim.PlayerID(id), Pos: at, Energy: 9000, Held: sim.Input{Buttons: sim.Fire, Aim: sim.Angle(id)}})
	}
	for i := range bolts {
		at := a.Size().Div(2).Add(sim.Vec{X: 64 * sim.One, Y: sim.Unit(i)})
		c.Bolts = append(c.Bolts, sim.Bolt{Owner: sim.PlayerID(i >> 8), Seq: uint8(i), Pos: at, Life: 60, Bounces: 1})
	}
	return c
}

// TestFault_C4_EndlessEntities tries more ships and bolts than there can be.
func TestFault_C4_EndlessEntities(t *testing.T) {
	p := plausible{arena: readArena(t, "foundry")}
	p.grid = belief.NewGrid(p.arena, 0)
	writer := belief.Codec{Arena: p.arena, Grid: p.grid}
	for _, c := range []struct {
		ships, bolts int
		want         bool
	}{
		{sim.MaxPlayers, 0, true},
		{sim.MaxPlayers + 1, 0, false},
		{0, belief.MaxBolts, true},
		{0, belief.MaxBolts + 1, false},
	} {
		cell := crowd(p.arena, c.ships, c.bolts)
		if got := checkApply(t, &p, 0, writer.Keyframe(nil, 0, &cell)); got != c.want {
			t.Errorf("%d ships, %d bolts: accepted %t", c.ships, c.bolts, got)
		}
	}
}

// TestFault_C4_NotesAreBounded puts a thousand ships in one place.
func TestFault_C4_NotesAreBounded(t *testing.T) {
	a := readArena(t, "foundry")
	k := belief.Codec{Arena: a, Grid: belief.NewGrid(a, 0)}
	cell := crowd(a, sim.MaxPlayers, 0)
	k.Follow(&cell, belief.MaxSteps)
	if n := len(k.Notes()); n != belief.MaxNotes {
		t.Errorf("%d notes, want the most there may be, %d", n, belief.MaxNotes)
	}
}

// TestFault_C6_OutOfOrder tells of entities backwards, twice, outside of their cell,
// and out of range: none of it is believed.
func TestFault_C6_OutOfOrder(t *testing.T) {
	a := readArena(t, "foundry")
	p := plausible{arena: a, grid: belief.NewGrid(a, 512*sim.One)}
	here := sim.Vec{X: 100 * sim.One, Y: 100 * sim.One}
	ship := sim.Ship{ID: 4, Pos: here, Energy: 100}
	bolt := sim.Bolt{Owner: 4, Seq: 7, Pos: here, Life: 9}
	ships := func(change ...func(*sim.Ship)) (c belief.Cell) {
		for _, f := range change {
			s := ship
			f(&s)
			c.Ships = append(c.Ships, s)
		}
		return c
	}
	bolts := func(change ...func(*sim.Bolt)) (c belief.Cell) {
		for _, f := range change {
			b := bolt
			f(&b)
			c.Bolts = append(c.Bolts, b)
		}
		return c
	}
	for name, cell := range map[string]belief.Cell{
		"ships backwards":    ships(func(*sim.Ship) {}, func(s *sim.Ship) { s.ID = 3 }),
		"a ship twice":       ships(func(*sim.Ship) {}, func(*sim.Ship) {}),
		"seat 1024":          ships(func(s *sim.Ship) { s.ID = sim.MaxPlayers }),
		"an unknown hull":    ships(func(s *sim.Ship) { s.Hull = sim.HullKind(len(sim.Hulls)) }),
		"unknown buttons":    ships(func(s *sim.Ship) { s.Held.Buttons = 128 }),
		"no energy":          ships(func(s *sim.Ship) { s.Energy = 0 }),
		"less than none":     ships(func(s *sim.Ship) { s.Energy = -5 }),
		"too much energy":    ships(func(s *sim.Ship) { s.Energy = sim.Hulls[0].EnergyMax + 1 }),
		"a tile a tick":      ships(func(s *sim.Ship) { s.Vel.X = sim.TileSize }),
		"a third team":       ships(func(s *sim.Ship) { s.Team = 3 }),
		"an endless boost":   ships(func(s *sim.Ship) { s.Boost, s.BoostFor = sim.Aegis, 1000 }),
		"a boost of 0 ticks": ships(func(s *sim.Ship) { s.Boost = sim.Aegis }),
		"a bolt's team":      bolts(func(b *sim.Bolt) { b.Team = 3 }),
		"a long reload":      ships(func(s *sim.Ship) { s.Reload = sim.Hulls[0].Primary.Reload + 1 }),
		"a long recharge":    ships(func(s *sim.Ship) { s.Recharge = max(sim.Hulls[0].Secondary.Reload, sim.GuardRepair) + 1 }),
		"a long dash":        ships(func(s *sim.Ship) { s.DashIn = sim.DashReload + 1 }),
		"a long shield":      ships(func(s *sim.Ship) { s.Shield = sim.SpawnShield + 1 }),
		"a beam that flies":  bolts(func(b *sim.Bolt) { b.Kind, b.Life, b.Bounces = sim.Beam, 1, 0 }),
		"a pulse that flies": bolts(func(b *sim.Bolt) { b.Kind, b.Life, b.Bounces = sim.Pulse, 1, 0 }),
		"bolts backwards":    bolts(func(*sim.Bolt) {}, func(b *sim.Bolt) { b.Seq = 6 }),
		"owners backwards":   bolts(func(*sim.Bolt) {}, func(b *sim.Bolt) { b.Owner = 3 }),
		"a bolt twice":       bolts(func(*sim.Bolt) {}, func(*sim.Bolt) {}),
		"an unknown bolt":    bolts(func(b *sim.Bolt) { b.Kind = sim.BoltKind(len(sim.Shots)) }),
		"a bolt of nobody":   bolts(func(b *sim.Bolt) { b.Owner = sim.NoPlayer }),
		"a dead bolt":        bolts(func(b *sim.Bolt) { b.Life = 0 }),
		"a long life":        bolts(func(b *sim.Bolt) { b.Life = sim.Shots[0].Life + 1 }),
		"too many bounces":   bolts(func(b *sim.Bolt) { b.Bounces = sim.Shots[0].Bounces + 1 }),
		"a bolt of a tile":   bolts(func(b *sim.Bolt) { b.Vel.Y = -sim.TileSize }),
	} {
		writer := belief.Codec{Arena: a, Grid: p.grid}
		if checkApply(t, &p, 0, writer.Keyframe(nil, 0, &cell)) {
			t.Errorf("%s: believed", name)
		}
	}
	good := ships(func(*sim.Ship) {})
	writer := belief.Codec{Arena: a, Grid: p.grid}
	if !checkApply(t, &p, 0, writer.Keyframe(nil, 0, &good)) {
		t.Error("a good ship is refused")
	}
	p.id = belief.CellID(p.grid.Len() - 1)
	outside := ships(func(s *sim.Ship) {
		s.Pos = p.grid.Origin(p.id).Add(sim.Vec{X: p.grid.Side() - 1, Y: p.grid.Side() - 1})
	})
	if size := a.Size(); outside.Ships[0].Pos.X < size.X && outside.Ships[0].Pos.Y < size.Y {
		t.Fatal("the last cell ends within the arena")
	}
	if checkApply(t, &p, 0, writer.Keyframe(nil, p.id, &outside)) {
		t.Error("a ship in the last cell, but outside of the arena: believed")
	}
}
