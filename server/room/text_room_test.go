package room

import (
	"strings"
	"testing"

	"ionwake/shared/wire"
)

func TestCleanTextIsDone(t *testing.T) {
	// Full of bytes before it is full of runes: no 513th byte, no space at the end.
	got := cleanText(strings.Repeat("\U0001d160", 42)+"\U0001f680\U0001f680 x", maxChatRunes)
	if len(got) > wire.MaxChat || strings.HasSuffix(got, " ") {
		t.Errorf("%d bytes, ends in %+q", len(got), got[len(got)-1:])
	}
	// The last place: two words are not glued together.
	if got := cleanText("abcdefghijklmno p", maxNameRunes); got != "abcdefghijklmno" {
		t.Errorf("got %q", got)
	}
	// Something unseen between letter and mark: still NFC, or two names look alike.
	if got := cleanText("Cafe\u200b\u0301", maxNameRunes); got != "Caf\u00e9" {
		t.Errorf("got %+q", got)
	}
}
