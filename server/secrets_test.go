package main

import (
	"strings"
	"testing"

	"ionwake/server/admin"
)

// R28, O10: secrets from the command line and the environment are in nothing that the
// host's port or the log tells, not even to this machine or to an admin; and that others
// reach that port is warned of.
func TestFault_R28_SecretsAreNowhere(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := launch(t, func(*program) {}, []string{"IONWAKE_DATABASE=sqlite:" + t.TempDir() + "/hunter2.db", "OTHER_SECRET=hunter2"},
		"--listen=127.0.0.1:0", "--admin-listen=0.0.0.0:0", "--data="+data, "--password=hunter2 and more", "--log-level=debug")
	p.logged("the host's port can be reached by others and is not encrypted")
	p.admin = "127.0.0.1:" + port(p.admin) // by which alone profiles are told
	host := p.hand(data, admin.Host)
	var all strings.Builder
	for _, path := range []string{
		"/", "/metrics", "/api/v1/status", "/api/v1/rooms", "/rooms/main/bytes", "/debug/pprof/", "/debug/pprof/goroutine?debug=2", "/debug/pprof/heap?debug=1",
		"/debug/pprof/threadcreate?debug=1", "/debug/pprof/symbol",
	} {
		_, body := p.get(p.admin, path)
		all.WriteString(body)
	}
	for _, command := range []string{"players", "rooms", "bans", "audit", "sessions", "help"} {
		all.WriteString(host.says(command))
	}
	if code, _ := p.get(p.admin, "/debug/pprof/cmdline"); code != 404 {
		t.Errorf("the command line: %d, want 404", code)
	}
	if !strings.Contains(all.String(), "ionwake_players") || !strings.Contains(all.String(), "goroutine ") {
		t.Error("that were not the pages that there are")
	}
	if strings.Contains(all.String()+p.stderr.String(), "hunter2") {
		t.Error("a secret is told")
	}
	p.stop()
	if strings.Contains(p.stderr.String(), "hunter2") {
		t.Error("a secret is in the log")
	}
}
