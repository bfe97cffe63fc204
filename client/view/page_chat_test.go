package view

import (
	"slices"
	"testing"
	"time"

	"ionwake/client/view/settings"
	"ionwake/client/view/words"
)

// TestPadChats opens the chat from the menu in play and says something, by a pad alone.
func TestPadChats(t *testing.T) {
	a := newArcade(t, 8)
	r := newRig(t, a, 1280, 720, nil)
	a.status = Status{Stage: Playing}
	r.play(time.Second / 2)
	button := func(b settings.Button) {
		r.poll.pad.present = true
		r.poll.pad.strokes[b.Standard()], r.poll.pad.buttons[b.Standard()] = true, true
		r.play(time.Second / 20)
		r.poll.pad.buttons[b.Standard()] = false
	}
	button(settings.PadStart)
	r.press(words.English.Say(words.ChatTitle))
	pg := r.game.menus.top()
	button(settings.PadA)
	if pg.letters == nil {
		t.Fatal("there is no keyboard on the screen")
	}
	for range 2 {
		pg.letters.focusOn(slices.IndexFunc(pg.letters.items, func(it item) bool { return it.label(&r.game.brush) == "g" }))
		button(settings.PadA)
	}
	button(settings.PadB)
	r.press(words.English.Say(words.ActTalk))
	if !slices.Equal(a.said, []string{"gg"}) || r.game.menus.top() != nil {
		t.Errorf("said %q", a.said)
	}
}
