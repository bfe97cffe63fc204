package belief

import "ionwake/shared/sim"

// input codes the input that takes effect in tick step of a span.
func (c *coder) input(held, want sim.Input, step int) sim.Input {
	fire := context(held.Buttons & sim.Fire / sim.Fire)
	if !c.flag(ctxInput+fire+2*context(min(step, 1)), want != held) {
		return held
	}
	c.surprised = true
	pressed := c.flag(ctxButtons+fire, want.Buttons != held.Buttons)
	if pressed {
		held.Buttons = c.buttons(held.Buttons, want.Buttons)
	}
	if !pressed || c.flag(ctxAim, want.Aim != held.Aim) {
		turn := c.number(ctxTurn, int32(held.Aim.Delta(want.Aim)))
		held.Aim = held.Aim.Turn(int(turn))
	}
	return held
}

// buttons codes which buttons flip, each under what it was.
func (c *coder) buttons(held, want sim.Buttons) sim.Buttons {
	at := ctxPressed
	for button := sim.Up; button <= sim.Dash; button <<= 1 {
		place := at
		if held&button != 0 {
			place++
		}
		if c.flag(place, (held^want)&button != 0) {
			held ^= button
		}
		at += 2
	}
	return held
}

// here codes whether an entity is still in the cell, given whether the rules say so.
func (c *coder) here(at context, predicted, v bool) bool {
	if predicted {
		at++
	}
	v = c.flag(at, v)
	c.surprised = c.surprised || v != predicted
	return v
}

// more codes whether another entity enters.
func (c *coder) more(at context, v bool) bool {
	v = c.flag(at, v)
	c.surprised = c.surprised || v
	return v
}

// ship corrects the replayed ship s to the truth.
func (c *coder) ship(s, truth sim.Ship) sim.Ship {
	if !c.flag(ctxShipTouched, s != truth) {
		return s
	}
	c.surprised = true
	if c.flag(ctxShipField, s.Drafts != truth.Drafts) {
		s.Drafts = !s.Drafts
	}
	if c.flag(ctxShipField+1, s.Energy != truth.Energy) {
		s.Energy += c.number(ctxShipEnergy, truth.Energy-s.Energy)
	}
	if c.flag(ctxShipField+2, s.Vel != truth.Vel) {
		s.Vel = c.vec(ctxShipVel, s.Vel, truth.Vel)
	}
	if c.flag(ctxShipField+3, s.Pos != truth.Pos) {
		s.Pos = c.vec(ctxShipPos, s.Pos, truth.Pos)
	}
	if c.flag(ctxShipField+4, timersOf(&s) != timersOf(&truth)) {
		for i, at := range [...]context{ctxShipReload, ctxShipCharge, ctxShipDash, ctxShipShield} {
			mine, its := timer(&s, i), timer(&truth, i)
			*mine += uint8(c.number(at, int32(*its)-int32(*mine)))
		}
	}
	if c.flag(ctxShipField+5, s.Boost != truth.Boost || s.BoostFor != truth.BoostFor) {
		s.Boost = sim.ItemKind(c.raw(ctxShipField+5, 3, uint32(truth.Boost)))
		s.BoostFor += uint16(c.number(ctxShipBoost, int32(truth.BoostFor)-int32(s.BoostFor)))
	}
	if c.flag(ctxShipField+6, s.Carries != truth.Carries) {
		s.Carries = !s.Carries
	}
	if c.flag(ctxShipField+7, s.NextSeq != truth.NextSeq) {
		s.NextSeq += uint8(c.number(ctxShipSeq, int32(int8(truth.NextSeq-s.NextSeq))))
	}
	if c.flag(ctxShipField+8, s.Held != truth.Held || s.Aim != truth.Aim || s.Hull != truth.Hull || s.Team != truth.Team) { // a new ship in the same seat
		s.Held.Buttons = sim.Buttons(c.raw(ctxShipField+8, 8, uint32(truth.Held.Buttons)))
		s.Held.Aim = sim.Angle(c.raw(ctxShipField+8, 10, uint32(truth.Held.Aim)))
		s.Aim = sim.Angle(c.raw(ctxShipField+8, 10, uint32(truth.Aim)))
		s.Hull = sim.HullKind(c.raw(ctxShipField+8, 3, uint32(truth.Hull)))
		s.Team = sim.Team(c.raw(ctxShipField+8, 2, uint32(truth.Team)))
	}
	return s
}

// timer returns the i-th timer of s, timersOf all of them.
func timer(s *sim.Ship, i int) *uint8 {
	return [...]*uint8{&s.Reload, &s.Recharge, &s.DashIn, &s.Shield}[i]
}

func timersOf(s *sim.Ship) [4]uint8 { return [...]uint8{s.Reload, s.Recharge, s.DashIn, s.Shield} }

