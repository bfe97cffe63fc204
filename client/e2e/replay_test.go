package e2e

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

// keepReplay puts a replay of a minute into a data folder, in which four fly about.
func keepReplay(t *testing.T, data, id string) {
	t.Helper()
	code, err := os.ReadFile(filepath.Join("..", "..", "assets", "maps", "foundry.arena"))
	if err != nil {
		t.Fatal(err)
	}
	ground, err := sim.ParseArena(code)
	if err != nil {
		t.Fatal(err)
	}
	w := sim.New(ground, sim.Brawl{}, sim.Rules{Live: 1 << 20}, 1)
	held := make([]sim.Input, 4)
	for id := range held {
		w.Join(sim.PlayerID(id), sim.HullKind(id), sim.NoTeam)
	}
	w.Step(nil)
	w.Step(held)
	var tape replay.Tape
	var pack replay.Packer
	file := pack.AppendHead(nil, &replay.Head{Edition: sim.Edition, ID: id, Mode: sim.Brawl{}, Rules: w.Rules, Arena: ground, Room: "main"})
	tape.Begin(w, new(replay.Piece), func(id sim.PlayerID) replay.Person { return replay.Person{Name: fmt.Sprint("Flyer ", id), Bot: true} })
	for i := range 60 * sim.TickRate {
		for id := range held {
			held[id] = sim.Input{Buttons: sim.Fire | 1<<((i/40+id)%4), Aim: sim.Angle(i * (id + 1) % sim.AngleSteps)}
		}
		w.Step(held)
		if tape.Step(w) {
			file = pack.AppendPiece(file, tape.Turn(w, new(replay.Piece)))
		}
	}
	file = pack.AppendEnd(pack.AppendPiece(file, tape.Stop()), &replay.End{Why: replay.Over})
	folder := filepath.Join(data, "replays")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, id+".ionr"), file, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestReplay opens a replay by its address in the middle, stops it, goes on and back,
// and leaves for the title, from where one plays; one that is not there is said to be
// gone.
func TestReplay(t *testing.T) {
	data := t.TempDir()
	keepReplay(t, data, "beef")
	s := startServer(t, "--bots", "3", "--data", data)
	if res, err := http.Get(s.url() + "api/v1/replays"); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("the list: %v, %v", res, err)
	}
	p := openTab(t, s.url()+"?replay=beef&t=20")
	st := p.await("the replay, from its middle", func(s stats) bool {
		return s.State == "spectating" && len(s.Ships) == 4 && s.Tick >= 20*sim.TickRate && s.Tick < 40*sim.TickRate
	})
	p.awaitFrames(3)
	p.screenshot("replay.png")
	p.await("that it goes on", func(s stats) bool { return s.Tick > st.Tick })
	p.press("Space")
	st = p.stats()
	p.awaitFrames(5)
	if after := p.stats(); after.Tick > st.Tick+1 {
		t.Errorf("stopped, it goes on from tick %v to %v", st.Tick, after.Tick)
	}
	p.press("Comma")
	p.await("ten seconds before", func(s stats) bool { return s.Tick < st.Tick-9*sim.TickRate && s.State == "spectating" })
	p.press("Period")
	p.press("Period")
	p.await("ten seconds later", func(s stats) bool { return s.Tick > st.Tick+9*sim.TickRate && s.State == "spectating" })
	p.leaves()
	p.press("Enter")
	p.awaitShip()
	p.clean()

	p = openTab(t, s.url()+"?replay=dead")
	p.await("that there is none", func(s stats) bool { return s.State == "lost" && s.Message != "" })
	p.screenshot("gone.png")
}
