package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"ionwake/server/admin"
	"ionwake/server/room"
	"ionwake/shared/wire"
)

// hand is somebody who runs a server, by lines of the console.
type hand struct {
	p      *program
	bearer string
}

// hand signs somebody in, by a link as the verb token makes them.
func (p *program) hand(data string, role admin.Role) *hand {
	p.t.Helper()
	link, err := admin.NewLink(data, admin.Grant{Role: role, Name: "Mia", Until: time.Now().Add(time.Hour)})
	if err != nil {
		p.t.Fatal(err)
	}
	h := &hand{p: p}
	ask, _ := json.Marshal(map[string]any{"link": link, "bearer": true})
	code, body := h.post("/host/session", "application/json", ask)
	var told struct{ Bearer string }
	if err := json.Unmarshal(body, &told); err != nil || code != http.StatusOK {
		p.t.Fatalf("sign in: %d %s", code, body)
	}
	h.bearer = told.Bearer
	return h
}

func (h *hand) post(path, kind string, body []byte) (int, []byte) {
	h.p.t.Helper()
	return h.ask(http.MethodPost, path, kind, bytes.NewReader(body))
}

// get asks for something that takes a session.
func (h *hand) get(path string) (int, string) {
	h.p.t.Helper()
	code, text := h.ask(http.MethodGet, path, "", http.NoBody)
	return code, string(text)
}

func (h *hand) ask(method, path, kind string, body io.Reader) (int, []byte) {
	h.p.t.Helper()
	r, err := http.NewRequestWithContext(h.p.t.Context(), method, "http://"+h.p.admin+path, body)
	if err != nil {
		h.p.t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if h.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+h.bearer)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		h.p.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		h.p.t.Fatal(err)
	}
	return res.StatusCode, text
}

// line sends a line of the console, which may be refused.
func (h *hand) line(line string) (int, string) {
	h.p.t.Helper()
	code, text := h.post("/console", "text/plain", []byte(line))
	return code, string(text)
}

// says sends a line of the console, which must be obeyed.
func (h *hand) says(line string) string {
	h.p.t.Helper()
	code, text := h.line(line)
	if code != http.StatusOK {
		h.p.t.Fatalf("%s: %d %s", line, code, text)
	}
	return text
}

// devices are those of two people.
var annsDevice, bensDevice = bytes.Repeat([]byte{7}, wire.DeviceSize), bytes.Repeat([]byte{8}, wire.DeviceSize)

// A ban holds for the person: for all that is open, whatever they are called, in every
// room, over a restart; until it is over.
func TestBanHolds(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := start(t, "--data="+data)
	ann, _ := p.join("main", wire.Hello{Name: "Ann", Device: annsDevice})
	again, _ := p.join("den", wire.Hello{Name: "Zoe", Device: annsDevice})
	ben, _ := p.join("main", wire.Hello{Name: "Ben", Device: bensDevice})
	mia := p.hand(data, admin.Moderator)
	waitForLine(t, mia, "players", "Zoe")
	if words := mia.says("ban Ann 10m Flies through walls"); !strings.Contains(words, "Ann is banned for 10m00s: Flies through walls") {
		t.Errorf("told %q", words)
	}
	for _, c := range []*player{ann, again} {
		told := c.wantEnd(wire.CloseKicked)
		if !strings.Contains(told.Message, "UTC: Flies through walls.") || told.RetryAfterMS < 590_000 || told.RetryAfterMS > 601_000 {
			t.Errorf("told %+v", *told)
		}
	}
	ben.wantPlay()
	refused := func(p *program, room, name string) {
		t.Helper()
		c := p.dial(room)
		c.hello(wire.Hello{Name: name, Device: annsDevice})
		if told := c.wantEnd(wire.CloseKicked); !strings.Contains(told.Message, "Flies through walls") {
			t.Errorf("%s in %s: told %+v", name, room, *told)
		}
	}
	refused(p, "main", "Other")
	refused(p, "cellar", "Ann")
	watcher := p.dial("main")
	watcher.hello(wire.Hello{Name: "Eye", Spectate: true, Device: annsDevice})
	watcher.wantEnd(wire.CloseKicked)
	p.stop()

	p = start(t, "--data="+data)
	refused(p, "main", "Ann")
	mia = &hand{p, mia.bearer} // is signed in still
	fields := strings.Fields(mia.says("bans"))
	mia.says("lift " + fields[0] + " It was lag")
	p.join("main", wire.Hello{Name: "Ann", Device: annsDevice})
	if words := mia.says("history Ann"); !strings.Contains(words, "Flies through walls (by Mia)") || !strings.Contains(words, "by Mia It was lag") {
		t.Errorf("history: %s", words)
	}
	mia.says("ban Ann 1s Once more")
	time.Sleep(2100 * time.Millisecond) // whole seconds are kept
	p.join("main", wire.Hello{Name: "Ann", Device: annsDevice})
}

// waitForLine asks until the answer has want in it.
func waitForLine(t *testing.T, h *hand, line, want string) {
	t.Helper()
	text := ""
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(300 * time.Millisecond) {
		if text = h.says(line); strings.Contains(text, want) {
			return
		}
	}
	t.Fatalf("%s tells %q, want %q", line, text, want)
}

// said waits for a line of chat with want in it.
func (c *player) said(want string) {
	c.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		for _, l := range c.next().Chat {
			if strings.Contains(l.Text, want) {
				return
			}
		}
	}
	c.t.Fatalf("nobody says %q", want)
}

