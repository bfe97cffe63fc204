package belief

import (
	"slices"

	"ionwake/shared/sim"
)

// play lets one tick pass in c, in the order of sim.World.Step, as far as the cell
// itself can tell: it knows nothing of its neighbours, of spawns, wakes, pick-ups,
// objectives and the score. Where that is not the truth, the end of the span
// corrects it.
func (k *Codec) play(c *Cell, harmless bool) {
	k.born, k.blasts = k.born[:0], 0
	for i := range c.Ships {
		k.born = c.Ships[i].Advance(k.Arena, k.born)
	}
	k.playContacts(c)
	k.playBolts(c, harmless)
	k.launch(c, harmless)
}

// maxContacts bounds the contacts of one cell and tick; more are left to be
// corrected. A thousand ships in honest play have a few dozen; all of them in one
// place, as only a hostile server would have it, half a million.
const maxContacts = 4096

func (k *Codec) playContacts(c *Cell) {
	contacts := 0
	for i := range c.Ships {
		a := &c.Ships[i]
		for j := i + 1; j < len(c.Ships); j++ {
			b := &c.Ships[j]
			if dx := a.Pos.X - b.Pos.X; dx > sim.Contact || dx < -sim.Contact {
				continue
			}
			if !sim.Bump(k.Arena, a, b) {
				continue
			}
			k.note(Note{Kind: Bumped, Ship: a.ID, By: b.ID, Pos: a.Pos, Vel: a.Vel})
			if contacts++; contacts == maxContacts {
				return
			}
		}
	}
}

func (k *Codec) playBolts(c *Cell, harmless bool) {
	kept := c.Bolts[:0]
	for i := range c.Bolts {
		b := c.Bolts[i]
		if !b.Advance(k.Arena) {
			k.explode(c, &b, harmless)
			continue
		}
		if sim.Shots[b.Kind].Seeks > 0 && b.Armed() {
			if prey := c.prey(&b); prey != nil {
				b.Chase(prey.Pos)
			}
		}
		if i := c.struck(&b); i >= 0 {
			k.land(c, i, &b, b.Blow(), harmless)
			k.explode(c, &b, harmless)
			continue
		}
		kept = append(kept, b)
	}
	c.Bolts = kept
}

// struck returns where in c.Ships the first is that b meets, or -1.
func (c *Cell) struck(b *sim.Bolt) int {
	for i := range c.Ships {
		s := &c.Ships[i]
		if dx := s.Pos.X - b.Pos.X; dx <= sim.Contact && dx >= -sim.Contact && b.Meets(s) {
			return i
		}
	}
	return -1
}

// prey returns the nearest ship that b chases, of equals the first, or nil.
func (c *Cell) prey(b *sim.Bolt) (prey *sim.Ship) {
	nearest := int64(0)
	for i := range c.Ships {
		if gap, yes := b.Smells(&c.Ships[i]); yes && (prey == nil || gap < nearest) {
			prey, nearest = &c.Ships[i], gap
		}
	}
	return prey
}

// explode lets the explosion at the end of b, if it has one, reach everybody near.
func (k *Codec) explode(c *Cell, b *sim.Bolt, harmless bool) {
	if !b.Explodes() {
		return
	}
	k.note(Note{Kind: Burst, Ship: sim.NoPlayer, By: b.Owner, Seq: b.Seq, With: b.Kind, Pos: b.Pos, Vel: b.Vel})
	k.blast(c, b, harmless)
}

// maxBlasts bounds how often a ship is reached by an explosion or a pulse in one cell
// and tick; more are left to be corrected. A thousand ships in honest play, all around
// ten pulses, are 10,000; a hostile server could make it 25 million.
const maxBlasts = 16384

// blast lets an explosion or a pulse reach everybody near.
func (k *Codec) blast(c *Cell, b *sim.Bolt, harmless bool) {
	for i := 0; i < len(c.Ships) && k.blasts < maxBlasts; i++ {
		blow, reaches := b.Blast(k.Arena, &c.Ships[i])
		if !reaches {
			continue
		}
		k.blasts++
		if k.land(c, i, b, blow, harmless) {
			i-- // it is no more
		}
	}
}

// launch puts what left the guns in this tick among the bolts, or lets it act at
// once.
func (k *Codec) launch(c *Cell, harmless bool) {
	for i := range k.born {
		b := &k.born[i]
		switch b.Kind {
		case sim.Beam:
			k.beam(c, b, harmless)
		case sim.Pulse:
			k.note(Note{Kind: Pulsed, Ship: b.Owner, By: b.Owner, Seq: b.Seq, With: b.Kind, Pos: b.Pos})
			k.blast(c, b, harmless)
			for j := range c.Bolts {
				b.Repel(&c.Bolts[j])
			}
		default:
			c.Bolts = sim.LaunchBolt(c.Bolts, *b)
		}
	}
}

// beam strikes the first ship in its way, or whom the chunk names.
func (k *Codec) beam(c *Cell, b *sim.Bolt, harmless bool) {
	ray := b.Ray(k.Arena)
	for i := range c.Ships {
		ray.Meet(&c.Ships[i])
	}
	k.walkBeam(c, b, &ray)
	k.note(Note{
		Kind: Beamed, Ship: b.Owner, By: b.Owner, Seq: b.Seq, With: b.Kind, Pos: b.Pos, Vel: b.Vel, End: b.Along(ray.Far),
	})
	if i, hit := c.find(ray.Victim); hit {
		k.land(c, i, b, b.Blow(), harmless)
	}
}

// land lets a blow of b fall on the i-th ship and takes it out if that was its end.
func (k *Codec) land(c *Cell, i int, b *sim.Bolt, blow sim.Blow, harmless bool) (broken bool) {
	s := &c.Ships[i]
	n := Note{Kind: Struck, Ship: s.ID, By: b.Owner, Seq: b.Seq, With: b.Kind, Pos: b.Pos, Vel: b.Vel}
	if b.Explodes() || b.Kind == sim.Pulse || b.Kind == sim.Beam {
		n.Pos = s.Pos
	}
	switch s.Take(k.Arena, blow, harmless) {
	case sim.Spared, sim.Stopped:
		n.Kind = Stopped
	case sim.Broken:
		k.note(n)
		k.note(Note{Kind: Died, Ship: s.ID, By: b.Owner, With: b.Kind, Pos: s.Pos, Vel: s.Vel})
		c.Ships = slices.Delete(c.Ships, i, i+1)
		return true
	}
	k.note(n)
	return false
}
