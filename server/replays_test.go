package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ionwake/assets"
	"ionwake/server/admin"
	"ionwake/server/ground"
	"ionwake/server/hall"
	"ionwake/server/room"
	"ionwake/shared/replay"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// TestReplays plays a match of six seconds and finds it among the replays, as a file too;
// the program's own verbs tell what is in it and that it plays again as it was.
func TestReplays(t *testing.T) {
	data := t.TempDir()
	p := startIn(t, []string{shortMatches + "=360"}, shortArgs(data)...)
	p.join("main", pilot("Ann"))
	var told struct {
		Replays []struct {
			ID, Room, Map, Ending string
			Seconds, Bytes        int
			Playable              bool
		}
	}
	for end := time.Now().Add(patience); len(told.Replays) == 0; time.Sleep(50 * time.Millisecond) {
		code, body := p.get(p.game, "/api/v1/replays")
		if err := json.Unmarshal([]byte(body), &told); code != 200 || err != nil {
			t.Fatalf("replays: %d %s", code, body)
		}
		if time.Now().After(end) {
			t.Fatalf("no replay after %v", patience)
		}
	}
	is := told.Replays[0]
	if is.Room != "main" || is.Map != "foundry" || is.Ending != "over" || is.Seconds < 5 || !is.Playable {
		t.Errorf("listed is %+v", is)
	}
	if code, list := p.hand(data, admin.Helper).get("/host/replays"); code != 200 || !strings.Contains(list, is.ID) || !strings.Contains(list, `"whole":true,"plays":true`) {
		t.Errorf("on the dashboard: %d %s", code, list)
	}
	if code, _ := (&hand{p: p}).get("/host/replays"); code != 401 {
		t.Errorf("on the dashboard without a session: %d, want 401", code)
	}
	res, body := p.ask(p.game, "/api/v1/replays/"+is.ID)
	if res.StatusCode != 200 || len(body) != is.Bytes || res.Header.Get("Content-Type") != "application/octet-stream" {
		t.Errorf("got %d with %d bytes of %d, %v", res.StatusCode, len(body), is.Bytes, res.Header)
	}
	if code, _ := p.get(p.game, "/api/v1/replays/none"); code != 404 {
		t.Errorf("one that is not there: %d", code)
	}
	p.stop()
	kept := filepath.Join(data, "replays", is.ID+".ionr")
	onDisk, err := os.ReadFile(kept)
	if err != nil || string(onDisk) != body {
		t.Errorf("the file has %d bytes, %v", len(onDisk), err)
	}
	checkVerbs(t, kept, onDisk)
	checkPrivate(t, is.ID, onDisk)
	checkForgotten(t, data, is.ID)
}

// checkPrivate: where the game is not for everybody, replays are for those who run it.
func checkPrivate(t *testing.T, id string, file []byte) {
	t.Helper()
	i, data := newIssuer(t), t.TempDir()
	if err := os.Mkdir(filepath.Join(data, "replays"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "replays", id+".ionr"), file, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--password=hunter22"}, {"--token-key=" + i.there, "--token-audience=arena"}} {
		p := start(t, append(args, "--data="+data)...)
		for _, path := range []string{"/api/v1/replays", "/api/v1/replays/" + id} {
			if code, body := p.get(p.game, path); code != 403 || !strings.HasPrefix(body, `{"error":"This server asks for a`) {
				t.Errorf("%s %s: %d %s", args[0], path, code, body)
			}
		}
		helper := p.hand(data, admin.Helper)
		eventually(t, "the replay is listed", func() bool {
			_, list := helper.get("/host/replays")
			return strings.Contains(list, id) && strings.Contains(list, `"public":false`)
		})
		if code, body := helper.get("/host/replays/" + id); code != 200 || body != string(file) {
			t.Errorf("%s: for who runs the server: %d with %d bytes", args[0], code, len(body))
		}
		if code, _ := helper.get("/host/replays/none"); code != 404 {
			t.Errorf("%s: one that is not there: %d", args[0], code)
		}
		if code, _ := (&hand{p: p}).get("/host/replays/" + id); code != 401 {
			t.Errorf("%s: without a session: %d", args[0], code)
		}
		p.stop()
	}
}

// checkForgotten: with somebody the replays go that they are in, the newest at least.
func checkForgotten(t *testing.T, data, id string) {
	t.Helper()
	p := start(t, "--data="+data)
	host := p.hand(data, admin.Host)
	_, found := host.get("/host/people?name=Ann")
	var people []admin.Known
	if err := json.Unmarshal([]byte(found), &people); err != nil || len(people) != 1 {
		t.Fatalf("found is %s, %v", found, err)
	}
	if words := host.says("forget " + people[0].Person); !strings.Contains(words, "that they were in") || strings.Contains(words, "nobody knows") {
		t.Errorf("told is %q", words)
	}
	if code, _ := p.get(p.game, "/api/v1/replays/"+id); code != 404 {
		t.Errorf("it is served with %d", code)
	}
	if files, err := filepath.Glob(filepath.Join(data, "replays", id+"*")); err != nil || len(files) != 0 {
		t.Errorf("there are still %v, %v", files, err)
	}
}

