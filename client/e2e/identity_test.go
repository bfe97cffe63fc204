package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ionwake/client/identity"
	"ionwake/client/view/words"
	"ionwake/server/room"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// doorbook is a room's guard that lets everybody in and writes down who they are.
type doorbook struct {
	mu   sync.Mutex
	tags map[string]uint64 // by name
}

func (d *doorbook) Person([]byte) (id room.PersonID)                     { return id }
func (d *doorbook) Barred(room.Who, bool) (why wire.Reject, barred bool) { return why, false }
func (d *doorbook) Silenced(room.Who, sim.Tick) string                   { return "" }
func (d *doorbook) Heard(room.Said)                                      {}
func (d *doorbook) Came(w room.Who, _, name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tags[name] = w.Tag
}

// tag returns who came under a name, 0 if nobody did.
func (d *doorbook) tag(name string) uint64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.tags[name]
}

// bookedHost serves a room and writes down who comes.
func bookedHost(t *testing.T) (url string, book *doorbook) {
	t.Helper()
	book = &doorbook{tags: map[string]uint64{}}
	return startHost(t, room.Config{Rotation: []room.Ground{shipped(t, "closet", "brawl", nil)}, Guard: book}), book
}

// openIdentity goes to the page of who one is.
func (p *tab) openIdentity() {
	p.t.Helper()
	p.choose(words.SettingsTitle)
	p.awaitScreen("settings")
	p.choose(words.PageIdentity)
	p.awaitScreen("settings.identity")
}

// putIn pastes a text as a key.
func (p *tab) putIn(text string) {
	p.t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		p.t.Fatal(err)
	}
	evaluate[string](p, "window.clipped = "+string(quoted))
	p.choose(words.TextPaste)
}

// TestSamePersonInAnotherBrowser takes the key out of one browser and puts it into one
// that was never here: there the server knows the same person, also after a reload. A
// damaged key and other texts change nothing.
func TestSamePersonInAnotherBrowser(t *testing.T) {
	t.Parallel()
	url, book := bookedHost(t)
	p := blankTab(t)
	p.before(clipboardScript)
	p.goTo(url + "?name=Ada")
	p.awaitScreen("title")
	p.openIdentity()
	p.choose(words.IdentityShow)
	p.awaitFrames(2)
	p.screenshot("shown.png")
	p.choose(words.IdentityCopy)
	var key string
	p.awaitThat("the key in the clipboard", func() (bool, string) {
		key = evaluate[string](p, "window.clipped")
		return strings.Contains(key, identity.Prefix), key
	})
	p.choose(words.IdentitySave)
	p.await("the download", func(st stats) bool { return strings.Contains(st.Said, "ionwake-identity.txt") })
	p.backTo("title")
	p.seekWide(words.English.Say(words.Play))
	p.fly()
	p.clean()

	q := blankTab(t)
	q.before(clipboardScript)
	q.goTo(url + "?name=Bob")
	q.fly()
	q.leaves()
	if ada, bob := book.tag("Ada"), book.tag("Bob"); ada == bob || bob == 0 {
		t.Fatalf("before it, Ada is %x and Bob %x", ada, bob)
	}
	q.openIdentity()
	for _, bad := range []struct {
		text string
		says words.Key
	}{{"milk, eggs", words.IdentityOther}, {strings.TrimSpace(key) + "Q", words.IdentityDamaged}} {
		q.putIn(bad.text)
		q.await("a refusal", func(st stats) bool { return st.Said == words.English.Say(bad.says) })
	}
	q.putIn(key)
	q.awaitScreen("dialog")
	q.awaitFrames(2)
	q.screenshot("sure.png")
	q.seekBy(words.English.Say(words.IdentityBecome), "ArrowLeft")
	q.press("Enter")
	q.awaitScreen("settings.identity")

	q.goTo(url + "?name=Cara") // what was taken is kept
	q.fly()
	if ada, cara := book.tag("Ada"), book.tag("Cara"); ada != cara {
		t.Errorf("with Ada's key the server knows %x, Ada is %x", cara, ada)
	}
	q.clean()
}

// TestDesktopKeepsWhoOneIs starts the desktop client twice, under two names: the server
// knows one person, by a key that nobody else can read.
func TestDesktopKeepsWhoOneIs(t *testing.T) {
	url, book := bookedHost(t)
	home := t.TempDir()
	for _, name := range []string{"Dora", "Emma"} {
		d := startDesktopAt(t, home, clientProgram(t), "--join", url, "--name", name, "--report", "--headless", "--exit-after", "3s")
		d.awaitReport("playing", func(st stats) bool { return st.State == "playing" })
		if err := <-d.done; err != nil {
			t.Fatal(err)
		} else {
			d.done <- err
		}
	}
	if book.tag("Dora") == 0 || book.tag("Dora") != book.tag("Emma") {
		t.Errorf("the first start is %x, the second %x", book.tag("Dora"), book.tag("Emma"))
	}
	info, err := os.Stat(filepath.Join(home, "ionwake", "device"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key is kept as %v, %v", info, err)
	}
}
