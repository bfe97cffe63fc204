//go:build !js

package session_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"ionwake/client/link"
	"ionwake/client/session"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// wiretap is a server's end that hears the first word of a client.
type wiretap struct {
	opened bool
	hello  wire.Hello
}

func (w *wiretap) Poll() (link.Event, bool) {
	if w.opened {
		return link.Event{}, false
	}
	w.opened = true
	return link.Event{Kind: link.Opened}, true
}

func (w *wiretap) Send(data []byte) bool {
	var m wire.Client
	if wire.DecodeClient(data, &m) == nil && m.Kind == wire.KindHello {
		w.hello = m.Hello
		w.hello.Device = slices.Clone(m.Hello.Device)
	}
	return true
}

func (w *wiretap) Close(link.Code, string) {}

// TestFault_C11_DeviceIsAnotherOnEveryHost visits servers with one device: what one of
// them learns of it is of no use on another, and nobody learns the key.
func TestFault_C11_DeviceIsAnotherOnEveryHost(t *testing.T) {
	key := bytes.Repeat([]byte{7}, wire.DeviceSize)
	told := func(url string, key []byte) []byte {
		ses := newSession(session.Config{Device: key})
		tap := &wiretap{}
		ses.Play("Ann", session.Place{URL: url, Dial: func(func()) session.Socket { return tap }})
		ses.Step(time.Second, sim.Input{})
		if !tap.opened || tap.hello.Name != "Ann" {
			t.Fatalf("%s: hello %+v", url, tap.hello)
		}
		return tap.hello.Device
	}
	here := told("wss://one.example/play?room=main", key)
	if len(here) != wire.DeviceSize || bytes.Equal(here, key) {
		t.Errorf("told %x of %x", here, key)
	}
	if again := told("wss://One.example/play?room=other", key); !bytes.Equal(here, again) {
		t.Error("the same host is told of another device in another room")
	}
	if there := told("wss://two.example/play?room=main", key); bytes.Equal(here, there) {
		t.Error("two hosts are told the same")
	}
	if other := told("wss://one.example/play", bytes.Repeat([]byte{8}, wire.DeviceSize)); bytes.Equal(here, other) {
		t.Error("two devices are told as one")
	}
	if none := told("wss://one.example/play", nil); len(none) != 0 {
		t.Errorf("no device is told as %x", none)
	}
}
