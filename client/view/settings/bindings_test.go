package settings

import (
	"slices"
	"testing"

	"github.com/hajimehoshi/ebiten/v2"
)

func TestDefaultsDoNotCollide(t *testing.T) {
	for a := range Actions {
		if actionRows[a].name == "" {
			t.Fatalf("action %d has no name", a)
		}
		for b := range Actions {
			if !collide(a, b) {
				continue
			}
			for _, c := range actionRows[a].keys {
				if c != NoControl && slices.Contains(actionRows[b].keys[:], c) {
					t.Errorf("%s and %s are both on %s", a, b, c)
				}
			}
			if p := actionRows[a].pad; p != NoButton && p == actionRows[b].pad {
				t.Errorf("%s and %s are both on the pad's %s", a, b, p)
			}
		}
	}
}

func TestBindTakesOver(t *testing.T) {
	k := DefaultKeys()
	lost := k.Bind(Dash, 0, MouseLeft)
	if !slices.Equal(lost, []Action{Fire}) || k[Dash][0] != MouseLeft || k[Fire] != [2]Control{NoControl, KeyControl(ebiten.KeySpace)} {
		t.Errorf("lost %v, dash on %v, fire on %v", lost, k[Dash], k[Fire])
	}
	if lost := k.Bind(WatchNext, 0, MouseLeft); len(lost) > 0 {
		t.Errorf("watching took the button from %v, which flies", lost)
	}
	if lost := k.Bind(Dash, 1, MouseLeft); len(lost) > 0 || k[Dash] != [2]Control{NoControl, MouseLeft} {
		t.Errorf("the same key again: lost %v, dash on %v", lost, k[Dash])
	}
	k.Bind(Dash, 1, NoControl)
	if k[Dash] != [2]Control{} {
		t.Errorf("cleared, dash is on %v", k[Dash])
	}
	if k.Bind(Fire, 0, KeyControl(ebiten.KeyEscape)); k[Pause] == [2]Control{} {
		t.Error("there is no way into the menu any more")
	}
	p := DefaultPad()
	if lost := p.Bind(Alt, PadRT); !slices.Equal(lost, []Action{Fire}) || p[Fire] != NoButton {
		t.Errorf("the pad lost %v", lost)
	}
	if p.Bind(Alt, PadStart); p[Pause] == NoButton {
		t.Error("the pad has no way into the menu any more")
	}
}

func TestControlsHaveNames(t *testing.T) {
	for c := range Control(mouseFirst + 8) {
		name := c.String()
		if name == "" {
			continue
		}
		if got, ok := controlByName(name); !ok || got != c {
			t.Errorf("%d is called %s, which is %d", c, name, got)
		}
	}
	for b := range Buttons {
		if got, ok := buttonByName(b.String()); !ok || got != b {
			t.Errorf("%d is called %s, which is %d", b, b, got)
		}
		if b != NoButton && FromStandard(b.Standard()) != b {
			t.Errorf("%s is the engine's %d and back %s", b, b.Standard(), FromStandard(b.Standard()))
		}
	}
	for b, want := range map[Button]ebiten.StandardGamepadButton{
		PadA: ebiten.StandardGamepadButtonRightBottom, PadY: ebiten.StandardGamepadButtonRightTop, PadRT: ebiten.StandardGamepadButtonFrontBottomRight,
		PadBack: ebiten.StandardGamepadButtonCenterLeft, PadUp: ebiten.StandardGamepadButtonLeftTop, PadRight: ebiten.StandardGamepadButtonLeftRight,
		PadHome: ebiten.StandardGamepadButtonCenterCenter, PadLS: ebiten.StandardGamepadButtonLeftStick,
	} {
		if b.Standard() != want {
			t.Errorf("%s is the engine's %d, want %d", b, b.Standard(), want)
		}
	}
}

func TestPeopleAndPlaces(t *testing.T) {
	var s Settings
	s.Mute(0, "bot", true)
	s.Mute(1, "a", true)
	s.Mute(1, "b", true)
	if len(s.Muted) != 1 || s.Muted[0].Name != "b" {
		t.Errorf("muted: %v", s.Muted)
	}
	s.Mute(1, "", false)
	if len(s.Muted) != 0 {
		t.Errorf("still muted: %v", s.Muted)
	}
	for i := range 3 * MutedMost {
		s.Mute(uint64(i+1), "x", true)
	}
	if len(s.Muted) != MutedMost || s.Muted[MutedMost-1].Tag != 3*MutedMost {
		t.Errorf("%d muted, the last %d", len(s.Muted), s.Muted[len(s.Muted)-1].Tag)
	}
	a, b := Place{Room: "a"}, Place{Room: "b"}
	s.Visit(a)
	s.Visit(b)
	s.Visit(a)
	if !slices.Equal(s.History, []Place{a, b}) {
		t.Errorf("visited %v", s.History)
	}
	s.Like(a, true)
	s.Like(a, true)
	if !s.IsFavourite(Place{Room: "a", Name: "other"}) || len(s.Favourites) != 1 {
		t.Errorf("favourites: %v", s.Favourites)
	}
	if s.Like(a, false); s.IsFavourite(a) {
		t.Error("still a favourite")
	}
	if !s.Saw("dash") || s.Saw("dash") || !s.HasSeen("dash") || s.HasSeen("fire") {
		t.Errorf("hints: %v", s.Hints)
	}
}
