//go:build !unix

package main

import "os"

// terminal is the window in which the server was started, which ends it here.
type terminal struct{}

func theTerminal() terminal { return terminal{} }

func (terminal) gone() bool { return false }

// hangUps are the signals that tell a server to read its settings again: none here.
func hangUps() <-chan os.Signal { return nil }

// outliveReaders does nothing: nobody is ended here for writing.
func outliveReaders() {}
