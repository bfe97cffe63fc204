package replay

import (
	"encoding/binary"

	"ionwake/shared/sim"
)

// writer appends numbers: unsigned ones as uvarints, signed ones zigzag.
type writer struct{ b []byte }

func (w *writer) put(list ...uint64) {
	for _, v := range list {
		w.b = binary.AppendUvarint(w.b, v)
	}
}

func (w *writer) signed(list ...int64) {
	for _, v := range list {
		w.b = binary.AppendVarint(w.b, v)
	}
}

func (w *writer) vec(v sim.Vec) { w.signed(int64(v.X), int64(v.Y)) }
func (w *writer) text(s string) { w.b = appendText(w.b, s) }

// state appends a State, field by field as they are declared.
func (w *writer) state(s *sim.State) {
	w.put(uint64(s.Tick), uint64(s.Match.Phase), uint64(s.Match.Ends), uint64(s.Match.Number))
	w.signed(int64(s.Match.Scores[0]), int64(s.Match.Scores[1]))
	w.b = binary.LittleEndian.AppendUint64(w.b, uint64(s.Rand))
	w.put(uint64(len(s.Players)))
	for i := range s.Players {
		p := &s.Players[i]
		w.put(uint64(p.Status), uint64(p.Team), uint64(p.Next.Hull), uint64(p.Next.Team), uint64(p.NextSeq), uint64(p.SpawnAt))
		w.signed(int64(p.Score), int64(p.Kills), int64(p.Deaths))
		w.ship(&s.Ships[i])
	}
	w.put(uint64(len(s.Bolts)))
	for i := range s.Bolts {
		b := &s.Bolts[i]
		w.put(uint64(b.Owner), uint64(b.Seq), uint64(b.Kind), uint64(b.Team), uint64(b.Life), uint64(b.Bounces))
		w.vec(b.Pos)
		w.vec(b.Vel)
	}
	w.put(uint64(len(s.Items)))
	for _, it := range s.Items {
		w.put(uint64(it.Kind), uint64(it.Back))
	}
	w.put(uint64(len(s.Objectives)))
	for i := range s.Objectives {
		o := &s.Objectives[i]
		w.put(uint64(o.Kind), uint64(o.State), uint64(o.Team), uint64(o.Carrier), uint64(o.Timer))
		w.vec(o.Pos)
		w.vec(o.Home)
	}
	w.put(uint64(len(s.Trails)))
	last := int32(0)
	for _, t := range s.Trails {
		w.put(uint64(t.Tile-last), uint64(s.Tick-t.Since), uint64(t.Who))
		w.vec(t.Way)
		last = t.Tile
	}
}

func (w *writer) ship(s *sim.Ship) {
	w.put(uint64(s.ID), uint64(s.Hull), uint64(s.Team), uint64(s.Held.Buttons), uint64(s.Held.Aim), uint64(s.Aim))
	w.vec(s.Pos)
	w.vec(s.Vel)
	w.signed(int64(s.Energy))
	w.put(uint64(s.Reload), uint64(s.Recharge), uint64(s.DashIn), uint64(s.Shield), uint64(s.Boost), uint64(s.BoostFor),
		flag(s.Drafts), flag(s.Carries), uint64(s.NextSeq))
}

// state reads what state wrote. Whether a World can be so, sim.Restore says.
func (r *reader) state(s *sim.State) {
	s.Tick, s.Match.Phase = r.tick(), sim.Phase(r.byte())
	s.Match.Ends, s.Match.Number = r.tick(), uint32(r.upTo(1<<32-1))
	s.Match.Scores = [sim.Teams]int16{r.int16(), r.int16()}
	s.Rand = sim.Rand(r.word())
	n := r.count(sim.MaxPlayers, 20)
	s.Players, s.Ships = make([]sim.Player, n), make([]sim.Ship, n)
	for i := range s.Players {
		p := &s.Players[i]
		p.Status, p.Team = sim.Status(r.byte()), sim.Team(r.byte())
		p.Next = sim.Loadout{Hull: sim.HullKind(r.byte()), Team: sim.Team(r.byte())}
		p.NextSeq, p.SpawnAt = r.byte(), r.tick()
		p.Score, p.Kills, p.Deaths = r.int16(), r.int16(), r.int16()
		r.ship(&s.Ships[i])
	}
	s.Bolts = make([]sim.Bolt, r.count(sim.MaxPlayers*256, 10))
	for i := range s.Bolts {
		b := &s.Bolts[i]
		b.Owner, b.Seq, b.Kind, b.Team = r.id(), r.byte(), sim.BoltKind(r.byte()), sim.Team(r.byte())
		b.Life, b.Bounces = uint16(r.upTo(1<<16-1)), r.byte()
		b.Pos, b.Vel = r.vec(), r.vec()
	}
	s.Items = make([]sim.Item, r.count(sim.MaxItems, 2))
	for i := range s.Items {
		s.Items[i] = sim.Item{Kind: sim.ItemKind(r.byte()), Back: r.tick()}
	}
	s.Objectives = make([]sim.Objective, r.count(16, 9))
	for i := range s.Objectives {
		o := &s.Objectives[i]
		o.Kind, o.State, o.Team = sim.ObjectiveKind(r.byte()), sim.ObjectiveState(r.byte()), sim.Team(r.byte())
		o.Carrier, o.Timer = r.id(), uint16(r.upTo(1<<16-1))
		o.Pos, o.Home = r.vec(), r.vec()
	}
	s.Trails = make([]sim.Trail, r.count(2*sim.MaxArenaSide*sim.MaxArenaSide, 5))
	last := uint64(0)
	for i := range s.Trails {
		last += r.upTo(1<<31 - 1 - last)
		s.Trails[i] = sim.Trail{Tile: int32(last), Since: s.Tick - r.tick(), Who: r.id(), Way: r.vec()}
	}
}

func (r *reader) ship(s *sim.Ship) {
	s.ID, s.Hull, s.Team = r.id(), sim.HullKind(r.byte()), sim.Team(r.byte())
	s.Held = sim.Input{Buttons: sim.Buttons(r.byte()), Aim: sim.Angle(r.upTo(sim.AngleSteps - 1))}
	s.Aim = sim.Angle(r.upTo(sim.AngleSteps - 1))
	s.Pos, s.Vel = r.vec(), r.vec()
	s.Energy = r.int32()
	s.Reload, s.Recharge, s.DashIn, s.Shield = r.byte(), r.byte(), r.byte(), r.byte()
	s.Boost, s.BoostFor = sim.ItemKind(r.byte()), uint16(r.upTo(1<<16-1))
	s.Drafts, s.Carries, s.NextSeq = r.flag(), r.flag(), r.byte()
}
