package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"ionwake/server/flags"
	"ionwake/shared/wire"
)

// version is what this program was built from: a released version, or what Go
// noted of the working tree, or "devel".
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "devel"
	}
	return info.Main.Version
}

func versionLine() string {
	return fmt.Sprintf("ionwake-server %s (wire %d, %s, %s/%s)", version(), wire.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// withVariable adds to the help of a flag its name in the environment.
func withVariable(f *flags.Flag) string {
	return strings.TrimSuffix(f.Help, ".") + " (" + variable(f.Name) + ")."
}

// logging is the log and what can be changed about it while it is written.
type logging struct {
	*slog.Logger
	level *slog.LevelVar
	pipe  *logPipe
}

// newLogging logs to stderr: as text for people at a terminal, else as JSON.
func newLogging(s settings, stderr io.Writer) *logging {
	l := &logging{level: new(slog.LevelVar)}
	l.level.Set(s.logLevel)
	opts := &slog.HandlerOptions{Level: l.level, ReplaceAttr: wordDuration}
	handler := func(w io.Writer) slog.Handler { return slog.NewTextHandler(w, opts) }
	if s.logJSON || s.logAuto && !isTerminal(stderr) {
		handler = func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, opts) }
	}
	l.pipe = newLogPipe(stderr, handler)
	l.Logger = slog.New(handler(l.pipe))
	return l
}

// wordDuration writes lengths of time as "10s" in JSON too, which has nanoseconds
// otherwise.
func wordDuration(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() == slog.KindDuration {
		a.Value = slog.StringValue(a.Value.Duration().String())
	}
	return a
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// colorful reports whether w shows colours (no-color.org).
func colorful(w io.Writer) bool { return os.Getenv("NO_COLOR") == "" && isTerminal(w) }

// oneLine makes text fit one line of a terminal, whatever was in it.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, text)
}
