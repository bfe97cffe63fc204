package room

import (
	"strings"
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// Every notice has words for clients that do not know its number.
func TestEveryNoticeHasWords(t *testing.T) {
	seen := map[string]bool{}
	for k := wire.NoticeKind(1); k < wire.Notices; k++ {
		text := noticeText(wire.Notice{Kind: k, About: "closet", Also: "relay", Number: uint16(sim.TeamEmber)})
		if text == "" || seen[text] || strings.Contains(text, "%!") {
			t.Errorf("notice %d: %q", k, text)
		}
		seen[text] = true
	}
}

// A notice reaches its reader with its number, its names and its words.
func TestNotices(t *testing.T) {
	r, p := council(t, "Ann", "Bob")
	ann := p["Ann"].seat()
	r.notify(ann, wire.Notice{Kind: wire.NoticeVoteFailed, About: "Bob", Number: 7})
	r.notifyAll(wire.Notice{Kind: wire.NoticeNext, About: strings.Repeat("x", wire.MaxName+1), Also: "relay"})
	r.composeChat(ann)
	lines := r.frame.Chat
	if len(lines) < 2 {
		t.Fatalf("told %+v", lines)
	}
	failed, next := lines[len(lines)-2], lines[len(lines)-1]
	if failed.Notice != (wire.Notice{Kind: wire.NoticeVoteFailed, About: "Bob", Number: 7}) || failed.Text != "A vote about Bob has just failed. Wait 7 s." || failed.Scope != wire.ToOne {
		t.Errorf("told %+v", failed)
	}
	if next.Notice != (wire.Notice{}) || !strings.Contains(next.Text, "xxx, relay") {
		t.Errorf("a name too long for a notice: told %+v", next)
	}
}
