package replica

import "ionwake/shared/sim"

// Ship returns the ship of id, or nil while it has none in sight.
func (s *Scene) Ship(id sim.PlayerID) *ShipView {
	for i := range s.Ships {
		if s.Ships[i].ID == id {
			return &s.Ships[i]
		}
	}
	return nil
}

// OwnShip returns the player's own ship, or nil.
func (s *Scene) OwnShip() *ShipView {
	for i := range s.Ships {
		if s.Ships[i].Own {
			return &s.Ships[i]
		}
	}
	return nil
}

// Held returns what the player holds in a tick, which is what the server should act
// on in it, as far as that was decided and is remembered.
func (r *Replica) Held(t sim.Tick) (in sim.Input, known bool) { return r.hands.at(t) }
