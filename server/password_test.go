package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ionwake/shared/wire"
)

// A password given in each way there is keeps out who does not have it, lets in who
// has, and is said nowhere: not in the lists, which tell that there is one, nor in the
// log.
func TestPasswordFromOutside(t *testing.T) {
	t.Parallel()
	const password = "sesame and lilies"
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte(password+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ env, arg string }{
		"flag": {arg: "--password=" + password}, "variable": {env: "IONWAKE_PASSWORD=" + password}, "file": {env: "IONWAKE_PASSWORD_FILE=" + file},
	} {
		t.Run(name, func(t *testing.T) {
			env, args := []string{"PORT=0"}, []string{"--log-level=debug", "--bots=2"}
			if c.env != "" {
				env = append(env, c.env)
			}
			if c.arg != "" {
				args = append(args, c.arg)
			}
			p := startIn(t, env, args...)
			for _, path := range []string{"/api/v1/status", "/api/v1/rooms", "/api/v1/servers"} {
				if _, body := p.get(p.game, path); !strings.Contains(body, `"locked":true`) || strings.Contains(body, "sesame") {
					t.Errorf("%s: %s", path, body)
				}
			}
			for _, wrong := range []string{"", "Sesame and lilies"} {
				out := p.dial("main")
				out.hello(wire.Hello{Name: "Eve", Password: wrong})
				if told := out.wantEnd(wire.ClosePassword); !strings.Contains(told.Message, "password") {
					t.Errorf("told %q", told.Message)
				}
			}
			watcher := p.dial("main")
			watcher.hello(wire.Hello{Name: "Eve", Spectate: true})
			watcher.wantEnd(wire.ClosePassword)
			in, _ := p.join("main", wire.Hello{Name: "Ann", Password: password})
			in.wantPlay()
			p.stop()
			if strings.Contains(p.stderr.String()+strings.Join(p.stdout, ""), "sesame") {
				t.Error("the password is in the log")
			}
		})
	}
	p := start(t)
	if _, body := p.get(p.game, "/api/v1/servers"); !strings.Contains(body, `"locked":false`) {
		t.Errorf("without a password: %s", body)
	}
	in, _ := p.join("main", wire.Hello{Name: "Ann", Password: "whatever"})
	in.wantPlay()
}
