//go:build !js

package session_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/assets"
	"ionwake/client/depot"
	"ionwake/client/link"
	"ionwake/client/session"
	"ionwake/server/room"
	"ionwake/shared/lab"
	"ionwake/shared/sim"
)

func ground(t *testing.T, name string) *sim.Arena {
	t.Helper()
	a, err := loadArena(name)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestNextGround plays through a rotation of two grounds and modes: the same seat
// goes on, on the same line, as exactly as before; and a line that breaks meanwhile
// comes back to it.
func TestNextGround(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rules := sim.Rules{Warmup: sim.TickRate, Live: 8 * sim.TickRate, Results: 2 * sim.TickRate}
		m := newMatch(t, room.Config{Bots: 5, Rotation: []room.Ground{
			{Arena: ground(t, "foundry"), Mode: sim.Brawl{}, Rules: &rules},
			{Arena: ground(t, "colossus"), Mode: sim.Relay{}, Rules: &rules},
			{Arena: ground(t, "closet"), Mode: sim.Brawl{}, Rules: &rules},
		}})
		p := m.join("Ann", lab.Line{RTT: 50 * time.Millisecond, Jitter: 5 * time.Millisecond, Seed: 3}, sim.Corsair)
		want := []struct {
			arena, mode, next string
			teams             int
		}{{"foundry", "brawl", "colossus", 0}, {"colossus", "relay", "closet", 2}, {"closet", "brawl", "foundry", 0}, {"foundry", "brawl", "colossus", 0}}
		self := sim.NoPlayer
		for round, w := range want {
			m.play(6*time.Second, p)
			s := p.frame()
			if round == 0 {
				self = s.Self
			}
			if s.Arena.Name != w.arena || s.Mode != w.mode || s.Next != w.next || s.Teams != w.teams || s.Self != self || int(s.Match.Number) != round+1 {
				t.Errorf("round %d: %s on %s, then %s, %d teams, seat %d, match %d", round+1, s.Mode, s.Arena.Name, s.Next, s.Teams, s.Self, s.Match.Number)
			}
			if (s.Team != sim.NoTeam) != (w.teams > 0) || len(s.Items) != len(s.Arena.Items) || len(s.Objectives) != w.teams {
				t.Errorf("round %d: side %d, %d pick-ups, %d objectives", round+1, s.Team, len(s.Items), len(s.Objectives))
			}
			if v := p.net(); v.Lead > 12 || v.Mispredictions != 0 || v.StateMismatches != 0 {
				t.Errorf("round %d: %+v", round+1, v)
			}
			if round == 1 {
				p.conn.Cut()
			}
			m.play(5*time.Second, p)
		}
		if st := p.ses.Status(m.now()); st.Stage != session.Playing {
			t.Errorf("in the end: %+v", st)
		}
		m.end(p)
	})
}

// TestFullRoom waits for a place in a full room, may watch meanwhile, and is in when
// somebody leaves.
func TestFullRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Arena: ground(t, "closet"), MaxPlayers: 1})
		ann, bob, eve := m.join("Ann", lab.Line{Seed: 1}), m.join("Bob", lab.Line{Seed: 2}), m.join("Eve", lab.Line{Seed: 3})
		m.play(time.Second, ann)
		m.play(time.Second, ann, bob, eve)
		for _, p := range []*player{bob, eve} {
			if st := p.ses.Status(m.now()); st.Stage != session.Lost || st.Code != link.CodeFull || st.RetryIn <= 0 || st.Message == "" {
				t.Fatalf("at a full room: %+v, want to wait with a countdown", st)
			}
		}
		eve.ses.Play("Eve", session.Place{URL: "ws://lab/play?room=main", Spectate: true})
		m.play(time.Second, ann, bob, eve)
		if st := eve.ses.Status(m.now()); st.Stage != session.Spectating || !eve.frame().Watcher {
			t.Errorf("watches instead: %+v", st)
		}
		ann.ses.Leave()
		m.play(20*time.Second, bob, eve)
		if st := bob.ses.Status(m.now()); st.Stage != session.Playing {
			t.Errorf("with a free place: %+v", st)
		}
		m.end(bob, eve)
	})
}

