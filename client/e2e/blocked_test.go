package e2e

import (
	"testing"

	"ionwake/client/view/words"
)

// blockedScript forbids a page to store anything, as browsers do whose user forbids
// cookies: asking for the storage throws.
const blockedScript = `
for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
  Object.defineProperty(window, name, {get() { throw new DOMException('storage is forbidden', 'SecurityError') }})
}
Object.defineProperty(document, 'cookie', {get() { throw new DOMException('cookies are forbidden', 'SecurityError') }})
`

// fullScript lets nothing more be stored.
const fullScript = `
Storage.prototype.setItem = () => { throw new DOMException('it is full', 'QuotaExceededError') }
`

// TestFault_C12_NothingIsStored plays, changes a setting and takes another identity in
// browsers that store nothing: all of it holds until the page is closed.
func TestFault_C12_NothingIsStored(t *testing.T) {
	t.Parallel()
	s := startServer(t, "--bots", "1")
	for name, script := range map[string]string{"blocked": blockedScript, "full": fullScript} {
		t.Run(name, func(t *testing.T) {
			p := blankTab(t)
			p.before(script)
			p.before(clipboardScript)
			p.goTo(s.url() + "?name=Ada")
			p.awaitScreen("title")
			p.choose(words.SettingsTitle)
			p.choose(words.PageAccess)
			p.awaitScreen("settings.accessibility")
			p.seek(words.English.Say(words.SetPalette))
			p.turn("ArrowRight", words.English.Say(words.PaletteTritan))
			p.press("Escape")
			p.choose(words.PageIdentity)
			p.awaitScreen("settings.identity")
			p.putIn("2T13-FJ2G-EV7X-QVMY-KDK9-9JAK-ZHJZ-QTY6")
			p.awaitScreen("dialog")
			p.seekBy(words.English.Say(words.IdentityBecome), "ArrowLeft")
			p.press("Enter")
			p.await("that nothing is kept", func(st stats) bool {
				return st.Said == words.English.Fill(words.IdentityNotKept, "XVHH")
			})
			p.backTo("title")
			p.seekWide(words.English.Say(words.Play))
			if st := p.fly(); st.Palette != "tritan" {
				t.Errorf("the palette is %q", st.Palette)
			}
			p.screenshot("playing.png")
			p.clean()
		})
	}
}
