package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"ionwake/client/view/words"
)

// strike sends keys to the desktop program as a keyboard does, by their X names.
func (d *desktop) strike(keys ...string) {
	d.t.Helper()
	for _, key := range keys {
		cmd := exec.Command("xdotool", "search", "--onlyvisible", "--name", "Ionwake", "windowfocus", "keydown", key, "sleep", "0.15", "keyup", key)
		cmd.Env = append(os.Environ(), "DISPLAY="+d.display.name)
		if out, err := cmd.CombinedOutput(); err != nil {
			d.t.Fatalf("strike %s: %v\n%s", key, err, out)
		}
	}
}

// walk strikes an arrow until the focus is on an item. The program tells where it is
// four times a second.
func (d *desktop) walk(arrow, name string) {
	d.t.Helper()
	for range 24 {
		was := d.settled().Focus
		if was == name {
			return
		}
		if d.strike(arrow); arrow == "Right" && d.settled().Focus == was {
			d.strike("Down") // to the row below
		}
	}
	d.t.Fatalf("no way by %s to %q; the focus is on %q", arrow, name, d.reported().Focus)
}

// settled returns figures that are newer than now.
func (d *desktop) settled() stats {
	d.t.Helper()
	frames := d.reported().Frames
	d.awaitReport("a newer report", func(st stats) bool { return st.Frames > frames+3 })
	return d.reported()
}

// TestDesktopByKeys goes through the desktop's menus by keys alone, changes the
// language, practises, leaves, and finds the language again at the next start.
func TestDesktopByKeys(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("xdotool"); err != nil {
		lack(t, "xdotool")
	}
	program := clientProgram(t)
	d := startDesktop(t, program, "--join", "http://127.0.0.1:9/", "--report")
	screen := func(name string) {
		t.Helper()
		d.awaitReport("the screen "+name, func(st stats) bool { return st.Screen == name })
	}
	d.awaitReport("the title", func(st stats) bool { return st.Screen == "title" && st.Frames > 20 })
	d.display.screenshot(t, "title.png")
	d.walk("Right", words.English.Say(words.SettingsTitle))
	d.strike("Return")
	screen("settings")
	d.display.screenshot(t, "settings.png")
	d.walk("Down", words.English.Say(words.PageLanguage))
	d.strike("Return")
	screen("settings.language")
	d.walk("Down", "日本語")
	d.strike("Return")
	d.awaitReport("Japanese", func(st stats) bool { return st.Language == "ja" })
	d.display.screenshot(t, "japanese.png")
	d.strike("Escape", "Escape")
	screen("title")
	d.walk("Left", words.English.Say(words.Practice))
	d.strike("Return")
	screen("practice")
	d.walk("Up", words.English.Say(words.Start))
	d.strike("Return")
	d.awaitReport("practice", func(st stats) bool { return st.State == "playing" && st.Screen == "none" && st.Bots > 3 && st.Alive })
	d.strike("d", "space")
	d.display.screenshot(t, "flight.png")
	d.strike("Escape")
	screen("menu")
	d.walk("Up", words.English.Say(words.Leave))
	d.strike("Return")
	screen("title")
	time.Sleep(kept)
	if _, err := os.Stat(filepath.Join(d.home, "ionwake", "settings.toml")); err != nil {
		t.Errorf("the settings: %v", err)
	}

	again := startDesktopAt(t, d.home, program, "--join", "http://127.0.0.1:9/", "--report")
	again.awaitReport("Japanese again", func(st stats) bool { return st.Screen == "title" && st.Language == "ja" && st.Frames > 20 })
	again.display.screenshot(t, "again.png")
}
