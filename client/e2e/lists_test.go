package e2e

import (
	"strings"
	"testing"

	"ionwake/client/view/words"
)

// clipboardScript gives the page a clipboard that asks nobody.
const clipboardScript = `
window.clipped = '';
Object.defineProperty(navigator, 'clipboard', {value: {
  writeText: async (text) => { window.clipped = text; },
  readText: async () => window.clipped,
}});
`

// TestSettingsAsText takes the settings out as text, sets everything back, and takes
// them in again; text of something else changes nothing.
func TestSettingsAsText(t *testing.T) {
	t.Parallel()
	s := startServer(t, "--bots", "0")
	p := blankTab(t)
	p.before(clipboardScript)
	p.goTo(s.url())
	p.awaitScreen("title")
	p.choose(words.SettingsTitle)
	p.choose(words.PagePicture)
	p.awaitScreen("settings.picture")
	p.seek(words.English.Say(words.SetPalette))
	p.turn("ArrowRight", words.English.Say(words.PaletteContrast))
	p.press("Escape")
	p.choose(words.PageText)
	p.awaitScreen("settings.text")
	p.choose(words.TextCopy)
	p.awaitThat("the text in the clipboard", func() (bool, string) {
		text := evaluate[string](p, "window.clipped")
		return strings.Contains(text, `palette = "contrast"`), text
	})
	p.choose(words.ResetAll)
	p.await("the palette of the start", func(st stats) bool { return st.Palette == "standard" })
	p.screenshot("text.png")
	p.choose(words.TextPaste)
	p.await("the palette of the text", func(st stats) bool { return st.Palette == "contrast" })
	evaluate[string](p, "window.clipped = 'milk, eggs'")
	p.choose(words.TextPaste)
	st := p.await("that this is none of ours", func(st stats) bool { return strings.Contains(st.Said, words.English.Say(words.TextNotOurs)) })
	if st.Palette != "contrast" {
		t.Errorf("a shopping list made the palette %q", st.Palette)
	}
	p.clean()
}

// TestServersList finds the room in the list of servers and watches it from there.
func TestServersList(t *testing.T) {
	t.Parallel()
	s := startServer(t, "--bots", "6")
	p := openTab(t, s.url())
	p.awaitScreen("title")
	p.choose(words.Servers)
	p.awaitScreen("servers")
	p.awaitFrames(20)
	p.screenshot("servers.png")
	p.seek("main")
	p.press("Enter")
	p.await("the room's own page", func(st stats) bool { return st.Screen != "servers" })
	p.awaitFrames(3)
	p.screenshot("room.png")
	p.choose(words.Watch)
	p.await("to watch", func(st stats) bool { return st.State == "spectating" })
	p.clean()
}
