package e2e

import (
	"testing"
	"time"

	"ionwake/client/view/words"
	"ionwake/server/room"
	"ionwake/shared/sim"
)

// TestTwoSides is three people on two sides: what one's own side hears, whispers,
// words without writing, muting that sticks, and a vote.
func TestTwoSides(t *testing.T) {
	t.Parallel()
	rules := &sim.Rules{Live: 10 * 60 * sim.TickRate}
	url := startHost(t, room.Config{Rotation: []room.Ground{shipped(t, "foundry", "squads", rules)}})
	a := enterGame(t, url+"?name=Ada")
	b := enterGame(t, url+"?name=Bob")
	c := enterGame(t, url+"?name=Cyd")
	everyone := func(s stats) bool { return s.Players == 3 }
	a.await("everyone", everyone)
	b.await("everyone", everyone)
	st := c.await("everyone", everyone)
	if st.named("Ada").Team == st.named("Bob").Team {
		t.Fatalf("the first two are on one side: %+v", st.Scoreboard)
	}
	// The third is with one of them, who is the friend; the other is the foe.
	friend, foe := a, b
	if st.named("Cyd").Team == st.named("Bob").Team {
		friend, foe = b, a
	}
	friendName, begun := friend.stats().line().Name, a.stats().Tick

	c.press("KeyY")
	c.awaitScreen("chat")
	c.commit("only for us")
	c.press("Enter")
	friend.await("the team's line", func(s stats) bool { return s.heard("Cyd", "only for us") })
	c.say("for all")
	foe.await("the line for all", func(s stats) bool { return s.heard("Cyd", "for all") })
	if foe.stats().heard("Cyd", "only for us") {
		t.Error("the other side reads what a side says")
	}

	c.press("Enter")
	c.awaitScreen("chat")
	c.commit("/w " + friendName + " quietly")
	c.press("Enter")
	friend.await("the whisper", func(s stats) bool { return s.heard("Cyd", "quietly") })
	c.press("Digit1")
	friend.await("a word over the ship", func(s stats) bool { return len(s.Signals) > 0 })
	friend.screenshot("signal.png")
	if foe.stats().heard("Cyd", "quietly") {
		t.Error("a whisper is heard by another")
	}

	mutes(t, friend, c, url)
	a.await("the right to call a vote", func(s stats) bool { return s.Tick > begun+31*sim.TickRate })
	votes(t, a, b, c)
}

// mutes has one mute another, who then comes back under another name.
func mutes(t *testing.T, who, whom *tab, url string) {
	t.Helper()
	who.line("Cyd", words.Mute)
	time.Sleep(kept)
	whom.leaves()
	whom.goTo(url + "?name=Zoe")
	whom.fly()
	who.await("the new name", func(s stats) bool { return s.named("Zoe").Name == "Zoe" })
	whom.say("can you hear me")
	whom.await("own words", func(s stats) bool { return s.heard("Zoe", "can you hear me") })
	time.Sleep(500 * time.Millisecond)
	if who.stats().heard("Zoe", "can you hear me") {
		t.Error("a new name and a reload undo a mute")
	}
	who.line("Zoe", words.Unmute)
	whom.say("and now")
	who.await("the words of one no longer muted", func(s stats) bool { return s.heard("Zoe", "and now") })
}

// line opens a player's line of the scoreboard and gives an order, by keys.
func (p *tab) line(name string, order words.Key) {
	p.t.Helper()
	p.press("Tab")
	p.awaitScreen("scoreboard")
	p.seek(name)
	p.press("Enter")
	p.awaitScreen("scoreboard.menu")
	p.screenshot("line.png")
	p.choose(order)
	if p.stats().Screen == "scoreboard" {
		p.press("Escape")
	}
	p.awaitScreen("none")
}

// votes has two people agree that the third should go.
func votes(t *testing.T, a, b, c *tab) {
	t.Helper()
	a.press("Escape")
	a.awaitScreen("menu")
	a.choose(words.CallVote)
	a.awaitScreen("vote")
	a.screenshot("call.png")
	a.chooseText("Zoe")
	b.await("the vote", func(s stats) bool { return s.Vote != nil && s.Vote.Name == "Zoe" })
	b.screenshot("vote.png")
	b.press("F1")
	st := c.await("words for who has to go", func(s stats) bool { return s.Screen == "refused" && s.Message != "" })
	c.awaitFrames(3)
	c.screenshot("kicked.png")
	t.Logf("told: %q", st.Message)
	a.await("two people", func(s stats) bool { return s.Players == 2 })
	for _, p := range []*tab{a, b, c} {
		p.clean()
	}
}
