package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"ionwake/shared/wire"
)

// R14: told to stop, the server says so to everybody and ends in order.
func TestFault_R14_Stop(t *testing.T) {
	t.Parallel()
	for _, sig := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		t.Run(sig.String(), func(t *testing.T) {
			p := start(t, "--drain-timeout=15s")
			ann, _ := p.join("", wire.Hello{Name: "Ann"})
			ben, _ := p.join("den", wire.Hello{Name: "Ben", Spectate: true})
			begin := time.Now()
			p.signal(sig)
			for _, c := range []*player{ann, ben} {
				told := c.wantEnd(1012)
				if told.Message != "The server is restarting. You join again by yourself." || told.RetryAfterMS == 0 {
					t.Errorf("told %+v", *told)
				}
			}
			if code := p.exit(); code != 0 {
				t.Errorf("exit code %d, want 0", code)
			}
			if took := time.Since(begin); took > 8*time.Second {
				t.Errorf("took %v though everybody had left", took)
			}
			if conn, err := net.Dial("tcp", p.game); err == nil {
				_ = conn.Close()
				t.Error("the port is still open")
			}
		})
	}
}

// The log ends with the word that the server has stopped, whoever was in, and tells
// lengths of time as they are written.
func TestStoppedIsTheLastOfTheLog(t *testing.T) {
	t.Parallel()
	p := start(t, "--log-level=debug", "--log-format=json", "--drain-timeout=15s")
	p.join("", wire.Hello{Name: "Ann"})
	p.join("den", wire.Hello{Name: "Ben", Spectate: true})
	p.stop()
	log := p.stderr.String()
	lines := strings.Split(strings.TrimSpace(log), "\n")
	last := lines[len(lines)-1]
	if !strings.Contains(last, `"msg":"stopped"`) || !regexp.MustCompile(`"took":"[0-9.]+m?s"`).MatchString(last) {
		t.Errorf("the log ends with %s", last)
	}
	if !strings.Contains(log, `"drain_timeout":"15s"`) {
		t.Errorf("the drain timeout is not told as 15s: %s", log)
	}
}

// deaf is a connection of somebody who neither reads nor goes away.
func (p *program) deaf() {
	p.t.Helper()
	if code, _ := p.knock(""); code != http.StatusSwitchingProtocols {
		p.t.Fatalf("the game answers %d", code)
	}
}

func TestFault_R14_StopDoesNotWaitForTheDeaf(t *testing.T) {
	tests := []struct {
		name   string
		drain  string
		again  bool // a second signal
		within time.Duration
		least  time.Duration
	}{
		// Half a second for the deaf to answer its close frame.
		{"one signal", "15s", false, 10 * time.Second, lineGrace},
		{"a second signal", "15s", true, 2900 * time.Millisecond, 0},
		{"a short drain", "300ms", false, 2500 * time.Millisecond, 0},
		{"no drain at all", "0s", false, 2500 * time.Millisecond, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := start(t, "--drain-timeout="+test.drain)
			p.deaf()
			idle, err := net.Dial("tcp", p.game) // as browsers open them in advance
			if err != nil {
				t.Fatal(err)
			}
			defer idle.Close()
			begin := time.Now()
			p.signal(syscall.SIGTERM)
			if test.again {
				time.Sleep(100 * time.Millisecond)
				p.signal(syscall.SIGTERM)
			}
			if code := p.exit(); code != 0 {
				t.Errorf("exit code %d, want 0", code)
			}
			if took := time.Since(begin); took > test.within || took < test.least {
				t.Errorf("took %v, want %v to %v", took, test.least, test.within)
			}
		})
	}
}

// fetch asks a server that may be gone.
func fetch(host, path string) (code int, body string, err error) {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
	res, err := client.Get("http://" + host + path)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return res.StatusCode, string(text), err
}

// While it stops, the server is alive, wants nobody, and tells newcomers so.
func TestFault_R14_Draining(t *testing.T) {
	t.Parallel()
	p := start(t, "--drain-timeout=15s")
	p.deaf()
	var asking sync.WaitGroup
	for _, want := range []struct {
		host, path string
		code       int
		words      string
	}{
		{p.admin, "/readyz", 503, "draining"},
		{p.admin, "/livez", 200, "alive"},
		{p.game, "/play", 503, "restarting"},
	} {
		asking.Go(func() { // from before the signal to the end: the deaf hold it up for half a second
			heard := []string{}
			for {
				code, body, err := fetch(want.host, want.path)
				if err != nil {
					break
				}
				if code == want.code && strings.Contains(body, want.words) {
					return
				}
				heard = append(heard, fmt.Sprintf("%d %s", code, body))
				time.Sleep(5 * time.Millisecond)
			}
			t.Errorf("%s never got %d %s, only %q", want.path, want.code, want.words, slices.Compact(heard))
		})
	}
	p.signal(syscall.SIGTERM)
	asking.Wait()
	if code := p.exit(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}
