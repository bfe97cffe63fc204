//go:build !js

package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/assets"
	"ionwake/client/session"
	"ionwake/client/view"
	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

// replayOf makes a replay of so many seconds, in which ships fly about.
func replayOf(t *testing.T, edition sim.Hash, seconds int) []byte {
	t.Helper()
	data, err := assets.Maps.ReadFile("maps/closet.arena")
	if err != nil {
		t.Fatal(err)
	}
	ground, err := sim.ParseArena(data)
	if err != nil {
		t.Fatal(err)
	}
	plan := ground.Plan
	plan.Name = "own" // no client has it
	if ground, err = sim.NewArena(plan); err != nil {
		t.Fatal(err)
	}
	w := sim.New(ground, sim.Brawl{}, sim.Rules{Live: 1 << 20}, 1)
	held := make([]sim.Input, 3)
	for id := range held {
		w.Join(sim.PlayerID(id), sim.Dart, sim.NoTeam)
	}
	w.Step(nil)
	w.Step(held)
	var tape replay.Tape
	var pack replay.Packer
	file := pack.AppendHead(nil, &replay.Head{Edition: edition, Mode: sim.Brawl{}, Rules: w.Rules, Arena: ground})
	tape.Begin(w, new(replay.Piece), func(id sim.PlayerID) replay.Person { return replay.Person{Name: fmt.Sprint("P", id)} })
	for i := range seconds * sim.TickRate {
		held[0] = sim.Input{Buttons: sim.Buttons(1 << (i / 30 % 4)), Aim: sim.Angle(i % 1024)}
		w.Step(held)
		if tape.Step(w) {
			file = pack.AppendPiece(file, tape.Turn(w, new(replay.Piece)))
		}
	}
	file = pack.AppendPiece(file, tape.Stop())
	return pack.AppendEnd(file, &replay.End{Why: replay.Over})
}

// spectator is a play that watches a file.
type spectator struct {
	*play
	t *testing.T
}

func (s *spectator) watch(file []byte, from time.Duration) {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), "match.ionr")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		s.t.Fatal(err)
	}
	s.Play("Ann", view.Place{Replay: path, From: from})
	s.pass(100 * time.Millisecond)
}

// pass draws 60 frames a second for a while.
func (s *spectator) pass(d time.Duration) {
	for range int(d * 60 / time.Second) {
		time.Sleep(time.Second / 60)
		s.Step(s.now(), sim.Input{})
	}
}

// at fails unless the replay has come so far, and what is drawn is of that moment.
func (s *spectator) at(seconds float64) {
	s.t.Helper()
	r, ok := s.Reel()
	if !ok || math.Abs(r.At.Seconds()-seconds) > 0.3 {
		s.t.Fatalf("it is at %v (%v), want %.1f s", r.At, ok, seconds)
	}
	if s.scene == nil || !s.scene.Watcher || len(s.scene.Ships) != 3 || len(s.scene.Players) != 3 {
		s.t.Fatalf("drawn is %+v", s.scene)
	}
	if tick := float64(s.scene.Tick)/sim.TickRate - 2.0/60; math.Abs(tick-r.At.Seconds()) > 0.1 {
		s.t.Errorf("drawn is %.2f s, it is at %v", tick, r.At)
	}
	if st := s.Status(); st.Stage != view.Spectating {
		s.t.Errorf("the player stands at %+v", st)
	}
}

// TestReplayInPlay watches a replay: from the middle, held, faster and slower, from
// elsewhere, to its end and from the beginning again.
func TestReplayInPlay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &spectator{newPlay("ws://localhost/play", session.Config{Seed: 1}), t}
		defer s.Leave()
		s.watch(replayOf(t, sim.Edition, 60), 20*time.Second)
		s.at(20.2)
		s.pass(5 * time.Second)
		s.at(25.2)
		s.Hold()
		s.pass(3 * time.Second)
		s.at(25.2)
		s.Hold()
		s.Tempo(1)
		s.pass(3 * time.Second)
		s.at(31.2)
		s.Tempo(-2)
		s.pass(2 * time.Second)
		s.at(32.2)
		s.Seek(12 * time.Second)
		s.at(12.1)
		s.Seek(-time.Second)
		s.at(0.1)
		s.Tempo(9)
		s.Seek(time.Hour)
		s.at(58.1)
		s.pass(3 * time.Second)
		s.at(60)
		if r, _ := s.Reel(); !r.Over || r.Length != time.Minute {
			t.Errorf("at the end: %+v", r)
		}
		s.Hold()
		s.at(0.1)
		s.Leave()
		if _, ok := s.Reel(); ok || s.Status().Stage != view.Menu {
			t.Errorf("after leaving: %+v", s.Status())
		}
		before := s.warp.now()
		time.Sleep(time.Minute)
		if got := s.warp.now() - before; got != time.Minute {
			t.Errorf("a minute later the session's clock has gone on by %v", got)
		}
	})
}

// TestReplayTrouble: what cannot be watched is said to be so, and why.
func TestReplayTrouble(t *testing.T) {
	good := replayOf(t, sim.Edition, 20)
	for what, c := range map[string]struct {
		file []byte
		want uint16
	}{
		"other rules": {replayOf(t, sim.Edition+1, 3), view.ReplayOther},
		"no replay":   {[]byte("hello"), view.ReplayOther},
		"cut early":   {good[:60], view.ReplayBad},
		"nothing":     {good[:len(good)/9], view.ReplayBad},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &spectator{newPlay("ws://localhost/play", session.Config{Seed: 1}), t}
			defer s.Leave()
			s.watch(c.file, 0)
			if st := s.Status(); st.Stage != view.Refused || st.Code != c.want || st.Message == "" {
				t.Errorf("%s: the player stands at %+v", what, st)
			}
			if s.scene != nil {
				t.Errorf("%s: something is drawn", what)
			}
		})
	}
}

func TestReplayAddress(t *testing.T) {
	for _, c := range [][3]string{
		{"ws://localhost:8080/play?room=x", "beef", "http://localhost:8080/api/v1/replays/beef"},
		{"wss://host/game/play", "beef-2", "https://host/game/api/v1/replays/beef-2"},
		{"ws://localhost/play", "https://far.example/?replay=beef&t=5", "https://far.example/api/v1/replays/beef"},
		{"ws://localhost/play", "https://far.example/api/v1/replays/beef", "https://far.example/api/v1/replays/beef"},
		{"ws://localhost/play", "../beef", ""},
		{"ws://localhost/play", "", ""},
		{"ws://localhost/play", "beef?x", ""},
		{"ws://localhost/play", "https://far.example/?replay=../x", ""},
	} {
		if got, err := replayAddress(c[0], c[1]); got != c[2] || (err != nil) != (c[2] == "") {
			t.Errorf("%s of %s: %q, %v, want %q", c[1], c[0], got, err, c[2])
		}
	}
	for text, want := range map[string]time.Duration{"90": 90 * time.Second, "1.5": 1500 * time.Millisecond, "-3": 0, "x": 0, "NaN": 0, "1e300": 0} {
		if got := secondsOf(text); got != want {
			t.Errorf("%q is %v, want %v", text, got, want)
		}
	}
}
