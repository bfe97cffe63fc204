package main

import (
	"bufio"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/lxzan/gws"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// figures reads /metrics, by name and labels.
func (p *program) figures() map[string]float64 {
	p.t.Helper()
	_, body := p.get(p.admin, "/metrics")
	all := map[string]float64{}
	lines := bufio.NewScanner(strings.NewReader(body))
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), " ")
		if v, err := strconv.ParseFloat(value, 64); err == nil && name != "#" {
			all[name] = v
		}
	}
	return all
}

// crowd is people who fly about, each of whom turns and shoots in every send.
type crowd struct {
	people []*player
	from   sim.Tick // when they joined
}

func (p *program) crowd(n int) *crowd {
	c := &crowd{}
	for range n {
		who := p.dial("main")
		who.hello(wire.Hello{Name: "Ann"})
		c.people = append(c.people, who)
	}
	for _, who := range c.people {
		f := who.next()
		if f.Welcome == nil {
			p.t.Fatalf("the first frame has no welcome: %+v", f.Reject)
		}
		c.from = f.Tick
	}
	return c
}

// fly plays until stop is closed.
func (c *crowd) fly(stop <-chan struct{}) {
	began, beat := time.Now(), time.NewTicker(time.Second/30)
	defer beat.Stop()
	for n := 1; ; n++ {
		select {
		case <-stop:
			return
		case <-beat.C:
		}
		tick := c.from + sim.Tick(time.Since(began)/(time.Second/sim.TickRate))
		for i, who := range c.people {
			in := wire.Input{Tick: tick + 2, Seen: tick, Echo: uint32(n)}
			in.Held.Aim = sim.Angle(n*7+i*50) % sim.AngleSteps
			in.Held.Buttons = []sim.Buttons{sim.Up | sim.Fire, sim.Left | sim.Fire, sim.Right, sim.Down | sim.Fire}[(n/20+i)%4]
			_ = who.ws.WriteMessage(gws.OpcodeBinary, wire.AppendInput(nil, in)) // who has gone is missed below
		}
	}
}

// What the WebSocket library takes from the heap is an object for each message that it
// reads. Where a pump moves the bytes these are the few that come with a control frame
// before them; nothing else in the process may take anything.
const (
	objectsPerTick  = 0.1 // with 64 people on a pump
	objectsPerInput = 1.1 // elsewhere
)

// TestSteadyServerAllocatesNothing flies 64 people through a running server and asks
// what its whole process took from the heap meanwhile, as it says itself: nothing in
// its ticks, its sends and its timers.
func TestSteadyServerAllocatesNothing(t *testing.T) {
	if len(buildFlags) > 0 {
		t.Skip("the race detector takes objects of its own")
	}
	const people = 64
	p := start(t, "--bots=0", "--map=foundry")
	stop := make(chan struct{})
	go p.crowd(people).fly(stop)
	defer close(stop)
	var began, got map[string]float64
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		began = p.figures()
		time.Sleep(6500 * time.Millisecond) // whoever asks spoils a window of two seconds
		if got = p.figures(); got["ionwake_steady_ticks_total"] > 200 {
			break
		}
	}
	ticks, objects := got["ionwake_steady_ticks_total"], got["ionwake_steady_allocations_total"]
	t.Logf("%v ticks, %v objects, %v bytes; %v players", ticks, objects, got["ionwake_steady_allocated_bytes_total"], got["ionwake_players"])
	if ticks == 0 || got["ionwake_players"] != people || got["ionwake_ships"] < 20 {
		t.Fatalf("%v steady ticks with %v players and %v ships", ticks, got["ionwake_players"], got["ionwake_ships"])
	}
	for _, name := range []string{
		`ionwake_belief_bits_total{chunk="delta",field="aim",kind="input"}`, `ionwake_frame_bytes_total{part="own"}`,
		`ionwake_snapshot_bytes_count{kind="delta"}`, `ionwake_snapshot_bytes_count{kind="full"}`, "ionwake_frame_gap_seconds_count",
		"ionwake_round_cpu_seconds_sum", `ionwake_tick_stage_seconds_count{stage="step"}`, `ionwake_tick_stage_seconds_count{stage="write"}`,
	} {
		if got[name] <= 0 {
			t.Errorf("%s is %v, want more", name, got[name])
		}
	}
	if code, body := p.get(p.admin, "/rooms/main/bytes"); code != 200 || !strings.Contains(body, "input.aim") {
		t.Errorf("the bill of the room: got %d %q", code, body)
	}
	most := objectsPerTick
	if runtime.GOOS != "linux" {
		gone := func(name string) float64 { return got[name] - began[name] }
		most = objectsPerInput * gone(`ionwake_ws_messages_total{dir="in"}`) / gone("ionwake_tick_duration_seconds_count")
	}
	if objects/ticks > most {
		t.Errorf("%.2f objects a tick, want %.2f or less", objects/ticks, most)
	}
}
