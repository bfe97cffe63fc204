// Package e2e plays the game the way people do: the real server program, real
// Chromium, the real desktop client on a display of its own.
//
// It runs only with E2E=1, as "make test" does, because it needs Chromium and
// Xvfb and takes minutes. Pictures go to E2E_ARTIFACTS, or to the test's own
// artifact folder.
package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// root is the top of the tree, seen from this package.
const root = "../.."

// programs are built once per run and shared by all tests; see built.
var programs struct {
	dir string
	toy toyBuild
}

func TestMain(m *testing.M) {
	if os.Getenv("E2E") == "" {
		fmt.Println("skipped: browser and desktop tests run with E2E=1, or by make test")
		return
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "ionwake-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, "make room for the programs under test:", err)
		return 1
	}
	defer os.RemoveAll(dir)
	defer chromium.close()
	programs.dir = dir
	return m.Run()
}

// lack ends a test that needs what this machine has not: with CI=true nothing
// may be missing.
func lack(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing, and with CI=true nothing may be", what)
	}
	t.Skipf("skipped: %s is missing", what)
}

// goTool runs the go command at the top of the tree.
func goTool(ctx context.Context, env []string, args ...string) error {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go %v: %w\n%s", args, err, out)
	}
	return nil
}

// artifact returns where a file named name of this test is kept.
func artifact(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("E2E_ARTIFACTS")
	if dir == "" {
		return filepath.Join(t.ArtifactDir(), name)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatalf("make room for artifacts: %v", err)
	}
	return filepath.Join(dir, filepath.Base(t.Name())+"-"+name)
}
