package belief

import (
	"fmt"
	"slices"

	"ionwake/shared/sim"
)

// Apply turns cell, the belief at the last send, into the truth steps ticks later,
// as told by chunk; an empty chunk means that the rules foresee all of it. For a
// keyframe cell is emptied first and steps is 0. A chunk that no honest server
// sends is refused with an error that wraps ErrChunk and leaves cell as it was.
func (k *Codec) Apply(id CellID, cell *Cell, steps int, chunk []byte) error {
	if steps < 0 || steps > MaxSteps {
		return fmt.Errorf("%w: a span of %d ticks", ErrChunk, steps)
	}
	if len(chunk) == 0 {
		k.Follow(cell, steps)
		k.trim(id, cell)
		return nil
	}
	c := &k.coder
	c.writing, c.meter = false, nil
	c.model = prior
	c.dec.reset(chunk)
	k.cell.Ships = append(k.cell.Ships[:0], cell.Ships...)
	k.cell.Bolts = append(k.cell.Bolts[:0], cell.Bolts...)
	k.read.Ships, k.read.Bolts = k.read.Ships[:0], k.read.Bolts[:0]
	ok := k.walk(id, &k.cell, &k.read, Span{Steps: steps})
	if !ok || len(c.dec.in) > 0 || c.dec.spent() {
		return fmt.Errorf("%w: cell %d, %d bytes", ErrChunk, id, len(chunk))
	}
	cell.Ships = append(cell.Ships[:0], k.read.Ships...)
	cell.Bolts = append(cell.Bolts[:0], k.read.Bolts...)
	return nil
}

// trim drops what has left the cell.
func (k *Codec) trim(id CellID, cell *Cell) {
	ships := cell.Ships[:0]
	for _, s := range cell.Ships {
		if k.Grid.At(s.Pos) == id {
			ships = append(ships, s)
		}
	}
	cell.Ships = ships
	bolts := cell.Bolts[:0]
	for _, b := range cell.Bolts {
		if k.Grid.At(b.Pos) == id {
			bolts = append(bolts, b)
		}
	}
	cell.Bolts = bolts
}

func (c *Cell) insertShip(s sim.Ship) bool {
	i, taken := c.find(s.ID)
	if !taken {
		c.Ships = slices.Insert(c.Ships, i, s)
	}
	return !taken
}

// mergeBolts adds in, which is sorted by key, to c; false if a key comes twice.
func (c *Cell) mergeBolts(in []sim.Bolt) bool {
	i, j := len(c.Bolts)-1, len(in)-1
	c.Bolts = append(c.Bolts, in...)
	for at := len(c.Bolts) - 1; j >= 0; at-- {
		switch {
		case i < 0 || c.Bolts[i].Key() < in[j].Key():
			c.Bolts[at] = in[j]
			j--
		case c.Bolts[i].Key() > in[j].Key():
			c.Bolts[at] = c.Bolts[i]
			i--
		default:
			return false
		}
	}
	return true
}

// shipValid reports whether s, read from a chunk of cell id, can exist.
func (k *Codec) shipValid(id CellID, s *sim.Ship) bool {
	if s.ID >= sim.MaxPlayers || int(s.Hull) >= len(sim.Hulls) || s.Team > sim.TeamEmber {
		return false
	}
	hull := &sim.Hulls[s.Hull]
	return s.Recharge <= max(hull.Secondary.Reload, sim.GuardRepair) && s.DashIn <= sim.DashReload && s.Shield <= sim.SpawnShield &&
		s.Held.Valid() && s.Aim < sim.AngleSteps && k.inside(id, s.Pos) && slow(s.Vel) &&
		s.Energy > 0 && s.Energy <= hull.EnergyMax && s.Reload <= hull.Primary.Reload &&
		s.Boost <= sim.Afterburner && (s.Boost == sim.NoItem) == (s.BoostFor == 0) && s.BoostFor <= sim.BoostTime(s.Boost)
}

func (k *Codec) boltValid(id CellID, b *sim.Bolt) bool {
	return b.Owner < sim.MaxPlayers && int(b.Kind) < len(sim.Shots) && sim.Shots[b.Kind].Reach == 0 && b.Team <= sim.TeamEmber &&
		k.inside(id, b.Pos) && slow(b.Vel) &&
		b.Life > 0 && b.Life <= sim.Shots[b.Kind].Life && b.Bounces <= sim.Shots[b.Kind].Bounces
}

func (k *Codec) inside(id CellID, p sim.Vec) bool {
	size := k.Arena.Size()
	return p.X >= 0 && p.Y >= 0 && p.X < size.X && p.Y < size.Y && k.Grid.At(p) == id
}

// slow reports whether v is less than a tile a tick: faster things would jump
// through walls.
func slow(v sim.Vec) bool {
	return v.X > -sim.TileSize && v.X < sim.TileSize && v.Y > -sim.TileSize && v.Y < sim.TileSize
}
