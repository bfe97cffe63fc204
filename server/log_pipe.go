package main

import (
	"io"
	"log/slog"
	"sync/atomic"
	"time"
)

const (
	pipeLines = 1024                   // that wait to be written at most
	pipeFlush = 250 * time.Millisecond // that the last lines are waited for
)

// logPipe writes lines on a goroutine of its own. A disk that is full and a pipe that
// nobody reads hold up nobody: what does not fit any more is dropped and counted, and
// the number is told as soon as something can be written again.
type logPipe struct {
	out   io.Writer
	lines chan []byte
	lost  atomic.Int64
	told  *slog.Logger // straight to out
	ended chan struct{}
}

// newLogPipe begins to write to out. Handler makes what words the number of lost lines.
func newLogPipe(out io.Writer, handler func(io.Writer) slog.Handler) *logPipe {
	p := &logPipe{out: out, lines: make(chan []byte, pipeLines), told: slog.New(handler(out)), ended: make(chan struct{})}
	go p.run() // until close
	return p
}

// Write takes a line. It never blocks and never fails.
func (p *logPipe) Write(line []byte) (int, error) {
	own := append([]byte(nil), line...) // slog uses its buffer again
	select {
	case p.lines <- own:
	default:
		p.lost.Add(1)
	}
	return len(line), nil
}

func (p *logPipe) run() {
	defer close(p.ended)
	for line := range p.lines {
		if line == nil {
			return
		}
		if _, err := p.out.Write(line); err != nil {
			p.lost.Add(1)
			continue
		}
		if lost := p.lost.Swap(0); lost > 0 {
			p.told.Warn("log lines were lost: the log could not be written", "lines", lost)
		}
	}
}

// close waits a moment for what was written. Write may still be called; nobody reads
// those lines.
func (p *logPipe) close() {
	late := time.NewTimer(pipeFlush)
	defer late.Stop()
	select {
	case p.lines <- nil:
	case <-late.C:
		return
	}
	select {
	case <-p.ended:
	case <-late.C:
	}
}
