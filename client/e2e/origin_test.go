package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
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

// A page may ask other servers for their rooms, which the list of servers does, and
// open no socket to them.
func TestListsOfOtherServers(t *testing.T) {
	here, there := startServer(t, "--bots", "0"), startServer(t, "--bots", "0", "--name", "Over there", "--password", "sesame")
	p := openTab(t, here.url())
	const list = `fetch('http://%s/api/v1/servers', {credentials: 'omit', redirect: 'error', cache: 'no-store'}).then(r => r.text(), e => 'refused: ' + e)`
	got := evaluate[string](p, fmt.Sprintf(list, there.address()), chromedp.EvalAwaitPromise)
	if !strings.Contains(got, `"Over there"`) || !strings.Contains(got, `"locked":true`) {
		t.Errorf("asked for the rooms of another server: %s", got)
	}
	const socket = `new Promise(done => {
		try {
			const socket = new WebSocket('ws://%s/play', 'ionwake.v1');
			socket.onopen = () => done('open');
			socket.onerror = () => done('refused');
		} catch (e) { done('refused'); }
	})`
	if got := evaluate[string](p, fmt.Sprintf(socket, there.address()), chromedp.EvalAwaitPromise); got != "refused" {
		t.Errorf("a socket to another server: %s", got)
	}
}
