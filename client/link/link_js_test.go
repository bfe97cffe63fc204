//go:build js

package link

import (
	"bytes"
	"strings"
	"syscall/js"
	"testing"
	"time"
)

// fakePage stands in for the page's WebSocket, which Node 20 lacks. It behaves
// as the WebSockets Standard says in what the link relies on: events come later
// and one by one, close takes 1000 and 3000 to 4999 only, send copies.
const fakePage = `
globalThis.fake = { made: [] };
globalThis.WebSocket = class {
  constructor(url, protocol) {
    if (!url.startsWith("ws")) throw new SyntaxError("bad url");
    this.url = url; this.protocol = protocol;
    this.readyState = 0; this.bufferedAmount = 0; this.sent = []; this.stuck = false; this.mute = false;
    fake.made.push(this);
  }
  send(data) {
    if (this.readyState === 0) throw new Error("InvalidStateError");
    if (this.stuck) this.bufferedAmount += data.byteLength;
    else this.sent.push(new Uint8Array(data));
  }
  close(code, reason) {
    if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) throw new Error("InvalidAccessError");
    if (new TextEncoder().encode(reason ?? "").length > 123) throw new SyntaxError("reason");
    if (this.readyState >= 2) return;
    this.readyState = 2; this.closedWith = code ?? 1005; this.closedFor = reason ?? "";
    if (!this.mute) setTimeout(() => this.end(this.closedWith, this.closedFor), 1);
  }
  open() { this.readyState = 1; this.onopen?.({}); }
  say(data) { this.onmessage?.({ data }); }
  bytes(n, v) { this.say(new Uint8Array(n).fill(v).buffer); }
  end(code, reason) {
    if (this.readyState === 3) return;
    this.readyState = 3;
    if (code === 1006) this.onerror?.({});
    this.onclose?.({ code, reason, wasClean: code !== 1006 });
  }
};`

// page is the fake WebSocket of the Socket made last.
func page() js.Value {
	made := js.Global().Get("fake").Get("made")
	return made.Index(made.Length() - 1)
}

// later runs a call on the fake as an event of the page's own, and lets it happen.
func later(method string, args ...any) {
	p := page()
	var call js.Func
	done := make(chan struct{})
	call = js.FuncOf(func(js.Value, []js.Value) any {
		p.Call(method, args...)
		close(done)
		return nil
	})
	defer call.Release()
	js.Global().Call("setTimeout", call, 0)
	<-done
}

func dialPage(t *testing.T, cfg Config) *Socket {
	t.Helper()
	js.Global().Call("eval", fakePage)
	if cfg.URL == "" {
		cfg.URL = "wss://host/play?room=main"
	}
	cfg.Protocol = "ionwake.v1"
	return Dial(cfg)
}

func wantEvent(t *testing.T, s *Socket, kind Kind) Event {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if ev, ok := s.Poll(); ok {
			if ev.Kind != kind {
				t.Fatalf("event %+v, want kind %d", ev, kind)
			}
			return ev
		}
	}
	t.Fatalf("no event, want kind %d", kind)
	return Event{}
}

// wantEnd wants the end, and that the page is left alone after it.
func wantEnd(t *testing.T, s *Socket, code Code, reason string) {
	t.Helper()
	ev := wantEvent(t, s, Closed)
	if ev.Code != code || ev.Reason != reason {
		t.Errorf("closed with %d %q, want %d %q", ev.Code, ev.Reason, code, reason)
	}
	for _, hook := range []string{"onopen", "onmessage", "onclose", "onerror"} {
		if !s.page.IsUndefined() && !page().Get(hook).IsNull() {
			t.Errorf("%s is still set after the end", hook)
		}
	}
	if s.Send([]byte("late")) || s.Backlog() != 0 {
		t.Error("Send or Backlog after the end")
	}
}

func TestPageEcho(t *testing.T) {
	s := dialPage(t, Config{})
	if got := page().Get("url").String() + " " + page().Get("protocol").String() + " " + page().Get("binaryType").String(); got != "wss://host/play?room=main ionwake.v1 arraybuffer" {
		t.Errorf("made as %q", got)
	}
	if s.Send([]byte("too early")) {
		t.Error("Send before open reports true")
	}
	later("open")
	wantEvent(t, s, Opened)
	for _, size := range []int{0, 1, MaxSend} {
		if !s.Send(bytes.Repeat([]byte{7}, size)) {
			t.Fatalf("Send of %d bytes reports false", size)
		}
	}
	if s.Send(make([]byte, MaxSend+1)) {
		t.Error("Send takes a message that is too long")
	}
	sent := page().Get("sent")
	for i, size := range []int{0, 1, MaxSend} {
		got := make([]byte, size+1)
		if n := js.CopyBytesToGo(got, sent.Index(i)); n != size || bytes.Count(got[:n], []byte{7}) != size {
			t.Errorf("message %d arrived with %d bytes, want %d sevens", i, n, size)
		}
	}
	for _, size := range []int{0, 5, MaxMessage} {
		later("bytes", size, 9)
		if ev := wantEvent(t, s, Message); len(ev.Data) != size || bytes.Count(ev.Data, []byte{9}) != size {
			t.Errorf("message of %d bytes, want %d nines", len(ev.Data), size)
		}
	}
	later("end", 4010, "room \u202eended")
	wantEnd(t, s, CodeRoomEnded, "room ?ended")
}

