package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// toyBuild is the toy in place of the game, built once for all tests.
type toyBuild struct {
	web, desktop sync.Once
	webErr       error
	desktopErr   error
}

// toyWeb returns a folder like assets/web with the toy built into it.
func toyWeb(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(programs.dir, "web")
	programs.toy.web.Do(func() { programs.toy.webErr = buildToyWeb(dir) })
	if programs.toy.webErr != nil {
		t.Fatalf("build the toy for browsers: %v", programs.toy.webErr)
	}
	return dir
}

func buildToyWeb(dir string) error {
	files, err := filepath.Glob(filepath.Join(root, "assets", "web", "*.*"))
	if err != nil {
		return fmt.Errorf("list the page's files: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make room for the page: %w", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("read the page: %w", err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), content, 0o644); err != nil {
			return fmt.Errorf("copy the page: %w", err)
		}
	}
	return goTool(context.Background(), nil, "run", "./assets/bake", "web",
		"-quality", "1", "-client", "./client/e2e/testdata/toy", "-dir", filepath.Join(dir, "dist"))
}

// toyDesktop returns the toy as a program for this machine's display.
func toyDesktop(t *testing.T) string {
	t.Helper()
	target := filepath.Join(programs.dir, "toy")
	programs.toy.desktop.Do(func() {
		programs.toy.desktopErr = goTool(context.Background(), []string{"CGO_ENABLED=0"}, "build", "-o", target, "./client/e2e/testdata/toy")
	})
	if programs.toy.desktopErr != nil {
		t.Fatalf("build the toy for the desktop: %v", programs.toy.desktopErr)
	}
	return target
}
