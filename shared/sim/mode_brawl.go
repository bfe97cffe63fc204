package sim

// Brawl is everyone against everyone: a point for each kill, first to the score
// limit or most at the bell.
type Brawl struct{}

// Name returns "brawl".
func (Brawl) Name() string { return "brawl" }

// Killed gives the killer a point.
func (Brawl) Killed(w *World, _, by PlayerID) { w.Players[by].Score++ }

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
