//go:build !js

package clip

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// tool is a program of the system that copies from its input and one that writes
// what was copied. They keep the text when the game is gone, and need no C.
type tool struct{ copy, paste []string }

// patience is how long such a program may take: they answer at once, or hang on a
// display that is gone.
const patience = 2 * time.Second

// tools are those of this system, the likeliest first.
func tools() []tool {
	switch runtime.GOOS {
	case "windows":
		shell := []string{"powershell", "-NoProfile", "-NonInteractive", "-Command"}
		return []tool{{
			append(shell[:4:4], "[Console]::InputEncoding=[Text.Encoding]::UTF8; Set-Clipboard -Value ([Console]::In.ReadToEnd())"),
			append(shell[:4:4], "[Console]::OutputEncoding=[Text.Encoding]::UTF8; [Console]::Out.Write((Get-Clipboard -Raw))"),
		}}
	case "darwin":
		return []tool{{[]string{"pbcopy"}, []string{"pbpaste"}}}
	}
	x := []tool{
		{[]string{"xclip", "-selection", "clipboard"}, []string{"xclip", "-selection", "clipboard", "-o"}},
		{[]string{"xsel", "-ib"}, []string{"xsel", "-ob"}},
	}
	if os.Getenv("WAYLAND_DISPLAY") == "" {
		return x
	}
	return append([]tool{{[]string{"wl-copy"}, []string{"wl-paste", "-n"}}}, x...)
}

// Here returns the system's clipboard, or nil if no program for it is installed.
func Here() *Clipboard {
	if find() == nil {
		return nil
	}
	return &Clipboard{}
}

// find returns the first tool that is installed.
func find() *tool {
	for _, t := range tools() {
		if _, err := exec.LookPath(t.copy[0]); err == nil {
			return &t
		}
	}
	return nil
}

func put(text string) {
	if t := find(); t != nil {
		go func() { _ = run(t.copy, strings.NewReader(text), io.Discard) }() // the player sees what was not copied
	}
}

func fetch(take func(string)) {
	t := find()
	if t == nil {
		take("")
		return
	}
	go func() {
		var out bytes.Buffer
		if err := run(t.paste, nil, &out); err != nil {
			out.Reset() // an empty clipboard is an error to some
		}
		take(out.String())
	}()
}

func run(argv []string, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Stdin, cmd.Stdout = in, out
	return cmd.Run()
}
