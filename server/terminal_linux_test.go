package main

import (
	"context"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// atWindow is what programs at a terminal write to, and what somebody in front of it sees.
func atWindow(t *testing.T) (to *os.File, seen func() string) {
	t.Helper()
	front, to := openTerminal(t)
	var text lockedBuffer
	var reading sync.WaitGroup
	reading.Go(func() {
		for part := make([]byte, 4096); ; {
			n, err := front.Read(part)
			_, _ = text.Write(part[:n])
			if err != nil {
				return // the terminal is closed
			}
		}
	})
	return to, text.String
}

// Whoever starts the program at a terminal reads text in colour, with a link to sign in
// by; in no colour where none is wanted.
func TestAtATerminal(t *testing.T) {
	t.Parallel()
	for _, plain := range []bool{false, true} {
		to, seen := atWindow(t)
		var env []string
		if plain {
			env = []string{"NO_COLOR=1"}
		}
		doctor := command(t.Context(), env, "doctor", "--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0")
		doctor.Stdout, doctor.Stderr = to, to
		if err := doctor.Run(); err != nil {
			t.Fatal(err)
		}
		eventually(t, "what doctor says", func() bool { return strings.Contains(seen(), "open files") })
		if got := strings.Contains(seen(), "\x1b["); got == plain {
			t.Errorf("NO_COLOR %v: colours %v in %q", plain, got, seen())
		}
	}

	to, seen := atWindow(t)
	cmd := command(context.Background(), nil, "--listen=0.0.0.0:0", "--admin-listen=127.0.0.1:0", "--no-discovery")
	cmd.Stdout, cmd.Stderr = to, to
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the greeting", func() bool { return strings.Contains(seen(), "msg=serving") })
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	for _, want := range []string{"Ionwake is at http://localhost:", "To sign in there, once and within an hour: http://127.0.0.1:", "level=INFO msg=stopped"} {
		eventually(t, want, func() bool { return strings.Contains(seen(), want) })
	}
	if picture := strings.Contains(seen(), "\x1b[30;107m"); picture != (lanAddress() != "") {
		t.Errorf("a code for phones: %v", picture)
	}
}
