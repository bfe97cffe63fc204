package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"syscall/js"

	"ionwake/shared/wire"
)

// storage is one of the browser's: localStorage or sessionStorage. A browser that
// keeps nothing is no trouble.
type storage string

const (
	forGood storage = "localStorage"
	forTab  storage = "sessionStorage"
)

// here returns the browser's object. Where storage is forbidden, already asking for it
// throws (HTML Standard, section 12.2.2), which Go's own Get does not survive.
func (s storage) here() js.Value {
	return js.Global().Get("Reflect").Call("get", js.Global(), string(s))
}

func (s storage) get(key string) (text string) {
	defer func() { _ = recover() }() // storage may be forbidden
	if v := s.here().Call("getItem", key); v.Type() == js.TypeString {
		text = v.String()
	}
	return text
}

// set keeps text, or, if it is empty, nothing.
func (s storage) set(key, text string) {
	defer func() { _ = recover() }() // storage may be full or forbidden
	if text == "" {
		s.here().Call("removeItem", key)
		return
	}
	s.here().Call("setItem", key, text)
}

// What is kept, and where.
const (
	deviceKey = "ionwake.device" // for good: what this browser alone knows
	seatKey   = "ionwake.seat"   // for the tab: the seat, so that a reload comes back to it
)

// device returns what this browser alone knows, made at the first visit.
func device() []byte {
	if key, err := hex.DecodeString(forGood.get(deviceKey)); err == nil && len(key) == wire.DeviceSize {
		return key
	}
	key := make([]byte, wire.DeviceSize)
	rand.Read(key)
	_ = keepDevice(key) // who is kept nowhere is somebody else at the next visit, and plays
	return key
}

// keepDevice keeps key as what this browser alone knows.
func keepDevice(key []byte) error {
	text := hex.EncodeToString(key)
	forGood.set(deviceKey, text)
	if forGood.get(deviceKey) != text {
		return errors.New("the browser keeps nothing")
	}
	return nil
}

// saveFile hands text to the browser's downloads, as a link that is pressed does (HTML
// Standard, section 4.6.5). Where it comes to lie is the browser's business.
func saveFile(name, text string) (where string, err error) {
	defer func() {
		if why := recover(); why != nil {
			err = fmt.Errorf("the browser: %v", why)
		}
	}()
	urls, page := js.Global().Get("URL"), js.Global().Get("document")
	blob := js.Global().Get("Blob").New([]any{text}, map[string]any{"type": "text/plain"})
	url := urls.Call("createObjectURL", blob)
	link := page.Call("createElement", "a")
	link.Set("href", url)
	link.Set("download", name)
	link.Call("click")
	var forget js.Func // later: some browsers look for what is saved after the click
	forget = js.FuncOf(func(js.Value, []js.Value) any {
		urls.Call("revokeObjectURL", url)
		forget.Release()
		return nil
	})
	js.Global().Call("setTimeout", forget, 60_000)
	return name, nil
}