func checkVerbs(t *testing.T, kept string, file []byte) {
	t.Helper()
	if got := runToEnd(t, nil, "replay", "verify", kept); got.code != 0 || !strings.Contains(got.stdout, "come out as they were recorded") {
		t.Errorf("verify: %+v", got)
	}
	got := runToEnd(t, nil, "replay", "info", kept)
	for _, part := range []string{"Ann", "brawl on foundry", "(bot)", "room main", "over"} {
		if got.code != 0 || !strings.Contains(got.stdout, part) {
			t.Errorf("info lacks %q: %+v", part, got)
		}
	}
	head := 0 // bytes of the head
	for _, err := replay.Open(file[:head]); err != nil; _, err = replay.Open(file[:head]) {
		head++
	}
	broken := filepath.Join(t.TempDir(), "broken")
	for what, content := range map[string]string{
		"is not a replay":       "something else",
		"the replay is damaged": string(file[:40]),
		"nothing was played":    string(file[:head]),
	} {
		if err := os.WriteFile(broken, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := runToEnd(t, nil, "replay", "verify", broken); got.code != 1 || !strings.Contains(got.stderr, what) {
			t.Errorf("%s: %+v", what, got)
		}
	}
	wantRefused(t, runToEnd(t, nil, "replay", "verify", broken+"-not"), "no such file")
	wantRefused(t, runToEnd(t, nil, "replay", "info"), "<file>")
}

// TestInfoIsPlain: a replay is anybody's file, and what it says of itself steers no
// terminal.
func TestInfoIsPlain(t *testing.T) {
	grounds, err := ground.Open(ground.Config{Shipped: assets.Maps})
	if err != nil {
		t.Fatal(err)
	}
	const bad = "\x1b[2Jevil\u202e\u009b"
	var pack replay.Packer
	file := pack.AppendHead(nil, &replay.Head{
		Edition: sim.Edition, Program: bad, ID: bad, Server: bad, Room: bad, Mode: sim.Brawl{}, Rules: sim.Rules{Live: 1}, Arena: grounds.Arena("closet"),
	})
	file = pack.AppendEnd(file, &replay.End{Why: replay.Over, Lines: []replay.Line{{Person: replay.Person{Name: bad}}}})
	path := filepath.Join(t.TempDir(), "hostile.ionr")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	var told strings.Builder
	if err := (&replayFile{File: path}).info(&told); err != nil {
		t.Fatal(err)
	}
	if text := told.String(); strings.ContainsAny(text, "\x1b\u202e\u009b") || strings.Count(text, "evil") != 5 {
		t.Errorf("told is %q", text)
	}
}

// breaking is a mode that breaks the room after seven seconds.
type breaking struct{ sim.Brawl }

func (breaking) Step(w *sim.World) {
	if w.Tick > 7*sim.TickRate {
		panic("broken on purpose")
	}
}

// R16: what was played in a room that breaks down is kept up to there, and so is how it
// broke down: stack, tick, random source, and what everybody held.
func TestFault_R16_ReplayAndCrashFile(t *testing.T) {
	grounds, err := ground.Open(ground.Config{Shipped: assets.Maps})
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	kept, err := openArchive(folder, "", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	h := hall.New(hall.Config{Drivers: 1, Crashed: wrecked(kept), Open: func(name string) room.Config {
		return room.Config{Name: name, Recorder: recorder{kept}, Bots: 3, Arena: grounds.Arena("closet"), Mode: breaking{}, Rules: &sim.Rules{Warmup: 1, Live: 1 << 20}}
	}})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = h.Run(ctx) }()
	out := quiet{closed: make(chan uint16, 1)}
	if guest := h.Welcome(out, ""); guest.Receive(wire.AppendHello(nil, wire.Hello{Version: wire.Version, Name: "Ann"})) != nil {
		t.Fatal("nobody gets in")
	}
	select {
	case code := <-out.closed:
		if code != wire.CloseFault {
			t.Errorf("closed with %d", code)
		}
	case <-time.After(patience):
		t.Fatal("the room does not break")
	}
	stop()
	<-ended
	kept.Close(context.Background())
	wantCrash(t, filepath.Join(folder, "replays"))
}

// wantCrash looks for a replay up to a crash and for the file of the crash.
func wantCrash(t *testing.T, folder string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.ionr"))
	if err != nil || len(files) != 1 {
		t.Fatalf("replays: %v, %v", files, err)
	}
	rec, err := (&replayFile{File: files[0]}).read()
	if err != nil {
		t.Fatal(err)
	}
	if n, err := replay.Verify(rec); err != nil || n < 6*sim.TickRate || rec.End.Why != replay.Broken {
		t.Errorf("%d ticks, %v, %+v", n, err, rec.End)
	}
	crashes, err := filepath.Glob(filepath.Join(folder, "crash-*.txt"))
	if err != nil || len(crashes) != 1 {
		t.Fatalf("crashes: %v, %v", crashes, err)
	}
	text, err := os.ReadFile(crashes[0])
	for _, part := range []string{"broken on purpose", "breaking.Step", "tick 42", "random source 0x", "seat 2", "holds", rec.Head.ID} {
		if err != nil || !strings.Contains(string(text), part) {
			t.Errorf("the file lacks %q: %s", part, text)
		}
	}
}

// quiet is a connection that takes everything.
type quiet struct{ closed chan uint16 }

func (quiet) Admit()           {}
func (quiet) Ready() bool      { return true }
func (quiet) Send([]byte) bool { return true }
func (q quiet) Close(_ []byte, code uint16, _ string) {
	select {
	case q.closed <- code:
	default:
	}
}
