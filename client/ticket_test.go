//go:build !js

package main

import (
	"testing"

	"ionwake/client/link"
	"ionwake/client/session"
	"ionwake/client/view"
	"ionwake/shared/sim"
)

// A ticket is for the server that it came with the address of: every other one, wherever
// the player goes from there, is shown nothing.
func TestFault_C11_TicketsAreForOneServer(t *testing.T) {
	const ticket = "header.claims.signature"
	for came, others := range map[string][]string{
		"https://play.example.org/?room=den&ticket=" + ticket: {
			"http://play.example.org/", "https://play.example.org:8443/", "https://evil.example/?ticket=x", "https://play.example.org.evil.example/",
			"https://play.example.org/other/", "wss://evil.example/play", "localhost:8080",
		},
		"localhost:8080/?ticket=" + ticket: {"localhost:8081", "127.0.0.1:8080", "https://localhost:8080/"},
	} {
		a, err := link.ParseAddress(came)
		if err != nil || a.Ticket != ticket {
			t.Fatalf("%s: ticket %q, %v", came, a.Ticket, err)
		}
		p := newPlay(a.URL, session.Config{})
		p.pass = newPass(a.Ticket, a.URL)
		for _, place := range []view.Place{{}, {Room: "cellar"}, {Spectate: true}, {Address: came}} {
			if at, err := p.find(place); err != nil || at.Ticket != ticket {
				t.Errorf("%s: at home in %+v: shows %q, %v", came, place, at.Ticket, err)
			}
		}
		for _, other := range others {
			if at, err := p.find(view.Place{Address: other}); err != nil || at.Ticket != "" {
				t.Errorf("%s: to %s: shows %q, %v", came, other, at.Ticket, err)
			}
		}
		if at, err := p.find(view.Place{Practice: usualPractice(sim.ModeNames()[0])}); err != nil || at.Ticket != "" {
			t.Errorf("%s: in practice: shows %q, %v", came, at.Ticket, err)
		}
		p.Leave()
	}
	if p := newPass("", "ws://host/play"); p.shown("ws://host/play") != "" {
		t.Error("no ticket is shown as one")
	}
	if p := newPass(ticket, "nonsense"); p.shown("nonsense") != "" {
		t.Error("a ticket without a server is shown")
	}
}
