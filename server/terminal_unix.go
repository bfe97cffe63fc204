//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
)

// terminal is the window in which the server was started, if there is one. The signal
// that tells a server to read its settings again is the same as that of a window that is
// closed, after which a server in it ends.
type terminal struct{ had bool }

// theTerminal looks for the window. With nohup(1) the server shall outlive it: then there
// is none.
func theTerminal() terminal {
	return terminal{had: !signal.Ignored(syscall.SIGHUP) && terminal{}.open()}
}

// gone reports whether the window was closed.
func (t terminal) gone() bool { return t.had && !t.open() }

func (terminal) open() bool {
	f, err := os.OpenFile("/dev/tty", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return false
	}
	_ = f.Close()
	return true
}

// hangUps are the signals that tell a server to read its settings again.
func hangUps() <-chan os.Signal {
	again := make(chan os.Signal, 1)
	signal.Notify(again, syscall.SIGHUP)
	return again
}

// outliveReaders lets the server go on when whoever read its output has ended, which
// would end it otherwise (signal(7): SIGPIPE).
func outliveReaders() { signal.Ignore(syscall.SIGPIPE) }
