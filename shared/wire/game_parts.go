package wire

import (
	"ionwake/proto/gamepb"
	"ionwake/shared/sim"
)

// Most of each in one frame, and of objectives in a room. Pick-ups are bounded by
// sim.MaxItems.
const (
	MaxObjectives = 8
	MaxDeeds      = 256
	MaxShouts     = 64
)

// maxSpot is how far right or down a place in an arena may be, in Units.
const maxSpot = sim.MaxArenaSide * sim.TileSize

func (v value) spot(to *sim.Unit) bool {
	*to = sim.Unit(v.number)
	return v.upTo(uint64(maxSpot))
}

func (o *Objective) take(v value) bool {
	switch v.num {
	case 1:
		o.Index = uint8(v.number)
		return v.upTo(MaxObjectives - 1)
	case 2:
		o.Kind = sim.ObjectiveKind(v.number)
		return v.upTo(uint64(sim.Beacon))
	case 3:
		o.State = sim.ObjectiveState(v.number)
		return v.upTo(uint64(sim.Contested))
	case 4:
		return v.team(&o.Team)
	case 5:
		return v.seatOrNobody(&o.Carrier)
	case 6:
		return v.spot(&o.Pos.X)
	case 7:
		return v.spot(&o.Pos.Y)
	case 8:
		return v.spot(&o.Home.X)
	case 9:
		return v.spot(&o.Home.Y)
	case 10:
		o.Timer = uint16(v.number)
		return v.upTo(maxUint16)
	}
	return true
}

func (i *Item) take(v value) bool {
	switch v.num {
	case 1:
		i.Index = uint8(v.number)
		return v.upTo(sim.MaxItems - 1)
	case 2:
		i.Kind = sim.ItemKind(v.number)
		return v.upTo(uint64(sim.Afterburner))
	case 3:
		i.Back = sim.Tick(v.number)
		return v.uint32()
	}
	return true
}

func (d *Deed) take(v value) bool {
	switch v.num {
	case 1:
		d.Kind = sim.ItemTaken + sim.EventKind(v.number)
		return v.upTo(uint64(sim.BeaconChanged - sim.ItemTaken))
	case 2:
		return v.seatOrNobody(&d.Who)
	case 3:
		return v.team(&d.Team)
	case 4:
		d.Index = uint8(v.number)
		return v.upTo(sim.MaxItems - 1)
	case 5:
		d.Ago = sim.Tick(v.number)
		return v.uint32()
	}
	return true
}

func (s *Signal) take(v value) bool {
	switch v.num {
	case 1:
		return v.seat(&s.Who)
	case 2:
		s.Kind = uint8(v.number)
		return v.upTo(Signals - 1)
	}
	return true
}

func (s *VoteState) take(v value) bool {
	switch v.num {
	case 1:
		s.Call = VoteKind(v.number)
		return v.upTo(uint64(voteKinds - 1))
	case 2:
		return v.seatOrNobody(&s.Target)
	case 3:
		return v.string(&s.Name, MaxName)
	case 4:
		return v.seatOrNobody(&s.Caller)
	case 5:
		return v.uint16(&s.Yes)
	case 6:
		return v.uint16(&s.No)
	case 7:
		return v.uint16(&s.Needed)
	case 8:
		s.Ends = sim.Tick(v.number)
		return v.uint32()
	case 9:
		s.Passed = v.number != 0
		return v.bool()
	}
	return true
}

func (v value) uint16(to *uint16) bool {
	*to = uint16(v.number)
	return v.upTo(maxUint16)
}

// added reads one more element of a list that may have limit of them.
func added[T any](list *[]T, limit int, v value, fresh T, take func(*T, value) bool) bool {
	if len(*list) >= limit || !v.data() {
		return false
	}
	*list = append(*list, fresh)
	last := &(*list)[len(*list)-1]
	return each(v.bytes, func(v value) bool { return take(last, v) })
}

// takeGame reads what a frame says about objectives, pick-ups and the like.
func (f *Frame) takeGame(v value) bool {
	switch v.num {
	case 12:
		return added(&f.Objectives, MaxObjectives, v, Objective{}, (*Objective).take)
	case 13:
		return added(&f.Items, sim.MaxItems, v, Item{}, (*Item).take)
	case 14:
		return added(&f.Deeds, MaxDeeds, v, Deed{Kind: sim.ItemTaken}, (*Deed).take)
	case 15:
		return added(&f.Signals, MaxShouts, v, Signal{}, (*Signal).take)
	case 16:
		f.Vote = &VoteState{}
		return v.data() && each(v.bytes, f.Vote.take)
	}
	return true
}

// game fills what the mode and the people in it bring about.
func (e *Encoder) game(f *Frame) {
	m := &e.msg
	m.Objectives, m.Items, m.Deeds, m.Shouts, m.Vote = m.Objectives[:0], m.Items[:0], m.Deeds[:0], m.Shouts[:0], nil
	for i := range f.Objectives {
		e.objective(&f.Objectives[i])
	}
	for i := range f.Items {
		var to *gamepb.Item
		m.Items, to = another(m.Items)
		to.Index, to.Kind, to.Back = uint32(f.Items[i].Index), uint32(f.Items[i].Kind), uint32(f.Items[i].Back)
	}
	for i := range f.Deeds {
		d := &f.Deeds[i]
		var to *gamepb.Deed
		m.Deeds, to = another(m.Deeds)
		to.Kind, to.Who, to.Team = uint32(d.Kind-sim.ItemTaken), uint32(d.Who), uint32(d.Team)
		to.Index, to.Ago = uint32(d.Index), uint32(d.Ago)
	}
	for i := range f.Signals {
		var to *gamepb.Shout
		m.Shouts, to = another(m.Shouts)
		to.Who, to.Kind = uint32(f.Signals[i].Who), uint32(f.Signals[i].Kind)
	}
	if v := f.Vote; v != nil {
		m.Vote = &gamepb.VoteState{
			Call: uint32(v.Call), Target: uint32(v.Target), Name: v.Name, Caller: uint32(v.Caller),
			Yes: uint32(v.Yes), No: uint32(v.No), Needed: uint32(v.Needed), Ends: uint32(v.Ends), Passed: v.Passed,
		}
	}
}

func (e *Encoder) objective(o *Objective) {
	var to *gamepb.Objective
	e.msg.Objectives, to = another(e.msg.Objectives)
	to.Index, to.Kind, to.State, to.Team = uint32(o.Index), uint32(o.Kind), uint32(o.State), uint32(o.Team)
	to.Carrier, to.Timer = uint32(o.Carrier), uint32(o.Timer)
	to.X, to.Y, to.HomeX, to.HomeY = uint32(o.Pos.X), uint32(o.Pos.Y), uint32(o.Home.X), uint32(o.Home.Y)
}
