package e2e

import (
	"fmt"
	"slices"
	"time"
)

// stats is what window.ionwake.stats() answers.
type stats struct {
	State          string  `json:"state"`
	Tick           float64 `json:"tick"`
	RTT            float64 `json:"rtt"`
	Jitter         float64 `json:"jitter"`
	Players        int     `json:"players"`
	Bots           int     `json:"bots"`
	Entities       int     `json:"entities"`
	FPS            float64 `json:"fps"`
	Frames         int     `json:"frames"`
	BytesIn        int     `json:"bytesIn"`
	BytesOut       int     `json:"bytesOut"`
	Mispredictions int     `json:"mispredictions"`
	Ship           struct {
		X      float64 `json:"x"`
		Y      float64 `json:"y"`
		Energy float64 `json:"energy"`
	} `json:"ship"`

	Message    string  `json:"message"`
	RetryIn    float64 `json:"retryIn"` // seconds
	Self       float64 `json:"self"`
	Scoreboard []line  `json:"scoreboard"`
	Chat       []said  `json:"chat"`
	Ships      []place `json:"ships"`

	// The match.
	Mode     string   `json:"mode"`
	Map      string   `json:"map"`
	Phase    string   `json:"phase"`
	Match    int      `json:"match"`
	Team     string   `json:"team"`
	Hull     string   `json:"hull"`
	Alive    bool     `json:"alive"`
	Watchers int      `json:"watchers"`
	Scores   []int    `json:"scores"`
	Signals  []signal `json:"signals"`
	Vote     *vote    `json:"vote"`

	// The screen.
	Screen   string `json:"screen"`
	Focus    string `json:"focus"`
	Value    string `json:"value"`
	Said     string `json:"said"`
	Writing  string `json:"writing"`
	Language string `json:"language"`
	Hint     string `json:"hint"`
	Device   string `json:"device"`
	Palette  string `json:"palette"`
	Scale    int    `json:"scale"`
	Watching int    `json:"watching"`
	Free     bool   `json:"free"`
	Spots    []spot `json:"spots"`

	// Only while loading.
	Percent int `json:"percent"`
	// Only from the toy.
	Name string `json:"name"`
}

// signal is a word over a ship.
type signal struct {
	ID   int `json:"id"`
	Kind int `json:"kind"`
}

// vote is the one under way.
type vote struct {
	Name   string `json:"name"`
	Yes    int    `json:"yes"`
	Needed int    `json:"needed"`
	Voted  bool   `json:"voted"`
}

// spot is something that can be pressed, in CSS pixels.
type spot struct {
	Name string  `json:"name"`
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
}

// line is one of the scoreboard.
type line struct {
	ID     float64 `json:"id"`
	Name   string  `json:"name"`
	Bot    bool    `json:"bot"`
	Team   string  `json:"team"`
	Kills  int     `json:"kills"`
	Deaths int     `json:"deaths"`
}

// said is a line of chat.
type said struct {
	Name  string `json:"name"`
	Text  string `json:"text"`
	Scope string `json:"scope"`
}

// place is where a ship is drawn.
type place struct {
	ID float64 `json:"id"`
	X  float64 `json:"x"`
	Y  float64 `json:"y"`
}

// line is the player's own of the scoreboard.
func (s stats) line() line {
	for _, l := range s.Scoreboard {
		if l.ID == s.Self {
			return l
		}
	}
	return line{}
}

// ship is where a player's ship is, nowhere if it has none.
func (s stats) ship(id int) place {
	for _, p := range s.Ships {
		if int(p.ID) == id {
			return p
		}
	}
	return place{}
}

// heard says whether the chat shows that somebody said something.
func (s stats) heard(name, text string) bool {
	return slices.ContainsFunc(s.Chat, func(c said) bool { return c.Name == name && c.Text == text })
}

// named returns the line of a player, or the zero line.
func (s stats) named(name string) line {
	for _, l := range s.Scoreboard {
		if l.Name == name {
			return l
		}
	}
	return line{}
}

func (p *tab) whereIs(id int) place { return p.stats().ship(id) }

func (p *tab) stats() stats {
	p.t.Helper()
	return evaluate[stats](p, "window.ionwake.stats()")
}

// await polls the page's stats until ok says yes, and returns those. It asks
// from outside, so a hidden page, which draws nothing, answers too.
func (p *tab) await(what string, ok func(stats) bool) stats {
	p.t.Helper()
	var last stats
	p.awaitThat(what, func() (bool, string) {
		last = p.stats()
		return ok(last), fmt.Sprintf("stats are %+v", last)
	})
	return last
}

// awaitState waits until the game is in one of states.
func (p *tab) awaitState(states ...string) stats {
	p.t.Helper()
	return p.await(fmt.Sprintf("state %v", states), func(s stats) bool { return slices.Contains(states, s.State) })
}

// awaitText waits until selector's element shows text that holds want.
func (p *tab) awaitText(selector, want string) {
	p.t.Helper()
	p.awaitThat(fmt.Sprintf("%q in %s", want, selector), func() (bool, string) {
		query := fmt.Sprintf("(document.querySelector(%q)?.innerText ?? '')", selector)
		ok := evaluate[bool](p, fmt.Sprintf("%s.includes(%q)", query, want))
		if ok {
			return true, ""
		}
		return false, "it is " + evaluate[string](p, query)
	})
}

// awaitThat polls ask, which also says what it saw, until it answers yes.
func (p *tab) awaitThat(what string, ask func() (ok bool, saw string)) {
	p.t.Helper()
	end := time.Now().Add(patience)
	for {
		ok, saw := ask()
		if ok {
			return
		}
		if time.Now().After(end) {
			p.t.Fatalf("waited %v for %s; %s", patience, what, saw)
		}
		time.Sleep(15 * time.Millisecond)
	}
}
