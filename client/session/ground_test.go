//go:build !js

package session_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ionwake/client/link"
	"ionwake/client/session"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// script is a line on which a test says what the server says.
type script struct {
	events []link.Event
	sent   [][]byte
	closed bool
}

func (s *script) Poll() (link.Event, bool) {
	if len(s.events) == 0 {
		return link.Event{}, false
	}
	ev := s.events[0]
	s.events = s.events[1:]
	return ev, true
}

func (s *script) Send(data []byte) bool {
	s.sent = append(s.sent, append([]byte(nil), data...))
	return true
}

func (s *script) Close(link.Code, string) { s.closed = true }

// foreign is an arena that no client has.
func foreign(t *testing.T) *sim.Arena {
	t.Helper()
	const side = 20
	walls := make([]bool, side*side)
	for i := range side {
		walls[i], walls[(side-1)*side+i], walls[i*side], walls[i*side+side-1] = true, true, true, true
	}
	middle := sim.Vec{X: sim.Units(side * 16), Y: sim.Units(side * 16)}
	a, err := sim.NewArena(sim.Plan{Name: "foreign", Width: side, Height: side, Walls: walls, Spawns: []sim.Spawn{{Pos: middle}}})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// visit plays at a server of maps and lets the line say what a room on a says.
func visit(t *testing.T, server *httptest.Server, a *sim.Arena) (*session.Session, *script) {
	t.Helper()
	var encoder wire.Encoder
	first := wire.Frame{Tick: 100, Welcome: &wire.Welcome{
		Version: wire.Version, ID: 2, Name: "Ann", Resume: make([]byte, wire.TokenSize), Room: "main", Mode: "brawl",
		Arena: a.Name, ArenaHash: a.Hash, ArenaSize: uint32(len(a.Encode())), TickRate: sim.TickRate, SendInterval: 2,
	}}
	line := &script{events: []link.Event{
		{Kind: link.Opened},
		{Kind: link.Message, Data: encoder.Append(nil, &first)},
		{Kind: link.Message, Data: encoder.Append(nil, &wire.Frame{Chat: []wire.ChatLine{{From: 2, Name: "Ann", Text: "after the map"}}})},
	}}
	ses := newSession(session.Config{Seed: 1})
	ses.Play("Ann", session.Place{
		URL:  strings.Replace(server.URL, "http", "ws", 1) + "/play?room=main",
		Dial: func(func()) session.Socket { return line },
	})
	return ses, line
}

// TestMapIsFetched joins a room on a map that the client lacks: the player reads that
// it is on its way, and nothing the server says meanwhile is lost.
func TestMapIsFetched(t *testing.T) {
	a := foreign(t)
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		<-release
		_, _ = w.Write(a.Encode())
	}))
	defer server.Close()
	ses, line := visit(t, server, a)
	for i := range 5 {
		if s := ses.Step(time.Duration(i)*time.Millisecond, sim.Input{}); s != nil {
			t.Fatal("something is drawn without a map")
		}
		if st := ses.Status(0); st.Stage != session.Joining || !st.Fetching || st.Message != "" {
			t.Fatalf("without a map: %+v", st)
		}
	}
	if len(line.events) != 1 {
		t.Errorf("%d messages wait on the line, want the one after the Welcome", len(line.events))
	}
	close(release)
	deadline := time.Now().Add(20 * time.Second)
	for ses.Status(0).Stage == session.Joining && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
		ses.Step(10*time.Millisecond, sim.Input{})
	}
	s := ses.Step(20*time.Millisecond, sim.Input{})
	if st := ses.Status(0); st.Stage != session.Playing || st.Fetching || st.Message != "" || s == nil || s.Arena.Hash != a.Hash {
		t.Fatalf("with the map: %+v", st)
	}
	if len(s.Chat) != 1 || s.Chat[0].Text != "after the map" {
		t.Errorf("what came after the Welcome: %+v", s.Chat)
	}
}

// TestMapCannotBeHad joins rooms on maps that the server does not hand over: the
// player reads why, leaves no ghost in the room, and may try again.
func TestMapCannotBeHad(t *testing.T) {
	a := foreign(t)
	for name, answer := range map[string]http.HandlerFunc{
		"not there": http.NotFound,
		"another":   func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, len(a.Encode()))) },
		"too long": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(append(a.Encode(), make([]byte, 4096)...))
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(answer)
			defer server.Close()
			ses, line := visit(t, server, a)
			deadline := time.Now().Add(20 * time.Second)
			for ses.Step(0, sim.Input{}); ses.Status(0).Stage == session.Joining && time.Now().Before(deadline); ses.Step(0, sim.Input{}) {
				time.Sleep(time.Millisecond)
			}
			if st := ses.Status(0); st.Stage != session.Refused || !strings.Contains(st.Message, "map") || !st.CanRetry {
				t.Errorf("without a map: %+v", st)
			}
			var last wire.Client
			if n := len(line.sent); n == 0 || wire.DecodeClient(line.sent[n-1], &last) != nil || last.Kind != wire.KindLeave || !line.closed {
				t.Errorf("the seat is kept: %d messages, closed %t", n, line.closed)
			}
		})
	}
}
