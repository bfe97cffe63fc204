//go:build !js

package link

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/lxzan/gws"
)

const (
	keepAlive  = 15 * time.Second
	sendBuffer = 16 << 10 // bytes; what is in the system's hands can only get older
)

// connect dials and upgrades within the time-out. If that fails, the Event says
// how and the connection is closed.
func (s *Socket) connect(ctx context.Context) (*reader, Event) {
	u, err := url.Parse(s.cfg.URL)
	if err != nil || (u.Scheme != "ws" && u.Scheme != "wss") || u.Hostname() == "" {
		return nil, Event{Code: CodeAddress, Reason: "this is not the address of a socket", Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	conn, err := s.dial(ctx, u)
	if err != nil {
		return nil, dialEvent(err)
	}
	r := newReader(s, conn)
	stop := context.AfterFunc(ctx, r.guard.abort)
	ev, ok := s.upgrade(r)
	if !stop() {
		ok, ev = false, Event{Code: CodeUnreachable, Reason: "the server took too long", Err: ctx.Err()}
	}
	if !ok {
		r.guard.abort()
		r.finish()
		return nil, ev
	}
	return r, Event{}
}

// dial makes the connection, with TLS where the URL wants it.
func (s *Socket) dial(ctx context.Context, u *url.URL) (net.Conn, error) {
	dial := s.cfg.NetDial
	if dial == nil {
		dial = func(ctx context.Context) (net.Conn, error) { return dialTCP(ctx, u) }
	}
	conn, err := dial(ctx)
	if err != nil || u.Scheme == "ws" {
		return conn, err
	}
	cfg := s.cfg.TLS.Clone()
	if cfg == nil {
		cfg = &tls.Config{}
	}
	if cfg.ServerName == "" {
		cfg.ServerName = u.Hostname()
	}
	secure := tls.Client(conn, cfg)
	if err := secure.HandshakeContext(ctx); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return secure, nil
}

func dialTCP(ctx context.Context, u *url.URL) (net.Conn, error) {
	port := u.Port()
	if port == "" {
		port = map[string]string{"ws": "80", "wss": "443"}[u.Scheme]
	}
	dialer := net.Dialer{KeepAlive: keepAlive}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		return nil, err
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetWriteBuffer(sendBuffer)
	}
	return conn, nil
}

// dialEvent says in words why there is no connection.
func dialEvent(err error) Event {
	var (
		untrusted *tls.CertificateVerificationError
		notTLS    tls.RecordHeaderError
		noName    *net.DNSError
		slow      net.Error
	)
	ev := Event{Code: CodeUnreachable, Reason: "the server does not answer", Err: err}
	switch {
	case errors.As(err, &untrusted):
		ev.Code, ev.Reason = CodeUntrusted, "the server's certificate is not valid for this address"
	case errors.As(err, &notTLS):
		ev.Code, ev.Reason = CodeAddress, "the server does not speak TLS here: try ws:// or http://"
	case errors.As(err, &noName) && noName.IsNotFound:
		ev.Reason = "there is no server of this name"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		ev.Reason = "the server took too long"
	}
	return ev
}

// upgrade makes a WebSocket of a connection, or says how that failed. The
// library's own time-out never comes first.
func (s *Socket) upgrade(r *reader) (ev Event, ok bool) {
	header := s.cfg.Header.Clone()
	if header == nil {
		header = http.Header{}
	}
	if s.cfg.Protocol != "" {
		header.Set("Sec-WebSocket-Protocol", s.cfg.Protocol)
	}
	conn, response, err := gws.NewClientFromConn(r, &gws.ClientOption{
		Addr:               s.cfg.URL,
		RequestHeader:      header,
		HandshakeTimeout:   2 * s.cfg.Timeout,
		ReadMaxPayloadSize: MaxMessage,
	}, r.guard)
	switch {
	case err == nil:
		r.guard.upgraded, r.conn = true, conn
		return Event{}, true
	case errors.Is(err, gws.ErrSubprotocolNegotiation):
		return Event{Code: CodeVersion, Reason: "the server does not speak " + plain(s.cfg.Protocol), Err: err}, false
	case response != nil && response.StatusCode != http.StatusSwitchingProtocols:
		return refusal(response, err), false
	}
	return Event{Code: CodeUnreachable, Reason: "the server's answer is not that of a game server", Err: err}, false
}

// longestRefusal bounds Retry-After before it is multiplied.
const longestRefusal = 24 * 60 * 60

// refusal reads an HTTP answer that is not an upgrade.
func refusal(response *http.Response, cause error) Event {
	status := response.StatusCode
	ev := Event{Code: CodeRefused, Reason: plain(fmt.Sprintf("the server answered %d %s", status, http.StatusText(status))), Err: cause}
	switch status {
	case http.StatusTooManyRequests, http.StatusRequestTimeout, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		ev.Code = CodeBusy
	}
	n, err := strconv.ParseInt(response.Header.Get("Retry-After"), 10, 64)
	if n > 0 && (err == nil || errors.Is(err, strconv.ErrRange)) {
		ev.RetryAfter = time.Duration(min(n, longestRefusal)) * time.Second
	}
	return ev
}