// bolt corrects the replayed bolt b to the truth.
func (c *coder) bolt(b, truth sim.Bolt) sim.Bolt {
	if !c.flag(ctxBoltTouched, b != truth) {
		return b
	}
	c.surprised = true
	b.Pos = c.vec(ctxBoltPos, b.Pos, truth.Pos)
	b.Vel = c.vec(ctxBoltVel, b.Vel, truth.Vel)
	b.Life += uint16(c.number(ctxBoltLife, int32(truth.Life)-int32(b.Life)))
	b.Bounces += uint8(c.number(ctxBoltBounces, int32(int8(truth.Bounces-b.Bounces))))
	b.Kind = sim.BoltKind(c.raw(ctxBoltTouched, 3, uint32(truth.Kind)))
	b.Team = sim.Team(c.raw(ctxBoltTouched, 2, uint32(truth.Team)))
	return b
}

func (c *coder) vec(at context, v, truth sim.Vec) sim.Vec {
	return sim.Vec{
		X: v.X + sim.Unit(c.number(at, int32(truth.X-v.X))),
		Y: v.Y + sim.Unit(c.number(at, int32(truth.Y-v.Y))),
	}
}

// place codes a point of the cell at origin, whose side is 1<<shift.
func (c *coder) place(at context, p, origin sim.Vec, shift uint) sim.Vec {
	p = p.Sub(origin)
	return origin.Add(sim.Vec{
		X: sim.Unit(c.raw(at, shift, uint32(p.X))),
		Y: sim.Unit(c.raw(at, shift, uint32(p.Y))),
	})
}

// newShip codes a whole ship; ids ascend.
func (c *coder) newShip(s sim.Ship, last sim.PlayerID, origin sim.Vec, shift uint) sim.Ship {
	s.ID = last + sim.PlayerID(c.number(ctxShipID, int32(s.ID)-int32(last)))
	s.Hull = sim.HullKind(c.raw(rawHull, 3, uint32(s.Hull)))
	s.Team = sim.Team(c.raw(rawShipTeam, 2, uint32(s.Team)))
	s.Held.Buttons = sim.Buttons(c.raw(rawButtons, 8, uint32(s.Held.Buttons)))
	s.Held.Aim = sim.Angle(c.raw(rawAim, 10, uint32(s.Held.Aim)))
	if turning := c.flag(ctxEnterBit, s.Aim != s.Held.Aim); turning {
		s.Aim = sim.Angle(c.raw(ctxEnterBit, 10, uint32(s.Aim)))
	} else {
		s.Aim = s.Held.Aim
	}
	s.Pos = c.place(rawShipPos, s.Pos, origin, shift)
	s.Vel = c.vec(ctxEnterVel, sim.Vec{}, s.Vel)
	full := sim.Hulls[min(int(s.Hull), len(sim.Hulls)-1)].EnergyMax
	s.Energy = full - c.number(ctxEnterFull, full-s.Energy)
	for i := range timersOf(&s) {
		t := timer(&s, i)
		*t = uint8(c.number(ctxEnterCount, int32(*t)))
	}
	if c.flag(ctxEnterBit+1, s.Boost != sim.NoItem) {
		s.Boost = sim.ItemKind(c.raw(ctxEnterBit+1, 3, uint32(s.Boost)))
		s.BoostFor = uint16(c.raw(ctxEnterBit+1, 10, uint32(s.BoostFor)))
	}
	s.Drafts = c.flag(ctxEnterBit+2, s.Drafts)
	s.Carries = c.flag(ctxEnterBit+3, s.Carries)
	s.NextSeq = uint8(c.raw(rawNextShot, 8, uint32(s.NextSeq)))
	return s
}

// newBolt codes a whole bolt; keys ascend.
func (c *coder) newBolt(b sim.Bolt, last sim.PlayerID, origin sim.Vec, shift uint) sim.Bolt {
	b.Owner = last + sim.PlayerID(c.number(ctxBoltOwner, int32(b.Owner)-int32(last)))
	b.Seq = uint8(c.raw(rawBoltSeq, 8, uint32(b.Seq)))
	b.Kind = sim.BoltKind(c.raw(rawBoltKind, 3, uint32(b.Kind)))
	b.Team = sim.Team(c.raw(rawBoltTeam, 2, uint32(b.Team)))
	b.Pos = c.place(rawBoltPos, b.Pos, origin, shift)
	b.Vel = c.vec(ctxBoltSpeed, sim.Vec{}, b.Vel)
	full := sim.Shots[min(int(b.Kind), len(sim.Shots)-1)]
	b.Life = full.Life - uint16(c.number(ctxBoltAge, int32(full.Life)-int32(b.Life)))
	b.Bounces = full.Bounces - uint8(c.number(ctxBoltLeft, int32(full.Bounces)-int32(b.Bounces)))
	return b
}
