package gate

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
)

// Serve reads an HTTP upgrade from a connection that no listener of ours accepted (one end of a pipe, a simulated line) and serves it exactly as
// the game port would, whatever its path. It returns when the connection has been closed. Only deadlines, reads and writes of conn are used;
// without an IP address in RemoteAddr it is counted in all but not by prefix.
func (g *Gate) Serve(conn net.Conn) error {
	door := &door{first: make(chan net.Conn, 1), closed: make(chan struct{})}
	door.first <- &doorConn{Conn: conn, door: door}
	err := g.Server(g).Serve(door)
	if errors.Is(err, http.ErrServerClosed) || errors.Is(err, net.ErrClosed) {
		return nil
	}
	return fmt.Errorf("serve one connection: %w", err)
}

// door is a listener that accepts one connection and ends when that one is closed.
type door struct {
	first  chan net.Conn
	once   sync.Once
	closed chan struct{}
}

func (d *door) Accept() (net.Conn, error) {
	select {
	case conn := <-d.first:
		return conn, nil
	case <-d.closed:
		return nil, net.ErrClosed
	}
}

func (d *door) Close() error   { d.once.Do(func() { close(d.closed) }); return nil }
func (d *door) Addr() net.Addr { return doorAddr{} }

type doorAddr struct{}

func (doorAddr) Network() string { return "memory" }
func (doorAddr) String() string  { return "memory" }

type doorConn struct {
	net.Conn
	door *door
}

func (c *doorConn) Close() error {
	err := c.Conn.Close()
	_ = c.door.Close()
	return err
}

func (c *doorConn) NetConn() net.Conn { return c.Conn }
