package view

import (
	"testing"
	"time"

	"ionwake/client/view/settings"
)

// tavern is a lobby for tests.
type tavern struct {
	list  []Listing
	asked int
}

func (l *tavern) Ask([]settings.Place) { l.asked++ }

func (l *tavern) List() ([]Listing, int) { return l.list, len(l.list) }
func (l *tavern) State() LobbyState      { return LobbyIdle }

func manyRooms() (list []Listing) {
	for i := range 14 {
		list = append(list, Listing{
			Place: settings.Place{Room: "room" + number(i), Name: "Ionwake"}, Here: true, Mode: modeIDs[i%4], Arena: "foundry",
			Players: i * 5 % 33, Bots: i % 3 * 4, Max: 32, Ping: time.Duration(9+i*i*3) * time.Millisecond,
		})
	}
	return list
}

func TestFiltersOfTheList(t *testing.T) {
	_, r := atMenu(t, func(c *Config) { c.Lobby = &tavern{} })
	g := r.game
	full := Listing{Place: settings.Place{Room: "den"}, Mode: "relay", Arena: "harbour", Players: 8, Max: 8}
	empty := Listing{Place: settings.Place{Room: "attic"}, Mode: "brawl", Max: 8}
	for _, tt := range []struct {
		filter             string
		noFull, noEmpty    bool
		wantFull, wantNone bool
	}{
		{"", false, false, true, true}, {"", true, false, false, true}, {"", false, true, true, false}, {"DEN", false, false, true, false},
		{"harb", false, false, true, false}, {"Brawl", false, false, false, true}, {"x", false, false, false, false},
	} {
		g.settings.HideFull, g.settings.HideEmpty = tt.noFull, tt.noEmpty
		if a, b := g.passes(&full, tt.filter), g.passes(&empty, tt.filter); a != tt.wantFull || b != tt.wantNone {
			t.Errorf("%+v: full %v, empty %v", tt, a, b)
		}
	}
}

func TestParsePlace(t *testing.T) {
	for _, tt := range []struct {
		text string
		want settings.Place
		ok   bool
	}{
		{"play.example.org", settings.Place{Address: "play.example.org"}, true},
		{" https://play.example.org/?room=den&x=1 ", settings.Place{Address: "https://play.example.org", Room: "den"}, true},
		{"192.0.2.7:8080", settings.Place{Address: "192.0.2.7:8080"}, true},
		{"localhost", settings.Place{Address: "localhost"}, true},
		{"", settings.Place{}, false}, {"two words", settings.Place{}, false}, {"nothing", settings.Place{}, false}, {"https:///", settings.Place{}, false},
		{"a@b.c", settings.Place{}, false},
	} {
		got, ok := parsePlace(tt.text)
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("parsePlace(%q) = %+v, %v; want %+v, %v", tt.text, got, ok, tt.want, tt.ok)
		}
	}
}
