package view

import (
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/view/words"
)

// stand is a ladder for tests.
type stand struct {
	answer  LadderAnswer
	asked   []LadderQuery
	version int
}

func (s *stand) Ask(q LadderQuery)           { s.asked = append(s.asked, q); s.version++ }
func (s *stand) Answer() (LadderAnswer, int) { return s.answer, s.version }

// manyRungs is a long ladder whose seventh is the player.
func manyRungs() LadderAnswer {
	a := LadderAnswer{State: LadderTold}
	for i := range 30 {
		a.Rungs = append(a.Rungs, Rung{
			Place: i + 1, Person: "p" + number(i), Name: [...]string{"Kestrel", "Ann", "Velvet Zephyrrr", "日本の飛行士", "Ösen"}[i%5], Games: 420 - 11*i, Wins: 130 - 4*i,
			Score: 18345 - 600*i, Best: 61 - i, Kills: 6021 - 190*i, Deaths: 3890 - 90*i, Seconds: 3600*41 - 4000*i,
		})
	}
	a.Own = a.Rungs[6]
	return a
}

// TestCareerAsks goes through times and modes: each is asked for, and of the server that
// one plays on.
func TestCareerAsks(t *testing.T) {
	s := &stand{answer: manyRungs()}
	_, r := atMenu(t, func(c *Config) { c.Ladder = s })
	r.press(words.English.Say(words.CareerTitle))
	if got := r.game.Told(); got.Screen != "career" || got.Focus != words.English.Say(words.CareerOf) {
		t.Fatalf("%q, %q", got.Screen, got.Focus)
	}
	turn := func() { r.strike(ebiten.KeyArrowRight); r.play(time.Second / 30) }
	turn()
	r.game.menus.top().focusOn(1)
	turn()
	want := []LadderQuery{{}, {Season: true}, {Season: true, Mode: "brawl"}}
	if len(s.asked) != len(want) || s.asked[1] != want[1] || s.asked[2] != want[2] {
		t.Errorf("asked %+v, want %+v", s.asked, want)
	}
	pg := r.game.menus.top()
	own := 0
	for i := range pg.items {
		if it := &pg.items[i]; it.kind == cardItem && it.text == "7. Ann" {
			own++
		}
	}
	if own != 2 {
		t.Errorf("the player stands on the page %d times, want by themselves and in the list", own)
	}
	r.game.place.Address, r.game.status.Stage = "other.example", Playing
	if r.game.careerPage(); s.asked[len(s.asked)-1].Address != "other.example" {
		t.Errorf("in play the page asks %+v", s.asked[len(s.asked)-1])
	}
}

// TestCareerInWords: whatever there is instead of a ladder is said, and one may try again.
func TestCareerInWords(t *testing.T) {
	for _, c := range []struct {
		answer LadderAnswer
		says   []words.Key
		again  bool
	}{
		{LadderAnswer{}, []words.Key{words.ListLoading}, false},
		{LadderAnswer{State: LadderNone}, []words.Key{words.CareerNone}, false},
		{LadderAnswer{State: LadderFailed}, []words.Key{words.CareerFailed, words.Refresh}, true},
		{LadderAnswer{State: LadderTold}, []words.Key{words.CareerOwnNone, words.CareerEmpty}, false},
	} {
		s := &stand{answer: c.answer}
		_, r := atMenu(t, func(cfg *Config) { cfg.Ladder = s })
		r.game.menus.open(r.game.careerPage())
		for _, k := range c.says {
			if !r.shows(words.English.Say(k)) {
				t.Errorf("state %d: %q is not on the page", c.answer.State, words.English.Say(k))
			}
		}
		if !c.again {
			continue
		}
		r.press(words.English.Say(words.Refresh))
		if s.answer = manyRungs(); len(s.asked) != 2 {
			t.Errorf("asked %d times", len(s.asked))
		}
		s.version++
		if r.play(time.Second / 30); !r.shows("1. Kestrel") {
			t.Error("the answer does not show by itself")
		}
	}
}
