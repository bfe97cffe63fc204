//go:build !linux || !(amd64 || arm64)

package gate

import "net"

// Pump moves the bytes of connections, where a system has one; see NewPumps.
type Pump struct{}

// NewPumps returns no pumps: on this system every connection has goroutines of its own.
func NewPumps(int) ([]*Pump, error) { return nil, nil }

// Turn does nothing.
func (*Pump) Turn() {}

// Close does nothing.
func (*Pump) Close() {}

func (*Gate) board(net.Conn) {}

func newLine(c *Conn, raw net.Conn) line { return newWriter(c, raw) }
