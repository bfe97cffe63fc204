//go:build unix

package main

import (
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"

	"ionwake/shared/wire"
)

// rewrite changes a file of settings, at once.
func rewrite(t *testing.T, path, text string) {
	t.Helper()
	if err := errors.Join(os.WriteFile(path+".new", []byte(text), 0o600), os.Rename(path+".new", path)); err != nil {
		t.Fatal(err)
	}
}

// SIGHUP changes rotation, limits, greeting and level of the log while people play, and
// says what has to wait for a restart.
func TestReload(t *testing.T) {
	t.Parallel()
	path := writeSettings(t, "motd = \"first words\"\nbots = 2\nmap = \"closet\"\nrotation = [\"closet\"]")
	p := start(t, "--config="+path)
	ann := p.dial("")
	ann.hello(wire.Hello{Name: "Ann"})
	ann.wantSaid("first words")
	if strings.Contains(p.stderr.String(), `"joined"`) {
		t.Error("the log has debug lines")
	}
	rewrite(t, path, "motd = \"other words\"\nbots = 3\nmap = \"closet\"\nrotation = [\"closet\", \"foundry\"]\nmax-players = 2\nlog-level = \"debug\"\nname = \"new\"\npassword = \"hunter2\"")
	p.signal(syscall.SIGHUP)
	p.logged("settings reloaded", `"rooms":1`, `"rotation":2`, `"max_players":2`, `"bots":3`, `"log_level":"DEBUG"`, `"after_a_restart":"--name --password"`)
	ann.wantPlay()
	ben := p.dial("")
	ben.hello(wire.Hello{Name: "Ben"})
	ben.wantSaid("other words")
	p.logged(`"joined"`, "Ben")
	eve := p.dial("")
	eve.hello(wire.Hello{Name: "Eve"})
	eve.wantEnd(wire.CloseFull)
	if _, body := p.get(p.game, "/api/v1/status"); !strings.Contains(body, `"max":2`) {
		t.Errorf("the status is %s, want 2 places", body)
	}
	if strings.Contains(p.stderr.String(), "hunter2") {
		t.Error("the log tells a secret")
	}
	p.stop()
}

// Settings that are wrong change nothing, and are told of in one line.
func TestReloadOfWrongSettings(t *testing.T) {
	t.Parallel()
	path := writeSettings(t, "bots = 2\nmax-players = 1")
	p := start(t, "--config="+path)
	ann, _ := p.join("", wire.Hello{Name: "Ann"})
	for _, wrong := range []struct{ text, want string }{
		{"bots = 2\nmax-player = 5", path + ":2: max-player is not known, did you mean max-players?"},
		{"max-players = 0", path + ":1: max-players=0 is not possible: it can be 1 to 1000"},
		{"bots = = 3", path + ":1: column"},
		{"redis = \"redis://127.0.0.1:1\"", "not possible yet"},
	} {
		rewrite(t, path, wrong.text)
		p.signal(syscall.SIGHUP)
		p.logged("the settings stay as they were", wrong.want)
	}
	ann.wantPlay()
	ben := p.dial("")
	ben.hello(wire.Hello{Name: "Ben"})
	ben.wantEnd(wire.CloseFull)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	p.signal(syscall.SIGHUP)
	p.logged("the settings stay as they were", "no such file or directory")
	rewrite(t, path, "max-players = 2")
	p.signal(syscall.SIGHUP)
	p.logged("settings reloaded", `"max_players":2`)
	p.join("", wire.Hello{Name: "Ben"})
	p.stop()
}

// fullPipe is a pipe with no room left, and what reads it.
func fullPipe(t *testing.T) (read, write *os.File) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { read.Close(); write.Close() })
	fd := int(write.Fd())
	if err := syscall.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := syscall.Write(fd, []byte{'x'}); errors.Is(err, syscall.EAGAIN) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.SetNonblock(fd, false); err != nil {
		t.Fatal(err)
	}
	return read, write
}

// R6, from outside: a log that nobody reads, from the first line on, and one whose reader
// has ended, hold up neither play nor the end.
func TestFault_R6_NobodyReadsTheLog(t *testing.T) {
	t.Parallel()
	for name, gone := range map[string]bool{"stuck": false, "closed": true} {
		t.Run(name, func(t *testing.T) {
			read, write := fullPipe(t)
			if gone {
				read.Close()
			}
			p := startWith(t, func(p *program) { p.cmd.Stderr = write }, nil, "--listen=127.0.0.1:0", "--log-level=debug")
			ann, _ := p.join("", wire.Hello{Name: "Ann"})
			for range 20 {
				c, _ := p.join("", wire.Hello{Name: "Ben"})
				c.ws.NetConn().Close()
			}
			p.signal(syscall.SIGHUP)
			ann.wantPlay()
			p.stop()
		})
	}
}
