package admin

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestMetrics(t *testing.T) {
	src := newFake()
	src.counts = Counts{
		Version: "v1", Wire: 1, Players: 3, Spectators: 1, Bots: 5, Rooms: 2, Ships: 7, Bolts: 9,
		RoomsSlowed: 1, SendRate: 20, RoomsOpened: 11, RoomsCrashed: 1, FramesSent: 100, FramesSkipped: 4, PayloadBytes: 5000,
		InputsLate: 6, InputsDropped: 8, ChatDropped: 2,
		Connections: 4, Greeting: 1, Sockets: 12, Upgraded: 40, Refused: 5, TurnedAway: 3, Panics: 1,
		MessagesIn: 1000, MessagesOut: 900, BytesIn: 12000, BytesOut: 55000,
		Ended: map[uint16]uint64{1000: 30, 4009: 2, 0: 1},

		FramesRestarted: 13,
		Changes:         Histogram{Bounds: []float64{64, 128}, Counts: []uint64{5, 2, 1}, Sum: 700},
		Whole:           Histogram{Bounds: []float64{64, 128}, Counts: []uint64{0, 0, 4}, Sum: 4000},
		Gaps:            Histogram{Bounds: []float64{0.25}, Counts: []uint64{20, 3}, Sum: 1.5},
		RTT:             Histogram{Bounds: []float64{0.1}, Counts: []uint64{7, 1}, Sum: 0.5},
		Fields:          []Spent{{"ship", "energy", 123456}, {"input", "aim", 7}},
		KeyFields:       []Spent{{"new_ship", "energy", 654321}},
		Parts:           []Spent{{"", "chunks", 999}},
	}
	a := newAdmin(src)
	a.Ticked(Tick{Took: 3 * time.Millisecond, Stages: []time.Duration{3 * time.Microsecond, 0}})
	a.Ticked(Tick{Took: 20 * time.Millisecond, Late: 40 * time.Millisecond, Stages: []time.Duration{time.Microsecond, time.Millisecond}})
	a.Rounded(Round{Took: 3 * time.Millisecond, CPU: 2 * time.Millisecond})
	a.Rounded(Round{Took: 20 * time.Millisecond, CPU: 5 * time.Millisecond, Late: time.Millisecond})
	got := ask(t, a.Private(), "GET", "/metrics")
	for _, want := range []string{
		`ionwake_build_info{go="go1.`,
		`version="v1",wire="1"} 1`,
		"ionwake_players 3", "ionwake_spectators 1", "ionwake_bots 5", "ionwake_rooms 2", "ionwake_ships 7", "ionwake_bolts 9",
		"ionwake_rooms_slowed 1", "ionwake_room_send_rate_min 20", "ionwake_rooms_opened_total 11", "ionwake_rooms_crashed_total 1",
		"ionwake_frames_sent_total 100", "ionwake_frames_skipped_total 4", "ionwake_payload_bytes_total 5000",
		"ionwake_input_late_total 6", "ionwake_input_dropped_total 8", "ionwake_chat_dropped_total 2",
		"ionwake_connections 4", "ionwake_connections_greeting 1", "ionwake_sockets 12", "ionwake_connections_total 40",
		`ionwake_refused_total{at="handshake"} 5`, `ionwake_refused_total{at="socket"} 3`, "ionwake_panics_total 1",
		`ionwake_ws_messages_total{dir="in"} 1000`, `ionwake_ws_messages_total{dir="out"} 900`,
		`ionwake_ws_bytes_total{dir="in"} 12000`, `ionwake_ws_bytes_total{dir="out"} 55000`,
		`ionwake_disconnect_total{code="1000"} 30`, `ionwake_disconnect_total{code="4009"} 2`, `ionwake_disconnect_total{code="0"} 1`,
		"ionwake_tick_duration_seconds_count 2", "ionwake_tick_lateness_seconds_sum 0.04", "ionwake_tick_overrun_total 1",
		"ionwake_round_duration_seconds_sum 0.023", "ionwake_round_cpu_seconds_sum 0.007", "ionwake_round_lateness_seconds_count 2",
		"ionwake_round_duration_max_seconds 0.02", "ionwake_round_cpu_max_seconds 0.005",
		`ionwake_tick_stage_seconds_count{stage="early"} 2`, `ionwake_tick_stage_seconds_count{stage="late"} 1`,
		`ionwake_tick_stage_seconds_bucket{stage="early",le="2e-06"} 1`,
		"ionwake_steady_ticks_total 0", "ionwake_steady_allocations_total 0", "ionwake_steady_allocated_bytes_total 0", "ionwake_gc_pause_seconds_count ",
		"ionwake_frames_restarted_total 13", `ionwake_snapshot_bytes_bucket{kind="delta",le="128"} 7`,
		`ionwake_snapshot_bytes_count{kind="delta"} 8`, `ionwake_snapshot_bytes_sum{kind="full"} 4000`,
		`ionwake_frame_gap_seconds_bucket{le="0.25"} 20`, `ionwake_rtt_seconds_bucket{le="+Inf"} 8`,
		`ionwake_belief_bits_total{chunk="delta",field="energy",kind="ship"} 123456`,
		`ionwake_belief_bits_total{chunk="full",field="energy",kind="new_ship"} 654321`, `ionwake_frame_bytes_total{part="chunks"} 999`,
		"go_goroutines ",
	} {
		if !strings.Contains(got.body, want) {
			t.Errorf("metrics lack %q", want)
		}
	}
}

// Every name of ours follows Prometheus' conventions, and no label can grow without
// end, as one that names a player or a room would.
func TestMetricNames(t *testing.T) {
	src := newFake()
	src.counts.Ended = map[uint16]uint64{1000: 1}
	body := ask(t, newAdmin(src).Private(), "GET", "/metrics").body
	kinds := regexp.MustCompile(`(?m)^# TYPE (ionwake_\w+) (\w+)$`).FindAllStringSubmatch(body, -1)
	if len(kinds) < 20 {
		t.Fatalf("got %d metrics of ours, want at least 20", len(kinds))
	}
	for _, m := range kinds {
		if name, kind := m[1], m[2]; (kind == "counter") != strings.HasSuffix(name, "_total") {
			t.Errorf("%s is a %s", name, kind)
		}
	}
	allowed := map[string]bool{
		"version": true, "wire": true, "go": true, "at": true, "dir": true, "code": true, "le": true,
		"stage": true, "kind": true, "field": true, "chunk": true, "part": true,
	}
	for _, line := range regexp.MustCompile(`(?m)^ionwake_\w+\{(.*)\}`).FindAllStringSubmatch(body, -1) {
		for _, label := range regexp.MustCompile(`(\w+)="`).FindAllStringSubmatch(line[1], -1) {
			if !allowed[label[1]] {
				t.Errorf("label %q in %s", label[1], line[0])
			}
		}
	}
}

func TestTickedDoesNotAllocate(t *testing.T) {
	a := newAdmin(newFake())
	stages := []time.Duration{time.Microsecond, time.Millisecond}
	n := testing.AllocsPerRun(100, func() {
		a.Ticked(Tick{Took: time.Millisecond, Late: time.Millisecond, Stages: stages})
		a.Rounded(Round{Took: time.Millisecond, CPU: time.Millisecond})
	})
	if n != 0 {
		t.Errorf("got %v allocations a tick, want 0", n)
	}
}
