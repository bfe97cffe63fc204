//go:build !js

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"ionwake/client/link"
)

// built is the real server, built once.
var built string

func TestMain(m *testing.M) { os.Exit(testMain(m)) }

func testMain(m *testing.M) int {
	dir, err := os.MkdirTemp("", "ionwake-swarm")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	built = filepath.Join(dir, "ionwake-server")
	if out, err := exec.Command("go", "build", "-o", built, "ionwake/server").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the server: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// serve runs a server until the test ends and returns its address and how to end it
// at once.
func serve(t *testing.T, args ...string) (url string, kill func()) {
	t.Helper()
	args = append([]string{"--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0", "--bots=0", "--exempt=127.0.0.0/8", "--log-level=error"}, args...)
	cmd := exec.Command(built, args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill = func() { _ = cmd.Process.Kill() }
	t.Cleanup(func() { kill(); _ = cmd.Wait() })
	greeting := make([]byte, 256)
	n, err := out.Read(greeting)
	if err != nil {
		t.Fatalf("read the greeting: %v", err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	_, rest, _ := strings.Cut(string(greeting[:n]), "http://")
	host, _, ok := strings.Cut(rest, "/")
	if !ok {
		t.Fatalf("no address in %q", greeting[:n])
	}
	url = "http://" + host + "/"
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if answer, err := http.Get(url + "api/v1/status"); err == nil {
			_ = answer.Body.Close()
			return url, kill
		} else if time.Now().After(deadline) {
			t.Fatalf("the server does not answer: %v", err)
		}
	}
}

// flyFor runs the program and returns its report and exit code.
func flyFor(t *testing.T, args ...string) (report, int) {
	t.Helper()
	var out, trouble bytes.Buffer
	code := run(t.Context(), append(args, "--report=json"), &out, &trouble)
	var r report
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatalf("exit code %d, %q, report: %v\n%s", code, trouble.String(), err, out.String())
	}
	return r, code
}

func (r *report) group(t *testing.T, k kind) groupReport {
	t.Helper()
	for _, g := range r.Groups {
		if g.Kind == kindNames[k] {
			return g
		}
	}
	t.Fatalf("no group %s in %+v", kindNames[k], r)
	return groupReport{}
}

// TestSwarm lets 16 players and two witnesses play in two rooms: everybody gets in,
// the aim is no gentler than a mouse, and nobody notices anything.
func TestSwarm(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, "--map=closet")
	r, code := flyFor(t, "--join="+url, "--players=16", "--witness=2", "--rooms=2", "--ramp=500ms", "--for=4s")
	if code != exitFine || len(r.Noticed) != 0 || r.Players != 18 || len(r.Server) != 2 {
		t.Errorf("exit code %d, %+v", code, r)
	}
	for _, g := range r.Groups {
		t.Logf("%+v", g)
		if g.Joined != g.Players || len(g.Failed) > 0 || len(g.Drops) > 0 {
			t.Errorf("%s: %d of %d joined, %v, %v", g.Kind, g.Joined, g.Players, g.Failed, g.Drops)
		}
		if g.Frames < 60*g.Players || g.Mismatches != 0 || g.Mispredictions != 0 {
			t.Errorf("%s: %d frames, %d mismatches, %d mispredictions", g.Kind, g.Frames, g.Mismatches, g.Mispredictions)
		}
		if g.AimTurned < 0.5 || g.AimTurned > 1 {
			t.Errorf("%s: the aim turned in %.2f of the sends, want half at least", g.Kind, g.AimTurned)
		}
		if g.FramesPerS <= 0 || g.SentPerS <= 0 || g.In.P50 <= 0 || g.Out.P50 <= 0 || g.RTT.Count == 0 || g.Gap.P50 <= 0 ||
			g.Join.P50 <= 0 || g.Join.P50 > g.Join.P99 || g.Join.P99 > g.Join.Max {
			t.Errorf("%s: figures are missing: %+v", g.Kind, g)
		}
	}
	if g := r.group(t, witness); g.Judged == 0 {
		t.Error("witnesses compared nothing")
	}
	if r.Commons.Apart != 0 || r.Commons.Shared < 4*r.Commons.Worked {
		t.Errorf("commons: %+v", r.Commons)
	}
	if runtime.GOOS == "linux" && r.Own.CPUSeconds <= 0 {
		t.Errorf("own CPU: %+v", r.Own)
	}
}

// TestMisbehaviour lets one of each bad sort play among others, who notice nothing.
func TestMisbehaviour(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, "--map=closet")
	r, code := flyFor(t, "--join="+url, "--players=4", "--witness=1", "--stalled=1", "--slow=1", "--dribble=1", "--ramp=1s", "--for=4s")
	if code != exitFine {
		t.Errorf("exit code %d, %v", code, r.Noticed)
	}
	healthy := r.group(t, crowd)
	for _, k := range []kind{stalled, slow, dribble} {
		g := r.group(t, k)
		t.Logf("%+v", g)
		if g.Joined != 1 || g.Frames == 0 {
			t.Errorf("%s: %+v", g.Kind, g)
		}
		if reads := g.FramesPerS > healthy.FramesPerS/2; reads == (k == stalled) {
			t.Errorf("%s: %.1f frames a second, others %.1f", g.Kind, g.FramesPerS, healthy.FramesPerS)
		}
	}
	if g := r.group(t, dribble); g.SentPerS < 2 {
		t.Errorf("the dribbler sent %.1f messages a second", g.SentPerS)
	}
}

