package e2e

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"ionwake/client/view/words"
)

// answered is the status of the newest answer that the page had from a path, 0 for none.
const answered = `(performance.getEntriesByType('resource').filter((e) => e.name.includes(%PATH%)).at(-1)?.responseStatus ?? 0)`

// TestCareerPage asks a server that keeps results for its ladder and for the player's own
// place, from the title and in play, and one that keeps none.
func TestCareerPage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name           string
		args           []string
		ladder, career int
	}{{"kept", []string{"--data", t.TempDir()}, 200, 200}, {"not kept", nil, 404, 0}} {
		s := startServer(t, append([]string{"--bots", "1"}, c.args...)...)
		p := openTab(t, s.url()+"?name=Ada")
		p.awaitScreen("title")
		p.choose(words.CareerTitle)
		p.awaitScreen("career")
		p.awaitAnswer("/api/v1/ladder", c.ladder)
		p.awaitAnswer("/api/v1/career", c.career)
		p.turn("ArrowRight", words.English.Say(words.CareerSeason))
		p.awaitAnswer("season=now", c.ladder)
		p.awaitFrames(5)
		p.screenshot(c.name + ".png")
		p.press("Escape")
		p.awaitScreen("title")
		p.seekWide(words.English.Say(words.Play))
		p.fly()
		p.backTo("menu")
		p.choose(words.CareerTitle)
		p.awaitScreen("career")
		p.backTo("none")
		if c.ladder == 200 {
			p.clean() // a 404 is told by the browser itself
		}
	}
}

// awaitAnswer waits until the page has had an answer of that status from a path.
func (p *tab) awaitAnswer(path string, status int) {
	p.t.Helper()
	ask := strings.ReplaceAll(answered, "%PATH%", strconv.Quote(path))
	p.awaitThat(fmt.Sprintf("%d from %s", status, path), func() (bool, string) {
		got := evaluate[int](p, ask)
		return got == status, strconv.Itoa(got)
	})
}
