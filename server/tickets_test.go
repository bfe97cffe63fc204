package main

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ionwake/server/admin"
	"ionwake/server/ticket"
	"ionwake/shared/wire"
)

// issuer is whoever signs tickets.
type issuer struct {
	t              *testing.T
	private, there string // files; there is what a server is given
	key            ed25519.PrivateKey
}

// newIssuer makes keys as a host does.
func newIssuer(t *testing.T) *issuer {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tickets.pem")
	got := runToEnd(t, nil, "ticket", "--key="+path, "--new-key", "--sub=nobody", "--token-audience=x")
	text, err := os.ReadFile(path)
	if got.code != 0 || err != nil {
		t.Fatalf("exit code %d, %q, %v", got.code, got.stderr, err)
	}
	key, err := ticket.ParsePrivate(text)
	if err != nil {
		t.Fatal(err)
	}
	return &issuer{t, path, path + ".pub", key}
}

// public is what a server's file of keys has.
func (i *issuer) public() string {
	i.t.Helper()
	der, err := x509.MarshalPKIXPublicKey(i.key.Public())
	if err != nil {
		i.t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

// signs a ticket for a person at the server that the tests call arena; change is what is
// otherwise than usual.
func (i *issuer) signs(sub string, change func(*ticket.Claims)) string {
	i.t.Helper()
	now := time.Now()
	c := ticket.Claims{Subject: sub, Audience: []string{"arena"}, Issued: now, Expires: now.Add(time.Minute)}
	if change != nil {
		change(&c)
	}
	text, err := ticket.Make(i.key, c)
	if err != nil {
		i.t.Fatal(err)
	}
	return text
}

// refuses fails unless a hello is answered with 4002 and words that have want in them.
func (p *program) refuses(room string, h wire.Hello, want string) {
	p.t.Helper()
	c := p.dial(room)
	c.hello(h)
	if told := c.wantEnd(wire.CloseDenied); !strings.Contains(told.Message, want) || told.RetryAfterMS != 0 {
		p.t.Errorf("told %+v, want %q", *told, want)
	}
}

// H11, H13: where tickets are asked for nobody plays without one, and with one once.
func TestFault_H13_TicketsFromOutside(t *testing.T) {
	i := newIssuer(t)
	args := []string{"--token-key=" + i.there, "--token-audience=arena"}
	p, other := start(t, args...), start(t, args[0], "--token-audience=cellar")
	p.refuses("main", wire.Hello{Name: "Eve"}, "asks for a ticket")
	p.refuses("main", wire.Hello{Name: "Eve", Spectate: true}, "asks for a ticket")
	p.refuses("den", wire.Hello{Name: "Eve", Ticket: "x.y.z"}, "not valid")
	p.refuses("main", wire.Hello{Name: "Eve", Ticket: strings.Repeat(".", wire.MaxTicket)}, "not valid")
	flood := p.dial("main")
	flood.send(make([]byte, 1<<20))
	if end := <-flood.closed; end.Code != 1009 {
		t.Errorf("1 MiB of a hello ends with %d, want 1009", end.Code)
	}
	past := time.Now().Add(-5 * time.Minute)
	p.refuses("main", wire.Hello{Name: "Ann", Ticket: i.signs("ann", func(c *ticket.Claims) { c.Issued, c.Expires = past, past.Add(time.Minute) })}, "has expired")
	p.refuses("main", wire.Hello{Name: "Ann", Ticket: i.signs("ann", func(c *ticket.Claims) { c.Room = "den" })}, "not valid")
	if _, body := p.get(p.game, "/api/v1/rooms"); strings.Contains(body, `"den"`) {
		t.Errorf("a room was opened for who has no ticket: %s", body)
	}

	text := i.signs("ann", func(c *ticket.Claims) { c.Name = "Annabel" })
	other.refuses("main", wire.Hello{Name: "Ann", Ticket: text}, "not valid")
	ann, w := p.join("main", wire.Hello{Name: "Whoever", Ticket: text})
	if w.Name != "Annabel" {
		t.Errorf("she is called %q, want the name in the ticket", w.Name)
	}
	p.refuses("main", wire.Hello{Name: "Eve", Ticket: text}, "not valid")
	ann.wantPlay()
	_ = ann.ws.NetConn().Close()
	back, again := p.join("main", wire.Hello{Name: "Ann", Resume: w.Resume})
	if !again.Resumed || again.Name != "Annabel" {
		t.Errorf("back with %+v, want the same seat, without a ticket", *again)
	}
	back.wantPlay()
	forged := p.dial("main")
	forged.hello(wire.Hello{Name: "Eve", Resume: make([]byte, wire.TokenSize), Ticket: i.signs("eve", nil)})
	forged.wantEnd(wire.CloseResume)
	empty := p.dial("den")
	empty.hello(wire.Hello{Name: "Eve", Resume: make([]byte, wire.TokenSize)})
	empty.wantEnd(wire.CloseResume)
	if log := p.stderr.String(); strings.Contains(log, text) || strings.Contains(log, "Annabel") || !strings.Contains(log, "its aud is not") && !strings.Contains(log, "not signed by") {
		t.Errorf("the log tells too much, or does not tell the host why: %s", log)
	}
}

// H13: of several who come with one ticket at the same moment, one comes in.
func TestFault_H13_TicketsAtOnceFromOutside(t *testing.T) {
	i := newIssuer(t)
	p := start(t, "--token-key="+i.there, "--token-audience=arena", "--bots=0")
	for range 10 {
		text := i.signs("ann", nil)
		crowd := make([]*player, 4)
		for n := range crowd {
			crowd[n] = p.dial("main")
		}
		var all sync.WaitGroup
		for _, c := range crowd {
			all.Go(func() { c.hello(wire.Hello{Name: "Ann", Ticket: text}) })
		}
		all.Wait()
		in := 0
		for _, c := range crowd {
			if f := c.next(); f.Welcome != nil {
				in++
				c.send(wire.AppendLeave(nil))
			} else if f.Reject == nil || f.Reject.Code != wire.CloseDenied {
				t.Errorf("told %+v, want 4002", f.Reject)
			}
		}
		if in != 1 {
			t.Fatalf("%d came in by one ticket, want 1", in)
		}
	}
}

// A ticket with which nobody got a seat is good again: when the room has a place, it
// lets in.
func TestTicketOfAFullRoomIsGoodAgain(t *testing.T) {
	i := newIssuer(t)
	p := start(t, "--token-key="+i.there, "--token-audience=arena", "--bots=0", "--max-players=1")
	ann, _ := p.join("main", wire.Hello{Name: "Ann", Ticket: i.signs("ann", nil)})
	text := i.signs("ben", nil)
	for range 2 {
		ben := p.dial("main")
		ben.hello(wire.Hello{Name: "Ben", Ticket: text})
		ben.wantEnd(wire.CloseFull)
	}
	ann.send(wire.AppendLeave(nil))
	ann.wantEndOfLine()
	ben, _ := p.join("main", wire.Hello{Name: "Ben", Ticket: text})
	ben.wantPlay()
	p.refuses("main", wire.Hello{Name: "Ben", Ticket: text}, "not valid")
}

// A ticket's sub is the person: whatever the ticket, the device and the name are, a ban
// finds them, and nobody else; not even who says as a device what the server might make
// of that sub.
func TestTicketsTellWhoSomebodyIs(t *testing.T) {
	i, data := newIssuer(t), t.TempDir()
	args := []string{"--token-key=" + i.there, "--token-audience=arena", "--data=" + data}
	p := start(t, args...)
	ann, _ := p.join("main", wire.Hello{Name: "Ann", Device: annsDevice, Ticket: i.signs("7", nil)})
	ben, _ := p.join("main", wire.Hello{Name: "Ben", Device: annsDevice, Ticket: i.signs("8", nil)})
	mia := p.hand(data, admin.Moderator)
	waitForLine(t, mia, "players", "Ann")
	if words := mia.says("players"); strings.Contains(words, "ticket") {
		t.Errorf("players: %s", words)
	}
	mia.says("ban Ann 10m Flies through walls")
	ann.wantEnd(wire.CloseKicked)
	ben.wantPlay()
	p.stop()
	p = start(t, args...)
	out := p.dial("main")
	out.hello(wire.Hello{Name: "Zoe", Device: bensDevice, Ticket: i.signs("7", func(c *ticket.Claims) { c.Name = "Zoe" })})
	out.wantEnd(wire.CloseKicked)
	ben, _ = p.join("main", wire.Hello{Name: "Ann", Device: annsDevice, Ticket: i.signs("8", nil)})
	ben.wantPlay()
}

// The verb ticket makes what serve takes, and says in a line what it lacks.
func TestTicketVerb(t *testing.T) {
	i := newIssuer(t)
	p := start(t, "--token-key="+i.there, "--token-audience=arena")
	got := runToEnd(t, []string{"IONWAKE_TOKEN_AUDIENCE=arena", "IONWAKE_NAME=The server"}, "ticket", "--key="+i.private, "--sub=ann", "--player=Ann B", "--room=main", "--life=1m")
	if _, w := p.join("main", wire.Hello{Ticket: strings.TrimSpace(got.stdout)}); got.code != 0 || w.Name != "Ann B" {
		t.Errorf("exit code %d, %q, called %q", got.code, got.stderr, w.Name)
	}
	for _, test := range []struct{ args, want string }{
		{"", "ticket needs --key"}, {"--key=" + i.private, "ticket needs --sub"}, {"--key=" + i.private + " --sub=a", "ticket needs --token-audience"},
		{"--key=" + i.there + " --sub=a --token-audience=x", "BEGIN PRIVATE KEY"}, {"--key=/does/not/exist --sub=a --token-audience=x", "--key=/does/not/exist is not possible: no such file"},
		{"--key=" + i.private + " --sub=a --token-audience=x --life=11m", "--life=11m0s is not possible: it can be 1s to 10m"},
		{"--key=" + i.private + " --sub=a --token-audience=x --new-key", "is there already"},
		{"--key=" + i.private + " --sub=a --token-audience=x --player=" + strings.Repeat("x", 65), "at most 64 bytes"},
	} {
		wantRefused(t, runToEnd(t, nil, strings.Fields("ticket "+test.args)...), test.want)
	}
}

// Where one of a pair of keys is there already, none is made.
func TestNewKeysAreAPair(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tickets.pem")
	if err := os.WriteFile(path+".pub", []byte("an older one"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, runToEnd(t, nil, "ticket", "--key="+path, "--new-key", "--sub=ann", "--token-audience=x"), path+".pub is there already")
	if _, err := os.Lstat(path); err == nil {
		t.Error("half a pair is left behind")
	}
}

// H13: what lets in once does so over a restart, of a server that keeps its files.
func TestFault_H13_RestartFromOutside(t *testing.T) {
	i, data := newIssuer(t), t.TempDir()
	args := []string{"--token-key=" + i.there, "--token-audience=arena", "--data=" + data, "--bots=0"}
	p := start(t, args...)
	p.stop()
	p = start(t, args...)
	late := func(c *ticket.Claims) { c.Issued = c.Issued.Add(-25 * time.Second) } // by a clock that is slow
	fast := func(c *ticket.Claims) { c.Issued = c.Issued.Add(25 * time.Second) }
	used, spare := i.signs("ann", fast), i.signs("ben", late)
	p.join("main", wire.Hello{Name: "Ann", Ticket: used})
	p.stop()
	p = start(t, args...)
	p.refuses("main", wire.Hello{Name: "Eve", Ticket: used}, "not valid")
	p.join("main", wire.Hello{Name: "Ben", Ticket: spare})
}

// What is wrong with --token-key is named before anything starts, by doctor too.
func TestTokenKeyMistakes(t *testing.T) {
	i := newIssuer(t)
	rubbish := filepath.Join(t.TempDir(), "rubbish")
	if err := os.WriteFile(rubbish, []byte("ssh-ed25519 AAAA"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ args, want string }{
		{"--token-key=/does/not/exist", "--token-key=/does/not/exist is not possible: no such file"},
		{"--token-key=" + filepath.Dir(rubbish), "it has to be a file"},
		{"--token-key=" + rubbish, "there is no key in it"},
		{"--token-key=" + i.private, "the public one alone"},
	} {
		for _, verb := range []string{"serve ", "doctor "} {
			wantRefused(t, runToEnd(t, nil, strings.Fields(verb+test.args+" --token-audience=arena")...), test.want)
		}
	}
	wantRefused(t, runToEnd(t, nil, "--token-key="+i.there), "--token-key needs --token-audience")
	wantRefused(t, runToEnd(t, nil, "--token-audience=arena"), "give that too, or neither")
}
