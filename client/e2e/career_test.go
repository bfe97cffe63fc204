package e2e

import (
	"fmt"
	"strconv"
	"testing"

	"ionwake/client/view/words"
)

// answersScript writes down what the page's questions are answered with.
const answersScript = `
window.answers = [];
const ask = window.fetch;
window.fetch = async (...args) => {
  const answer = await ask(...args);
  window.answers.push([String(args[0]), answer.status]);
  return answer;
};
`

// TestCareerPage asks a server that keeps results for its ladder and for the player's own
// place, from the title and in play, and one that keeps none.
func TestCareerPage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name           string
		args           []string
		ladder, career int
	}{{"kept", []string{"--data", t.TempDir()}, 200, 200}, {"none", nil, 404, 0}} {
		s := startServer(t, append([]string{"--bots", "1"}, c.args...)...)
		p := blankTab(t)
		p.before(answersScript)
		p.goTo(s.url() + "?name=Ada")
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

// awaitAnswer waits until the newest answer from a path has that status; 0: there is none.
func (p *tab) awaitAnswer(path string, status int) {
	p.t.Helper()
	ask := fmt.Sprintf("(window.answers.filter((a) => a[0].includes(%q)).at(-1)?.[1] ?? 0)", path)
	p.awaitThat(fmt.Sprintf("%d from %s", status, path), func() (bool, string) {
		got := evaluate[int](p, ask)
		return got == status, strconv.Itoa(got)
	})
}
