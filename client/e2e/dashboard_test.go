package e2e

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"ionwake/server/admin"
)

// hosted is a server with a data folder whose dashboard is known.
type hosted struct {
	*server
	data, board string
}

func startHosted(t *testing.T, args ...string) *hosted {
	t.Helper()
	h := &hosted{data: t.TempDir()}
	port := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	h.board = "http://" + port + "/"
	h.server = startServer(t, append([]string{"--data", h.data, "--admin-listen", port, "--name", "The Foundry"}, args...)...)
	return h
}

// link makes a link as "ionwake-server token" does.
func (h *hosted) link(role admin.Role, name string) string {
	h.t.Helper()
	secret, err := admin.NewLink(h.data, admin.Grant{Role: role, Name: name, Until: time.Now().Add(time.Hour)})
	if err != nil {
		h.t.Fatalf("make a link: %v", err)
	}
	return h.board + "#" + secret
}

// signIn opens the dashboard as somebody.
func (h *hosted) signIn(role admin.Role, name string) *tab {
	h.t.Helper()
	p := blankTab(h.t)
	p.do("make the window larger", chromedp.EmulateViewport(1280, 800))
	p.goTo(h.link(role, name))
	p.awaitText("#who", name)
	return p
}

// pressButton presses the button of a selector whose text begins so.
func (p *tab) pressButton(selector, text string) {
	p.t.Helper()
	p.awaitThat("the button "+text, func() (bool, string) {
		seen := evaluate[string](p, fmt.Sprintf(`(() => {
			const all = [...document.querySelectorAll(%q)];
			const it = all.find((e) => e.textContent.trim().startsWith(%q) && e.offsetParent !== null);
			if (!it) return all.map((e) => e.textContent).join(", ");
			it.focus(); it.click(); return "";
		})()`, selector, text))
		return seen == "", seen
	})
}

