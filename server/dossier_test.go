package main

import (
	"encoding/json"
	"io"
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

// console is a program that is signed in.
type console struct {
	p      *program
	bearer string
}

// signIn signs in by a link of one role.
func (p *program) signIn(data string, role admin.Role) *console {
	p.t.Helper()
	link, err := admin.NewLink(data, admin.Grant{Role: role, Name: "test", Until: time.Now().Add(time.Hour)})
	if err != nil {
		p.t.Fatal(err)
	}
	c := &console{p: p}
	code, body := c.post("/host/session", `{"link":"`+link+`","bearer":true}`)
	var got struct{ Bearer string }
	if err := json.Unmarshal([]byte(body), &got); code != 200 || err != nil || got.Bearer == "" {
		p.t.Fatalf("sign in: %d %s", code, body)
	}
	c.bearer = got.Bearer
	return c
}

func (c *console) post(path, text string) (int, string) {
	c.p.t.Helper()
	req, err := http.NewRequestWithContext(c.p.t.Context(), http.MethodPost, "http://"+c.p.admin+path, strings.NewReader(text))
	if err != nil {
		c.p.t.Fatal(err)
	}
	if req.Header.Set("Content-Type", "application/json"); c.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+c.bearer)
	}
	res, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		c.p.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		c.p.t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// A host hands out all that is known of one person, and deletes it; nobody else does.
func TestDossierIsHandedOutAndDeleted(t *testing.T) {
	data := t.TempDir()
	p := startShort(t, data)
	ann, _ := p.join("main", wire.Hello{Name: "Annabel", Device: pilot("").Device})
	p.keeps(1)
	ann.send(wire.AppendLeave(nil))
	host, moderator := p.signIn(data, admin.Host), p.signIn(data, admin.Moderator)
	ann.wantEndOfLine()
	games := len(p.kept())
	p.passes(2 * (shortRules.Warmup + shortRules.Live + shortRules.Results)) // the match that she left is over, too
	person := p.ladder("?mode=brawl")[0].Person

	code, text := host.post("/console", "export "+person)
	var told struct {
		Name    string
		Matches []struct{ Mode string }
	}
	if err := json.Unmarshal([]byte(text), &told); code != 200 || err != nil || told.Name != "Annabel" || len(told.Matches) < games || told.Matches[0].Mode != "brawl" {
		t.Errorf("export: %d %s %v", code, text, err)
	}
	for _, line := range []string{"export " + person, "forget " + person} {
		if code, text := moderator.post("/console", line); code != http.StatusForbidden || strings.Contains(text, "Annabel") {
			t.Errorf("a moderator: %d %s", code, text)
		}
	}
	if code, text := host.post("/console", "forget Annabel"); code == 200 || !strings.Contains(text, "32 digits") {
		t.Errorf("by name: %d %s", code, text)
	}
	if code, text = host.post("/console", "forget "+person); code != 200 || !strings.Contains(text, "is deleted") {
		t.Fatalf("forget: %d %s", code, text)
	}
	if code, text = host.post("/console", "export "+person); code == 200 || strings.Contains(text, "Annabel") {
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
