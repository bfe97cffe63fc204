package sim

import (
	"testing"

	"pgregory.net/rapid"
)

// Bounty shows what a new mode takes: this type, a row in modes, a case in RulesOf
// and its words in the client's languages. It is a brawl in which whoever breaks up
// the one in the lead gets two points more.
type Bounty struct{ Brawl }

// Name returns "bounty".
func (Bounty) Name() string { return "bounty" }

// Killed pays the bounty.
func (Bounty) Killed(w *World, who, by PlayerID) {
	for id := range w.Players {
		if w.Players[id].Score > w.Players[who].Score && PlayerID(id) != by {
			return
		}
	}
	w.credit(by, 2)
}

func TestBounty_PaysForTheLeader(t *testing.T) {
	w := liveWorld(t, field(t), middle(10, 10), middle(20, 10), middle(30, 10))
	w.mode = Bounty{}
	w.Players[1].Score, w.Players[2].Score = 9, 4
	w.kill(2, 0, LightBolt)
	if got := w.Players[0].Score; got != 1 {
		t.Errorf("a kill gave %d points, want 1", got)
	}
	w.kill(1, 0, LightBolt)
	if got := w.Players[0].Score; got != 4 {
		t.Errorf("the leader's end brought the score to %d, want 4", got)
	}
}

// It plays like the modes that ship: the World keeps its promises in it.
func TestBounty_IsAMode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newCrowd(anyArena(t), Bounty{}, rapid.IntRange(1, 24).Draw(t, "players"), rapid.Uint64().Draw(t, "seed"))
		for range rapid.IntRange(1, 300).Draw(t, "ticks") {
			c.step()
		}
		checkWorld(t, c)
	})
}
