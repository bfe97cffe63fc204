package main

import (
	"math/rand/v2"
	"net"

	"ionwake/shared/lab"
)

// slowListener puts a bad line in front of each connection, for a feeling of how
// the game plays from far away.
type slowListener struct {
	net.Listener
	line lab.Line
}

// slowed puts the line of --sim-rtt, --sim-jitter and --sim-loss before ln, if
// there is any.
func slowed(ln net.Listener, line lab.Line) net.Listener {
	if line == (lab.Line{}) {
		return ln
	}
	return &slowListener{ln, line}
}

// Accept waits for the next connection.
func (l *slowListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	line := l.line
	line.Seed = rand.Uint64()
	return lab.Slow(conn, line), nil
}
