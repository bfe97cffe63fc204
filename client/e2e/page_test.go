package e2e

import (
	"bytes"
	"context"
	"image/color"
	"image/png"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"ionwake/server/page"
)

// toyServer serves the page with the toy, through spoil when there is one.
func toyServer(t *testing.T, spoil func(http.Handler) http.Handler) *httptest.Server {
	t.Helper()
	handler, err := page.New(os.DirFS(toyWeb(t)), page.Config{Name: "toy"})
	if err != nil {
		t.Fatalf("prepare the page: %v", err)
	}
	var h http.Handler = handler
	if spoil != nil {
		h = spoil(h)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server
}

func isWasm(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, ".wasm") }

// The engine runs under the page's policy: it draws, and keys, mouse and typed
// characters reach it, with no complaint from the browser.
func TestBrowserRunsTheEngineUnderThePolicy(t *testing.T) {
	server := toyServer(t, nil)
	p := openTab(t, server.URL)
	p.awaitState("playing")
	p.await("the picture to be drawn", func(s stats) bool { return s.Frames > 10 })

	before := p.stats()
	p.hold(tap, "KeyD")
	p.await("the ship to move", func(s stats) bool { return s.Ship.X > before.Ship.X })
	p.click(200, 200)
	p.await("the click to be seen", func(s stats) bool { return s.Players == 1 })
	p.typeText("aż")
	p.await("the text to be seen", func(s stats) bool { return strings.HasSuffix(s.Name, "aż") })

	if evaluate[bool](p, "!!document.getElementById('loader')") {
		t.Error("the loading screen is still there")
	}
	got := evaluate[[]int](p, "(() => { const r = document.querySelector('canvas').getBoundingClientRect(); return [r.left, r.top, r.width, r.height, document.documentElement.scrollHeight] })()")
	if want := []int{0, 0, pageWidth, pageHeight, pageHeight}; !slices.Equal(got, want) {
		t.Errorf("the canvas is at %v (x, y, w, h, page height), want %v", got, want)
	}
	shot := p.screenshot("toy.png")
	if !hasColour(t, shot, color.RGBA{61, 245, 255, 255}) {
		t.Error("the ship is not in the picture")
	}
	if menu := evaluate[bool](p, "document.body.dispatchEvent(new MouseEvent('contextmenu', {cancelable: true, bubbles: true}))"); menu {
		t.Error("the right button opens the browser's menu")
	}
	if bad := p.complaints(); len(bad) > 0 {
		t.Errorf("the browser complains:\n%s", strings.Join(bad, "\n"))
	}
}

func hasColour(t *testing.T, shot []byte, want color.RGBA) bool {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatalf("read the screenshot: %v", err)
	}
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			if color.RGBAModel.Convert(picture.At(x, y)) == want {
				return true
			}
		}
	}
	return false
}

// halfWay sends half of the game's bytes and then does what then says.
func halfWay(next http.Handler, then func(w http.ResponseWriter, rest []byte)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isWasm(r) {
			next.ServeHTTP(w, r)
			return
		}
		// Plain bytes, so that half of them is half of the game.
		r.Header.Set("Accept-Encoding", "identity")
		whole := httptest.NewRecorder()
		next.ServeHTTP(whole, r)
		maps.Copy(w.Header(), whole.Header())
		body := whole.Body.Bytes()
		half := len(body) / 2
		_, _ = w.Write(body[:half]) // a test that waits for the page notices
		_ = http.NewResponseController(w).Flush()
		then(w, body[half:])
	})
}

// The percentage is true, and window.ionwake answers while loading.
func TestBrowserLoadingTellsTheTruth(t *testing.T) {
	release := make(chan struct{})
	server := toyServer(t, func(next http.Handler) http.Handler {
		return halfWay(next, func(w http.ResponseWriter, rest []byte) {
			<-release
			_, _ = w.Write(rest)
		})
	})
	p := openTab(t, server.URL)
	got := p.await("half of the game", func(s stats) bool { return s.Percent >= 49 })
	if got.State != "loading" || got.Percent > 50 {
		t.Errorf("half way: state %q at %d %%, want loading at 49 or 50", got.State, got.Percent)
	}
	shown := evaluate[string](p, "document.getElementById('percent').textContent")
	if shown != "50 %" && shown != "49 %" {
		t.Errorf("half way the page shows %q", shown)
	}
	p.screenshot("loading.png")
	close(release)
	p.awaitState("playing")
}