// fill writes into a field that a selector tells.
func (p *tab) fill(selector, text string) {
	p.t.Helper()
	evaluate[bool](p, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.focus(); e.value = %q; e.dispatchEvent(new Event("input")); return true })()`, selector, text))
}

// asksFor sends a request with what the page has, and returns the status code.
func (p *tab) asksFor(method, path, body string) int {
	p.t.Helper()
	options := fmt.Sprintf(`{method: %q, headers: {"X-Ionwake-Page": localStorage.getItem("ionwake.page") || "", "Content-Type": "application/json"}`, method)
	if body != "" {
		options += fmt.Sprintf(", body: %q", body)
	}
	return evaluate[int](p, fmt.Sprintf("fetch(%q, %s}).then((r) => { r.body?.cancel(); return r.status })", path, options), chromedp.EvalAwaitPromise)
}

// TestModeratorBans is a moderator who bans a player: who reads why and until when, does
// not come back under another name, in a second window or after a restart, and does when
// the time is over.
func TestModeratorBans(t *testing.T) {
	t.Parallel()
	s := startHosted(t, "--bots", "2")
	player := enterGame(t, s.url()+"?name=Ada")
	mod := s.signIn(admin.Moderator, "Mia")
	mod.pressButton("#tabs button", "Players")
	mod.awaitText("#view tbody", "Ada")
	mod.screenshot("players.png")

	mod.pressButton("#view tbody button", "Ban")
	mod.awaitText("dialog h2", "Ban Ada")
	mod.fill("dialog input", "Flies through walls")
	mod.screenshot("ban.png")
	mod.pressButton("dialog button", "Cancel")

	// What the dialog offers is minutes at least; the console takes seconds too.
	mod.pressButton("#tabs button", "Console")
	const length = 40 * time.Second
	began := time.Now()
	mod.fill("#view form input", fmt.Sprintf("ban Ada %v Flies through walls", length))
	mod.pressButton("#view form button", "Send")
	mod.awaitText("#view .lines", "Ada is banned")

	out := player.await("words for who is banned", func(st stats) bool { return st.Screen == "refused" && st.Message != "" })
	player.awaitFrames(3)
	player.screenshot("banned.png")
	if !strings.Contains(out.Message, "Flies through walls") || !strings.Contains(out.Message, "until") || !strings.Contains(out.Message, "UTC") || out.RetryIn <= 0 {
		t.Errorf("told %q, to come back in %v s: want why and until when", out.Message, out.RetryIn)
	}
	player.goTo(s.url() + "?name=Zoe")
	player.knocks()
	player.goTo("about:blank") // it would go on drawing
	second := player.beside(s.url() + "?name=Eve")
	second.knocks()
	if code := s.stop(); code != 0 {
		t.Errorf("the server ended with %d", code)
	}
	s.start()
	second.goTo(s.url() + "?name=Eve")
	if time.Since(began) < length-5*time.Second { // on a slow machine the time is over
		second.knocks()
	}
	time.Sleep(time.Until(began.Add(length)))
	player.goTo(s.url() + "?name=Ada")
	player.fly()

	mod.awaitText("#line", "live") // signed in over the restart
	mod.pressButton("#tabs button", "Players")
	mod.awaitText("#view tbody", "Ada")
	player.clean()
}

// knocks tries to play and is refused.
func (p *tab) knocks() {
	p.t.Helper()
	p.awaitScreen("title")
	p.awaitFrames(3)
	p.press("Enter")
	st := p.await("a refusal", func(st stats) bool { return st.Screen == "refused" || st.Alive })
	if st.Alive || !strings.Contains(st.Message, "banned") {
		p.t.Errorf("is in as %s: %q", st.line().Name, st.Message)
	}
}

// beside opens another window of the same person.
func (p *tab) beside(url string) *tab {
	p.t.Helper()
	ctx, cancel := chromedp.NewContext(p.ctx)
	p.t.Cleanup(cancel)
	// The first action opens the window and binds its life to this context.
	if err := chromedp.Do(ctx); err != nil {
		p.t.Fatalf("open another window: %v", err)
	}
	second := &tab{t: p.t, ctx: ctx}
	second.do("set the window's size", chromedp.EmulateViewport(pageWidth, pageHeight))
	second.goTo(url)
	return second
}

// TestHelperMayNot is a helper, who looks and mutes, and is refused the rest by the
// server, not only by the page.
func TestHelperMayNot(t *testing.T) {
	t.Parallel()
	s := startHosted(t, "--bots", "2")
	player := enterGame(t, s.url()+"?name=Ada")
	helper := s.signIn(admin.Helper, "Hal")
	helper.pressButton("#tabs button", "Players")
	helper.awaitText("#view tbody", "Ada")
	if text := evaluate[string](helper, "document.body.innerText"); strings.Contains(text, "Ban\n") || strings.Contains(text, "Kick") || strings.Contains(text, "Access") {
		t.Errorf("a helper is offered what a helper may not: %q", text)
	}
	for _, body := range []string{
		`{"do":"ban","who":"Ada","for":"1h","reason":"x"}`, `{"do":"kick","who":"Ada","reason":"x"}`, `{"do":"say","text":"x"}`,
		`{"do":"invite","text":"admin Eve"}`, `{"do":"lockdown","text":"1h"}`, `{"do":"mute","who":"Ada","for":"forever","reason":"x"}`,
	} {
		if got := helper.asksFor("POST", "/host/do", body); got != http.StatusForbidden {
			t.Errorf("%s: got %d, want 403", body, got)
		}
	}
	helper.pressButton("#view tbody button", "Mute")
	helper.awaitText("dialog h2", "Mute Ada")
	helper.fill("dialog input", "Shouts")
	helper.pressButton("dialog button", "Mute")
	helper.awaitText("#told", "Ada is muted")
	player.say("can you hear me")
	player.await("words for who is muted", func(st stats) bool {
		for _, line := range st.Chat {
			if strings.Contains(line.Text, "muted until") && strings.Contains(line.Text, "Shouts") {
				return true
			}
		}
		return false
	})
	if st := player.stats(); st.heard("Ada", "can you hear me") {
		t.Error("who is muted is heard")
	}
	helper.screenshot("helper.png")
}

// TestNothingWithoutALink opens the dashboard without a link, with one that was used, and
// asks for everything that it shows.
func TestNothingWithoutALink(t *testing.T) {
	s := startHosted(t, "--bots", "2")
	link := s.link(admin.Host, "Ann")
	first := blankTab(t)
	first.goTo(link)
	first.awaitText("#who", "Ann")
	if at := evaluate[string](first, "location.href"); at != s.board {
		t.Errorf("the secret stays in the address: %s", at)
	}

	stranger := blankTab(t)
	stranger.goTo(s.board)
	stranger.awaitText("#door", "Open the link")
	stranger.goTo("about:blank")
	stranger.goTo(link)
	stranger.awaitText("#door", "has been used")
	stranger.screenshot("door.png")
	if text := evaluate[string](stranger, "document.body.innerText"); strings.Contains(text, "Foundry") || strings.Contains(text, "bots") {
		t.Errorf("a stranger reads %q", text)
	}
	for _, ask := range []struct{ method, path, body string }{
		{"GET", "/host/live", ""}, {"POST", "/host/do", `{"do":"players"}`}, {"POST", "/console", "players"}, {"DELETE", "/host/session", ""},
	} {
		if got := stranger.asksFor(ask.method, ask.path, ask.body); got != http.StatusUnauthorized {
			t.Errorf("%s %s: got %d, want 401", ask.method, ask.path, got)
		}
	}
	// The cookie alone is no session: it goes to every port of a machine.
	evaluate[bool](first, `localStorage.clear(), true`)
	if got := first.asksFor("GET", "/host/live", ""); got != http.StatusUnauthorized {
		t.Errorf("a cookie alone: got %d, want 401", got)
	}
}

// TestDashboardLooks takes a picture of each view, on a desk and on a phone, by the
// keyboard alone.
func TestDashboardLooks(t *testing.T) {
	t.Parallel()
	s := startHosted(t, "--bots", "9", "--mode", "squads")
	ada := enterGame(t, s.url()+"?name=Ada")
	ada.say("Good evening, everybody.")
	p := s.signIn(admin.Host, "Ann")
	for _, line := range []string{
		"say Maintenance in ten minutes: scores are kept.", "map closet:squads", "quiet 20s", "mute Ada 1h Shouts at everybody", "invite helper Hal",
	} {
		if got := p.asksFor("POST", "/console", line); got != http.StatusOK {
			t.Errorf("%s: got %d", line, got)
		}
	}
	time.Sleep(5 * time.Second) // of figures for the graphs
	p.pressButton("#tabs button", "Overview")
	for range 8 {
		name := evaluate[string](p, "document.activeElement.id")
		p.do("wait for the picture", chromedp.Sleep(300*time.Millisecond))
		p.screenshot(filepath.Base(name) + ".png")
		p.keyDown("ArrowRight")
		p.keyUp("ArrowRight")
	}
	p.byKeys(t)
	p.clean()
	p.do("turn into a phone", chromedp.EmulateViewport(390, 844))
	for _, view := range []string{"Overview", "Players", "Chat", "Matches", "Bans", "Log", "Console", "Access"} {
		p.pressButton("#tabs button", view)
		p.do("wait for the picture", chromedp.Sleep(300*time.Millisecond))
		p.screenshot("phone-" + strings.ToLower(view) + ".png")
		if wide := evaluate[int](p, "document.documentElement.scrollWidth"); wide > 390 {
			t.Errorf("%s is %d px wide on a phone of 390: %s", view, wide, evaluate[string](p, tooWide))
		}
	}
	p.pressButton("#tabs button", "Players")
	p.pressButton("#view tbody button", "Ada")
	p.awaitText("dialog", "Shouts at everybody")
	p.screenshot("phone-person.png")
	if wide := evaluate[int](p, `document.querySelector("dialog").scrollWidth - document.querySelector("dialog").clientWidth`); wide > 0 {
		t.Errorf("what is known of somebody is %d px too wide for a phone", wide)
	}
	if evaluate[bool](p, `!!document.querySelector("[style]:not(canvas):not(.bar i)")`) {
		t.Error("there are styles in the markup")
	}
}

// byKeys finds out about somebody and looks somebody up, without a mouse.
func (p *tab) byKeys(t *testing.T) {
	t.Helper()
	stroke := func(names ...string) {
		for _, name := range names {
			p.keyDown(name)
			p.keyUp(name)
		}
	}
	evaluate[bool](p, `document.getElementById("tab-overview").focus(), true`)
	stroke("ArrowRight") // to Players
	stroke("Tab", "Tab") // over what looks for one, to the first name
	p.awaitThat("the focus on a name", func() (bool, string) {
		at := evaluate[string](p, "document.activeElement.textContent")
		return at == "Ada", at
	})
	stroke("Enter")
	p.awaitText("dialog", "Shouts at everybody")
	p.screenshot("person.png")
	stroke("Escape")
	p.awaitThat("no dialog", func() (bool, string) { return !evaluate[bool](p, `!!document.querySelector("dialog")`), "" })
	if at := evaluate[string](p, "document.activeElement.textContent"); at != "Ada" {
		t.Errorf("after the dialog the focus is on %q", at)
	}
	p.pressButton("#tabs button", "Bans")
	p.fill("#view form input", "a")
	stroke("Enter")
	p.awaitText("#view form ~ div tbody", "Ada")
	p.screenshot("found.png")
}

// tooWide names what reaches beyond the window and holds nothing that does.
const tooWide = `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right + scrollX > innerWidth &&
	![...e.children].some((c) => c.getBoundingClientRect().right + scrollX > innerWidth)).map((e) => e.outerHTML.slice(0, 120)).join("; ")`

// TestFault_G20_PeopleWriteText has somebody with markup for a name and for words: the
// dashboard shows it letter by letter, and nothing of it runs.
func TestFault_G20_PeopleWriteText(t *testing.T) {
	t.Parallel()
	s := startHosted(t, "--bots", "0")
	player := enterGame(t, s.url()+"?name=%3Cb%3EAda%3C%2Fb%3E")
	player.say("<img src=x onerror=document.title=1>")
	p := s.signIn(admin.Host, "Ann")
	p.pressButton("#tabs button", "Players")
	p.awaitText("#view tbody", "<b>Ada</b>")
	p.pressButton("#tabs button", "Chat")
	p.awaitText("#view .lines", "<img src=x onerror=document.title=1>")
	if bad := evaluate[int](p, `document.querySelectorAll("#view b, #view img").length`); bad != 0 {
		t.Errorf("%d elements came from a player", bad)
	}
	p.clean()

	// Whom a host shuts the door on reads that, in their own language.
	if got := p.asksFor("POST", "/console", "lockdown 1h"); got != http.StatusOK {
		t.Errorf("lockdown: got %d", got)
	}
	late := openTab(t, s.url()+"?name=Eve")
	late.awaitScreen("title")
	late.awaitFrames(3)
	late.press("Enter")
	st := late.await("a shut door", func(st stats) bool { return st.Screen == "lost" || st.Alive })
	if !strings.Contains(st.Message, "lets nobody new in") {
		t.Errorf("in, or told %q", st.Message)
	}
	late.awaitFrames(3)
	late.screenshot("shut.png")
	p.awaitText("#line", "locked")
}
