package room

// SetLimits changes how many people may have a ship and up to how many ships bots fill
// the room; in an order. Nobody who plays is sent away. false: the room was made for so
// much fewer that it cannot hold as many.
func (r *Room) SetLimits(people, bots int) bool {
	if max(people, bots) > oneCell && max(r.cfg.MaxPlayers, r.cfg.Bots) <= oneCell {
		return false // its cells are too large for that
	}
	r.cfg.MaxPlayers, r.cfg.Bots = people, bots
	return true
}

// SetGreeting changes what the server says to each who joins; in an order.
func (r *Room) SetGreeting(words string) { r.cfg.Greeting = words }

// greet says the greeting to a newcomer.
func (r *Room) greet(s *seat) {
	if r.cfg.Greeting != "" {
		r.tell(s, r.cfg.Greeting)
	}
}
