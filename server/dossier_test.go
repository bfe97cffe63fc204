package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ionwake/server/admin"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// A host hands out all that is known of one person, and deletes it; nobody else does.
func TestDossierIsHandedOutAndDeleted(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := startShort(t, data)
	ann, _ := p.join("main", wire.Hello{Name: "Annabel", Device: pilot("").Device})
	p.keeps(1)
	ann.send(wire.AppendLeave(nil))
	host, moderator := p.hand(data, admin.Host), p.hand(data, admin.Moderator)
	ann.wantEndOfLine()
	games := len(p.kept())
	p.passes(2 * (shortRules.Warmup + shortRules.Live + shortRules.Results)) // the match that she left is over, too
	person := p.ladder("?mode=brawl")[0].Person

	code, text := host.line("export " + person)
	var told struct {
		Name    string
		Matches []struct{ Mode string }
	}
	if err := json.Unmarshal([]byte(text), &told); code != 200 || err != nil || told.Name != "Annabel" || len(told.Matches) < games || told.Matches[0].Mode != "brawl" {
		t.Errorf("export: %d %s %v", code, text, err)
	}
	var is admin.Person
	code, text = moderator.get("/host/people/" + person)
	if err := json.Unmarshal([]byte(text), &is); code != 200 || err != nil || is.Name != "Annabel" || is.Visits != 1 || is.FirstSeen.IsZero() ||
		len(is.Standings) == 0 || is.Standings[0].Games < games || is.Standings[0].Season != "" || is.Standings[0].Mode != "" || is.Sanctions == nil {
		t.Errorf("the person: %d %s %v", code, text, err)
	}
	if code, text := moderator.get("/host/people?name=ann"); code != 200 || !strings.Contains(text, person) {
		t.Errorf("find: %d %s", code, text)
	}
	if words := moderator.says("career Annabel"); !strings.Contains(words, "all time  all") || !strings.Contains(words, "1 visit") || !strings.Contains(words, "0 sanctions") {
		t.Errorf("career: %s", words)
	}
	if code, _ := moderator.get("/host/people/nonsense"); code != http.StatusUnprocessableEntity {
		t.Errorf("nonsense: %d", code)
	}
	for _, line := range []string{"export " + person, "forget " + person} {
		if code, text := moderator.line(line); code != http.StatusForbidden || strings.Contains(text, "Annabel") {
			t.Errorf("a moderator: %d %s", code, text)
		}
	}
	if code, text := host.line("forget Annabel"); code == 200 || !strings.Contains(text, "32 digits") {
		t.Errorf("by name: %d %s", code, text)
	}
	if code, text = host.line("forget " + person); code != 200 || !strings.Contains(text, "is deleted") {
		t.Fatalf("forget: %d %s", code, text)
	}
	if code, text = host.line("export " + person); code == 200 || strings.Contains(text, "Annabel") {
		t.Errorf("afterwards: %d %s", code, text)
	}
	if rungs := p.ladder("?season=now"); len(rungs) != 0 {
		t.Errorf("she is still in the ladder: %+v", rungs)
	}
	audit, err := os.ReadFile(filepath.Join(data, "audit.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if log := string(audit); strings.Contains(log, "Annabel") || !strings.Contains(log, `"do":"forget"`) {
		t.Errorf("the audit keeps the name, or not the deed: %s", log)
	}
}

// wantEndOfLine waits until the server has closed the connection of who has left.
func (c *player) wantEndOfLine() {
	c.t.Helper()
	select {
	case end := <-c.closed:
		if end.Code != wire.CloseLeft {
			c.t.Errorf("closed with %d, want %d", end.Code, wire.CloseLeft)
		}
	case <-time.After(patience):
		c.t.Fatal("still connected")
	}
}

// passes waits until so many ticks have passed in the main room.
func (p *program) passes(ticks sim.Tick) {
	p.t.Helper()
	tick := func() sim.Tick {
		var st struct{ Tick sim.Tick }
		code, body := p.get(p.game, "/api/v1/status")
		if err := json.Unmarshal([]byte(body), &st); code != 200 || err != nil {
			p.t.Fatalf("status: %d %s", code, body)
		}
		return st.Tick
	}
	for from, end := tick(), time.Now().Add(patience); tick()-from < ticks; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("not %d ticks in %v", ticks, patience)
		}
	}
}
