package main

import (
	"crypto/rand"
	"encoding/hex"
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

func (s storage) get(key string) (text string) {
	defer func() { _ = recover() }() // storage may be forbidden
	if v := js.Global().Get(string(s)).Call("getItem", key); v.Type() == js.TypeString {
		text = v.String()
	}
	return text
}

// set keeps text, or, if it is empty, nothing.
func (s storage) set(key, text string) {
	defer func() { _ = recover() }() // storage may be full or forbidden
	if text == "" {
		js.Global().Get(string(s)).Call("removeItem", key)
		return
	}
	js.Global().Get(string(s)).Call("setItem", key, text)
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
	forGood.set(deviceKey, hex.EncodeToString(key))
	return key
}
