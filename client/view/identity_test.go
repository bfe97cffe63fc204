package view

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"ionwake/client/identity"
	"ionwake/client/view/words"
)

// somebody is an identity whose key has n in every byte, with a file to save it in.
func somebody(n byte) *Identity {
	key, file := bytes.Repeat([]byte{n}, identity.KeySize), ""
	return &Identity{
		Key:  func() []byte { return key },
		Be:   func(other []byte) error { key = other; return nil },
		Save: func(text string) (string, error) { file = text; return "ionwake-identity.txt", nil },
		File: "~/ionwake-identity.txt",
		Load: func() (string, error) {
			if file == "" {
				return "", errors.New("there is none")
			}
			return file, nil
		},
	}
}

// atIdentity opens the page of who one is.
func atIdentity(t *testing.T, id *Identity) (*rig, *slate) {
	t.Helper()
	clip := &slate{}
	_, r := atMenu(t, func(c *Config) { c.Identity, c.Clipboard = id, clip })
	r.game.menus.open(r.game.identityPage())
	r.play(time.Second / 10)
	return r, clip
}

// shows reports whether a text is anywhere on the page on top, or told of it.
func (r *rig) shows(text string) bool {
	for _, it := range r.game.menus.top().items {
		if strings.Contains(it.label(&r.game.brush), text) {
			return true
		}
	}
	return false
}

// TestKeyIsHiddenUntilAsked: neither the page, nor what is told of it, nor the text of
// the settings has the key before somebody asks for it, and the settings never.
func TestKeyIsHiddenUntilAsked(t *testing.T) {
	id := somebody(1)
	r, _ := atIdentity(t, id)
	key := identity.Text(id.Key())
	if r.shows(key) {
		t.Error("the key is on the page at once")
	}
	r.press(words.English.Say(words.IdentityShow))
	if !r.shows(key) {
		t.Error("who asks does not see the key")
	}
	if strings.Contains(r.game.settings.Text(), key) {
		t.Error("the settings have the key")
	}
	r.press(words.English.Say(words.IdentityHide))
	if r.shows(key) {
		t.Error("the key does not go away")
	}
}

// TestKeyGoesToAnotherDevice copies the key here and puts it in there, where it is
// taken only after a question.
func TestKeyGoesToAnotherDevice(t *testing.T) {
	here, there := somebody(1), somebody(2)
	r, clip := atIdentity(t, here)
	r.press(words.English.Say(words.IdentityCopy))
	copied := clip.text
	if got, err := identity.Parse(copied); err != nil || !bytes.Equal(got, here.Key()) {
		t.Fatalf("copied is %q", copied)
	}
	r, clip = atIdentity(t, there)
	clip.text = copied
	r.press(words.English.Say(words.TextPaste))
	r.play(time.Second / 10)
	if bytes.Equal(there.Key(), here.Key()) {
		t.Fatal("the key was taken without a question")
	}
	r.press(words.English.Say(words.Back))
	if bytes.Equal(there.Key(), here.Key()) {
		t.Fatal("no means yes")
	}
	r.game.weighKey(r.game.menus.top(), copied)
	r.press(words.English.Say(words.IdentityBecome))
	if !bytes.Equal(there.Key(), here.Key()) || !strings.Contains(r.game.menus.top().said, identity.Mark(here.Key())) {
		t.Errorf("it was not taken: %q", r.game.menus.top().said)
	}
}

// TestKeyByFile saves the key, becomes somebody else and comes back by the file.
func TestKeyByFile(t *testing.T) {
	id := somebody(1)
	r, _ := atIdentity(t, id)
	r.press(words.English.Say(words.IdentityLoad))
	if said := r.game.menus.top().said; !strings.Contains(said, "there is none") {
		t.Errorf("without a file it says %q", said)
	}
	r.press(words.English.Say(words.IdentitySave))
	if err := id.Be(bytes.Repeat([]byte{9}, identity.KeySize)); err != nil {
		t.Fatal(err)
	}
	r.press(words.English.Say(words.IdentityLoad))
	r.press(words.English.Say(words.IdentityBecome))
	if id.Key()[0] != 1 {
		t.Errorf("the key is %x", id.Key())
	}
}

// TestBadKeysChangeNothing enters what is no key, a damaged one and the present one.
func TestBadKeysChangeNothing(t *testing.T) {
	id := somebody(1)
	r, _ := atIdentity(t, id)
	pg := r.game.menus.top()
	other := identity.Text(bytes.Repeat([]byte{2}, identity.KeySize))
	for _, c := range []struct {
		text string
		want words.Key
	}{
		{r.game.settings.Text(), words.IdentityOther}, {"", words.IdentityOther},
		{other[:30] + "Q" + other[31:], words.IdentityDamaged}, {identity.Text(id.Key()), words.IdentitySame},
	} {
		pg.said = ""
		r.game.weighKey(pg, c.text)
		if pg.said != words.English.Say(c.want) || r.game.menus.top() != pg || id.Key()[0] != 1 {
			t.Errorf("%.30q: it says %q", c.text, pg.said)
		}
	}
	id.Be = func([]byte) error { return errors.New("full") }
	r.game.weighKey(pg, other)
	r.press(words.English.Say(words.IdentityBecome))
	if !strings.Contains(pg.said, "until you leave") {
		t.Errorf("where nothing is kept it says %q", pg.said)
	}
}
