//go:build !js

package link

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync/atomic"
	"time"
)

const (
	maxHead    = 16 << 10 // bytes of the server's answer to the upgrade
	readBuffer = 4 << 10  // bytes of the network read during the upgrade
)

var errHead = errors.New("the answer to the upgrade is too long")

// guard stands between the network and the WebSocket library. Frame headers are
// validated against RFC 6455 before the library sees them, the answer to the
// upgrade is bounded, and writing goes through an outlet. Reading is for one
// goroutine; the rest is for any.
type guard struct {
	net.Conn
	outlet *outlet
	broken func(*violation) // called once, from Read

	upgraded bool   // by the reader, after the handshake
	head     int    // bytes handed on before that
	ahead    []byte // read from the network and not handed on
	frames   frames
	breach   *violation
	reported bool

	birth time.Time
	heard atomic.Int64 // when bytes last arrived, in nanoseconds since birth
}

func newGuard(conn net.Conn, broken func(*violation)) *guard {
	return &guard{Conn: conn, outlet: newOutlet(conn), broken: broken, birth: time.Now()}
}

// Read hands on only what is sound. A breach ends the stream.
func (g *guard) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if !g.upgraded {
		return g.readHead(p)
	}
	for g.breach == nil && !g.frames.ended {
		n, err := g.fill(p)
		var ok int
		ok, g.breach = g.frames.scan(p[:n], time.Now())
		if ok > 0 {
			return ok, nil // an error of the network comes again
		}
		if err != nil {
			return 0, err
		}
	}
	if g.breach == nil {
		return 0, io.EOF
	}
	if !g.reported {
		g.reported = true
		g.broken(g.breach)
	}
	return 0, g.breach
}

// readHead hands on the answer to the upgrade byte by byte. So whatever reads it
// stops exactly at its end, and not one byte of a frame passes unseen, however
// the end of the answer is written.
func (g *guard) readHead(p []byte) (int, error) {
	if g.head == maxHead {
		return 0, errHead
	}
	if len(g.ahead) == 0 {
		g.ahead = make([]byte, readBuffer)
		n, err := g.network(g.ahead)
		g.ahead = g.ahead[:n]
		if n == 0 {
			return 0, err
		}
	}
	p[0], g.ahead = g.ahead[0], g.ahead[1:]
	g.head++
	return 1, nil
}

// fill reads what was read ahead, then the network.
func (g *guard) fill(p []byte) (int, error) {
	if len(g.ahead) > 0 {
		n := copy(p, g.ahead)
		g.ahead = g.ahead[n:]
		return n, nil
	}
	g.ahead = nil
	return g.network(p)
}

func (g *guard) network(p []byte) (int, error) {
	n, err := g.Conn.Read(p)
	if n > 0 {
		g.heard.Store(int64(time.Since(g.birth)))
	}
	return n, err
}

// heardAt is when bytes last arrived.
func (g *guard) heardAt() time.Time { return g.birth.Add(time.Duration(g.heard.Load())) }

// Write never waits.
func (g *guard) Write(p []byte) (int, error) { return g.outlet.Write(p) }

// Close is the library's: it ends our side of the stream and leaves the other
// side a moment to answer, because closing with bytes unread could throw away
// what was written last. The Socket closes for good.
func (g *guard) Close() error {
	g.outlet.finish()
	return g.Conn.SetReadDeadline(time.Now().Add(lingerTime))
}

// abort closes the connection for good, at once and without a word: TLS would
// take 5 s to say goodbye to one who does not listen.
func (g *guard) abort() {
	if secure, ok := g.Conn.(*tls.Conn); ok {
		_ = secure.NetConn().Close()
		return
	}
	_ = g.Conn.Close()
}
