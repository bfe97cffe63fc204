//go:build !js

package lobby

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ionwake/client/view"
	"ionwake/client/view/settings"
)

const answer = `[{"name":"Lab","address":"","room":"main","mode":"relay","map":"foundry","players":3,"bots":5,"spectators":1,"max":64,"region":"","version":"x","wire":2},
{"name":"Lab","room":"den","mode":"brawl","map":"closet","players":-7,"bots":99999999,"max":8,"locked":true},
{"name":"Elsewhere","address":"https://other.example","room":"main"}]`

func serve(t *testing.T, handle http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(handle)
	t.Cleanup(s.Close)
	return s.URL + "/"
}

func lab(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/api/v1/servers":
		fmt.Fprint(w, answer)
	case "/api/v1/status":
		fmt.Fprint(w, "{}")
	default:
		http.NotFound(w, r)
	}
}

// settle waits until all answers have come.
func settle(t *testing.T, l *Lobby) []view.Listing {
	t.Helper()
	for range 1000 {
		if l.State() != view.LobbyAsking {
			list, _ := l.List()
			return list
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("no end of asking")
	return nil
}

func at(here string) *Lobby {
	start := time.Now()
	return New(Config{Here: here, Now: func() time.Duration { return time.Since(start) }, Base: func(a string) (string, bool) { return a, a != "forbidden" }})
}

func TestRoomsAndPing(t *testing.T) {
	l := at(serve(t, lab))
	_, before := l.List()
	l.Ask(nil)
	list := settle(t, l)
	if len(list) != 2 || l.State() != view.LobbyIdle {
		t.Fatalf("%d rooms, state %d: %+v", len(list), l.State(), list)
	}
	want := view.Listing{Place: settings.Place{Room: "main", Name: "Lab"}, Here: true, Mode: "relay", Arena: "foundry", Players: 3, Bots: 5, Max: 64, Ping: list[0].Ping}
	if list[0] != want || list[0].Ping <= 0 || list[0].Ping > time.Second {
		t.Errorf("got %+v", list[0])
	}
	if list[0].Locked || !list[1].Locked {
		t.Errorf("locked: %v and %v", list[0].Locked, list[1].Locked)
	}
	if list[1].Players != 0 || list[1].Bots != mostPeople {
		t.Errorf("nonsense was believed: %+v", list[1])
	}
	if _, after := l.List(); after == before {
		t.Error("the list changed and its version did not")
	}
	l.Ask(nil)
	if again := settle(t, l); len(again) != 2 {
		t.Errorf("asked again there are %d rooms", len(again))
	}
}

func TestOtherServers(t *testing.T) {
	other := serve(t, lab)
	dead := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	l := at(serve(t, lab))
	l.Ask([]settings.Place{{Address: other, Room: "den"}, {Address: other, Room: "main"}, {Address: dead}, {Address: "forbidden"}, {Room: "here"}})
	list := settle(t, l)
	byAddress := map[string]int{}
	for _, room := range list {
		byAddress[room.Place.Address]++
		if gone := room.Ping < 0; gone != (room.Place.Address == dead) {
			t.Errorf("%+v", room)
		}
	}
	if byAddress[""] != 2 || byAddress[other] != 2 || byAddress[dead] != 1 || len(byAddress) != 3 {
		t.Errorf("rooms by address: %v", byAddress)
	}
}

func TestHostileServers(t *testing.T) {
	for name, handle := range map[string]http.HandlerFunc{
		"no JSON":  func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") },
		"no list":  func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"a":1}`) },
		"too long": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "["+strings.Repeat(" ", mostBytes)+"]") },
		"elsewhere": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/there" {
				fmt.Fprint(w, answer)
				return
			}
			http.Redirect(w, r, "/there", http.StatusFound)
		},
	} {
		l := at(serve(t, handle))
		l.Ask(nil)
		if list := settle(t, l); len(list) != 0 || l.State() != view.LobbyFailed {
			t.Errorf("%s: %d rooms, state %d", name, len(list), l.State())
		}
	}
	if l := at("http://127.0.0.1:1/"); true {
		l.Ask(nil)
		if list := settle(t, l); len(list) != 0 || l.State() != view.LobbyFailed {
			t.Errorf("nobody there: %d rooms, state %d", len(list), l.State())
		}
	}
	many := "[" + strings.Repeat(`{"room":"x\u0007\u202e`+strings.Repeat("y", 200)+`"},`, 400) + `{"room":"z"}]`
	l := at(serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, many) }))
	l.Ask(nil)
	list := settle(t, l)
	if len(list) != mostRooms || !strings.HasPrefix(list[0].Place.Room, "xyyy") || len(list[0].Place.Room) > mostText {
		t.Errorf("%d rooms, the first %q", len(list), list[0].Place.Room)
	}
}

// TestLateAnswers lets answers to an earlier question come after a new one.
func TestLateAnswers(t *testing.T) {
	l := at("http://127.0.0.1:1/")
	began, release, gone := make(chan struct{}), make(chan struct{}), make(chan struct{})
	l.get = func(string) ([]byte, error) {
		close(began)
		<-release
		defer close(gone)
		return nil, errors.New("too late")
	}
	l.Ask(nil)
	<-began
	l.get = func(string) ([]byte, error) { return []byte(`[{"room":"new"}]`), nil }
	l.Ask(nil)
	list := settle(t, l)
	close(release)
	<-gone
	time.Sleep(10 * time.Millisecond)
	after, _ := l.List()
	if len(list) != 1 || list[0].Place.Room != "new" || len(after) != 1 || l.State() != view.LobbyIdle {
		t.Errorf("got %+v, later %+v, state %d", list, after, l.State())
	}
}

// Servers close by are asked too, once, and only after the first asking has begun.
func TestServersNearAreAsked(t *testing.T) {
	here, near := serve(t, lab), serve(t, lab)
	l := at(here)
	l.cfg.Near = func(context.Context) []string { return []string{here, near, near, "forbidden"} }
	l.Ask(nil)
	list := settle(t, l)
	if len(list) != 4 {
		t.Fatalf("%d rooms, want two of each server: %+v", len(list), list)
	}
	for _, r := range list {
		if !r.Here && (r.Place.Address != near || r.Ping <= 0) {
			t.Errorf("got %+v", r)
		}
	}
	l.Ask([]settings.Place{{Address: near}})
	if list := settle(t, l); len(list) != 4 {
		t.Errorf("%d rooms when it is known already, want no more", len(list))
	}
}
