package main

import (
	"io"
	"log/slog"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"ionwake/assets"
	"ionwake/server/ground"
	"ionwake/server/room"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// hanging is a mode that blocks the goroutine that ticks a room as soon as two are
// in it.
type hanging struct {
	sim.Brawl
	free chan struct{}
}

func (h *hanging) Step(w *sim.World) {
	there := 0
	for id := range w.Players {
		if w.Players[id].Status != sim.Absent {
			there++
		}
	}
	if there > 1 {
		<-h.free
	}
}

// R18: a room that hangs cannot hold up a stop, nor keep the people of others, or
// even its own, from hearing of it.
func TestFault_R18_StopWithARoomThatHangs(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2)) // a driver for each of the two rooms
	grounds, err := ground.Open(ground.Config{Shipped: assets.Maps})
	if err != nil {
		t.Fatal(err)
	}
	mode := &hanging{free: make(chan struct{})}
	defer close(mode.free)
	set := settings{
		listen: "127.0.0.1:0", adminListen: "127.0.0.1:0", name: "hanging",
		grounds: grounds, rotation: []room.Ground{{Arena: grounds.Arena("closet"), Mode: mode, Rules: &sim.Rules{Warmup: 1, Live: 1 << 20}}},
		maxPlayers: 4, sendInterval: 2, drain: 30 * time.Second,
	}
	stop, ended := make(chan os.Signal, 1), make(chan error, 1)
	out, in := io.Pipe()
	var log lockedBuffer
	go func() {
		ended <- serve(set, outside{stop: stop, stdout: in, log: &logging{Logger: slog.New(slog.NewTextHandler(&log, nil)), level: new(slog.LevelVar)}})
	}()
	p := &program{t: t}
	greeted := make(chan struct{})
	go func() {
		p.readGreeting(out, greeted)
		_, _ = io.Copy(io.Discard, out)
	}()
	<-greeted

	witness, _ := p.join("", wire.Hello{Name: "Ann"})
	stuck, _ := p.join("den", wire.Hello{Name: "Ben"})
	p.dial("den").hello(wire.Hello{Name: "Eve"})
	time.Sleep(200 * time.Millisecond)
	witness.wantPlay()

	begin := time.Now()
	stop <- syscall.SIGTERM
	witness.wantEnd(1012)
	select {
	case end := <-stuck.closed:
		if end.Code != 1012 {
			t.Errorf("people of the room that hangs got close %d, want 1012", end.Code)
		}
	case <-time.After(patience):
		t.Error("people of the room that hangs are still connected")
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("got %v, want an end in order", err)
		}
	case <-time.After(patience):
		t.Fatal("the server does not end")
	}
	if took := time.Since(begin); took > 12*time.Second {
		t.Errorf("took %v of 30 s", took)
	}
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	if last := lines[len(lines)-1]; !strings.Contains(last, "msg=stopped") || !strings.Contains(log.String(), "left behind") {
		t.Errorf("the log ends with %s, want that a room is left behind and then that it has stopped", last)
	}
}
