package depot

import (
	"errors"
	"syscall/js"
	"testing"
	"time"
)

// fakeFetch stands in for the page's network, as the Fetch Standard has it in what
// the depot relies on: the answer is a stream, which an abort breaks.
const fakeFetch = `
globalThis.asked = [];
globalThis.fetch = (url, options) => {
  asked.push({ url, options });
  const broken = new Promise((_, no) => options.signal.addEventListener("abort", () => no(new Error("AbortError"))));
  broken.catch(() => {});
  const answer = answers(url, options);
  if (answer.rejects) return Promise.reject(new TypeError("Failed to fetch"));
  if (answer.hangs) return broken;
  const chunks = answer.chunks;
  return Promise.resolve({ status: answer.status, body: { getReader: () => ({ read: () => {
    if (chunks.length) return Promise.resolve({ done: false, value: chunks.shift() });
    if (answer.endless) return Promise.resolve({ done: false, value: new Uint8Array(1000) });
    if (answer.stalls) return broken;
    if (answer.breaks) return Promise.reject(new TypeError("network error"));
    return Promise.resolve({ done: true });
  } }) } });
};`

// chunk copies bytes to the page.
func chunk(data []byte) js.Value {
	a := js.Global().Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(a, data)
	return a
}

func TestFault_C8_ServersThatDoNotHandOverTheMap(t *testing.T) {
	js.Global().Call("eval", fakeFetch)
	a := arena(t, "pond", 9)
	code := a.Encode()
	for name, c := range map[string]struct {
		answer map[string]any
		want   error
	}{
		"good":             {map[string]any{"status": 200, "chunks": []any{chunk(code)}}, nil},
		"in pieces":        {map[string]any{"status": 200, "chunks": []any{chunk(code[:3]), chunk(nil), chunk(code[3:])}}, nil},
		"not there":        {map[string]any{"status": 404, "chunks": []any{}}, ErrUnreachable},
		"moved, or barred": {map[string]any{"rejects": true}, ErrUnreachable},
		"too long":         {map[string]any{"status": 200, "chunks": []any{chunk(code), chunk([]byte{0})}}, ErrTooLarge},
		"without end":      {map[string]any{"status": 200, "chunks": []any{}, "endless": true}, ErrTooLarge},
		"too short":        {map[string]any{"status": 200, "chunks": []any{chunk(code[:5])}}, ErrWrong},
		"never begins":     {map[string]any{"hangs": true}, ErrSlow},
		"stops half-way":   {map[string]any{"status": 200, "chunks": []any{chunk(code[:5])}, "stalls": true}, ErrSlow},
		"breaks off":       {map[string]any{"status": 200, "chunks": []any{chunk(code[:5])}, "breaks": true}, ErrUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			answers := js.FuncOf(func(js.Value, []js.Value) any { return c.answer })
			defer answers.Release()
			js.Global().Set("answers", answers)
			got, err := find(t, New(Config{Timeout: 50 * time.Millisecond}), want(a))
			if !errors.Is(err, c.want) || c.want == nil && (err != nil || got.Hash != a.Hash) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			asked := js.Global().Get("asked").Call("pop")
			options := asked.Get("options")
			if url := asked.Get("url").String(); url != "http://play.example/maps/"+hexed(a.Hash)+".arena" ||
				options.Get("redirect").String() != "error" || options.Get("credentials").String() != "omit" {
				t.Errorf("asked %s with %v", url, js.Global().Get("JSON").Call("stringify", options))
			}
			if !options.Get("signal").Get("aborted").Bool() && c.want != nil {
				t.Error("what is left of the answer still comes")
			}
		})
	}
}
