//go:build !js

package main

import (
	"context"
	"net"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"ionwake/client/link"
	"ionwake/client/session"
	"ionwake/shared/lab"
	"ionwake/shared/wire"
)

const (
	slowRate   = 64_000 / 8       // bytes a second
	slowBuffer = slowRate / 4     // what a slow line holds: a quarter of a second
	smallest   = 4 << 10          // receive buffer of who does not read, or slowly
	pause      = time.Millisecond // between two bytes of a dribble
)

// open starts to connect a player to its room, over a line as bad as its kind and the
// command line want.
func (s *swarm) open(p *player, readable func()) session.Socket {
	plain := s.set.line == (lab.Line{}) && strings.HasPrefix(p.url, "ws://")
	if p.kind == crowd && plain && s.mesh != nil {
		return s.mesh.open(p.url, readable)
	}
	cfg := link.Config{URL: p.url, Protocol: wire.Protocol, OnReadable: readable}
	line := s.set.line
	if p.kind == slow {
		line.Bandwidth, line.SendBuffer, line.RecvBuffer = slowRate, slowBuffer, smallest
	}
	if line == (lab.Line{}) && (p.kind == crowd || p.kind == witness) {
		return link.Dial(cfg)
	}
	if p.kind == stalled {
		cfg.Silence = -1 // it does not listen, so it does not mind
	}
	cfg.NetDial = func(ctx context.Context) (net.Conn, error) {
		conn, err := dial(ctx, p.url)
		if err != nil {
			return nil, err
		}
		if p.kind == slow || p.kind == stalled {
			_ = conn.SetReadBuffer(smallest)
		}
		return p.spoil(conn, line, s.set.seed), nil
	}
	return link.Dial(cfg)
}

// dial connects to the host of a socket's address.
func dial(ctx context.Context, socket string) (*net.TCPConn, error) {
	u, err := url.Parse(socket)
	if err != nil {
		return nil, err
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"ws": "80", "wss": "443"}[u.Scheme]
	}
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		return nil, err
	}
	return conn.(*net.TCPConn), nil
}

// spoil makes a connection as bad as the player's kind wants it.
func (p *player) spoil(conn net.Conn, line lab.Line, seed uint64) net.Conn {
	if line != (lab.Line{}) {
		line.Seed = seed<<20 + uint64(p.id)
		conn = lab.Slow(conn, line)
	}
	switch p.kind {
	case stalled:
		sleep := &sleeper{Conn: conn, over: make(chan struct{})}
		p.sleep.Store(sleep)
		return sleep
	case dribble:
		return dribbler{conn}
	}
	return conn
}

// sleeper is a connection whose owner stops reading when it has fallen asleep.
type sleeper struct {
	net.Conn
	asleep atomic.Bool
	once   sync.Once
	over   chan struct{}
}

// Read reads, or sleeps until the connection is closed.
func (s *sleeper) Read(p []byte) (int, error) {
	if s.asleep.Load() {
		<-s.over
		return 0, net.ErrClosed
	}
	return s.Conn.Read(p)
}

// Close closes the connection and ends the sleep.
func (s *sleeper) Close() error {
	s.once.Do(func() { close(s.over) })
	return s.Conn.Close()
}

// dribbler is a connection that sends byte by byte.
type dribbler struct{ net.Conn }

// Write sends each byte by itself.
func (d dribbler) Write(p []byte) (int, error) {
	for i := range p {
		if i > 0 {
			time.Sleep(pause)
		}
		if n, err := d.Conn.Write(p[i : i+1]); err != nil {
			return i + n, err
		}
	}
	return len(p), nil
}
