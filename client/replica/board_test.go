package replica

import (
	"fmt"
	"testing"
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

func people() *board {
	b := &board{}
	b.take(0, &wire.Frame{Welcome: &wire.Welcome{}, Players: []wire.Player{
		{ID: 1, Name: "Ann", Score: 3, Kills: 4, Deaths: 5},
		{ID: 2, Name: "Bob", Score: 6, Kills: 7, Deaths: 8},
		{ID: 4, Name: "Muon", Bot: true},
	}}, &wire.Welcome{})
	return b
}

// TestBoardTakes applies one frame each to the same three people.
func TestBoardTakes(t *testing.T) {
	for _, c := range []struct {
		name  string
		frame wire.Frame
		want  wire.Player // the line with its ID
		here  bool
	}{
		{"a kill counts for the killer", wire.Frame{Kills: []wire.Kill{{Who: 2, By: 1}}},
			wire.Player{ID: 1, Name: "Ann", Score: 5, Kills: 5, Deaths: 5}, true},
		{"and against the killed", wire.Frame{Kills: []wire.Kill{{Who: 2, By: 1}}},
			wire.Player{ID: 2, Name: "Bob", Score: 6, Kills: 7, Deaths: 9}, true},
		{"two kills count twice", wire.Frame{Kills: []wire.Kill{{Who: 2, By: 1}, {Who: 4, By: 1}}},
			wire.Player{ID: 1, Name: "Ann", Score: 7, Kills: 6, Deaths: 5}, true},
		{"an idle kill for nobody", wire.Frame{Kills: []wire.Kill{{Who: 2, By: 1, Idle: true}}},
			wire.Player{ID: 1, Name: "Ann", Score: 3, Kills: 4, Deaths: 5}, true},
		{"nor against anybody", wire.Frame{Kills: []wire.Kill{{Who: 2, By: 1, Idle: true}}},
			wire.Player{ID: 2, Name: "Bob", Score: 6, Kills: 7, Deaths: 8}, true},
		{"who kills himself only dies", wire.Frame{Kills: []wire.Kill{{Who: 1, By: 1}}},
			wire.Player{ID: 1, Name: "Ann", Score: 3, Kills: 4, Deaths: 6}, true},
		{"nobody may kill", wire.Frame{Kills: []wire.Kill{{Who: 1, By: sim.NoPlayer}}},
			wire.Player{ID: 1, Name: "Ann", Score: 3, Kills: 4, Deaths: 6}, true},
		{"a line has the kills of its frame already", wire.Frame{
			Kills:   []wire.Kill{{Who: 2, By: 1}},
			Players: []wire.Player{{ID: 1, Name: "Ann", Score: 9, Kills: 9, Deaths: 9}},
		}, wire.Player{ID: 1, Name: "Ann", Score: 9, Kills: 9, Deaths: 9}, true},
		{"no name means: as before", wire.Frame{Players: []wire.Player{{ID: 2, Away: true, Ping: 25}}},
			wire.Player{ID: 2, Name: "Bob", Away: true, Ping: 25}, true},
		{"gone is gone", wire.Frame{Gone: []sim.PlayerID{2}},
			wire.Player{ID: 2, Name: "Bob", Score: 6, Kills: 7, Deaths: 8}, false},
		{"a seat that was free is taken", wire.Frame{Gone: []sim.PlayerID{2}, Players: []wire.Player{{ID: 2, Name: "Cid"}}},
			wire.Player{ID: 2, Name: "Cid"}, true},
		{"a new connection begins with nobody", wire.Frame{Welcome: &wire.Welcome{}, Players: []wire.Player{{ID: 1, Name: "Ann"}}},
			wire.Player{ID: 2, Name: "Bob", Score: 6, Kills: 7, Deaths: 8}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := people()
			b.take(time.Second, &c.frame, &wire.Welcome{KillPoints: 2})
			if got := b.lines[c.want.ID]; got != c.want || b.present[c.want.ID] != c.here {
				t.Errorf("got %+v, %t, want %+v, %t", got, b.present[c.want.ID], c.want, c.here)
			}
		})
	}
}

// TestFault_C4_EndlessLines sends a thousand lines of chat and kills, in one frame
// and in many: the newest few are kept, in order.
func TestFault_C4_EndlessLines(t *testing.T) {
	for _, perFrame := range []int{1, 10, 1000} {
		b := people()
		var f wire.Frame
		for i := range 1000 {
			f.Chat = append(f.Chat, wire.ChatLine{From: 1, Name: "Ann", Text: fmt.Sprint(i)})
			f.Kills = append(f.Kills, wire.Kill{Who: 2, By: 1, Ago: sim.Tick(i), Idle: true})
			if len(f.Chat) == perFrame {
				b.take(time.Duration(i), &f, &wire.Welcome{})
				f.Chat, f.Kills = f.Chat[:0], f.Kills[:0]
			}
		}
		if len(b.talk.chat) != maxChat || len(b.feed.kills) != maxKills {
			t.Fatalf("%d a frame: %d lines of chat and %d kills are kept", perFrame, len(b.talk.chat), len(b.feed.kills))
		}
		for i, c := range b.talk.chat {
			if want := fmt.Sprint(1000 - maxChat + i); c.Text != want {
				t.Errorf("%d a frame: line %d is %q, want %q", perFrame, i, c.Text, want)
			}
		}
		for i, k := range b.feed.kills {
			if want := sim.Tick(1000 - maxKills + i); k.Ago != want {
				t.Errorf("%d a frame: kill %d is that of %d, want %d", perFrame, i, k.Ago, want)
			}
		}
	}
}

// TestBoardDraws looks at the lists of a scene: best first, spectators left out,
// kills for some seconds.
func TestBoardDraws(t *testing.T) {
	b := people()
	b.take(time.Second, &wire.Frame{
		Kills:   []wire.Kill{{Who: 1, By: 2}},
		Players: []wire.Player{{ID: 9, Name: "Eye", Spectator: true}, {ID: 5, Name: "Dan", Score: 3, Deaths: 1}},
		Chat:    []wire.ChatLine{{From: 2, Name: "Bob", Text: "hello"}},
	}, &wire.Welcome{KillPoints: 1})
	var s Scene
	b.draw(2*time.Second, 2, &s)
	var order []sim.PlayerID
	for _, p := range s.Players {
		order = append(order, p.ID)
	}
	if got, want := fmt.Sprint(order), "[2 5 1 4]"; got != want {
		t.Errorf("the scoreboard is %s, want %s", got, want)
	}
	if len(s.Kills) != 1 || s.Kills[0].Killer != "Bob" || s.Kills[0].Victim != "Ann" || !s.Kills[0].OwnKill || s.Kills[0].OwnDeath || s.Kills[0].Age != time.Second {
		t.Errorf("kill feed: %+v", s.Kills)
	}
	if len(s.Chat) != 1 || s.Chat[0] != (ChatView{From: 2, Name: "Bob", Text: "hello", Age: time.Second}) {
		t.Errorf("chat: %+v", s.Chat)
	}
	if people, bots := b.people(); people != 3 || bots != 1 {
		t.Errorf("%d people and %d bots", people, bots)
	}
	b.draw(time.Second+killFor, 2, &s)
	if len(s.Kills) != 0 {
		t.Errorf("after %v: %+v", killFor, s.Kills)
	}
}
