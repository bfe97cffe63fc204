package fetch

import (
	"context"
	"errors"
	"fmt"
	"syscall/js"
)

// Get returns what a server answers with status 200, by the page's own fetch (Fetch
// Standard, section 5.6), which brings no HTTP client into the game. The error is
// ErrSlow, wraps ErrTooLarge, or says what is wrong; after ctx has ended it may be
// any.
func Get(ctx context.Context, r Request) ([]byte, error) {
	bounded, cancel := context.WithTimeout(ctx, r.Patience)
	defer cancel()
	abort := js.Global().Get("AbortController").New()
	defer abort.Call("abort") // what is left of an answer that was too large
	stop := context.AfterFunc(bounded, func() { abort.Call("abort") })
	defer stop()
	data, err := read(r, abort.Get("signal"))
	if err != nil && ctx.Err() == nil && bounded.Err() != nil {
		err = ErrSlow
	}
	return data, err
}

// read takes the answer piece by piece, so that one without an end is not waited for.
func read(r Request, signal js.Value) ([]byte, error) {
	cache := "default"
	if r.Fresh {
		cache = "no-store"
	}
	headers := map[string]any{}
	if r.Show != "" {
		headers["Authorization"] = r.Show
	}
	answer, ok := await(js.Global().Call("fetch", r.URL, map[string]any{
		"credentials": "omit", "redirect": "error", "referrerPolicy": "no-referrer", "cache": cache, "signal": signal, "headers": headers,
	}))
	if !ok {
		return nil, errors.New("the browser cannot reach it")
	}
	switch status := answer.Get("status").Int(); status {
	case 200:
	case 404:
		return nil, ErrMissing
	default:
		return nil, fmt.Errorf("it answers %d", status)
	}
	var data []byte
	for body := answer.Get("body").Call("getReader"); ; {
		piece, ok := await(body.Call("read"))
		if !ok {
			return nil, errors.New("it stopped half-way")
		}
		if piece.Get("done").Bool() {
			return data, nil
		}
		chunk := piece.Get("value")
		n := chunk.Get("byteLength").Int()
		if len(data)+n > r.Limit {
			return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, r.Limit)
		}
		at := len(data)
		data = append(data, make([]byte, n)...)
		js.CopyBytesToGo(data[at:], chunk)
	}
}

// await waits for a promise; false: it was rejected.
func await(promise js.Value) (js.Value, bool) {
	type outcome struct {
		value js.Value
		ok    bool
	}
	come := make(chan outcome, 1)
	settle := func(ok bool) js.Func {
		return js.FuncOf(func(_ js.Value, args []js.Value) any {
			come <- outcome{args[0], ok}
			return nil
		})
	}
	kept, broken := settle(true), settle(false)
	defer kept.Release()
	defer broken.Release()
	promise.Call("then", kept, broken)
	o := <-come
	return o.value, o.ok
}
