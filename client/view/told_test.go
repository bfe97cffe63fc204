package view

import (
	"strings"
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"
)

func TestToldFollowsTheMenus(t *testing.T) {
	var said []string
	_, r := atMenu(t, func(c *Config) { c.Aloud = func(text string) { said = append(said, text) } })
	want := func(screen, focus string) {
		t.Helper()
		if got := r.game.Told(); got.Screen != screen || got.Focus != focus {
			t.Fatalf("at %q on %q, want %q on %q", got.Screen, got.Focus, screen, focus)
		}
	}
	want("title", "Play")
	r.game.menus.open(r.game.settingsPage())
	r.play(time.Second / 60)
	want("settings", "Game")
	r.strike(ebiten.KeyArrowDown)
	want("settings", "Controls")
	if last := said[len(said)-1]; !strings.Contains(last, "Controls") {
		t.Errorf("said %q", said)
	}
	r.strike(ebiten.KeyEscape)
	want("title", "Play")
	if n := len(said); n < 3 {
		t.Errorf("said %d things: %q", n, said)
	}
	before := len(said)
	r.play(2 * time.Second)
	if len(said) != before {
		t.Errorf("said again: %q", said[before:])
	}
}
