//go:build !js

package session_test

import (
	"testing"
	"testing/synctest"
	"time"

	"ionwake/client/replica"
	"ionwake/client/session"
	"ionwake/server/room"
	"ionwake/shared/belief"
	"ionwake/shared/lab"
	"ionwake/shared/sim"
)

// three joins three people on devices of their own, in a mode with sides.
func three(t *testing.T) (m *match, people [3]*player) {
	a := ground(t, "foundry")
	m = newMatch(t, room.Config{Arena: a, Mode: sim.Squads{}})
	for i, name := range []string{"Ann", "Bob", "Cid"} {
		p := m.player(name, lab.Line{RTT: 30 * time.Millisecond, Seed: uint64(i) + 1})
		p.ses.Choose(sim.Dart, []sim.Team{sim.TeamIon, sim.TeamEmber, sim.TeamIon}[i])
		p.ses.Play(name, session.Place{URL: "ws://lab/play?room=main"})
		people[i] = p
		m.play(time.Second, people[:i+1]...)
	}
	return m, people
}

// heard returns who of three has heard a line.
func heard(people [3]*player, text string) (list [3]bool) {
	for i, p := range people {
		for _, c := range p.frame().Chat {
			list[i] = list[i] || c.Text == text
		}
	}
	return list
}

// TestTalk speaks to all, to one's side and to one person; and does not hear whom it
// does not want to.
func TestTalk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, all := three(t)
		ann, bob := all[0], all[1]
		if s := ann.frame(); s.Team != sim.TeamIon || bob.frame().Team != sim.TeamEmber || all[2].frame().Team != sim.TeamIon {
			t.Fatalf("sides are %d %d %d", s.Team, bob.frame().Team, all[2].frame().Team)
		}
		for _, c := range []struct {
			scope replica.Scope
			text  string
			want  [3]bool
		}{
			{replica.ToAll, "to all", [3]bool{true, true, true}},
			{replica.ToTeam, "to us", [3]bool{true, false, true}},
			{replica.ToOne, "to Bob", [3]bool{true, true, false}},
		} {
			ann.ses.Say(c.text, c.scope, bob.frame().Self)
			m.play(2*time.Second, all[:]...)
			if got := heard(all, c.text); got != c.want {
				t.Errorf("%q: heard by %v, want %v", c.text, got, c.want)
			}
		}
		own := ann.frame().Chat[len(ann.frame().Chat)-1]
		if !own.Own || own.Scope != replica.ToOne || own.To != "Bob" {
			t.Errorf("the own whisper is %+v", own)
		}
		tag := me(ann.frame()).Tag
		bob.ses.Mute(tag, true)
		ann.ses.Say("unheard", replica.ToAll, 0)
		ann.ses.Signal(replica.SignalAttack)
		m.play(2*time.Second, all[:]...)
		if got, want := heard(all, "unheard"), [3]bool{true, false, true}; got != want {
			t.Errorf("a muted line: heard by %v, want %v", got, want)
		}
		if heard(all, "to Bob")[1] {
			t.Error("older lines of a muted person are shown")
		}
		if s := all[2].frame().Signals; len(s) != 1 || s[0].Who != ann.frame().Self || s[0].Kind != replica.SignalAttack {
			t.Errorf("a mate sees the signals %+v", s)
		}
		bob.ses.Mute(tag, false)
		if !heard(all, "unheard")[1] {
			t.Error("who is unmuted is not heard")
		}
		m.end(all[:]...)
	})
}

// TestVote throws somebody out by a vote of the others.
func TestVote(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, all := three(t)
		ann, bob, cid := all[0], all[1], all[2]
		m.play(40*time.Second, all[:]...) // newcomers may not call one
		ann.ses.CallVote(replica.VoteKick, bob.frame().Self, "")
		m.play(time.Second, all[:]...)
		v := cid.frame().Vote
		if v == nil || v.Kind != replica.VoteKick || v.Name != "Bob" || v.Caller != "Ann" || v.Voted || v.Left <= 0 || v.Yes != 1 {
			t.Fatalf("the vote is %+v", v)
		}
		if v := ann.frame().Vote; v == nil || !v.Voted {
			t.Errorf("who called it sees %+v", v)
		}
		cid.ses.CastVote(true)
		m.play(3*time.Second, all[:]...)
		if st := bob.ses.Status(m.now()); st.Stage != session.Refused || st.Message == "" || st.RetryIn < 4*time.Minute || st.RetryIn > 5*time.Minute || st.CanRetry {
			t.Errorf("the thrown out stands at %+v", st)
		}
		if st := bob.ses.Status(m.now() + 5*time.Minute); st.Stage != session.Refused || st.RetryIn != 0 || !st.CanRetry {
			t.Errorf("when the time is over: %+v", st)
		}
		if v := ann.frame().Vote; v != nil {
			t.Errorf("the vote is still there: %+v", v)
		}
		m.end(ann, cid)
	})
}

// TestLook lets one without a ship look elsewhere: what is there comes into sight.
func TestLook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Arena: ground(t, "colossus"), Bots: 2, BotsAlways: true})
		p := m.player("Eve", lab.Line{RTT: 30 * time.Millisecond, Seed: 4})
		p.ses.Play("Eve", session.Place{URL: "ws://lab/play?room=main", Spectate: true})
		m.play(2*time.Second, p)
		size := p.frame().Arena.Size()
		corner := replica.Point{X: size.X.Float() - 200, Y: size.Y.Float() - 200}
		cells := func() (list map[int]bool) {
			list = map[int]bool{}
			p.ses.Inspect(func(r *replica.Replica) { r.Belief(func(id belief.CellID, _ *belief.Cell) { list[int(id)] = true }) })
			return list
		}
		p.ses.Look(sim.NoPlayer, corner)
		m.play(2*time.Second, p)
		there := cells()
		p.ses.Look(sim.NoPlayer, replica.Point{X: -5, Y: 10})
		m.play(2*time.Second, p)
		here := cells()
		if len(here) == 0 || len(there) == 0 {
			t.Fatalf("%d and %d cells", len(here), len(there))
		}
		for id := range here {
			if there[id] {
				t.Errorf("cell %d is in sight from both corners", id)
			}
		}
		m.end(p)
	})
}
