package view

import (
	"strings"
	"testing"

	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// Everything the server says by number is said in every language, and not in the
// server's words.
func TestEveryNoticeIsSaid(t *testing.T) {
	seen := map[string]bool{}
	for l := range words.Languages {
		b := brush{lang: l}
		for k := replica.NoticeKind(1); k < replica.Notices; k++ {
			line := replica.ChatView{From: wire.ServerVoice, Text: "server's words", Notice: replica.Notice{Kind: k, About: "closet", Also: "relay", Number: int(sim.TeamEmber)}}
			got := b.said(&line)
			if got == line.Text || seen[got] || got == "" || strings.Contains(got, "%!") {
				t.Errorf("%s, notice %d: %q", l.Name(), k, got)
			}
			seen[got] = true
		}
	}
}

func TestWhatIsNoNoticeIsSaidAsItIs(t *testing.T) {
	b := brush{lang: words.German}
	for name, line := range map[string]replica.ChatView{
		"the host's words":    {From: wire.ServerVoice, Text: "Feierabend um zehn."},
		"a notice to come":    {From: wire.ServerVoice, Text: "Feierabend um zehn.", Notice: replica.Notice{Kind: 200}},
		"somebody's own line": {From: 3, Name: "Ann", Text: "Feierabend um zehn.", Notice: replica.Notice{Kind: replica.NoticeMuted}},
	} {
		if got := b.said(&line); got != line.Text {
			t.Errorf("%s: %q", name, got)
		}
	}
	next := replica.ChatView{Notice: replica.Notice{Kind: replica.NoticeNext, About: "closet", Also: "relay"}}
	if got, want := b.said(&next), "Als Nächstes: Closet, "+b.modeName("relay"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	odd := replica.ChatView{Notice: replica.Notice{Kind: replica.NoticeSideFull, Number: 65535}}
	if got := b.said(&odd); strings.Contains(got, "%!") {
		t.Errorf("a side that is none: %q", got)
	}
}
