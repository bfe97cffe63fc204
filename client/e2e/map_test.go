package e2e

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hostWithMap starts a server whose host has drawn a map, and returns the map's name.
func hostWithMap(t *testing.T) (*server, string) {
	t.Helper()
	data := t.TempDir()
	folder := filepath.Join(data, "maps")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	shippedMap := filepath.Join(root, "assets", "maps")
	tiles, err := os.ReadFile(filepath.Join(shippedMap, "tiles.tsx"))
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := os.ReadFile(filepath.Join(shippedMap, "closet.tmx"))
	if err != nil {
		t.Fatal(err)
	}
	// A wall more makes it another one.
	attic := strings.Replace(string(drawn), "\n1,0,0,0,0,0,0,0,0,0,", "\n1,0,0,0,0,0,0,0,0,1,", 1)
	for name, content := range map[string]string{"tiles.tsx": string(tiles), "attic.tmx": attic} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return startServer(t, "--data", data, "--map", "attic", "--rotation", "attic", "--bots", "3"), "attic"
}

// TestHostsMap plays on a map that only the host has.
func TestHostsMap(t *testing.T) {
	t.Parallel()
	s, name := hostWithMap(t)
	p := enterGame(t, s.url())
	if st := p.stats(); st.Map != name {
		t.Errorf("played on %q", st.Map)
	}
	p.screenshot("browser.png")
	p.clean()
	d := startDesktop(t, clientProgram(t), "--join", s.url(), "--name", "Dora", "--report")
	d.awaitReport("a flight over the host's map", func(st stats) bool { return st.State == "playing" && st.Map == name && st.Alive })
	d.display.screenshot(t, "desktop.png")
}

// TestForgedMap has somebody on the way change the map: the page says so and does not
// play on it.
func TestForgedMap(t *testing.T) {
	t.Parallel()
	s, _ := hostWithMap(t)
	target, err := url.Parse(s.url())
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.ModifyResponse = func(r *http.Response) error {
		if !strings.HasPrefix(r.Request.URL.Path, "/maps/") {
			return nil
		}
		data, err := io.ReadAll(r.Body)
		if err != nil || len(data) == 0 {
			return err
		}
		data[len(data)/2] ^= 1
		r.Body = io.NopCloser(strings.NewReader(string(data)))
		return nil
	}
	forger := httptest.NewServer(proxy)
	t.Cleanup(forger.Close)
	p := openTab(t, forger.URL)
	p.awaitScreen("title")
	p.awaitFrames(3)
	p.press("Enter")
	st := p.await("the refusal in words", func(s stats) bool { return s.State == "lost" && s.Message != "" })
	p.awaitFrames(3)
	p.screenshot("forged.png")
	t.Logf("told: %q", st.Message)
}
