package e2e

import (
	"testing"

	"ionwake/server/room"
	"ionwake/shared/sim"
)

// TestWholeMatch plays a short match to the podium and goes on to the next ground of
// the rotation, in the same seat.
func TestWholeMatch(t *testing.T) {
	t.Parallel()
	rules := &sim.Rules{Warmup: 2 * sim.TickRate, Live: 8 * sim.TickRate, Results: 7 * sim.TickRate}
	url := startHost(t, room.Config{
		Rotation: []room.Ground{shipped(t, "closet", "brawl", rules), shipped(t, "foundry", "squads", rules)},
		Bots:     8,
	})
	p := enterGame(t, url+"?name=Ada")
	first := p.await("the match", func(s stats) bool { return s.Phase == "live" && s.Mode == "brawl" })
	p.keyDown("Space")
	p.await("the podium", func(s stats) bool { return s.Phase == "results" && s.Match == first.Match && s.Screen == "scoreboard" })
	p.keyUp("Space")
	p.awaitFrames(15)
	p.screenshot("podium.png")
	second := p.await("the next ground", func(s stats) bool {
		return s.Mode == "squads" && s.Map == "foundry" && s.Phase == "live" && s.State == "playing" && s.Alive
	})
	if second.Self != first.Self || second.line().Name != "Ada" || second.Team == "" || len(second.Scores) != 2 {
		t.Errorf("in the next match: seat %v (was %v), team %q, scores %v", second.Self, first.Self, second.Team, second.Scores)
	}
	p.await("the podium of sides", func(s stats) bool { return s.Phase == "results" && s.Mode == "squads" })
	p.awaitFrames(15)
	p.screenshot("podium-of-sides.png")
	p.await("the first ground again", func(s stats) bool { return s.Mode == "brawl" && s.Map == "closet" && s.State == "playing" })
	if st := p.stats(); st.Mispredictions > 0 {
		t.Errorf("%d mispredictions", st.Mispredictions)
	}
	p.clean()
}
