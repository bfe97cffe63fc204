package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"
)

// A page of another origin gets no connection.
func TestFault_H8_ForeignPage(t *testing.T) {
	s := startServer(t, "--bots", "0")
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<!doctype html><title>elsewhere</title>")
	}))
	t.Cleanup(elsewhere.Close)
	const try = `(url => new Promise(done => {
		const socket = new WebSocket(url, 'ionwake.v1');
		socket.onopen = () => done('open');
		socket.onerror = () => done('refused');
	}))('ws://%s/play')`
	for page, want := range map[string]string{s.url(): "open", elsewhere.URL: "refused"} {
		p := openTab(t, page)
		if got := evaluate[string](p, fmt.Sprintf(try, s.address()), chromedp.EvalAwaitPromise); got != want {
			t.Errorf("from %s: %s, want %s", page, got, want)
		}
	}
}
