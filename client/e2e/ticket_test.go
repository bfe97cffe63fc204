package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ionwake/server/ticket"
)

// TestTicketFromThePagesAddress comes by a link with a signed ticket: it is gone from the
// address before the game runs, is kept nowhere and logged nowhere, and gets one seat, to
// which the page comes back without it.
func TestTicketFromThePagesAddress(t *testing.T) {
	private, public, err := ticket.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	keys := filepath.Join(t.TempDir(), "tickets.pem")
	if err := os.WriteFile(keys, public, 0o600); err != nil {
		t.Fatal(err)
	}
	key, err := ticket.ParsePrivate(private)
	if err != nil {
		t.Fatal(err)
	}
	s := startServer(t, "--bots", "2", "--token-key", keys, "--token-audience", "arena", "--log-level", "debug")
	now := time.Now()
	text, err := ticket.Make(key, ticket.Claims{Subject: "7", Name: "Adelheid", Audience: []string{"arena"}, Issued: now, Expires: now.Add(5 * time.Minute)})
	if err != nil {
		t.Fatal(err)
	}
	link := s.url() + "?name=Ada&ticket=" + text
	p := openTab(t, link)
	p.awaitScreen("title")
	kept := func(p *tab) string {
		return evaluate[string](p, `location.href + JSON.stringify(history.state) + document.referrer + JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie`)
	}
	if got := kept(p); strings.Contains(got, text) || !strings.HasPrefix(got, s.url()+"?name=Ada") {
		t.Errorf("on the title the page has %s", got)
	}
	p.fly()
	self := p.stats().Self
	if got := kept(p); strings.Contains(got, text) || !strings.Contains(got, "ionwake.seat") {
		t.Errorf("in play the page has %s", got)
	}
	p.goTo(evaluate[string](p, "location.href"))
	p.await("the same ship, without a ticket", func(st stats) bool { return st.State == "playing" && st.Self == self })

	again := openTab(t, link)
	again.awaitScreen("title")
	again.press("Enter")
	again.awaitState("lost")
	again.screenshot("used.png")
	if st := s.status(); st.Players != 1 {
		t.Errorf("the server has %d players, want the one with the ticket", st.Players)
	}
	if log := s.logged(); strings.Contains(log, text) || !strings.Contains(log, "it was used before") {
		t.Errorf("the log has the ticket, or not why it was refused:\n%s", log)
	}
	if said := strings.Join(p.said(), " "); strings.Contains(said, text) {
		t.Errorf("the page says the ticket aloud: %s", said)
	}
}
