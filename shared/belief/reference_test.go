package belief_test

import (
	"cmp"
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
	most  int // Blasts of a tick; 0: as many as the comment says

	in          []byte
	code, width uint32
	told        bool // a chunk says whom beams strike
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
	r.told = len(chunk) > 0
	if !r.told {
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
		for i, button := range []sim.Buttons{sim.Up, sim.Down, sim.Left, sim.Right, sim.Fire, sim.Alt, sim.Dash} {
			if r.bit(8 + 2*i + one(was&button != 0)) {
				held.Buttons ^= button
			}
		}
		aims = r.bit(7)
	}
	if aims {
		held.Aim = sim.Angle((int(held.Aim) + r.number(22) + 1024) % 1024)
	}
}

func (r *reference) play(c *belief.Cell, harmless bool) {
	var kept []sim.Bolt
	for i := range c.Ships {
		kept = c.Ships[i].Advance(r.arena, kept)
	}
	touched := 0
	for i := range c.Ships {
		for j := i + 1; j < len(c.Ships) && touched < 4096; j++ {
			touched += one(sim.Bump(r.arena, &c.Ships[i], &c.Ships[j]))
		}
	}
	take := func(id sim.PlayerID, blow sim.Blow) {
		i := slices.IndexFunc(c.Ships, func(s sim.Ship) bool { return s.ID == id })
		if c.Ships[i].Take(r.arena, blow, harmless) == sim.Broken {
			c.Ships = slices.Delete(c.Ships, i, i+1)
		}
	}
	blasts := cmp.Or(r.most, 16384)
	blast := func(b sim.Bolt) {
		for _, s := range slices.Clone(c.Ships) {
			if blow, reaches := b.Blast(r.arena, &s); reaches && blasts > 0 {
				blasts--
				take(s.ID, blow)
			}
		}
	}
	var left []sim.Bolt
	for _, b := range c.Bolts {
		alive := b.Advance(r.arena)
		if alive && b.Armed() && sim.Shots[b.Kind].Seeks > 0 {
			r.chase(c, &b)
		}
		met := slices.IndexFunc(c.Ships, func(s sim.Ship) bool { return alive && b.Meets(&s) })
		if met >= 0 {
			take(c.Ships[met].ID, b.Blow())
		}
		if alive && met < 0 {
			left = append(left, b)
		} else if b.Explodes() {
			blast(b)
		}
	}
	c.Bolts = left
	for _, b := range kept {
		r.act(c, b, take, blast)
	}
	order(c)
}

func (r *reference) chase(c *belief.Cell, b *sim.Bolt) {
	gaps := map[int64]sim.Vec{}
	least := int64(-1)
	for _, s := range c.Ships {
		gap, yes := b.Smells(&s)
		if _, known := gaps[gap]; yes && !known {
			gaps[gap] = s.Pos
			if least < 0 || gap < least {
				least = gap
			}
		}
	}
	if least >= 0 {
		b.Chase(gaps[least])
	}
}

// act lets what left the guns fly or act.
func (r *reference) act(c *belief.Cell, b sim.Bolt, take func(sim.PlayerID, sim.Blow), blast func(sim.Bolt)) {
	switch b.Kind {
	case sim.Beam:
		wall := r.arena.Trace(b.Pos, b.Vel, sim.Shots[sim.Beam].Reach)
		first, victim := wall+1, sim.NoPlayer
		for _, s := range c.Ships {
			if at, hit := b.Crosses(&s, wall); hit && at < first {
				first, victim = at, s.ID
			}
		}
		if r.told && r.bit(2375) {
			victim = sim.NoPlayer
			if n := r.number(2376); n > 0 {
				victim = c.Ships[n-1].ID
			}
		}
		if victim != sim.NoPlayer {
			take(victim, b.Blow())
		}
	case sim.Pulse:
		blast(b)
		for i := range c.Bolts {
			b.Repel(&c.Bolts[i])
		}
	default:
		order(c)
		r.crowdOut(c, b)
		c.Bolts = append(c.Bolts, b)
	}
}

// crowdOut makes room for b where its owner has as many of its kind as it may.
func (r *reference) crowdOut(c *belief.Cell, b sim.Bolt) {
	var mine []sim.Bolt
	for _, o := range c.Bolts {
		if o.Owner == b.Owner && o.Kind == b.Kind {
			mine = append(mine, o)
		}
	}
	if limit := sim.Shots[b.Kind].Limit; limit == 0 || len(mine) < limit {
		return
	}
	oldest := slices.MinFunc(mine, func(a, b sim.Bolt) int { return int(a.Life) - int(b.Life) })
	c.Bolts = slices.DeleteFunc(c.Bolts, func(o sim.Bolt) bool { return o.Key() == oldest.Key() })
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
		if !r.bit(128 + one(r.inside(s.Pos))) {
			continue
		}
		if r.bit(130) {
			r.correctShip(&s)
		}
		kept = append(kept, s)
	}
	c.Ships = kept
}

