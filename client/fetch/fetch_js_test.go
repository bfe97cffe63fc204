package fetch

import (
	"context"
	"errors"
	"strings"
	"syscall/js"
	"testing"
	"time"
)

// fakeFetch stands in for the page's network: the answer is a stream of pieces of 40
// bytes, as many as asked for in the address, which an abort breaks.
const fakeFetch = `
globalThis.fetch = (url, options) => {
  globalThis.asked = options;
  globalThis.given = 0;
  const broken = new Promise((_, no) => options.signal.addEventListener("abort", () => no(new Error("AbortError"))));
  broken.catch(() => {});
  if (url === "hangs") return broken;
  const read = () => {
    if (url === "stalls" && given === 1) return broken;
    if (given >= Number(url)) return Promise.resolve({ done: true });
    given++;
    return Promise.resolve({ done: false, value: new Uint8Array(40) });
  };
  return Promise.resolve({ status: url === "404" ? 404 : 200, body: { getReader: () => ({ read }) } });
};`

func TestGet(t *testing.T) {
	js.Global().Call("eval", fakeFetch)
	ask := func(url string, fresh bool) ([]byte, error) {
		return Get(context.Background(), Request{URL: url, Limit: 100, Patience: 50 * time.Millisecond, Fresh: fresh})
	}
	if data, err := ask("2", false); err != nil || len(data) != 80 {
		t.Errorf("got %d bytes, %v", len(data), err)
	}
	if _, err := ask("1000", true); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
	if n := js.Global().Get("given").Int(); n != 3 {
		t.Errorf("%d pieces were read of an answer that has room for two", n)
	}
	asked := js.Global().Get("asked")
	if !asked.Get("signal").Get("aborted").Bool() {
		t.Error("the rest still comes")
	}
	for key, want := range map[string]string{"credentials": "omit", "redirect": "error", "referrerPolicy": "no-referrer", "cache": "no-store"} {
		if got := asked.Get(key).String(); got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
	if _, err := ask("404", false); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("not there: %v", err)
	}
	for _, url := range []string{"hangs", "stalls"} {
		if _, err := ask(url, false); !errors.Is(err, ErrSlow) {
			t.Errorf("%s: %v", url, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := Get(ctx, Request{URL: "hangs", Limit: 1, Patience: time.Hour}); err == nil || errors.Is(err, ErrSlow) {
		t.Errorf("given up: %v", err)
	}
}
