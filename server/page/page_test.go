package page

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"

	"ionwake/assets"
	"ionwake/assets/dist"
)

const (
	wasmName = "ionwake.0123456789ab.wasm"
	execName = "wasm_exec.ba9876543210.js"
)

// plainWasm stands for the game: more than one step of sending, and not of
// equal bytes, so that a step sent twice or left out shows.
func plainWasm() []byte {
	var b bytes.Buffer
	for i := range 20000 {
		b.WriteString(strconv.Itoa(i))
	}
	return b.Bytes()
}

// builtWeb is the real page with a small client in place of the game.
func builtWeb(t *testing.T) fstest.MapFS {
	t.Helper()
	web := bareWeb(t)
	m := dist.Manifest{Quality: 11}
	for _, f := range []struct {
		name    string
		content []byte
		file    *dist.File
	}{{wasmName, plainWasm(), &m.Wasm}, {execName, []byte("class Go {}"), &m.Exec}} {
		kept := read(t, mustPack(t, f.content))
		*f.file = dist.File{Name: f.name, SHA256: strings.Repeat("ab", 32), Raw: int64(len(f.content)), Br: int64(len(kept))}
		web["dist/"+f.file.BrName()] = &fstest.MapFile{Data: kept}
	}
	list, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	web["dist/"+dist.ManifestName] = &fstest.MapFile{Data: list}
	return web
}

// mustPack packs as the build does.
func mustPack(t *testing.T, content []byte) form {
	t.Helper()
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, 5)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return inMemory(out.Bytes())
}

// bareWeb is the real page without a built client.
func bareWeb(t *testing.T) fstest.MapFS {
	t.Helper()
	web := fstest.MapFS{}
	entries, err := fs.ReadDir(assets.Web, "web")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		data, err := fs.ReadFile(assets.Web, "web/"+e.Name())
		if err != nil {
			t.Fatal(err)
		}
		web[e.Name()] = &fstest.MapFile{Data: data}
	}
	return web
}

func mustNew(t *testing.T, web fs.FS, cfg Config) *Page {
	t.Helper()
	p, err := New(web, cfg)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	return p
}

func ask(h http.Handler, method, path, encodings string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	if encodings != "" {
		r.Header.Set("Accept-Encoding", encodings)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

var hashedName = regexp.MustCompile(`(?:href|src)="([a-z_]+\.[0-9a-f]{12}\.[a-z]+)"`)

func TestPageNamesItsFiles(t *testing.T) {
	p := mustNew(t, builtWeb(t), Config{Name: `Bob's <arena>`})
	resp := ask(p, "GET", "/", "")
	text := body(t, resp)
	if resp.StatusCode != 200 || resp.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("/ has code %d and Cache-Control %q, want 200 and no-store", resp.StatusCode, resp.Header.Get("Cache-Control"))
	}
	if got := resp.Header.Get("Content-Type"); got != "text/html; charset=utf-8" {
		t.Errorf("/ has Content-Type %q", got)
	}
	for _, want := range []string{
		`<title>Bob&#39;s &lt;arena&gt; · Ionwake</title>`,
		`data-wasm="` + wasmName + `"`,
		`data-size="` + strconv.Itoa(len(plainWasm())) + `"`,
		`src="` + execName + `"`,
		`<noscript>`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("/ has no %s:\n%s", want, text)
		}
	}
	names := hashedName.FindAllStringSubmatch(text, -1)
	if len(names) != 7 { // icon, manifest, style, support script, three scripts
		t.Errorf("/ names %d files with a hash, want 7: %v", len(names), names)
	}
	for _, name := range names {
		file := ask(p, "GET", "/"+name[1], "gzip, br")
		if file.StatusCode != 200 || file.Header.Get("Cache-Control") != cacheForever {
			t.Errorf("/%s has code %d, Cache-Control %q", name[1], file.StatusCode, file.Header.Get("Cache-Control"))
		}
	}
}

// The page tells the game where the sounds are; they are sent as they are, and the
// page works without them.
func TestPageNamesItsSounds(t *testing.T) {
	pack := []byte("IWC1 a pack of sounds")
	p := mustNew(t, builtWeb(t), Config{Sound: fstest.MapFS{"effects.pack": {Data: pack}, "notes.txt": {Data: pack}}})
	text := body(t, ask(p, "GET", "/", ""))
	names := regexp.MustCompile(`data-effects="(effects\.[0-9a-f]{12}\.pack)" data-music=""`).FindStringSubmatch(text)
	if names == nil {
		t.Fatalf("/ does not name the sounds:\n%s", text)
	}
	for _, encodings := range []string{"", "gzip, br", "br;q=1, identity;q=0"} {
		resp := ask(p, "GET", "/"+names[1], encodings)
		if resp.StatusCode != 200 || resp.Header.Get("Cache-Control") != cacheForever || resp.Header.Get("Content-Encoding") != "" {
			t.Errorf("sounds for %q: code %d, %v", encodings, resp.StatusCode, resp.Header)
		}
		if got := body(t, resp); got != string(pack) {
			t.Errorf("sounds for %q are %q", encodings, got)
		}
	}
	if resp := ask(p, "GET", "/notes.txt", ""); resp.StatusCode != 404 {
		t.Errorf("what is no pack has code %d", resp.StatusCode)
	}
}