// TestBadLine plays over a line made worse: the swarm's figures show it.
func TestBadLine(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, "--map=closet")
	r, code := flyFor(t, "--join="+url, "--players=2", "--witness=1", "--ramp=0s", "--for=4s", "--sim-rtt=80ms", "--sim-jitter=10ms")
	if code != exitFine {
		t.Errorf("exit code %d, %v", code, r.Noticed)
	}
	for _, g := range r.Groups {
		if g.RTT.P50 < 80 {
			t.Errorf("%s: RTT %v on a line of 80 ms", g.Kind, g.RTT)
		}
	}
}

// TestRoomIsFull sends more players than there are seats.
func TestRoomIsFull(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, "--map=closet", "--max-players=3")
	r, code := flyFor(t, "--join="+url, "--players=5", "--ramp=0s", "--for=1s")
	g := r.group(t, crowd)
	if code != exitNoticed || g.Joined != 3 || len(g.Failed) != 1 || g.Failed[0].Count != 2 || g.Failed[0].Code != link.CodeFull {
		t.Errorf("exit code %d, %+v", code, g)
	}
}

// TestServerDies kills the server in the middle: everybody notices.
func TestServerDies(t *testing.T) {
	t.Parallel()
	url, kill := serve(t, "--map=closet")
	time.AfterFunc(2*time.Second, kill)
	r, code := flyFor(t, "--join="+url, "--players=3", "--witness=1", "--ramp=0s", "--for=4s")
	if code != exitNoticed || total(r.group(t, crowd).Drops) < 3 || total(r.group(t, witness).Drops) < 1 {
		t.Errorf("exit code %d, %+v", code, r)
	}
}

// TestNobodyThere asks for a server that is not there.
func TestNobodyThere(t *testing.T) {
	t.Parallel()
	r, code := flyFor(t, "--join=http://127.0.0.1:1/", "--players=2", "--ramp=0s", "--for=300ms")
	if g := r.group(t, crowd); code != exitNoticed || g.Joined != 0 || g.Failed[0].Code != link.CodeUnreachable {
		t.Errorf("exit code %d, %+v", code, g)
	}
}

// TestSignal ends a long run early: the report comes all the same, and in words.
func TestSignal(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, "--map=closet")
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	var out, trouble bytes.Buffer
	code := run(ctx, []string{"--join=" + url, "--players=3", "--ramp=100ms", "--for=1h"}, &out, &trouble)
	if code != exitFine || trouble.Len() > 0 {
		t.Errorf("exit code %d, %q", code, trouble.String())
	}
	for _, want := range []string{"3 of 3 joined", "kbit/s", "aim turned", "own CPU", "Nobody noticed anything."} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in the report:\n%s", want, out.String())
		}
	}
}

func TestCommandLine(t *testing.T) {
	for _, c := range []struct {
		args string
		want []string // of stderr
	}{
		{"--players=-1", []string{"--players", "0 to"}},
		{"--players=0", []string{"--players", "somebody"}},
		{"--witness=x", []string{"--witness"}},
		{"--nonsense", []string{"--nonsense", "--help"}},
		{"--join=gopher://x/", []string{"--join", "gopher"}},
		{"--rooms=-2", []string{"--rooms"}},
		{"--room=\x01", []string{"--room"}},
		{"--level=divine", []string{"--level", "medium"}},
		{"--think=31", []string{"--think", "5 to 30"}},
		{"--ramp=-1s", []string{"--ramp"}},
		{"--for=-1s", []string{"--for"}},
		{"--sim-rtt=-1ms", []string{"--sim-rtt"}},
		{"--sim-jitter=1h", []string{"--sim-jitter"}},
		{"--sim-loss=NaN", []string{"--sim-loss"}},
		{"--report=xml", []string{"--report", "json"}},
	} {
		var out, trouble bytes.Buffer
		if code := run(t.Context(), []string{c.args}, &out, &trouble); code != exitUsage || strings.Count(trouble.String(), "\n") != 1 {
			t.Errorf("%s: exit code %d, %q", c.args, code, trouble.String())
		}
		for _, want := range c.want {
			if !strings.Contains(trouble.String(), want) {
				t.Errorf("%s: %q has no %q", c.args, trouble.String(), want)
			}
		}
	}
}

func TestHelp(t *testing.T) {
	var out, trouble bytes.Buffer
	if code := run(t.Context(), []string{"--help"}, &out, &trouble); code != exitFine || !strings.Contains(out.String(), "--witness") {
		t.Errorf("exit code %d, %q, %q", code, out.String(), trouble.String())
	}
}

// TestReportThatCannotBeWritten tells so and does not pass.
func TestReportThatCannotBeWritten(t *testing.T) {
	var trouble bytes.Buffer
	code := run(t.Context(), []string{"--join=http://127.0.0.1:1/", "--players=1", "--ramp=0s", "--for=10ms"}, broken{}, &trouble)
	if code != exitNoticed || !strings.Contains(trouble.String(), "report") {
		t.Errorf("exit code %d, %q", code, trouble.String())
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("disk full") }
