package replica

import (
	"strings"
	"testing"
	"unicode"

	"ionwake/shared/wire"
)

// TestFault_C5_WordsOfAServer lets a server say names and lines that steer, pile up and
// hide: what is drawn of them is plain and in one line.
func TestFault_C5_WordsOfAServer(t *testing.T) {
	bad := "\u202eevil\u2066\n" + strings.Repeat("\u0334", 9) + "\u3164\x1b"
	h := newHost(t)
	r := h.replica()
	r.Hello(0, Guest{Name: "Ann"})
	f := h.first()
	f.Welcome.Room, f.Welcome.Server, f.Welcome.NextArena = bad, bad, bad
	f.Players = append(f.Players, wire.Player{ID: 9, Name: bad, Tag: 5})
	f.Chat = []wire.ChatLine{
		{From: 9, Name: bad, Text: bad + strings.Repeat("x ", 190)},
		{From: wire.ServerVoice, Text: bad, Notice: wire.Notice{About: bad, Also: bad}},
	}
	f.Vote = &wire.VoteState{Call: wire.VoteMap, Name: bad, Needed: 2}
	if err := r.Receive(0, h.frame(f)); err != nil {
		t.Fatal(err)
	}
	s := r.Scene(0)
	said := []string{s.Room, s.Next, s.Vote.Name}
	for _, p := range s.Players {
		said = append(said, p.Name)
	}
	for _, c := range s.Chat {
		said = append(said, c.Name, c.Text, c.Notice.About, c.Notice.Also)
	}
	if len(s.Chat) != 2 || len(said) < 11 {
		t.Fatalf("the scene has %q", said)
	}
	evil := 0
	for _, text := range said {
		if strings.Contains(text, "evil") {
			evil++
		}
		marks := 0
		for _, c := range text {
			if unicode.Is(unicode.Mn, c) {
				marks++
			}
			if !unicode.IsGraphic(c) || c == '\u3164' || marks > 3 {
				t.Errorf("%q is drawn", text)
				break
			}
		}
	}
	if evil < 8 {
		t.Errorf("the plain part is missing: %q", said)
	}
}