// A broken download says so and can be tried again without reloading.
func TestBrowserTriesABrokenDownloadAgain(t *testing.T) {
	var broken atomic.Bool
	server := toyServer(t, func(next http.Handler) http.Handler {
		spoiled := halfWay(next, func(http.ResponseWriter, []byte) { panic(http.ErrAbortHandler) })
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if isWasm(r) && broken.CompareAndSwap(false, true) {
				spoiled.ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	})
	p := openTab(t, server.URL)
	p.awaitText("#words", "The download broke off at")
	p.awaitText("#again", "Try again")
	p.screenshot("broken.png")
	p.do("click on the button", chromedp.Click(chromedp.ID("again")))
	p.awaitState("playing")
}

func TestBrowserSaysWhatIsWrong(t *testing.T) {
	cases := []struct {
		name, words, button string
		code                int // of the game's file
	}{
		{"updated", "has been updated", "Reload", http.StatusNotFound},
		{"server in trouble", "could not send the game", "Try again", http.StatusBadGateway},
	}
	for _, c := range cases {
		t.Run(strings.ReplaceAll(c.name, " ", "-"), func(t *testing.T) {
			server := toyServer(t, func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if isWasm(r) {
						w.WriteHeader(c.code)
						return
					}
					next.ServeHTTP(w, r)
				})
			})
			p := openTab(t, server.URL)
			p.awaitText("#words", c.words)
			p.awaitText("#again", c.button)
		})
	}
}

// A game that stops is said to have stopped, and its stats say lost.
func TestBrowserSaysThatTheGameStopped(t *testing.T) {
	p := openTab(t, toyServer(t, nil).URL)
	p.awaitState("playing")
	p.keyDown("!") // no frame follows
	p.awaitText("#words", "has stopped")
	p.awaitState("lost")
	p.screenshot("stopped.png")
}

// What a browser lacks is said in words, before anything is downloaded.
func TestBrowserSaysWhatItLacks(t *testing.T) {
	cases := []struct{ name, script, words string }{
		{"WebAssembly", "delete window.WebAssembly", "lacks WebAssembly"},
		{"WebGL", "HTMLCanvasElement.prototype.getContext = () => null", "no WebGL 2"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var fetched atomic.Bool
			server := toyServer(t, func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if isWasm(r) {
						fetched.Store(true)
					}
					next.ServeHTTP(w, r)
				})
			})
			p := blankTab(t)
			p.before(c.script)
			p.goTo(server.URL)
			p.awaitText("#words", c.words)
			p.screenshot("lacking.png")
			if fetched.Load() {
				t.Error("the game was downloaded although it cannot run")
			}
		})
	}
}

func TestBrowserWithoutScripts(t *testing.T) {
	p := blankTab(t)
	if _, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	p.goTo(toyServer(t, nil).URL)
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS("noscript")))
	if err != nil || !strings.Contains(text, "JavaScript is turned off") {
		t.Errorf("without scripts the page says %q (%v)", text, err)
	}
	p.screenshot("noscript.png")
}

// The harness itself: a cable that is held stops bytes, one that is cut ends
// connections, and one that is unplugged lets nobody in.
func TestCable(t *testing.T) {
	server := toyServer(t, nil)
	c := newCable(t, strings.TrimPrefix(server.URL, "http://"))
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 300 * time.Millisecond}
	get := func() error {
		resp, err := client.Get(c.url() + "/favicon.svg")
		if err == nil {
			err = resp.Body.Close()
		}
		return err
	}
	try := func(what string, want bool) {
		t.Helper()
		if err := get(); (err == nil) != want {
			t.Errorf("%s: got error %v, want success %v", what, err, want)
		}
	}
	try("fresh", true)
	c.hold(true)
	try("held", false)
	c.hold(false)
	try("released", true)
	c.unplugged(true)
	try("unplugged", false)
	c.unplugged(false)
	try("plugged in", true)
	c.hold(true)
	done := make(chan error, 1)
	go func() { done <- get() }()
	for range 100 {
		c.mu.Lock()
		n := len(c.open)
		c.mu.Unlock()
		if n > 0 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	c.cut()
	if err := <-done; err == nil {
		t.Error("a request over a cut cable came through")
	}
}