func TestPageBacklog(t *testing.T) {
	s := dialPage(t, Config{})
	later("open")
	wantEvent(t, s, Opened)
	page().Set("stuck", true)
	n := 0
	for n < 1000 && s.Send(make([]byte, 100)) {
		n++
	}
	if n != MaxBacklog/100 || s.Backlog() != n*100 {
		t.Errorf("%d messages and %d bytes wait, want %d messages", n, s.Backlog(), MaxBacklog/100)
	}
	later("end", 1006, "")
	wantEnd(t, s, CodeLost, "connection lost")
}

func TestPageCannotConnect(t *testing.T) {
	s := dialPage(t, Config{})
	later("end", 1006, "")
	wantEnd(t, s, CodeUnreachable, "the server does not answer")

	s = dialPage(t, Config{URL: "http://not.a.socket/"})
	wantEnd(t, s, CodeAddress, "the browser will not connect to this address")

	s = dialPage(t, Config{Timeout: 20 * time.Millisecond})
	wantEnd(t, s, CodeUnreachable, "the server took too long")
	if state := page().Get("readyState").Int(); state < 2 {
		t.Errorf("the page's socket is left in state %d", state)
	}
}

// TestPageMixedContent: a page by https may not use ws, and browsers do not say so.
func TestPageMixedContent(t *testing.T) {
	js.Global().Call("eval", `globalThis.location = { protocol: "https:" }`)
	defer js.Global().Delete("location")
	s := dialPage(t, Config{URL: "ws://host/play"})
	ev := wantEvent(t, s, Closed)
	if ev.Code != CodeAddress || !strings.Contains(ev.Reason, "wss://") {
		t.Errorf("%+v, want an explanation", ev)
	}
	s = dialPage(t, Config{URL: "wss://host/play"})
	later("open")
	wantEvent(t, s, Opened)
	s.Close(CodeNormal, "")
	wantEnd(t, s, CodeNormal, "")
}

func TestPageClose(t *testing.T) {
	for _, row := range []struct {
		code Code
		said int
	}{{CodeNormal, 1000}, {CodeGoingAway, 1000}, {CodeOverflow, 1000}, {4006, 4006}} {
		s := dialPage(t, Config{})
		later("open")
		wantEvent(t, s, Opened)
		s.Close(row.code, strings.Repeat("é", 200))
		s.Close(4007, "again")
		later("bytes", 3, 1) // dropped: we have left
		wantEnd(t, s, row.code, strings.Repeat("?", 123))
		if got := page().Get("closedWith").Int(); got != row.said {
			t.Errorf("the page was told %d, want %d", got, row.said)
		}
		s.Close(CodeNormal, "after the end")
	}
	s := dialPage(t, Config{})
	s.Close(CodeNormal, "before it opened")
	wantEnd(t, s, CodeNormal, "before it opened")
}

// TestPageCloseDoesNotWaitForEver: the page's own goodbye may take minutes on a
// dead line.
func TestPageCloseDoesNotWaitForEver(t *testing.T) {
	s := dialPage(t, Config{})
	later("open")
	wantEvent(t, s, Opened)
	page().Set("mute", true)
	start := time.Now()
	s.Close(CodeNormal, "bye")
	wantEnd(t, s, CodeNormal, "bye")
	if took := time.Since(start); took < lingerTime || took > 2*lingerTime {
		t.Errorf("closed after %v, want %v", took, lingerTime)
	}
}

func TestPageHostileServer(t *testing.T) {
	s := dialPage(t, Config{})
	later("open")
	wantEvent(t, s, Opened)
	later("say", "text")
	wantEnd(t, s, CodeKind, "text frame")

	s = dialPage(t, Config{})
	later("open")
	wantEvent(t, s, Opened)
	later("bytes", MaxMessage+1, 0)
	wantEnd(t, s, CodeTooBig, "message too big")
}

func TestPageOverflow(t *testing.T) {
	s := dialPage(t, Config{})
	later("open")
	for range MaxQueued + 10 {
		later("bytes", 8, 1)
	}
	wantEvent(t, s, Opened)
	for range MaxQueued {
		wantEvent(t, s, Message)
	}
	wantEnd(t, s, CodeOverflow, "more arrived than was read")
}

// TestPageHidden: the game's loop stands still, and the page's events alone,
// through OnReadable, drain ten minutes of a server at 30 a second.
func TestPageHidden(t *testing.T) {
	const frames = 10 * 60 * 30
	var s *Socket
	got, ended := 0, make(chan Event, 1)
	s = dialPage(t, Config{OnReadable: func() {
		for ev, ok := s.Poll(); ok; ev, ok = s.Poll() {
			switch {
			case ev.Kind == Message && len(ev.Data) == 200 && ev.Data[199] == byte(got):
				got++
			case ev.Kind == Message:
				t.Errorf("message %d is not the one that was sent", got)
			case ev.Kind == Closed:
				ended <- ev
			}
		}
	}})
	js.Global().Call("eval", `{
		const ws = fake.made.at(-1);
		setTimeout(() => { ws.open(); for (let i = 0; i < 18000; i++) ws.bytes(200, i & 255); ws.end(1000, "done"); }, 0);
	}`)
	ev := <-ended // the loop sleeps here all the while
	if ev.Code != CodeNormal || got != frames {
		t.Errorf("%+v after %d messages, want %d", ev, got, frames)
	}
	if len(s.inbox.spare) > 2 {
		t.Errorf("%d buffers were needed, want one or two", len(s.inbox.spare))
	}
}

func TestPageSilence(t *testing.T) {
	s := dialPage(t, Config{Silence: 200 * time.Millisecond})
	later("open")
	wantEvent(t, s, Opened)
	for range 10 {
		time.Sleep(50 * time.Millisecond)
		later("bytes", 1, 1)
		wantEvent(t, s, Message)
	}
	wantEnd(t, s, CodeSilent, "the server has fallen silent")
}
