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
		RoomsOpened: 11, RoomsCrashed: 1, FramesSent: 100, FramesSkipped: 4, PayloadBytes: 5000,
		InputsLate: 6, InputsDropped: 8, ChatDropped: 2,
		Connections: 4, Greeting: 1, Sockets: 12, Upgraded: 40, Refused: 5, TurnedAway: 3, Panics: 1,
		MessagesIn: 1000, MessagesOut: 900, BytesIn: 12000, BytesOut: 55000,
		Ended: map[uint16]uint64{1000: 30, 4009: 2, 0: 1},
	}
	a := newAdmin(src)
	a.Ticked(3*time.Millisecond, 0)
	a.Ticked(20*time.Millisecond, 40*time.Millisecond)
	got := ask(t, a.Private(), "GET", "/metrics")
	for _, want := range []string{
		`ionwake_build_info{go="go1.`,
		`version="v1",wire="1"} 1`,
		"ionwake_players 3", "ionwake_spectators 1", "ionwake_bots 5", "ionwake_rooms 2", "ionwake_ships 7", "ionwake_bolts 9",
		"ionwake_rooms_opened_total 11", "ionwake_rooms_crashed_total 1",
		"ionwake_frames_sent_total 100", "ionwake_frames_skipped_total 4", "ionwake_payload_bytes_total 5000",
		"ionwake_input_late_total 6", "ionwake_input_dropped_total 8", "ionwake_chat_dropped_total 2",
		"ionwake_connections 4", "ionwake_connections_greeting 1", "ionwake_sockets 12", "ionwake_connections_total 40",
		`ionwake_refused_total{at="handshake"} 5`, `ionwake_refused_total{at="socket"} 3`, "ionwake_panics_total 1",
		`ionwake_ws_messages_total{dir="in"} 1000`, `ionwake_ws_messages_total{dir="out"} 900`,
		`ionwake_ws_bytes_total{dir="in"} 12000`, `ionwake_ws_bytes_total{dir="out"} 55000`,
		`ionwake_disconnect_total{code="1000"} 30`, `ionwake_disconnect_total{code="4009"} 2`, `ionwake_disconnect_total{code="0"} 1`,
		`ionwake_tick_duration_seconds_bucket{le="0.002"} 0`, `ionwake_tick_duration_seconds_bucket{le="0.004"} 1`,
		"ionwake_tick_duration_seconds_count 2", "ionwake_tick_lateness_seconds_sum 0.04", "ionwake_tick_overrun_total 1",
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
	allowed := map[string]bool{"version": true, "wire": true, "go": true, "at": true, "dir": true, "code": true, "le": true}
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
	if n := testing.AllocsPerRun(100, func() { a.Ticked(time.Millisecond, time.Millisecond) }); n != 0 {
		t.Errorf("got %v allocations a tick, want 0", n)
	}
}
