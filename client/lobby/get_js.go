package lobby

import (
	"errors"
	"fmt"
	"syscall/js"
	"time"
)

// get fetches at most limit bytes with the browser's own fetch.
func get(url string, limit int, patience time.Duration) ([]byte, error) {
	abort := js.Global().Get("AbortController").New()
	timer := time.AfterFunc(patience, func() { abort.Call("abort") })
	defer timer.Stop()
	answer, err := await(js.Global().Call("fetch", url, map[string]any{
		"credentials": "omit", "redirect": "error", "cache": "no-store", "signal": abort.Get("signal"),
	}))
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", url, err)
	}
	if status := answer.Get("status").Int(); status != 200 {
		return nil, fmt.Errorf("ask %s: status %d", url, status)
	}
	body, err := await(answer.Call("arrayBuffer"))
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", url, err)
	}
	bytes := js.Global().Get("Uint8Array").New(body)
	n := bytes.Get("byteLength").Int()
	if n > limit {
		return nil, fmt.Errorf("ask %s: more than %d bytes", url, limit)
	}
	data := make([]byte, n)
	js.CopyBytesToGo(data, bytes)
	return data, nil
}

var errRefused = errors.New("the browser could not")

// await waits for a promise, in a goroutine of its own.
func await(promise js.Value) (js.Value, error) {
	type outcome struct {
		v   js.Value
		err error
	}
	done := make(chan outcome, 1)
	good := js.FuncOf(func(_ js.Value, args []js.Value) any { done <- outcome{v: args[0]}; return nil })
	bad := js.FuncOf(func(js.Value, []js.Value) any { done <- outcome{err: errRefused}; return nil })
	promise.Call("then", good, bad)
	o := <-done
	good.Release()
	bad.Release()
	return o.v, o.err
}

// parse reads the rows of an answer with the browser's JSON: a second reader would
// have to be downloaded.
func parse(data []byte) (rows []row, err error) {
	defer func() {
		if why := recover(); why != nil {
			err = fmt.Errorf("read the list of rooms: %v", why)
		}
	}()
	list := js.Global().Get("JSON").Call("parse", string(data))
	if !js.Global().Get("Array").Call("isArray", list).Bool() {
		return nil, errors.New("read the list of rooms: it is none")
	}
	for i := range min(list.Length(), mostRooms) {
		r := list.Index(i)
		if r.Type() != js.TypeObject {
			return nil, errors.New("read the list of rooms: one is none")
		}
		rows = append(rows, row{
			Name: text(r, "name"), Address: text(r, "address"), Room: text(r, "room"), Mode: text(r, "mode"), Map: text(r, "map"),
			Players: whole(r, "players"), Bots: whole(r, "bots"), Max: whole(r, "max"),
		})
	}
	return rows, nil
}

func text(r js.Value, key string) string {
	if v := r.Get(key); v.Type() == js.TypeString {
		return v.String()
	}
	return ""
}

func whole(r js.Value, key string) int {
	if v := r.Get(key); v.Type() == js.TypeNumber {
		return int(v.Float())
	}
	return 0
}
