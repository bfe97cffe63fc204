package room

import (
	"errors"
	"io"
	"testing"

	"ionwake/client/replica"
	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

// TestPlayback watches a record: what a client believes and reads on its scoreboard is
// what was played, from the beginning and from the middle.
func TestPlayback(t *testing.T) {
	for _, name := range []string{"brawl", "relay"} {
		mode, _ := sim.ModeByName(name)
		s := newShelf()
		rules := sim.Rules{Warmup: 1, Live: 30 * sim.TickRate, Results: 400}
		r := New(Config{Name: "den", Arena: arena(t, "foundry"), Mode: mode, Rules: &rules, Bots: 9, Seed: 5, Recorder: s})
		g := newGuest(t, r)
		g.knock("Ann", false)
		type line struct{ score, kills int16 }
		truth := map[sim.Tick]map[string]line{}
		for range 30*sim.TickRate + 200 {
			r.Tick()
			g.shoot()
			lines := map[string]line{}
			for _, s := range r.seats {
				if s != nil {
					lines[s.name] = line{r.world.Players[s.id].Score, r.world.Players[s.id].Kills}
				}
			}
			truth[r.world.Tick] = lines
		}
		for _, from := range []int{0, 17 * sim.TickRate} {
			rec, err := replay.Open(s.files[0])
			if err != nil {
				t.Fatal(err)
			}
			p, err := replay.NewPlayer(rec)
			if err == nil {
				err = p.Seek(from)
			}
			if err != nil {
				t.Fatal(err)
			}
			show := Play(Config{SendInterval: 1}, &rec.Head, p)
			eye, late := newGuest(t, show), newGuest(t, show)
			eye.knock("Zoe", true)
			late.knock("Yan", false)
			for range 10 * sim.TickRate {
				show.Tick()
			}
			if late.closed == 0 {
				t.Errorf("%s: somebody plays in a record", name)
			}
			scene := eye.rep.Scene(eye.now())
			if scene == nil || !scene.Watcher || scene.Mode != name || len(scene.Ships) < 5 {
				t.Fatalf("%s from %d: the scene is %+v", name, from, scene)
			}
			compareLines(t, scene, func(name string) (int16, int16, bool) {
				l, ok := truth[show.world.Tick][name]
				return l.score, l.kills, ok
			})
			for show.Ended() == nil {
				show.Tick()
			}
			if !errors.Is(show.Ended(), io.EOF) {
				t.Errorf("%s: it ends with %v", name, show.Ended())
			}
		}
	}
}

// compareLines looks for each player of a scene in the truth.
func compareLines(t *testing.T, scene *replica.Scene, truth func(name string) (score, kills int16, ok bool)) {
	t.Helper()
	if len(scene.Players) != 9 {
		t.Errorf("%d lines, want 9", len(scene.Players))
	}
	for _, p := range scene.Players {
		score, kills, ok := truth(p.Name)
		if !ok || p.Score != int(score) || p.Kills != int(kills) || p.Bot != (p.Name != "Ann") {
			t.Errorf("%q has %d points and %d kills, bot %v, want %d and %d, %v", p.Name, p.Score, p.Kills, p.Bot, score, kills, ok)
		}
	}
}
