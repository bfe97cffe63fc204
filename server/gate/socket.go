package gate

import (
	"errors"
	"io"
	"net"
	"os"
	"time"
)

// readBuffer is what one read takes from a socket at most, and what the library buffers, in bytes.
const readBuffer = 1 << 10

// ownDelay is how late we may look at a connection before the delay counts as ours (the process was stopped, a handler took its time) and every
// limit on the peer's silence starts anew: it did not keep us waiting, we kept it.
const ownDelay = time.Second

var errEnding = errors.New("connection is ending")

// socket is the net.Conn that the library reads from. It passes bytes on only as the guard lets them through and is where all limits on a
// client's silence are kept. It belongs to the reading half. Messages that have come whole in one frame, as all of an honest client's do, go to the
// peer without the library, which would allocate for each. After the upgrade the library's writes and its Close are dropped: it would answer on
// the read path and cut the line right behind its close frame; the connection's line does that instead.
type socket struct {
	conn  *Conn
	peer  Peer
	left  time.Time // when the last Read returned, or was excused
	heard time.Time // when bytes last came
	guard guard

	net.Conn // the hijacked connection
	now      func() time.Time
	came     func() time.Time // when what was read last came, where that is known to be before it was read
	early    []byte           // what net/http had read beyond the request
	upgraded bool

	fault  error     // why reading ended; sticky
	armed  time.Time // the read deadline that is set; zero: none
	hello  time.Time // when the greeting is due
	nextUp time.Time // when the next ping is due
}

func newSocket(c *Conn, raw net.Conn, early []byte) *socket {
	cfg := &c.gate.cfg
	now := time.Now()
	s := &socket{
		Conn:  raw,
		conn:  c,
		now:   time.Now,
		early: append([]byte(nil), early...),
		guard: newGuard(cfg.MessageRate, cfg.ByteRate),
		left:  now, heard: now, hello: now.Add(cfg.HelloTimeout), nextUp: now.Add(cfg.PingEvery),
	}
	if timed, ok := inner[interface {
		now() time.Time
		came() time.Time
	}](raw); ok {
		s.now, s.came = timed.now, timed.came
	}
	c.attach(raw)
	return s
}

// Read gives the library the next checked bytes that are not for the peer at once. It fails with a *CloseError when the client broke a rule, with
// io.EOF after its close frame.
func (s *socket) Read(p []byte) (int, error) {
	for s.fault == nil {
		n, now, err := s.pull(p)
		if err != nil {
			s.fault = err
			break
		}
		s.heard, s.left, s.conn.came = now, now, now
		if s.came != nil {
			s.conn.came = s.came()
		}
		if n = s.sift(p[:n], now); n > 0 {
			return n, nil
		}
	}
	return 0, s.fault
}

// sift checks what has come and gives the peer the messages at its front that are whole. What the library is to have of the rest then stands at
// the front of p; its length is returned.
func (s *socket) sift(p []byte, now time.Time) int {
	rest := s.serve(p, now)
	n, fault := s.guard.scan(rest, s.limit(), now)
	switch {
	case fault != nil:
		s.fault = fault
	case s.guard.closed:
		s.fault = io.EOF
	}
	return copy(p, rest[:n])
}

// serve gives the peer the messages at the front of p that are whole and may come, and returns the rest. Pongs between them, of which no one wants to
// know more than that something came (RFC 6455 section 5.5.3), are left out. While the guard is between two messages the
// library is too: it asks for more only when it has used up what it was given.
func (s *socket) serve(p []byte, now time.Time) (rest []byte) {
	if !s.guard.idle() {
		return p
	}
	for {
		if head, size := wholeMessage(p); size > 0 && s.guard.book(size-head, s.limit(), now) {
			unmask(p[head:size], p[head-4:head])
			s.take(p[head:size])
			p = p[size:]
		} else if size := wholePong(p); size > 0 && s.guard.control.take(1, now) {
			p = p[size:]
		} else {
			return p
		}
	}
}

