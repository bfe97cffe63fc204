//go:build !js

package link

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/lxzan/gws"
)

// Config says where to connect. URL is needed, the rest may be zero.
type Config struct {
	// URL of the socket, ws:// or wss://, as ParseAddress makes it.
	URL string
	// Protocol is the WebSocket subprotocol to insist on; none if empty.
	Protocol string
	// OnReadable is called after each event that Poll will hand out, from the
	// goroutine that reads the socket and with no lock held, so that the owner
	// may poll even while its own loop stands still (a hidden tab). It must not
	// block; whoever polls from it keeps apart its own callers of Poll.
	OnReadable func()
	// Timeout bounds connecting and handshake together; DefaultTimeout if 0.
	Timeout time.Duration
	// Silence is when a server that says nothing is given up; DefaultSilence if
	// 0, never if negative.
	Silence time.Duration

	// Header is sent with the upgrade. A page cannot do that.
	Header http.Header
	// NetDial makes the connection instead of a dial to the URL's host. A wss URL
	// still gets TLS on top. Tests and bad lines come in here.
	NetDial func(ctx context.Context) (net.Conn, error)
	// TLS is the base of the configuration for wss, nil for the usual one.
	TLS *tls.Config
}

// Socket is one connection, from dialling to its end; it is never used again.
// Its methods are for any goroutine, Poll for one at a time.
type Socket struct {
	cfg    Config
	inbox  inbox
	cancel context.CancelFunc

	mu    sync.Mutex
	up    *reader // while it is open
	end   *Event  // why it ends, when this side has decided it; the first reason counts
	quiet silence
	watch *time.Timer

	calling bool // inside OnReadable; the reader's own
}

// Dial starts to connect and returns at once. What becomes of it, Poll tells.
func Dial(cfg Config) *Socket {
	if cfg.Timeout <= 0 {
		cfg.Timeout = DefaultTimeout
	}
	if cfg.Silence == 0 {
		cfg.Silence = DefaultSilence
	}
	ctx, cancel := context.WithCancel(context.Background())
	s := &Socket{cfg: cfg, cancel: cancel}
	go s.run(ctx) // ends when the connection does, at the latest lingerTime after Close
	return s
}

// Poll hands out the next event, and takes back the Data of the one before.
func (s *Socket) Poll() (Event, bool) { return s.inbox.poll() }

// Send queues a copy of data as one binary message. It reports false, and takes
// nothing, while the socket is not open, when data is longer than MaxSend, or
// when what is unsent would grow beyond MaxBacklog: the line is not taking it,
// and more would only be older when it arrives.
func (s *Socket) Send(data []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.up == nil || len(data) > MaxSend {
		return false
	}
	if backlog := s.up.guard.outlet.backlog(); backlog > 0 && backlog+len(data)+frameCost > MaxBacklog {
		return false
	}
	return s.up.conn.WriteMessage(gws.OpcodeBinary, data) == nil
}

// Backlog is what Send has taken and the system has not, in bytes, with a few
// for each message's header.
func (s *Socket) Backlog() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.up == nil {
		return 0
	}
	return s.up.guard.outlet.backlog()
}

// Close says goodbye and ends the connection; it does not wait. What Send took
// before goes out first. Messages that still arrive are dropped, and Closed
// follows with this code and reason, within 2 s. Codes below 1000 are sent as
// 1001.
func (s *Socket) Close(code Code, reason string) {
	reason = plain(reason)
	s.because(Event{Code: code, Reason: reason})
	up := s.setUp(nil)
	if up == nil {
		s.cancel() // still connecting, or over
		return
	}
	_ = up.conn.WriteClose(code.onWire(), []byte(reason))
	time.AfterFunc(lingerTime, s.cancel)
}

// setUp opens the way for Send, or closes it, and returns what was there.
func (s *Socket) setUp(up *reader) (before *reader) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before, s.up = s.up, up
	if up == nil || s.cfg.Silence <= 0 {
		return before
	}
	s.quiet = newSilence(s.cfg.Silence, time.Now())
	s.watch = time.AfterFunc(s.quiet.every(), s.check)
	return before
}

// check looks whether the server still says something.
func (s *Socket) check() {
	s.mu.Lock()
	up := s.up
	lost := up != nil && s.quiet.lost(time.Now(), up.guard.heardAt())
	if up != nil && !lost {
		s.watch.Reset(s.quiet.every())
	}
	s.mu.Unlock()
	if lost {
		s.because(Event{Code: CodeSilent, Reason: "the server has fallen silent"})
		s.cancel()
	}
}

// because notes why this side ends the connection.
func (s *Socket) because(ev Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.end == nil {
		s.end = &ev
	}
}

// ending is why this side ends the connection, nil if it does not.
func (s *Socket) ending() *Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.end
}

// run is the life of the connection.
func (s *Socket) run(ctx context.Context) {
	defer s.cancel()
	ev := s.live(ctx)
	if own := s.ending(); own != nil {
		err := ev.Err
		ev = *own
		ev.Err = err
	}
	ev.Kind = Closed
	s.put(ev)
}

// live connects and reads, and says how it ended.
func (s *Socket) live(ctx context.Context) Event {
	r, ev := s.connect(ctx)
	if r == nil {
		return ev
	}
	stop := context.AfterFunc(ctx, r.guard.abort)
	defer stop()
	s.setUp(r)
	s.put(Event{Kind: Opened})
	err := s.read(r)
	s.setUp(nil)
	r.finish()
	return closedBy(err)
}

// closedBy reads how a connection ended that this side did not end.
func closedBy(err error) Event {
	var by *gws.CloseError
	if !errors.As(err, &by) {
		return Event{Code: CodeLost, Reason: "connection lost", Err: err}
	}
	code := Code(by.Code)
	if code == 0 {
		code = CodeNone
	}
	return Event{Code: code, Reason: plain(string(by.Reason))}
}

// put queues an event and tells the owner.
func (s *Socket) put(ev Event) {
	s.inbox.put(ev)
	if s.cfg.OnReadable != nil {
		s.calling = true
		s.cfg.OnReadable()
		s.calling = false
	}
}
