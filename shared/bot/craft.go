package bot

import "ionwake/shared/sim"

// craft is what a pilot knows of the ship it sits in, worked out once a life.
type craft struct {
	hull   *sim.Hull
	gun    sim.Unit // shoots at nobody farther
	near   sim.Unit // keeps about this distance
	cruise sim.Unit // a speed it can hold, in Units per tick
	rush   sim.Unit // more than it can: full thrust all the way

	thrift, scared, rested int32 // of energy
}

// fit works out how a pilot of skill s with its own nearness, a length, flies a
// hull.
func (s *skill) fit(kind sim.HullKind, nearness sim.Unit) craft {
	hull, style := &sim.Hulls[kind], &styles[kind]
	top := hull.Thrust * hull.Drag
	share := func(of int32) int32 { return hull.EnergyMax / 256 * of }
	return craft{
		hull:   hull,
		gun:    style.gun / 256 * sim.Unit(s.gun),
		near:   style.near + nearness,
		cruise: top * 9 / 10,
		rush:   top * 5 / 4,
		thrift: share(s.thrift), scared: share(s.scared), rested: share(s.rested),
	}
}
