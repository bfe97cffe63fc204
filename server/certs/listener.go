package certs

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// Listen puts TLS before ln. Who speaks plain HTTP there, as browsers do when https:// was left out, is sent to the same place by https. The
// handshake takes place at the first read, under the deadlines of whoever reads.
func Listen(ln net.Listener, cfg *tls.Config) net.Listener { return &listener{ln, cfg} }

type listener struct {
	net.Listener
	cfg *tls.Config
}

// Accept waits for the next connection.
func (l *listener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return tls.Server(&opening{Conn: conn}, l.cfg), nil
}

// opening looks at the first bytes that a client sends.
type opening struct {
	net.Conn
	seen bool // read by whoever reads, one at a time
}

// NetConn is the connection inside.
func (o *opening) NetConn() net.Conn { return o.Conn }

// CloseWrite ends the writing half, where the connection inside can.
func (o *opening) CloseWrite() error {
	half, ok := o.Conn.(interface{ CloseWrite() error })
	if !ok {
		return errors.ErrUnsupported
	}
	return half.CloseWrite()
}

// errPlain ends a handshake with someone who does not speak TLS.
var errPlain = errors.New("plain HTTP on a port for https")

// recordHandshake is the first byte of each TLS connection (RFC 8446 section 5.1).
const recordHandshake = 0x16

// Read reads what comes, and answers whoever does not speak TLS.
func (o *opening) Read(b []byte) (int, error) {
	n, err := o.Conn.Read(b)
	if o.seen || n == 0 {
		return n, err
	}
	o.seen = true
	if b[0] == recordHandshake {
		return n, err
	}
	if looksLikeHTTP(b[:n]) {
		o.redirect(b[:n])
	}
	return 0, errPlain
}

func looksLikeHTTP(begin []byte) bool {
	for _, method := range []string{"GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS "} {
		if n := min(len(begin), len(method)); bytes.Equal(begin[:n], []byte(method[:n])) {
			return true
		}
	}
	return false
}

const (
	maxRequest    = 8 << 10 // bytes of a plain request that is read to its end
	answerTimeout = 2 * time.Second
)

// redirect answers a plain request.
func (o *opening) redirect(begin []byte) {
	_ = o.SetDeadline(time.Now().Add(answerTimeout))
	rest := &limited{conn: o.Conn, begin: begin, left: maxRequest}
	r, err := http.ReadRequest(bufio.NewReader(rest))
	if err != nil || !validHost(r.Host) {
		return
	}
	// 307 keeps the method and is not remembered: the host may go back to plain HTTP.
	fmt.Fprintf(o.Conn, "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://%s%s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", r.Host, target(r))
}

// target is what a request asks for, as a path with its query.
func target(r *http.Request) string {
	uri := r.URL.RequestURI()
	if !strings.HasPrefix(uri, "/") {
		return "/"
	}
	return uri
}

// limited reads the bytes that have come and then the connection, up to a limit.
type limited struct {
	conn  net.Conn
	begin []byte
	left  int
}

// Read implements io.Reader.
func (l *limited) Read(b []byte) (int, error) {
	if l.left <= 0 {
		return 0, errPlain
	}
	b = b[:min(len(b), l.left)]
	if len(l.begin) > 0 {
		n := copy(b, l.begin)
		l.begin, l.left = l.begin[n:], l.left-n
		return n, nil
	}
	n, err := l.conn.Read(b)
	l.left -= n
	return n, err
}

// validHost reports whether text may stand in a Location header as a host with or without a port.
func validHost(text string) bool {
	if text == "" || len(text) > 255 {
		return false
	}
	for _, c := range []byte(text) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.', c == '-', c == ':', c == '[', c == ']', c == '_':
		default:
			return false
		}
	}
	return true
}