func TestPageHasNoInlineScriptOrStyle(t *testing.T) {
	for _, web := range []fs.FS{builtWeb(t), bareWeb(t)} {
		p := mustNew(t, web, Config{})
		for _, path := range []string{"/", "/nowhere"} {
			text := body(t, ask(p, "GET", path, ""))
			if bad := regexp.MustCompile(`<script>|<style|style=|\son[a-z]+=|https?:`).FindString(text); bad != "" {
				t.Errorf("%s has %q, which the policy forbids:\n%s", path, bad, text)
			}
		}
	}
}

func TestPageWithoutClientSaysHowToBuildIt(t *testing.T) {
	p := mustNew(t, bareWeb(t), Config{})
	resp := ask(p, "GET", "/", "")
	text := body(t, resp)
	if resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("/ without a client has code %d, want 503", resp.StatusCode)
	}
	if !strings.Contains(text, "make play") || strings.Contains(text, "<script") {
		t.Errorf("/ without a client must name 'make play' and run nothing:\n%s", text)
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	p := mustNew(t, builtWeb(t), Config{})
	want := map[string]string{
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "no-referrer",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
	}
	for _, path := range []string{"/", "/nowhere", "/" + wasmName, "/favicon.svg"} {
		resp := ask(p, "GET", path, "br")
		for name, value := range want {
			if got := resp.Header.Get(name); got != value {
				t.Errorf("%s: %s is %q, want %q", path, name, got, value)
			}
		}
		csp := resp.Header.Get("Content-Security-Policy")
		if strings.Contains(csp, "unsafe-inline") || strings.Contains(csp, "'unsafe-eval'") {
			t.Errorf("%s: the policy allows what it must not: %s", path, csp)
		}
		if strings.Contains(csp, "*") || strings.Contains(csp, "ws:") || strings.Contains(csp, "wss:") {
			t.Errorf("%s: the policy lets sockets go anywhere: %s", path, csp)
		}
		for _, part := range []string{"default-src 'none'", "connect-src 'self' https: http:;", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(csp, part) {
				t.Errorf("%s: the policy has no %s: %s", path, part, csp)
			}
		}
		if got := resp.Header.Get("Vary"); got != "Accept-Encoding" {
			t.Errorf("%s: Vary is %q", path, got)
		}
	}
}

func TestMethodsAndUnknownPaths(t *testing.T) {
	p := mustNew(t, builtWeb(t), Config{})
	cases := []struct {
		method, path string
		code         int
	}{
		{"POST", "/", 405},
		{"DELETE", "/" + wasmName, 405},
		{"GET", "/nowhere", 404},
		{"GET", "/" + wasmName + ".br", 404},
		{"GET", "/dist/manifest.json", 404},
		{"GET", "/dist/" + wasmName + ".br", 404},
		{"GET", "/ionwake.000000000000.wasm", 404},
		{"GET", "/../page.go", 404},
		{"GET", "//", 404},
		{"GET", "/manifest.webmanifest", 200},
	}
	for _, c := range cases {
		resp := ask(p, c.method, c.path, "")
		if resp.StatusCode != c.code {
			t.Errorf("%s %s has code %d, want %d", c.method, c.path, resp.StatusCode, c.code)
		}
		if c.code == 404 && (resp.Header.Get("Cache-Control") != "no-store" || !strings.Contains(body(t, resp), `href="/"`)) {
			t.Errorf("%s %s: the small page must not be kept and must lead back", c.method, c.path)
		}
		if c.code == 405 && resp.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s %s: Allow is %q", c.method, c.path, resp.Header.Get("Allow"))
		}
	}
}

func TestNewRefusesAPageThatCannotWork(t *testing.T) {
	cases := map[string]func(fstest.MapFS){
		"no page":         func(w fstest.MapFS) { delete(w, "index.html") },
		"no style":        func(w fstest.MapFS) { delete(w, "style.css") },
		"no game":         func(w fstest.MapFS) { delete(w, "dist/"+wasmName+".br") },
		"a cut game":      func(w fstest.MapFS) { w["dist/"+wasmName+".br"] = &fstest.MapFile{Data: []byte("cut")} },
		"a broken list":   func(w fstest.MapFS) { w["dist/"+dist.ManifestName] = &fstest.MapFile{Data: []byte("{")} },
		"an empty list":   func(w fstest.MapFS) { w["dist/"+dist.ManifestName] = &fstest.MapFile{Data: []byte("{}")} },
		"a missing value": func(w fstest.MapFS) { w["index.html"] = &fstest.MapFile{Data: []byte("${nothing}")} },
		"a missing file":  func(w fstest.MapFS) { w["index.html"] = &fstest.MapFile{Data: []byte("${file nothing.js}")} },
	}
	for name, spoil := range cases {
		web := builtWeb(t)
		spoil(web)
		if _, err := New(web, Config{}); err == nil {
			t.Errorf("New takes %s without an error", name)
		}
	}
}
