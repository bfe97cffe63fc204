package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ionwake/server/ticket"
)

// asking starts a server that asks for tickets, and returns what makes one.
func asking(t *testing.T) (s *server, signs func(sub, name string) string) {
	t.Helper()
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
	s = startServer(t, "--bots", "2", "--token-key", keys, "--token-audience", "arena", "--log-level", "debug")
	return s, func(sub, name string) string {
		t.Helper()
		now := time.Now()
		text, err := ticket.Make(key, ticket.Claims{Subject: sub, Name: name, Audience: []string{"arena"}, Issued: now, Expires: now.Add(5 * time.Minute)})
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
}

// TestTicketFromThePagesAddress comes by a link with a signed ticket: it is gone from the
// address before the game runs, is kept nowhere and logged nowhere, and gets one seat, to
// which the page comes back without it.
func TestTicketFromThePagesAddress(t *testing.T) {
	s, signs := asking(t)
	text := signs("7", "Adelheid")
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

// TestTicketOfTheDesktop comes with a ticket in the environment, once.
func TestTicketOfTheDesktop(t *testing.T) {
	s, signs := asking(t)
	t.Setenv("IONWAKE_TICKET", signs("8", "Berta"))
	in := startDesktop(t, clientProgram(t), "--join", s.url(), "--headless", "--report", "--exit-after", "3s")
	in.awaitReport("playing", func(st stats) bool { return st.State == "playing" })
	in.awaitPrinted(`"name":"Berta"`)
	out := startDesktop(t, clientProgram(t), "--join", s.url(), "--headless", "--report", "--exit-after", "3s")
	out.awaitReport("refused", func(st stats) bool {
		return st.State == "lost" && st.Message == "Your ticket is not valid. Get a new one from where you had it."
	})
}
