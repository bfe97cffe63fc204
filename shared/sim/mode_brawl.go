package sim

// Brawl is everyone against everyone: a point for each kill, first to the score
// limit or most at the bell.
type Brawl struct{}

// Name returns "brawl".
func (Brawl) Name() string { return "brawl" }

// Teams returns 0.
func (Brawl) Teams() int { return 0 }

// Needs returns nil: a brawl needs nothing but room.
func (Brawl) Needs(*Arena) error { return nil }

// Begin has nothing to lay out.
func (Brawl) Begin(*World) {}

// Step has nothing to do.
func (Brawl) Step(*World) {}

// Killed has nothing to add to the killer's point.
func (Brawl) Killed(*World, PlayerID, PlayerID) {}

// Over reports whether anybody has reached the score limit.
func (Brawl) Over(w *World) bool {
	if w.Rules.ScoreLimit == 0 {
		return false
	}
	for id := range w.Players {
		if w.Players[id].Score >= w.Rules.ScoreLimit {
			return true
		}
	}
	return false
}
