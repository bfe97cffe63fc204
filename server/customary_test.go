package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// What others call by names of their own is taken: databases, ports and limits, as
// those hand them over who run containers.
func TestCustomaryVariables(t *testing.T) {
	t.Parallel()
	people, data := filepath.Join(t.TempDir(), "people.db"), t.TempDir()
	p := launch(t, func(*program) {}, []string{
		"PORT=0", "DATABASE_URL=sqlite:" + people, "IONWAKE_DATA=" + data, "IONWAKE_ADMIN_LISTEN=127.0.0.1:0", "GOMEMLIMIT=300MiB", "AGONES_SDK_HTTP_PORT=9400",
	})
	wantFile(t, people)
	if _, figures := p.get(p.admin, "/metrics"); !strings.Contains(figures, "go_gc_gomemlimit_bytes 3.145728e+08\n") {
		t.Error("GOMEMLIMIT is not the limit")
	}
	p.stop()
	if got := runToEnd(t, []string{"AGONES_SDK_HTTP_PORT=9400"}, "config"); !strings.Contains(got.stdout, "\nagones-port = 9400 # AGONES_SDK_HTTP_PORT in the environment\n") {
		t.Errorf("config: %s", got.stdout)
	}
	for variable, want := range map[string]string{
		"REDIS_URL=redis://127.0.0.1:6379": "--redis is not possible yet", "REDIS_URL=localhost": "--redis is not possible",
		"AGONES_SDK_HTTP_PORT=http": "--agones-port=http is not possible", "AGONES_SDK_HTTP_PORT=0": "--agones-port=0 is not possible",
		"DATABASE_URL=mysql://u:hunter2@x/y": "--database needs --data", "PORT=x": "PORT=x",
	} {
		name, _, _ := strings.Cut(variable, "=")
		wantRefused(t, runToEnd(t, []string{variable}), want, name)
	}
	wantRefused(t, runToEnd(t, []string{"DATABASE_URL=mysql://u:hunter2@x/y", "IONWAKE_DATA=" + data}), "--database is not possible", "DATABASE_URL in the environment")
}
