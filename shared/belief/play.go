package belief

import "ionwake/shared/sim"

// play lets one tick pass in c, in the order of sim.World.Step, as far as the cell
// itself can tell: it knows nothing of its neighbours, of spawns and of the score.
// Where that is not the truth, the end of the span corrects it.
func (k *Codec) play(c *Cell, harmless bool) {
	k.born = k.born[:0]
	for i := range c.Ships {
		if b, fired := c.Ships[i].Advance(k.Arena); fired {
			k.born = append(k.born, b)
		}
	}
	k.playContacts(c)
	k.playBolts(c, harmless)
	for _, b := range k.born {
		c.Bolts = sim.InsertBolt(c.Bolts, b)
	}
}

// reach is more than the distance at which any two ships touch.
const reach = 40 * sim.One

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
			if dx := a.Pos.X - b.Pos.X; dx > reach || dx < -reach {
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
			continue
		}
		if !k.playHit(c, &b, harmless) {
			kept = append(kept, b)
		}
	}
	c.Bolts = kept
}

func (k *Codec) playHit(c *Cell, b *sim.Bolt, harmless bool) bool {
	for i := range c.Ships {
		s := &c.Ships[i]
		if dx := s.Pos.X - b.Pos.X; dx > reach || dx < -reach || !b.Meets(s) {
			continue
		}
		k.note(Note{Kind: Struck, Ship: s.ID, By: b.Owner, Seq: b.Seq, Pos: b.Pos, Vel: b.Vel})
		if s.Take(b, harmless) {
			k.note(Note{Kind: Died, Ship: s.ID, By: b.Owner, Pos: s.Pos, Vel: s.Vel})
			c.Ships = append(c.Ships[:i], c.Ships[i+1:]...)
		}
		return true
	}
	return false
}
