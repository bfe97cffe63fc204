package belief_test

import (
	"errors"
	"slices"
	"testing"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// reference reads chunks slowly and plainly, written from the comment of package
// belief alone: if the two disagree, one of them lies.
type reference struct {
	arena *sim.Arena
	grid  belief.Grid
	id    belief.CellID

	in          []byte
	code, width uint32
	behind      int
	odds        []uint16
}

var errReference = errors.New("the reference refuses the chunk")

func (r *reference) byte() uint32 {
	if len(r.in) == 0 {
		r.behind++
		return 0
	}
	b := r.in[0]
	r.in = r.in[1:]
	return uint32(b)
}

func (r *reference) begin(chunk []byte) {
	r.in, r.behind, r.width, r.code = chunk, 0, 0xffffffff, 0
	r.odds = belief.PriorTable()
	for range 4 {
		r.code = r.code*256 + r.byte()
	}
}

// under reads a bit that is 0 with a probability of p/4096.
func (r *reference) under(p uint16) bool {
	bound := r.width / 4096 * uint32(p)
	one := r.code >= bound
	if one {
		r.code -= bound
		r.width -= bound
	} else {
		r.width = bound
	}
	for r.width < 1<<24 {
		r.width *= 256
		r.code = r.code*256 + r.byte()
	}
	return one
}

func (r *reference) bit(place int) bool {
	one := r.under(r.odds[place])
	if one {
		r.odds[place] -= r.odds[place] / 32
	} else {
		r.odds[place] += (4096 - r.odds[place]) / 32
	}
	return one
}

func (r *reference) raw(bits int) (v int) {
	for range bits {
		v *= 2
		if r.under(2048) {
			v++
		}
	}
	return v
}

func (r *reference) number(place int) int {
	if !r.bit(place) {
		return 0
	}
	negative := r.bit(place + 1)
	e := 0
	for e < 25 && r.bit(place+2+e) {
		e++
	}
	v := 1
	if e > 0 {
		v = v*2 + one(r.bit(place+28+3*e))
	}
	if e > 1 {
		v = v*2 + one(r.bit(place+29+3*e+v%2))
	}
	for range e - 2 {
		v = v*2 + r.raw(1)
	}
	if negative {
		return -v
	}
	return v
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// read returns what becomes of a cell in a span of steps ticks.
func (r *reference) read(cell belief.Cell, steps int, chunk []byte) (belief.Cell, error) {
	cell = clone(&cell)
	if len(chunk) == 0 {
		for range steps {
			r.play(&cell, false)
		}
		cell.Ships = slices.DeleteFunc(cell.Ships, func(s sim.Ship) bool { return !r.inside(s.Pos) })
		cell.Bolts = slices.DeleteFunc(cell.Bolts, func(b sim.Bolt) bool { return !r.inside(b.Pos) })
		return cell, nil
	}
	r.begin(chunk)
	if steps > 0 {
		harmless := r.bit(0)
		for step := range steps {
			for i := range cell.Ships {
				r.input(&cell.Ships[i].Held, step)
			}
			r.play(&cell, harmless)
		}
	}
	r.correctShips(&cell)
	r.correctBolts(&cell)
	r.enterShips(&cell)
	r.enterBolts(&cell)
	if len(r.in) > 0 || r.behind > 36 {
		return cell, errReference
	}
	return cell, nil
}

func (r *reference) inside(p sim.Vec) bool { return r.grid.At(p) == r.id }

func (r *reference) input(held *sim.Input, step int) {
	fire := one(held.Buttons&sim.Fire != 0)
	place := 1 + fire
	if step > 0 {
		place += 2
	}
	if !r.bit(place) {
		return
	}
	aims := true
	if r.bit(5 + fire) {
		was := held.Buttons
		for i, button := range []sim.Buttons{sim.Up, sim.Down, sim.Left, sim.Right, sim.Fire} {
			if r.bit(8 + 2*i + one(was&button != 0)) {
				held.Buttons ^= button
			}
		}
		aims = r.bit(7)
	}
	if aims {
		held.Aim = sim.Angle((int(held.Aim) + r.number(18) + 1024) % 1024)
	}
}

func (r *reference) play(c *belief.Cell, harmless bool) {
	var shots []sim.Bolt
	for i := range c.Ships {
		if shot, fired := c.Ships[i].Advance(r.arena); fired {
			shots = append(shots, shot)
		}
	}
	touched := 0
	for i := range c.Ships {
		for j := i + 1; j < len(c.Ships) && touched < 4096; j++ {
			touched += one(sim.Bump(r.arena, &c.Ships[i], &c.Ships[j]))
		}
	}
	var left []sim.Bolt
	for _, b := range c.Bolts {
		if !b.Advance(r.arena) {
			continue
		}
		hit := slices.IndexFunc(c.Ships, func(s sim.Ship) bool { return b.Meets(&s) })
		if hit < 0 {
			left = append(left, b)
		} else if c.Ships[hit].Take(&b, harmless) {
			c.Ships = slices.Delete(c.Ships, hit, hit+1)
		}
	}
	left = append(left, shots...)
	c.Bolts = left
	order(c)
}

func order(c *belief.Cell) {
	slices.SortFunc(c.Ships, func(a, b sim.Ship) int { return int(a.ID) - int(b.ID) })
	slices.SortFunc(c.Bolts, func(a, b sim.Bolt) int {
		return (int(a.Owner)-int(b.Owner))*256 + int(a.Seq) - int(b.Seq)
	})
}

func (r *reference) correctShips(c *belief.Cell) {
	var kept []sim.Ship
	for _, s := range c.Ships {
		if !r.bit(124 + one(r.inside(s.Pos))) {
			continue
		}
		if r.bit(126) {
			r.correctShip(&s)
		}
		kept = append(kept, s)
	}
	c.Ships = kept
}

func (r *reference) correctShip(s *sim.Ship) {
	if r.bit(127) {
		r.move(&s.Pos, 133)
	}
	if r.bit(128) {
		r.move(&s.Vel, 239)
	}
	if r.bit(129) {
		s.Energy += int32(r.number(345))
	}
	if r.bit(130) {
		s.Reload = byte(int(s.Reload) + r.number(451))
		s.Shield = byte(int(s.Shield) + r.number(557))
	}
	if r.bit(131) {
		s.NextSeq = byte(int(s.NextSeq) + r.number(663))
	}
	if r.bit(132) {
		s.Held.Buttons = sim.Buttons(r.raw(8))
		s.Held.Aim = sim.Angle(r.raw(10))
		s.Hull = sim.HullKind(r.raw(3))
	}
}

func (r *reference) correctBolts(c *belief.Cell) {
	var kept []sim.Bolt
	for _, b := range c.Bolts {
		if !r.bit(769 + one(r.inside(b.Pos))) {
			continue
		}
		if r.bit(771) {
			r.move(&b.Pos, 772)
			r.move(&b.Vel, 878)
			b.Life = byte(int(b.Life) + r.number(984))
			b.Bounces = byte(int(b.Bounces) + r.number(1090))
			b.Kind = sim.BoltKind(r.raw(3))
		}
		kept = append(kept, b)
	}
	c.Bolts = kept
}

func (r *reference) move(v *sim.Vec, place int) {
	v.X += sim.Unit(r.number(place))
	v.Y += sim.Unit(r.number(place))
}

// corner reads a position within the cell.
func (r *reference) corner() sim.Vec {
	bits := 0
	for sim.Unit(1)<<bits < r.grid.Side() {
		bits++
	}
	at := r.grid.Origin(r.id)
	at.X += sim.Unit(r.raw(bits))
	at.Y += sim.Unit(r.raw(bits))
	return at
}

func (r *reference) enterShips(c *belief.Cell) {
	for id := 0; r.bit(1196); {
		var s sim.Ship
		id += r.number(1197)
		s.ID = sim.PlayerID(id)
		s.Hull = sim.HullKind(r.raw(3))
		s.Held.Buttons = sim.Buttons(r.raw(8))
		s.Held.Aim = sim.Angle(r.raw(10))
		s.Pos = r.corner()
		r.move(&s.Vel, 1303)
		s.Energy = sim.Hulls[s.Hull].EnergyMax - int32(r.number(1409))
		s.Reload = byte(r.number(1515))
		s.Shield = byte(r.number(1515))
		s.NextSeq = byte(r.raw(8))
		c.Ships = append(c.Ships, s)
	}
	order(c)
}

func (r *reference) enterBolts(c *belief.Cell) {
	for owner := 0; r.bit(1621); {
		var b sim.Bolt
		owner += r.number(1622)
		b.Owner = sim.PlayerID(owner)
		b.Seq = byte(r.raw(8))
		b.Kind = sim.BoltKind(r.raw(3))
		b.Pos = r.corner()
		r.move(&b.Vel, 1728)
		b.Life = byte(int(sim.Shots[b.Kind].Life) - r.number(1834))
		b.Bounces = byte(r.raw(3))
		c.Bolts = append(c.Bolts, b)
	}
	order(c)
}

// TestReferencePlaysACrowd has more contacts in a tick than are resolved.
func TestReferencePlaysACrowd(t *testing.T) {
	a := readArena(t, "foundry")
	r := &reference{arena: a, grid: belief.NewGrid(a, 0)}
	k := belief.Codec{Arena: a, Grid: r.grid}
	cell := crowd(a, 200, 300)
	want, err := r.read(cell, 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Apply(0, &cell, 3, nil); err != nil || !same(&cell, &want) {
		t.Errorf("%v\n%+v\nis not\n%+v", err, cell, want)
	}
}

// TestReferenceReadsTheSame lets the slow reader of this file read real chunks and
// keyframes, in arenas of one cell and of many.
func TestReferenceReadsTheSame(t *testing.T) {
	if n := len(belief.PriorTable()); n != 1940 {
		t.Fatalf("%d places, the comment says 1,940", n)
	}
	a := readArena(t, "foundry")
	chunks := 0
	for n, side := range []sim.Unit{0, 128 * sim.One, 512 * sim.One} {
		for _, flown := range []bool{false, true} {
			m := newMatch(a, side, 40, uint64(n)+70, flown)
			writer := belief.Codec{Arena: a, Grid: m.grid}
			for range effort(300) {
				m.run(1 + m.rng.Intn(belief.MaxSteps))
				for id := range m.now {
					r := &reference{arena: a, grid: m.grid, id: belief.CellID(id)}
					chunk := writer.Diff(nil, r.id, &m.before[id], &m.now[id], m.span)
					if got, err := r.read(m.before[id], m.span.Steps, chunk); err != nil || !same(&got, &m.now[id]) {
						t.Fatalf("cell %d: %v\n%+v\nis not\n%+v", id, err, got, m.now[id])
					}
					key := writer.Keyframe(nil, r.id, &m.now[id])
					if got, err := r.read(belief.Cell{}, 0, key); err != nil || !same(&got, &m.now[id]) {
						t.Fatalf("keyframe of cell %d: %v\n%+v\nis not\n%+v", id, err, got, m.now[id])
					}
					chunks += 2
				}
			}
		}
	}
	t.Logf("%d chunks", chunks)
}
