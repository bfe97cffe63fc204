//go:build js

package link

import (
	"syscall/js"
	"time"
)

// hook listens to the page's WebSocket (WebSockets Standard, section 3.1). The
// page calls one hook at a time.
func (s *Socket) hook() {
	for i, h := range []struct {
		name string
		call func(event js.Value)
	}{
		{"onopen", func(js.Value) { s.opened() }},
		{"onmessage", func(event js.Value) { s.message(event.Get("data")) }},
		{"onclose", s.closed},
		{"onerror", func(js.Value) {}}, // close follows, and tells as much
	} {
		s.hooks[i] = js.FuncOf(func(_ js.Value, args []js.Value) any {
			h.call(args[0])
			return nil
		})
		s.page.Set(h.name, s.hooks[i])
	}
}

// unhook stops listening. The functions are released a moment later: one of
// them may be what is running.
func (s *Socket) unhook() {
	for _, name := range []string{"onopen", "onmessage", "onclose", "onerror"} {
		s.page.Set(name, js.Null())
	}
	hooks := s.hooks
	time.AfterFunc(0, func() {
		for _, f := range hooks {
			f.Release()
		}
	})
}

func (s *Socket) opened() {
	s.mu.Lock()
	if s.state != connecting {
		s.mu.Unlock()
		return
	}
	s.state = open
	s.timer.Stop()
	now := time.Now()
	s.heard, s.quiet = now, newSilence(s.cfg.Silence, now)
	if s.cfg.Silence > 0 {
		s.timer = time.AfterFunc(s.quiet.every(), s.check)
	}
	s.mu.Unlock()
	s.put(Event{Kind: Opened})
}

// check looks whether the server still says something.
func (s *Socket) check() {
	s.mu.Lock()
	if s.state != open {
		s.mu.Unlock()
		return
	}
	lost := s.quiet.lost(time.Now(), s.heard)
	if !lost {
		s.timer = time.AfterFunc(s.quiet.every(), s.check)
	}
	s.mu.Unlock()
	if lost {
		s.finish(Event{Code: CodeSilent, Reason: "the server has fallen silent"})
	}
}

// message copies one message into the inbox.
func (s *Socket) message(data js.Value) {
	s.mu.Lock()
	ready := s.state == open
	s.heard = time.Now()
	s.mu.Unlock()
	if !ready {
		return
	}
	if data.Type() != js.TypeObject {
		s.leave(Event{Code: CodeKind, Reason: "text frame"})
		return
	}
	size := data.Get("byteLength").Int()
	if size > MaxMessage {
		s.leave(Event{Code: CodeTooBig, Reason: "message too big"})
		return
	}
	buf := s.inbox.buffer(size)
	if buf == nil {
		s.leave(Event{Code: CodeOverflow, Reason: "more arrived than was read"})
		return
	}
	js.CopyBytesToGo(buf, js.Global().Get("Uint8Array").New(data))
	s.put(Event{Kind: Message, Data: buf})
}

// closed is the page's word that it is over. A page is told nothing of why a
// connection could not be made.
func (s *Socket) closed(event js.Value) {
	s.mu.Lock()
	never := s.state == connecting
	s.mu.Unlock()
	ev := Event{Code: Code(event.Get("code").Int()), Reason: plain(event.Get("reason").String())}
	switch {
	case never:
		ev = Event{Code: CodeUnreachable, Reason: "the server does not answer"}
	case ev.Code == CodeLost && ev.Reason == "":
		ev.Reason = "connection lost"
	}
	s.finish(ev)
}
