package belief

import "ionwake/shared/sim"

// Diff appends to dst the chunk that turns prev, the truth at the last send, into
// now, the truth span.Steps ticks later, and returns the longer slice. Nothing is
// appended when the rules foresee all of it. Neither cell is changed.
func (k *Codec) Diff(dst []byte, id CellID, prev, now *Cell, span Span) []byte {
	start := len(dst)
	c := &k.coder
	c.writing, c.surprised, c.meter = true, false, k.Meter
	c.model = prior
	c.enc.reset(dst)
	k.cell.Ships = append(k.cell.Ships[:0], prev.Ships...)
	k.cell.Bolts = append(k.cell.Bolts[:0], prev.Bolts...)
	k.walk(id, &k.cell, now, span)
	dst = c.enc.finish(start)
	if !c.surprised {
		return dst[:start]
	}
	if len(dst) == start {
		dst = append(dst, 0) // all zeros, but not nothing
	}
	return dst
}

// Keyframe appends to dst the chunk that tells the whole of now to somebody who
// knows nothing of the cell.
func (k *Codec) Keyframe(dst []byte, id CellID, now *Cell) []byte {
	return k.Diff(dst, id, &Cell{}, now, Span{})
}

// walk codes one chunk in either direction. cell holds the belief at the start of
// the span and is replayed; now is the truth at its end for a writer, and what a
// reader gets to know.
func (k *Codec) walk(id CellID, cell, now *Cell, span Span) bool {
	c := &k.coder
	k.notes, k.saw, k.told, k.absurd = k.notes[:0], false, true, false
	if span.Steps > 0 {
		harmless := c.flag(ctxHarmless, span.Harmless)
		c.surprised = c.surprised || harmless
		for step := range span.Steps {
			k.walkInputs(cell, step, span)
			k.strikes = nil
			if step < len(span.Strikes) {
				k.strikes = span.Strikes[step]
			}
			k.keepHeld(cell, step)
			first := len(k.notes)
			k.play(cell, harmless)
			k.stamp(first, step)
		}
	}
	return !k.absurd && k.walkShips(id, cell, now, span.Steps) && k.walkBolts(id, cell, now) &&
		k.walkNewShips(id, now) && k.walkNewBolts(id, now)
}

func (k *Codec) walkInputs(cell *Cell, step int, span Span) {
	for i := range cell.Ships {
		s := &cell.Ships[i]
		want := s.Held // who has no input keeps what is held, as in sim.World.Step
		if k.coder.writing && int(s.ID) < len(span.Held[step]) {
			want = span.Held[step][s.ID]
		}
		s.Held = k.coder.input(s.Held, want, step)
	}
}

// walkBeam codes whom the beam b struck in truth, where that is not the one whom the
// ray met.
func (k *Codec) walkBeam(c *Cell, b *sim.Bolt, ray *sim.Ray) {
	if !k.told {
		return
	}
	victim := k.victim(b.Owner, ray.Victim)
	at, here := c.find(victim)
	if !here {
		at, victim = -1, sim.NoPlayer
	}
	if k.coder.flag(ctxAstray, victim != ray.Victim) {
		k.coder.surprised = true
		at = int(k.coder.number(ctxVictim, int32(at+1))) - 1
		*ray = b.Ray(k.Arena)
		switch {
		case at >= 0 && at < len(c.Ships):
			ray.Stop(&c.Ships[at])
		case at != -1:
			k.absurd = true
		}
	}
}

// victim returns whom a writer knows the beam of a player to have struck in the tick
// being played.
func (k *Codec) victim(by, foreseen sim.PlayerID) sim.PlayerID {
	for _, s := range k.strikes {
		if s.By == by {
			return s.Who
		}
	}
	return foreseen
}

// walkShips corrects the ships that the rules left in the cell. A writer's now
// stays as it is; k.ships collects those of now that were not in the cell.
func (k *Codec) walkShips(id CellID, cell, now *Cell, steps int) bool {
	c := &k.coder
	k.ships = k.ships[:0]
	j := 0
	for i := range cell.Ships {
		s := cell.Ships[i]
		for c.writing && j < len(now.Ships) && now.Ships[j].ID < s.ID {
			k.ships = append(k.ships, now.Ships[j])
			j++
		}
		here := c.writing && j < len(now.Ships) && now.Ships[j].ID == s.ID
		if !c.here(ctxShipHere, k.Grid.At(s.Pos) == id, here) {
			continue
		}
		truth := s
		if c.writing {
			truth = now.Ships[j]
			j++
		}
		foreseen := s
		s = c.ship(s, truth)
		if !c.writing {
			if s != foreseen {
				k.note(Note{Kind: Told, Tick: steps, Ship: s.ID, By: sim.NoPlayer, Pos: s.Pos, Vel: s.Vel})
			}
			if !k.shipValid(id, &s) {
				return false
			}
			now.Ships = append(now.Ships, s)
		}
	}
	if c.writing {
		k.ships = append(k.ships, now.Ships[j:]...)
	}
	return true
}

// walkBolts does for bolts what walkShips does for ships.
func (k *Codec) walkBolts(id CellID, cell, now *Cell) bool {
	c := &k.coder
	k.bolts = k.bolts[:0]
	j := 0
	for i := range cell.Bolts {
		b := cell.Bolts[i]
		for c.writing && j < len(now.Bolts) && now.Bolts[j].Key() < b.Key() {
			k.bolts = append(k.bolts, now.Bolts[j])
			j++
		}
		here := c.writing && j < len(now.Bolts) && now.Bolts[j].Key() == b.Key()
		if !c.here(ctxBoltHere, k.Grid.At(b.Pos) == id, here) {
			continue
		}
		truth := b
		if c.writing {
			truth = now.Bolts[j]
			j++
		}
		b = c.bolt(b, truth)
		if !c.writing {
			if !k.boltValid(id, &b) {
				return false
			}
			now.Bolts = append(now.Bolts, b)
		}
	}
	if c.writing {
		k.bolts = append(k.bolts, now.Bolts[j:]...)
	}
	return true
}

func (k *Codec) walkNewShips(id CellID, now *Cell) bool {
	c := &k.coder
	origin, last := k.Grid.Origin(id), sim.PlayerID(0)
	for n := 0; c.more(ctxShipMore, n < len(k.ships)); n++ {
		var truth sim.Ship
		if c.writing {
			truth = k.ships[n]
		}
		s := c.newShip(truth, last, origin, k.Grid.shift)
		if !c.writing && (c.dec.spent() || n > 0 && s.ID <= last || !k.shipValid(id, &s) || !now.insertShip(s)) {
			return false
		}
		last = s.ID
		k.note(Note{Kind: Entered, Ship: s.ID, Pos: s.Pos, Vel: s.Vel})
	}
	return true
}

// walkNewBolts leaves what it reads in k.born until all of it is known, so that a
// crowd costs one pass.
func (k *Codec) walkNewBolts(id CellID, now *Cell) bool {
	c := &k.coder
	k.born = k.born[:0]
	origin, last := k.Grid.Origin(id), sim.Bolt{}
	for n := 0; c.more(ctxBoltMore, n < len(k.bolts)); n++ {
		var truth sim.Bolt
		if c.writing {
			truth = k.bolts[n]
		}
		b := c.newBolt(truth, last.Owner, origin, k.Grid.shift)
		if !c.writing {
			if c.dec.spent() || n > 0 && b.Key() <= last.Key() || len(now.Bolts)+n >= maxBolts || !k.boltValid(id, &b) {
				return false
			}
			k.born = append(k.born, b)
		}
		last = b
	}
	return c.writing || now.mergeBolts(k.born)
}
