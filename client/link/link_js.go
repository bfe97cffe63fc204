//go:build js

package link

import (
	"sync"
	"syscall/js"
	"time"
)

// Config says where to connect. URL is needed, the rest may be zero.
type Config struct {
	// URL of the socket, ws:// or wss://, as ParseAddress makes it.
	URL string
	// Protocol is the WebSocket subprotocol to insist on; none if empty.
	Protocol string
	// OnReadable is called after each event that Poll will hand out, from the
	// page's own event, so that the owner may poll even while its own loop stands
	// still: a hidden tab draws no frames, and the server goes on sending. It must
	// not block; whoever polls from it keeps apart its own callers of Poll.
	OnReadable func()
	// Timeout bounds connecting and handshake together; DefaultTimeout if 0.
	Timeout time.Duration
	// Silence is when a server that says nothing is given up; DefaultSilence if
	// 0, never if negative.
	Silence time.Duration
}

// Socket is one connection, from dialling to its end; it is never used again.
// Its methods are for any goroutine, Poll for one at a time.
type Socket struct {
	cfg   Config
	inbox inbox
	page  js.Value   // the page's WebSocket
	hooks [4]js.Func // open, message, close, error; released at the end
	chute js.Value   // a Uint8Array that messages to send are copied into

	mu    sync.Mutex
	state state
	end   *Event // why it ends, when this side has decided it; the first reason counts
	quiet silence
	heard time.Time
	timer *time.Timer // connecting, then silence, then the goodbye
}

// state is how far a Socket has come.
type state uint8

const (
	connecting state = iota
	open
	leaving // said goodbye, waiting for the page to say that it is over
	over
)

// Dial starts to connect and returns at once. What becomes of it, Poll tells.
func Dial(cfg Config) *Socket {
	if cfg.Timeout <= 0 {
		cfg.Timeout = DefaultTimeout
	}
	if cfg.Silence == 0 {
		cfg.Silence = DefaultSilence
	}
	s := &Socket{cfg: cfg, page: js.Undefined()}
	page, trouble := newPageSocket(cfg)
	if trouble != nil {
		s.state = over
		s.put(*trouble)
		return s
	}
	s.page = page
	s.page.Set("binaryType", "arraybuffer")
	s.chute = js.Global().Get("Uint8Array").New(MaxSend)
	s.timer = time.AfterFunc(cfg.Timeout, func() {
		s.finish(Event{Code: CodeUnreachable, Reason: "the server took too long"})
	})
	s.hook()
	return s
}

// newPageSocket makes the page's WebSocket, whose constructor throws for an
// address it will not try.
func newPageSocket(cfg Config) (page js.Value, trouble *Event) {
	defer func() {
		if thrown := recover(); thrown != nil {
			trouble = &Event{Kind: Closed, Code: CodeAddress, Reason: "the browser will not connect to this address"}
		}
	}()
	location := js.Global().Get("location")
	if location.Truthy() && location.Get("protocol").String() == "https:" && len(cfg.URL) > 5 && cfg.URL[:5] == "ws://" {
		return js.Value{}, &Event{Kind: Closed, Code: CodeAddress,
			Reason: "this page came by https, so its server must be reached by wss:// or https://"}
	}
	class := js.Global().Get("WebSocket")
	if cfg.Protocol == "" {
		return class.New(cfg.URL), nil
	}
	return class.New(cfg.URL, cfg.Protocol), nil
}

// Poll hands out the next event, and takes back the Data of the one before.
func (s *Socket) Poll() (Event, bool) { return s.inbox.poll() }

// Send gives a copy of data to the page as one binary message. It reports false,
// and takes nothing, while the socket is not open, when data is longer than
// MaxSend, or when what is unsent would grow beyond MaxBacklog: the line is not
// taking it, and more would only be older when it arrives.
func (s *Socket) Send(data []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != open || len(data) > MaxSend {
		return false
	}
	if waiting := s.page.Get("bufferedAmount").Int(); waiting > 0 && waiting+len(data) > MaxBacklog {
		return false
	}
	js.CopyBytesToJS(s.chute, data)
	s.page.Call("send", s.chute.Call("subarray", 0, len(data))) // the page copies it before it returns
	return true
}

// Backlog is what Send has taken and the page has not handed to the network, in
// bytes.
func (s *Socket) Backlog() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != open && s.state != leaving {
		return 0
	}
	return s.page.Get("bufferedAmount").Int()
}

// Close says goodbye and ends the connection; it does not wait. What Send took
// before goes out first. Messages that still arrive are dropped, and Closed
// follows with this code and reason, within 2 s. A page may only send 1000 and
// codes from 3000 on: all others go out as 1000.
func (s *Socket) Close(code Code, reason string) {
	s.leave(Event{Code: code, Reason: plain(reason)})
}

// leave starts the goodbye, for the reason given if there is none yet.
func (s *Socket) leave(ev Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != connecting && s.state != open {
		return
	}
	s.state = leaving
	s.end = &ev
	s.timer.Stop()
	s.timer = time.AfterFunc(lingerTime, func() { s.finish(ev) })
	code := int(CodeNormal)
	if ev.Code >= 3000 {
		code = int(ev.Code)
	}
	s.page.Call("close", code, ev.Reason)
}

// finish ends it for good, once: nothing of the page's is heard any more.
func (s *Socket) finish(ev Event) {
	s.mu.Lock()
	if s.state == over {
		s.mu.Unlock()
		return
	}
	wasLeaving := s.state == leaving
	s.state = over
	if s.end != nil {
		ev = *s.end
	}
	s.timer.Stop()
	s.unhook()
	s.mu.Unlock()
	if !wasLeaving {
		s.page.Call("close") // does nothing if it is closed
	}
	ev.Kind = Closed
	s.put(ev)
}

// put queues an event and tells the owner.
func (s *Socket) put(ev Event) {
	s.inbox.put(ev)
	if s.cfg.OnReadable != nil {
		s.cfg.OnReadable()
	}
}