// between reports whether the next byte begins a message, on a connection that goes on.
func (s *socket) between() bool { return s.guard.idle() && s.conn.end.Load() == nil }

// relay is Read for a pump, past the coroutine in which Read waits, when the connection is between messages: it gives the peer those that are whole
// and may come and returns the rest, which Read is to have. A panic ends the connection, as in Read.
func (s *socket) relay(p []byte, now, came time.Time) (rest []byte) {
	defer func() {
		if fault := recover(); fault != nil {
			s.conn.fault("pump", fault)
		}
	}()
	s.heard, s.left, s.conn.came = now, now, came
	return s.serve(p, now)
}

// limit is how long a message may be now, in bytes.
func (s *socket) limit() int {
	if s.conn.admitted.Load() {
		return maxMessage
	}
	return maxHello
}

// pull reads raw bytes, waking in between for whatever is due.
func (s *socket) pull(p []byte) (int, time.Time, error) {
	if len(s.early) > 0 {
		n := copy(p, s.early)
		s.early = s.early[n:]
		return n, s.now(), nil
	}
	if now := s.now(); now.Sub(s.left) > ownDelay {
		s.excuse(now)
	}
	for {
		if err := s.watch(s.now()); err != nil {
			return 0, time.Time{}, err
		}
		n, err := s.Conn.Read(p)
		now := s.now()
		if n > 0 {
			return n, now, nil
		}
		if err == nil {
			continue
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return 0, now, err
		}
		if !s.armed.IsZero() && now.Sub(s.armed) > ownDelay {
			s.excuse(now)
		}
		s.armed = time.Time{}
	}
}

// watch ends a connection that is over a limit of time, asks for a ping when one is due, and arms the read deadline for what is due next. The
// deadline is moved only forward in time or when it has fired, so a busy connection rarely touches it.
func (s *socket) watch(now time.Time) error {
	cfg := &s.conn.gate.cfg
	if !now.Before(s.nextUp) {
		s.conn.ping()
		s.nextUp = now.Add(cfg.PingEvery)
	}
	lost, next := s.heard.Add(cfg.LostAfter), s.nextUp
	if !now.Before(lost) {
		return &CloseError{Code: CloseGone}
	}
	if lost.Before(next) {
		next = lost
	}
	if !s.conn.admitted.Load() {
		if !now.Before(s.hello) {
			return &CloseError{CloseDenied, "no greeting in time"}
		}
		if s.hello.Before(next) {
			next = s.hello
		}
	}
	if since := s.guard.since; !since.IsZero() {
		late := since.Add(cfg.MessageTimeout)
		if !now.Before(late) {
			return &CloseError{ClosePolicy, "message took too long"}
		}
		if late.Before(next) {
			next = late
		}
	}
	if s.armed.IsZero() || next.Before(s.armed) {
		if err := s.Conn.SetReadDeadline(next); err != nil {
			return err
		}
		s.armed = next
	}
	// Close moves the deadline after it has set the end: whichever came last, one of the two is seen here.
	if s.conn.end.Load() != nil {
		return errEnding
	}
	return nil
}

// excuse moves all that the client is measured by later by the time since the last Read, as if that time had not been.
func (s *socket) excuse(now time.Time) {
	by := now.Sub(s.left)
	s.left = now
	s.heard, s.hello, s.nextUp = s.heard.Add(by), s.hello.Add(by), s.nextUp.Add(by)
	if !s.guard.since.IsZero() {
		s.guard.since = s.guard.since.Add(by)
	}
}

// Write passes the 101 on and drops what the library says later (see socket).
func (s *socket) Write(p []byte) (int, error) {
	if s.upgraded {
		return len(p), nil
	}
	return s.Conn.Write(p)
}

// Close ends the connection of a handshake that failed, and does nothing after one that succeeded.
func (s *socket) Close() error {
	if s.upgraded {
		return nil
	}
	return s.Conn.Close()
}
