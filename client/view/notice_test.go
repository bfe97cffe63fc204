package view

import (
	"strings"
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/view/words"
)

// offered are the words of the buttons on the screen.
func (r *rig) offered() string {
	pg := r.game.notice.page
	if pg == nil {
		pg = r.game.menus.top()
	}
	if pg == nil {
		return ""
	}
	var names []string
	for i := range pg.items {
		if pg.items[i].kind == doItem {
			names = append(names, pg.items[i].label(&r.game.brush))
		}
	}
	return strings.Join(names, ", ")
}

func TestTroubleSaysWhatHelps(t *testing.T) {
	reload := 0
	for _, tt := range []struct {
		status      Status
		head        words.Key
		says, offer string
	}{
		{Status{Stage: Joining}, words.Joining, "", "Leave"},
		{Status{Stage: Joining, Fetching: true}, words.Joining, "Fetching the arena", "Leave"},
		{Status{Stage: Lost, CanRetry: true, RetryIn: time.Second}, words.ConnectionLost, "half a minute", "Try now, Leave"},
		{Status{Stage: Lost, CanRetry: true, Code: codeRestart, RetryIn: time.Second}, words.Restarting, "You come back", "Try now, Leave"},
		{Status{Stage: Lost, CanRetry: true, Code: codeFull, RetryIn: time.Second}, words.RoomFull, "tries again by itself", "Try now, Watch instead, Leave"},
		{Status{Stage: Lost, CanRetry: true, Code: codeShut, RetryIn: time.Second}, words.DoorShut, "The host lets only those in", "Try now, Leave"},
		{Status{Stage: Refused, CanRetry: true, Code: codeFull}, words.RoomFull, "tries again", "Try again, Watch instead, Back to title"},
		{Status{Stage: Refused, Code: codeBanned, Message: "You may come back at noon."}, words.Banned, "at noon", "Back to title"},
		{Status{Stage: Refused, Code: codeBanned, RetryIn: 5 * time.Minute}, words.Banned, "in 5 minutes", "Back to title"},
		{Status{Stage: Refused, Code: codeBanned, RetryIn: 5 * time.Minute, Message: "Banned: spam."}, words.Banned, "Banned: spam. You can come back in 5 minutes.", "Back to title"},
		{Status{Stage: Refused, Code: codeBanned, RetryIn: 240 * time.Hour, Message: "Banned until 3 May: spam."}, words.Banned, "until 3 May: spam.", "Back to title"},
		{Status{Stage: Refused, Code: codeBanned, CanRetry: true, Message: "old"}, words.Banned, "now", "Try again, Back to title"},
		{Status{Stage: Refused, Code: codePassword, CanRetry: true, RetryIn: 30 * time.Second}, words.EnterPassword, "in 30 s", "Join, Back to title"},
		{Status{Stage: Refused, Code: codeVersion}, words.OtherVersion, "Reload it", "Reload, Back to title"},
		{Status{Stage: Refused, Code: codePassword, CanRetry: true}, words.EnterPassword, "", "Join, Back to title"},
		{Status{Stage: Refused, Code: codeName, CanRetry: true}, words.NotAdmitted, "Choose another", "Another name"},
		{Status{Stage: Refused, Code: codeNoRoom, CanRetry: true}, words.NotAdmitted, "no such room", "Try again, Servers, Back to title"},
		{Status{Stage: Refused, Code: 4999, Message: "Words of the server."}, words.NotAdmitted, "Words of the server.", "Back to title"},
	} {
		a, r := atMenu(t, func(c *Config) { c.Reload, c.Lobby = func() { reload++ }, &tavern{} })
		a.status = tt.status
		r.play(time.Second / 10)
		pg := r.game.notice.page
		if pg == nil {
			t.Errorf("%+v: nothing is said", tt.status)
			continue
		}
		if got := pg.lines(&r.game.brush); pg.head != tt.head || !strings.Contains(got, tt.says) || tt.says == "" && got != "" {
			t.Errorf("%+v: %q, %q", tt.status, words.English.Say(pg.head), got)
		}
		if got := r.offered(); got != tt.offer {
			t.Errorf("%+v: offered %q, want %q", tt.status, got, tt.offer)
		}
	}
}

func TestEveryCodeOfTheLinkHasWords(t *testing.T) {
	for _, code := range []uint16{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013, 1014, 1015, 4001, 4002, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 4011, 4012} {
		if _, ok := troubles[code]; !ok {
			t.Errorf("code %d has no words", code)
		}
	}
}

func TestPasswordIsEntered(t *testing.T) {
	a, r := atMenu(t, nil)
	a.status = Status{Stage: Refused, Code: codePassword, CanRetry: true}
	r.play(time.Second / 30)
	box := r.game.notice.page.items[0].field
	box.set("sesame")
	if text, at := box.shown(); text != "••••••" || at != len("••••••") {
		t.Errorf("it shows %q, caret %d", text, at)
	}
	r.game.notice.page.items[0].do()
	if len(a.played) != 1 || a.places[0].Password != "sesame" {
		t.Errorf("played at %+v", a.places)
	}
	if got := r.game.troubleWords(&r.game.brush); got != words.English.Say(words.PasswordWrong) {
		t.Errorf("asked again it says %q", got)
	}
}

func TestWatchInsteadAndBack(t *testing.T) {
	a, r := atMenu(t, nil)
	r.game.place = Place{Room: "den"}
	a.status = Status{Stage: Lost, Code: codeFull, CanRetry: true, RetryIn: time.Second, Place: Place{Room: "den"}}
	r.play(time.Second / 30)
	r.press("Watch instead")
	if n := len(a.places); n != 1 || !a.places[0].Spectate || a.places[0].Room != "den" {
		t.Fatalf("played at %+v", a.places)
	}
	a.status = Status{Stage: Spectating, Place: a.places[0]}
	r.play(time.Second / 30)
	r.strike(ebiten.KeyEscape)
	r.press("Join the match")
	if n := len(a.places); n != 2 || a.places[1].Spectate {
		t.Errorf("played at %+v", a.places)
	}
}
