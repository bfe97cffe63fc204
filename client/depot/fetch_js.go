package depot

import (
	"fmt"
	"sync"
	"syscall/js"
	"time"
)

// fetch asks by the page's own fetch (Fetch Standard, section 5.6), which brings
// no HTTP client into the game. It sends no cookies and follows no redirect.
func fetch(url string, limit int, timeout time.Duration, done func([]byte, error)) (cancel func()) {
	abort := js.Global().Get("AbortController").New()
	cancel = sync.OnceFunc(func() { abort.Call("abort") })
	var slow bool
	timer := time.AfterFunc(timeout, func() {
		slow = true // one thread: no lock
		cancel()
	})
	go func() {
		data, err := get(url, limit, abort.Get("signal"))
		timer.Stop()
		cancel() // what is left of an answer that was too long
		if slow && err != nil {
			err = ErrSlow
		}
		done(data, err)
	}()
	return cancel
}

func get(url string, limit int, signal js.Value) ([]byte, error) {
	answer, ok := await(js.Global().Call("fetch", url, map[string]any{
		"credentials": "omit", "redirect": "error", "referrerPolicy": "no-referrer", "signal": signal,
	}))
	if !ok {
		return nil, fmt.Errorf("%w: the browser cannot reach it", ErrUnreachable)
	}
	if status := answer.Get("status").Int(); status != 200 {
		return nil, fmt.Errorf("%w: it answers %d", ErrUnreachable, status)
	}
	var data []byte
	for body := answer.Get("body").Call("getReader"); ; {
		piece, ok := await(body.Call("read"))
		if !ok {
			return nil, fmt.Errorf("%w: it stopped half-way", ErrUnreachable)
		}
		if piece.Get("done").Bool() {
			return data, nil
		}
		chunk := piece.Get("value")
		n := chunk.Get("byteLength").Int()
		if len(data)+n > limit {
			return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
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
