package admin

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"
)

// tailSize is how many lines of the log a dashboard shows at first.
const tailSize = 500

// maxLogLine bounds a line of the log on a dashboard, in bytes.
const maxLogLine = 2 << 10

// LogLine is a line of the log for people.
type LogLine struct {
	Time  time.Time `json:"time"`
	Level string    `json:"level"`
	Text  string    `json:"text"`
}

// Tail is a slog.Handler that hands everything on to another one and keeps the newest
// lines for dashboards.
type Tail struct {
	next   slog.Handler
	lines  *ring[LogLine]
	prefix string // of the names of attributes
	with   string // attributes of all lines
}

// NewTail returns a Tail in front of next.
func NewTail(next slog.Handler) *Tail { return &Tail{next: next, lines: newRing[LogLine](tailSize)} }

// Enabled implements slog.Handler.
func (t *Tail) Enabled(ctx context.Context, level slog.Level) bool { return t.next.Enabled(ctx, level) }

// Handle implements slog.Handler.
func (t *Tail) Handle(ctx context.Context, r slog.Record) error {
	var b strings.Builder
	b.WriteString(r.Message)
	b.WriteString(t.with)
	r.Attrs(func(a slog.Attr) bool {
		word(&b, t.prefix, a)
		return b.Len() < maxLogLine
	})
	t.lines.add(LogLine{r.Time, r.Level.String(), clean(b.String(), maxLogLine)})
	return t.next.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (t *Tail) WithAttrs(attrs []slog.Attr) slog.Handler {
	var b strings.Builder
	for _, a := range attrs {
		word(&b, t.prefix, a)
	}
	return &Tail{t.next.WithAttrs(attrs), t.lines, t.prefix, t.with + b.String()}
}

// WithGroup implements slog.Handler.
func (t *Tail) WithGroup(name string) slog.Handler {
	return &Tail{t.next.WithGroup(name), t.lines, t.prefix + name + ".", t.with}
}

// word writes an attribute as name=value.
func word(b *strings.Builder, prefix string, a slog.Attr) {
	v := a.Value.Resolve()
	if v.Kind() == slog.KindGroup {
		for _, inner := range v.Group() {
			word(b, prefix+a.Key+".", inner)
		}
		return
	}
	text := v.String()
	if strings.ContainsAny(text, " \"=\n") || text == "" {
		text = strconv.Quote(text)
	}
	fmt.Fprintf(b, " %s%s=%s", prefix, a.Key, text)
}
