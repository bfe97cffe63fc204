package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A small picture: software rendering pays by the pixel.
const (
	pageWidth  = 640
	pageHeight = 360
)

// patience bounds every wait for something that should happen soon. It is wide
// because the machine may be busy; nothing here measures speed.
const patience = 60 * time.Second

// browser is one Chromium for the whole run; every page is a window of it.
type browser struct {
	once   sync.Once
	ctx    context.Context
	cancel context.CancelFunc
	err    error
}

var chromium browser

func (b *browser) start() {
	path, err := findChromium()
	if err != nil {
		b.err = err
		return
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// WebGL without a graphics card.
		chromedp.Flag("use-gl", "angle"),
		chromedp.Flag("use-angle", "swiftshader"),
		chromedp.Flag("enable-unsafe-swiftshader", true),
	)
	allocator, cancelAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	b.ctx = ctx
	b.cancel = func() { cancel(); cancelAllocator() }
	// The first action starts the browser and binds its life to this context.
	if err := chromedp.Do(ctx); err != nil {
		b.err = fmt.Errorf("start %s: %w", path, err)
	}
}

func (b *browser) close() {
	if b.cancel != nil {
		// An orderly end, so that no helper process is left behind.
		ctx, cancel := context.WithTimeout(b.ctx, 10*time.Second)
		defer cancel()
		_ = chromedp.Cancel(ctx)
		b.cancel()
	}
}

func findChromium() (string, error) {
	for _, name := range []string{os.Getenv("E2E_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path, nil
		}
	}
	return "", exec.ErrNotFound
}

// tab is one window with its console kept.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu      sync.Mutex
	console []chromedp.ConsoleMessage
}

// blankTab opens a window that shows nothing yet, of somebody who was never here.
func blankTab(t *testing.T) *tab {
	t.Helper()
	chromium.once.Do(chromium.start)
	if chromium.err != nil {
		lack(t, fmt.Sprintf("Chromium (%v)", chromium.err))
	}
	ctx, cancel := chromedp.NewContext(chromium.ctx, chromedp.WithNewBrowserContext())
	p := &tab{t: t, ctx: ctx}
	messages := chromedp.Console(ctx)
	var listener sync.WaitGroup
	listener.Go(func() {
		for m, err := range messages {
			if err != nil {
				return // the window is closed
			}
			p.mu.Lock()
			p.console = append(p.console, m)
			p.mu.Unlock()
		}
	})
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the page's console:\n%s", strings.Join(p.said(), "\n"))
			p.tryScreenshot("failed.png")
		}
		cancel()
		listener.Wait()
	})
	p.do("set the window's size", chromedp.EmulateViewport(pageWidth, pageHeight))
	return p
}

// openTab opens url in a new window.
func openTab(t *testing.T, url string) *tab {
	t.Helper()
	p := blankTab(t)
	p.goTo(url)
	return p
}

// before has a script run in every page before its own.
func (p *tab) before(source string) {
	p.t.Helper()
	params := devtools.AddScriptToEvaluateOnNewDocumentParams{Source: source}
	if _, err := chromedp.Call(p.ctx, devtools.AddScriptToEvaluateOnNewDocument, params); err != nil {
		p.t.Fatalf("add a script to the page: %v", err)
	}
}

// clean fails the test if the page complained of anything.
func (p *tab) clean() {
	p.t.Helper()
	if lines := p.complaints(); len(lines) > 0 {
		p.t.Errorf("the page complained: %q", lines)
	}
}

func (p *tab) goTo(url string) {
	p.t.Helper()
	p.do("open "+url, chromedp.Navigate(url))
}

func (p *tab) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}

// evaluate returns the value of a JavaScript expression.
func evaluate[T any](p *tab, expression string, options ...chromedp.EvaluateOption) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, options...))
	if err != nil {
		p.t.Fatalf("evaluate %s: %v", expression, err)
	}
	return value
}

// said returns the console's lines so far.
func (p *tab) said() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var lines []string
	for _, m := range p.console {
		lines = append(lines, m.String())
	}
	return lines
}

// complaints returns the console's errors and uncaught exceptions so far; what
// the page's security policy forbids is among them.
func (p *tab) complaints() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var lines []string
	for _, m := range p.console {
		if m.Type == chromedp.ConsoleError || m.IsException() {
			lines = append(lines, m.String())
		}
	}
	return lines
}

// screenshot keeps what the window shows among the artifacts.
func (p *tab) screenshot(name string) []byte {
	p.t.Helper()
	png := p.tryScreenshot(name)
	if png == nil {
		p.t.Fatalf("no screenshot %s", name)
	}
	return png
}

func (p *tab) tryScreenshot(name string) []byte {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Logf("take screenshot %s: %v", name, err)
		return nil
	}
	if err := os.WriteFile(artifact(p.t, name), png, 0o644); err != nil {
		p.t.Logf("keep screenshot %s: %v", name, err)
	}
	return png
}