func TestMuteAnnounceKickAndLockdown(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := start(t, "--data="+data)
	ann, _ := p.join("main", wire.Hello{Name: "Ann", Device: annsDevice})
	ben, _ := p.join("main", wire.Hello{Name: "Ben", Device: bensDevice})
	host := p.hand(data, admin.Host)
	waitForLine(t, host, "players", "Ben")

	host.says("mute Ann 1h Shouts")
	ann.send(wire.AppendChat(nil, wire.Chat{Text: []byte("can you hear me")}))
	ann.said("Shouts")
	host.says("say It is late.")
	for deadline := time.Now().Add(patience); ; {
		if time.Now().After(deadline) {
			t.Fatal("nobody hears the announcement")
		}
		lines := ben.next().Chat
		if len(lines) > 0 && strings.Contains(lines[0].Text, "can you hear") {
			t.Error("who is muted is heard")
		}
		if len(lines) > 0 && lines[0].Text == "It is late." && lines[0].From == wire.ServerVoice {
			break
		}
	}
	host.says("unmute Ann")
	ann.send(wire.AppendChat(nil, wire.Chat{Text: []byte("and now")}))
	ben.said("and now")

	host.says("lockdown 10m")
	late := p.dial("main")
	late.hello(wire.Hello{Name: "Cyd"})
	if told := late.wantEnd(wire.CloseOverload); told.RetryAfterMS == 0 {
		t.Errorf("told %+v", *told)
	}
	ben.wantPlay()
	host.says("lockdown off")
	host.says("kick Ben Go to bed")
	if told := ben.wantEnd(wire.CloseKicked); !strings.Contains(told.Message, "Go to bed.") {
		t.Errorf("told %+v", *told)
	}
	p.join("main", wire.Hello{Name: "Ben", Device: bensDevice})

	host.says("quiet 10m")
	dan, _ := p.join("main", wire.Hello{Name: "Dan"})
	dan.send(wire.AppendChat(nil, wire.Chat{Text: []byte("hi")}))
	dan.said("cannot talk yet")
}

func TestHostChoosesWhatIsPlayed(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := start(t, "--data="+data, "--map=foundry", "--bots=4")
	host := p.hand(data, admin.Host)
	host.says("map closet:squads")
	waitForLine(t, host, "rooms", "next closet:squads")
	host.says("end") // of the warm-up
	waitForStatus(t, p, func(st admin.Status) bool { return st.Map == "closet" && st.Mode == "squads" })
	host.says("rotation harbour:brawl, foundry:relay")
	waitForLine(t, host, "rooms", "closet:squads        next harbour:brawl")
	for line, want := range map[string]string{"map nowhere": "nowhere", "map closet:relay": "closet", "map foundry:golf": "no mode", "rotation moon": "moon", "map #attic closet": "no such room"} {
		if code, text := host.post("/console", "text/plain", []byte(line)); code != http.StatusUnprocessableEntity || !strings.Contains(string(text), want) {
			t.Errorf("%s: %d %s", line, code, text)
		}
	}
}

// Without --data everything works until the server ends. Nobody can be told by a file to
// come in, so the link is that of a terminal, which a test has not: the parts are tested.
func TestMemoryBook(t *testing.T) {
	b := newMemoryBook()
	w := newWarden(b, nil)
	who := whoOf(b, annsDevice, "203.0.113.7/32")
	if _, barred := w.Barred(who, true); barred {
		t.Error("a stranger is banned")
	}
	s, err := b.Punish(t.Context(), admin.Sanction{Kind: admin.Ban, Network: "203.0.113.7/32", Reason: "floods", Until: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if why, barred := w.Barred(whoOf(b, bensDevice, "203.0.113.7/32"), false); !barred || !strings.Contains(why.Message, "Your network is banned") {
		t.Errorf("got %v, %+v", barred, why)
	}
	if _, barred := w.Barred(whoOf(b, bensDevice, "203.0.113.8/32"), true); barred {
		t.Error("another network is banned")
	}
	if err := b.Lift(t.Context(), s.ID, "Mia", ""); err != nil {
		t.Error(err)
	}
	if _, barred := w.Barred(who, true); barred || len(b.InForce()) != 0 {
		t.Error("what is lifted holds")
	}
	if err := b.Lift(t.Context(), s.ID, "Mia", ""); err == nil {
		t.Error("lifted twice")
	}
	if _, err := b.Punish(t.Context(), admin.Sanction{Kind: admin.Ban, Person: personText(who.ID), Reason: "floods", Until: time.Now().Add(-time.Second)}); err != nil {
		t.Fatal(err)
	}
	if _, barred := w.Barred(who, true); barred {
		t.Error("what is over holds")
	}
	if list, err := b.History(t.Context(), personText(who.ID)); err != nil || len(list) != 1 {
		t.Errorf("history %v, %v", list, err)
	}
}

func whoOf(b book, device []byte, peer string) room.Who {
	return room.Who{ID: b.Person(device), Tag: 1, Peer: peer}
}

func TestNewcomersAMinute(t *testing.T) {
	b := newMemoryBook()
	w := newWarden(b, nil)
	w.limit(admin.Limits{JoinsPerMin: 8})
	in := 0
	for range 20 {
		if _, barred := w.Barred(whoOf(b, annsDevice, ""), true); !barred {
			in++
		}
	}
	if in != 2 { // a quarter of a minute's at once
		t.Errorf("%d got in at once", in)
	}
	if _, barred := w.Barred(whoOf(b, annsDevice, ""), false); barred {
		t.Error("who is in is no newcomer")
	}
}
