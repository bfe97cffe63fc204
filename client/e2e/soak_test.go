package e2e

import (
	"math"
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// memory is what a page uses, in MiB.
type memory struct{ script, game float64 }

func (p *tab) memory() memory {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
		p.t.Fatalf("collect garbage: %v", err)
	}
	heap, err := chromedp.Call(p.ctx, runtime.GetHeapUsage, cdp.Empty{})
	if err != nil {
		p.t.Fatalf("ask for the heap: %v", err)
	}
	const mib = 1 << 20
	return memory{heap.UsedSize / mib, evaluate[float64](p, "window.ionwakeMemory()") / mib}
}

// then joins a later look: the script's memory goes up and down, and the least of it
// is what is needed; the game's never shrinks.
func (m memory) then(o memory) memory { return memory{min(m.script, o.script), o.game} }

// TestMemoryStaysFlat watches a fight for a while (E2E_SOAK, such as 20m; 30s without)
// and compares what the page needed in each later third with the first.
func TestMemoryStaysFlat(t *testing.T) {
	t.Parallel()
	span := 30 * time.Second
	if text := os.Getenv("E2E_SOAK"); text != "" {
		var err error
		if span, err = time.ParseDuration(text); err != nil {
			t.Fatalf("E2E_SOAK: %v", err)
		}
	}
	s := startServer(t, "--bots", "24")
	p := openTab(t, s.url()+"?spectate=1&name=Eye")
	p.awaitScreen("title")
	p.press("Enter")
	p.await("the fight", func(s stats) bool { return s.State == "spectating" && len(s.Ships) > 0 })

	var after memory
	begin := time.Now()
	for third := range 3 {
		now := memory{script: math.Inf(1)}
		for time.Since(begin) < span*time.Duration(third+1)/3 {
			time.Sleep(min(span/30, 10*time.Second))
			now = now.then(p.memory())
			if st := p.stats(); st.State != "spectating" {
				p.await("the fight again", func(s stats) bool { return s.State == "spectating" })
			}
		}
		st := p.stats()
		t.Logf("after %v: script %.1f MiB, game %.1f MiB; %.0f fps, %d frames", time.Since(begin).Round(time.Second), now.script, now.game, st.FPS, st.Frames)
		if third == 0 {
			after = now
		} else if now.script > after.script+4 || now.game > after.game*1.1+4 {
			t.Errorf("memory grew from %+v to %+v", after, now)
		}
	}
	p.clean()
}
