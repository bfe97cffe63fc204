package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"ionwake/client/view/words"
)

// offline cuts the page off from every network, as a train in a tunnel does.
func (p *tab) offline() {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, network.Enable, network.EnableParams{}); err != nil {
		p.t.Fatalf("watch the network: %v", err)
	}
	rule := &network.Conditions{Offline: true, DownloadThroughput: -1, UploadThroughput: -1}
	params := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{rule}}
	if _, err := chromedp.Call(p.ctx, network.EmulateNetworkConditionsByRule, params); err != nil {
		p.t.Fatalf("cut the network: %v", err)
	}
}

// TestPracticeOffline practises every mode in a page that has no network any more and
// whose server is gone.
func TestPracticeOffline(t *testing.T) {
	s := startServer(t, "--bots", "0")
	p := openTab(t, s.url())
	p.awaitScreen("title")
	p.awaitFrames(3)
	p.offline()
	s.kill()
	for i, k := range []words.Key{words.ModeBrawl, words.ModeSquads, words.ModeRelay, words.ModeBeacon} {
		name := words.English.Say(k)
		p.choose(words.Practice)
		p.awaitScreen("practice")
		p.seek(words.English.Say(words.Mode))
		p.turn("ArrowRight", name)
		if i == 0 {
			p.screenshot("practice.png")
		}
		p.seekBy(words.English.Say(words.Start), "ArrowUp")
		p.press("Enter")
		st := p.await(name+" with bots", func(s stats) bool { return s.State == "playing" && s.Alive && s.Bots > 3 })
		p.keyDown("Space")
		p.hold(1500*time.Millisecond, "KeyD")
		p.keyUp("Space")
		p.screenshot(st.Mode + ".png")
		after := p.stats()
		if after.Tick <= st.Tick || after.Mispredictions > 0 || (i > 0) != (after.Scores != nil) {
			t.Errorf("%s: tick %v after %v, %d mispredictions, scores %v", name, after.Tick, st.Tick, after.Mispredictions, after.Scores)
		}
		p.leaves()
	}
}

// TestDesktopPractice starts a practice from the command line, without a server.
func TestDesktopPractice(t *testing.T) {
	d := startDesktop(t, clientProgram(t), "--practice", "relay", "--name", "Solo", "--join", "http://127.0.0.1:9/", "--report", "--autopilot")
	d.awaitReport("practice", func(st stats) bool {
		return st.State == "playing" && st.Mode == "relay" && st.Bots > 3 && st.Alive && st.Tick > 200
	})
	d.display.screenshot(t, "relay.png")
}