func (r *reference) correctShip(s *sim.Ship) {
	if r.bit(131) {
		s.Drafts = !s.Drafts
	}
	if r.bit(132) {
		s.Energy += int32(r.number(352))
	}
	if r.bit(133) {
		r.move(&s.Vel, 246)
	}
	if r.bit(134) {
		r.move(&s.Pos, 140)
	}
	if r.bit(135) {
		s.Reload = byte(int(s.Reload) + r.number(458))
		s.Recharge = byte(int(s.Recharge) + r.number(564))
		s.DashIn = byte(int(s.DashIn) + r.number(670))
		s.Shield = byte(int(s.Shield) + r.number(776))
	}
	if r.bit(136) {
		s.Boost = sim.ItemKind(r.raw(3))
		s.BoostFor = uint16(int(s.BoostFor) + r.number(882))
	}
	if r.bit(137) {
		s.Carries = !s.Carries
	}
	if r.bit(138) {
		s.NextSeq = byte(int(s.NextSeq) + r.number(988))
	}
	if r.bit(139) {
		s.Held.Buttons = sim.Buttons(r.raw(8))
		s.Held.Aim = sim.Angle(r.raw(10))
		s.Aim = sim.Angle(r.raw(10))
		s.Hull = sim.HullKind(r.raw(3))
		s.Team = sim.Team(r.raw(2))
	}
}

func (r *reference) correctBolts(c *belief.Cell) {
	var kept []sim.Bolt
	for _, b := range c.Bolts {
		if !r.bit(1094 + one(r.inside(b.Pos))) {
			continue
		}
		if r.bit(1096) {
			r.move(&b.Pos, 1097)
			r.move(&b.Vel, 1203)
			b.Life = uint16(int(b.Life) + r.number(1309))
			b.Bounces = byte(int(b.Bounces) + r.number(1415))
			b.Kind = sim.BoltKind(r.raw(3))
			b.Team = sim.Team(r.raw(2))
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
	for id := 0; r.bit(1521); {
		var s sim.Ship
		id += r.number(1526)
		s.ID = sim.PlayerID(id)
		s.Hull = sim.HullKind(r.raw(3))
		s.Team = sim.Team(r.raw(2))
		s.Held.Buttons = sim.Buttons(r.raw(8))
		s.Held.Aim = sim.Angle(r.raw(10))
		s.Aim = s.Held.Aim
		if r.bit(1522) {
			s.Aim = sim.Angle(r.raw(10))
		}
		s.Pos = r.corner()
		r.move(&s.Vel, 1632)
		s.Energy = sim.Hulls[s.Hull].EnergyMax - int32(r.number(1738))
		s.Reload = byte(r.number(1844))
		s.Recharge = byte(r.number(1844))
		s.DashIn = byte(r.number(1844))
		s.Shield = byte(r.number(1844))
		if r.bit(1523) {
			s.Boost = sim.ItemKind(r.raw(3))
			s.BoostFor = uint16(r.raw(10))
		}
		s.Drafts = r.bit(1524)
		s.Carries = r.bit(1525)
		s.NextSeq = byte(r.raw(8))
		c.Ships = append(c.Ships, s)
	}
	order(c)
}

func (r *reference) enterBolts(c *belief.Cell) {
	for owner := 0; r.bit(1950); {
		var b sim.Bolt
		owner += r.number(1951)
		b.Owner = sim.PlayerID(owner)
		b.Seq = byte(r.raw(8))
		b.Kind = sim.BoltKind(r.raw(3))
		b.Team = sim.Team(r.raw(2))
		b.Pos = r.corner()
		r.move(&b.Vel, 2057)
		b.Life = sim.Shots[b.Kind].Life - uint16(r.number(2163))
		b.Bounces = sim.Shots[b.Kind].Bounces - byte(r.number(2269))
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

// TestReferenceBlastsACrowd has more explosions around a crowd in a tick than reach it.
func TestReferenceBlastsACrowd(t *testing.T) {
	a := readArena(t, "foundry")
	r := &reference{arena: a, grid: belief.NewGrid(a, 0)}
	k := belief.Codec{Arena: a, Grid: r.grid}
	cell := crowd(a, 200, 300)
	for i := range cell.Ships {
		cell.Ships[i].Shield = sim.SpawnShield
		cell.Ships[i].Held = sim.Input{}
	}
	for i := range cell.Bolts {
		b := &cell.Bolts[i]
		b.Kind, b.Bounces, b.Life, b.Owner = sim.Shell, 0, 1, b.Owner+sim.MaxPlayers/2
	}
	want, err := r.read(cell, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.most = 1 << 30
	all, err := r.read(cell, 1, nil)
	if err != nil || same(&all, &want) {
		t.Fatalf("%v: the bound changes nothing", err)
	}
	if err := k.Apply(0, &cell, 1, nil); err != nil || !same(&cell, &want) {
		t.Errorf("%v\n%+v\nis not\n%+v", err, cell, want)
	}
}

// TestReferenceReadsTheSame lets the slow reader of this file read real chunks and
// keyframes, in arenas of one cell and of many.
func TestReferenceReadsTheSame(t *testing.T) {
	if n := len(belief.PriorTable()); n != 2482 {
		t.Fatalf("%d places, the comment says 2,482", n)
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
