package e2e

import (
	"testing"
	"time"

	"ionwake/client/view/words"
)

// kept is how long settings take to be written after they change.
const kept = time.Second

// TestSettingsAreKept changes settings by the keyboard alone, loads the page again and
// finds them as they were.
func TestSettingsAreKept(t *testing.T) {
	t.Parallel()
	s := startServer(t, "--bots", "0")
	p := openTab(t, s.url())
	p.awaitScreen("title")
	p.choose(words.SettingsTitle)
	p.awaitScreen("settings")
	p.awaitFrames(2)
	p.screenshot("settings.png")

	p.choose(words.PagePicture)
	p.awaitScreen("settings.picture")
	p.seek(words.English.Say(words.SetPalette))
	p.turn("ArrowRight", words.English.Say(words.PaletteTritan))
	p.seekBy(words.English.Say(words.SetScale), "ArrowUp")
	p.turn("ArrowRight", "110 %")
	p.screenshot("picture.png")
	p.press("Escape")
	p.awaitScreen("settings")

	p.choose(words.PageSound)
	p.awaitScreen("settings.sound")
	p.seek(words.English.Say(words.SetMaster))
	p.turn("ArrowLeft", "35 %")
	p.screenshot("sound.png")
	p.press("Escape")

	for _, language := range []struct{ name, code string }{{"Deutsch", "de"}, {"日本語", "ja"}} {
		p.choose(words.PageLanguage)
		p.awaitScreen("settings.language")
		p.chooseText(language.name)
		p.await("the language "+language.code, func(st stats) bool { return st.Language == language.code })
		p.press("Escape")
		p.awaitScreen("settings")
		p.awaitFrames(2)
		p.screenshot("settings-" + language.code + ".png")
	}
	time.Sleep(kept)

	p.goTo(s.url())
	got := p.awaitScreen("title")
	if got.Language != "ja" || got.Palette != "tritan" || got.Scale != 110 {
		t.Errorf("after a reload: language %s, palette %s, scale %d %%", got.Language, got.Palette, got.Scale)
	}
	p.awaitFrames(2)
	p.screenshot("title-ja.png")
	if lang := evaluate[string](p, "document.documentElement.lang"); lang != "ja" {
		t.Errorf("the page says it is in %q", lang)
	}
	p.choose(words.SettingsTitle)
	p.choose(words.PageSound)
	p.seek(words.English.Say(words.SetMaster))
	if got := p.stats().Value; got != "35 %" {
		t.Errorf("after a reload the volume is %q", got)
	}
	p.press("Escape")
	p.choose(words.PageLanguage)
	p.chooseText("English")
	p.await("English", func(st stats) bool { return st.Language == "en" })
	p.clean()
}

// TestRebind puts fire on another key, fires with it, also after a reload, and sets
// the keys back.
func TestRebind(t *testing.T) {
	t.Parallel()
	s := startServer(t, "--bots", "0", "--map", "closet") // which has no safe zone
	p := openTab(t, s.url())
	p.awaitScreen("title")
	p.openKeys()
	fire := words.English.Say(words.ActFire)
	p.seek(fire)
	p.press("ArrowRight") // the second of two keys
	p.press("Enter")
	p.await("the wait for a key", func(st stats) bool { return st.Value == words.English.Say(words.PressKey) })
	p.screenshot("press-a-key.png")
	p.press("KeyK")
	p.await("the new key", func(st stats) bool { return st.Value == "K" })
	p.screenshot("keys.png")
	p.backTo("title")
	p.seekWide(words.English.Say(words.Play))
	p.fly()
	p.fires("KeyK", true)
	p.fires("Space", false)
	p.leaves()
	time.Sleep(kept)

	p.goTo(s.url())
	p.fly()
	p.fires("KeyK", true)
	p.leaves()
	p.openKeys()
	p.seekBy(words.English.Say(words.ResetPage), "ArrowUp")
	p.press("Enter")
	p.await("the answer", func(st stats) bool { return st.Said != "" })
	p.backTo("title")
	p.seekWide(words.English.Say(words.Play))
	p.fly()
	p.fires("KeyK", false)
	p.fires("Space", true)
	p.clean()
}

func (p *tab) openKeys() {
	p.t.Helper()
	p.choose(words.SettingsTitle)
	p.awaitScreen("settings")
	p.choose(words.PageControls)
	p.awaitScreen("settings.controls")
}

// fires holds a key and looks whether that costs energy, as shots do.
func (p *tab) fires(key string, want bool) {
	p.t.Helper()
	p.await("full energy", func(s stats) bool { return s.Alive && s.Ship.Energy > 0.99 })
	p.keyDown(key)
	defer p.keyUp(key)
	if want {
		p.await("shots by "+key, func(s stats) bool { return s.Ship.Energy < 0.95 })
		return
	}
	time.Sleep(600 * time.Millisecond)
	if got := p.stats().Ship.Energy; got < 0.99 {
		p.t.Errorf("%s fires: energy is %v", key, got)
	}
}
