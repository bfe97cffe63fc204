//go:build !js && !windows

package clip

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestThroughAProgram copies through a program that keeps what it gets in a file.
func TestThroughAProgram(t *testing.T) {
	dir := t.TempDir()
	kept := filepath.Join(dir, "kept")
	script := "#!/bin/sh\ncase \"$*\" in *-o*) cat " + kept + ";; *) cat >" + kept + ".new; mv " + kept + ".new " + kept + ";; esac\n"
	for _, name := range []string{"xclip", "wl-copy", "pbcopy"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"wl-paste", "pbpaste"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\ncat "+kept+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+":/bin:/usr/bin")
	c := Here()
	if c == nil {
		t.Fatal("the program was not found")
	}
	const text = "zażółć 日本\nshake = 5"
	c.Copy(text)
	for range 400 {
		if data, err := os.ReadFile(kept); err == nil && string(data) == text {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if got := pasted(t, c); got != text {
		t.Errorf("got %q back", got)
	}
	if _, ok := c.Pasted(); ok {
		t.Error("it came twice")
	}
	if err := os.WriteFile(kept, []byte(strings.Repeat("x", mostBytes+1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := pasted(t, c); got != "" {
		t.Errorf("%d bytes were taken", len(got))
	}
}

func pasted(t *testing.T, c *Clipboard) string {
	t.Helper()
	c.Ask()
	for range 1000 {
		if text, ok := c.Pasted(); ok {
			return text
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("nothing came")
	return ""
}

func TestWithoutAProgram(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if Here() != nil {
		t.Fatal("there is a clipboard without a program for it")
	}
	var c Clipboard
	c.Copy("x")
	if got := pasted(t, &c); got != "" {
		t.Errorf("got %q", got)
	}
}