// TestPassword is asked for one, has it wrong, has it right, keeps the seat over a
// broken line, and has to wait after too many wrong ones.
func TestPassword(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newLocked(t, room.Config{Arena: ground(t, "closet")}, "sesame")
		p := m.player("Ann", lab.Line{Seed: 1})
		try := func(password string) session.Status {
			p.ses.Play("Ann", session.Place{URL: "ws://lab/play?room=main", Password: password})
			m.play(2*time.Second, p)
			return p.ses.Status(m.now())
		}
		for _, wrong := range []string{"", "Sesame", strings.Repeat("ü", 64)} {
			if st := try(wrong); st.Stage != session.Refused || st.Code != link.CodePassword || !st.CanRetry || st.RetryIn != 0 {
				t.Errorf("with %q: %+v", wrong, st)
			}
		}
		if st := try("sesame"); st.Stage != session.Playing {
			t.Fatalf("with the right one: %+v", st)
		}
		p.conn.Cut()
		m.play(5*time.Second, p)
		if st := p.ses.Status(m.now()); st.Stage != session.Playing {
			t.Errorf("after a broken line: %+v", st)
		}
		p.ses.Leave()
		for range 5 {
			try("guess")
		}
		if st := try("sesame"); st.Stage != session.Refused || st.Code != link.CodePassword || st.RetryIn <= 0 {
			t.Errorf("after too many wrong ones: %+v, want to wait", st)
		}
		m.end(p)
	})
}

// TestClaim comes back to the seat of a program that is no more, as when a page is
// loaded again, with what that program kept.
func TestClaim(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Arena: ground(t, "closet"), Bots: 3})
		ann := m.join("Ann", lab.Line{Seed: 1})
		m.play(3*time.Second, ann)
		before, token := ann.frame(), ann.ses.Token()
		if len(token) == 0 {
			t.Fatal("no token")
		}
		ann.conn.Cut()
		again := m.player("Who", lab.Line{Seed: 5})
		again.ses.Play("Who", session.Place{URL: "ws://lab/play?room=main", Claim: token})
		m.play(time.Second, again)
		s := again.frame()
		if s == nil || s.Self != before.Self || me(s).Name != "Ann" {
			t.Errorf("came back as %+v", s)
		}
		late := m.player("Late", lab.Line{Seed: 6})
		late.ses.Play("Late", session.Place{URL: "ws://lab/play?room=main", Claim: make([]byte, len(token))})
		m.play(3*time.Second, again, late)
		if s := late.frame(); s == nil || me(s).Name != "Late" {
			t.Errorf("with a token of nobody: %+v, want another seat", late.ses.Status(m.now()))
		}
		m.end(again, late)
	})
}

// TestElsewhere goes from one room to another: the first seat is given back.
func TestElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Arena: ground(t, "closet")})
		ann, bob := m.join("Ann", lab.Line{Seed: 1}), m.join("Bob", lab.Line{Seed: 2})
		m.play(2*time.Second, ann, bob)
		if n := len(bob.frame().Players); n != 2 {
			t.Fatalf("%d players", n)
		}
		ann.ses.Play("Ann", session.Place{URL: "ws://lab/play?room=other"})
		m.play(2*time.Second, ann, bob)
		if n, o := len(bob.frame().Players), ann.frame(); n != 1 || o == nil || len(o.Players) != 1 {
			t.Errorf("%d players stay, %+v", n, o)
		}
		ann.ses.Play("Ann", session.Place{URL: "ws://lab/play?room=other"}) // where one is: nothing
		m.play(time.Second/30, ann, bob)
		if st := ann.ses.Status(m.now()); st.Stage != session.Playing {
			t.Errorf("after playing where one plays: %+v", st)
		}
		m.end(ann, bob)
	})
}

// newSession makes a session that finds the arenas in the tree.
func newSession(cfg session.Config) *session.Session {
	cfg.Depot = depot.New(depot.Config{Shipped: assets.Maps})
	return session.New(cfg)
}
