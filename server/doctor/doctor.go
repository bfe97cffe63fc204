// Package doctor looks at what a server stands on, before and while it runs: ports,
// clock, limits, certificates, disk, databases. Each look ends in a Finding: one line
// that says what is and, if that is bad, what to do.
package doctor

import (
	"context"
	"errors"
	"net"
	"os"
	"time"
)

// Level says how bad a finding is.
type Level int

// The levels.
const (
	OK Level = iota
	Warn
	Fail
)

// String is how a level is written before its finding.
func (l Level) String() string {
	switch l {
	case OK:
		return "ok"
	case Warn:
		return "warn"
	}
	return "FAIL"
}

// Finding is what one look has found.
type Finding struct {
	Level  Level
	About  string // one or two words: what was looked at
	Text   string // what is, in one line
	Remedy string // what to do about it; "" if there is nothing to do
}

func ok(about, text string) Finding { return Finding{About: about, Text: text} }

func warn(about, text, remedy string) Finding {
	return Finding{Level: Warn, About: about, Text: text, Remedy: remedy}
}

func fail(about, text, remedy string) Finding {
	return Finding{Level: Fail, About: about, Text: text, Remedy: remedy}
}

// Patience is how long a look waits for somebody else.
const Patience = 5 * time.Second

// reason is what is wrong in the fewest words: without addresses and paths, which the
// finding has already.
func reason(err error) string {
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		return "there is no such name: " + dns.Err
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) {
		return "no answer within " + Patience.String()
	}
	if at, ok := errors.AsType[*os.PathError](err); ok {
		return at.Err.Error()
	}
	if call, ok := errors.AsType[*os.SyscallError](err); ok {
		return call.Err.Error()
	}
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Err.Error()
	}
	return err.Error()
}
