package page

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"
)

func read(t *testing.T, f form) []byte {
	t.Helper()
	r, err := f.open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// body returns what the answer says, unpacked.
func body(t *testing.T, resp *http.Response) string {
	t.Helper()
	defer resp.Body.Close()
	var r io.Reader = resp.Body
	switch enc := resp.Header.Get("Content-Encoding"); enc {
	case br:
		r = brotli.NewReader(r)
	case gz:
		unpacked, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = unpacked
	case "":
	default:
		t.Fatalf("answer in unknown encoding %q", enc)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestChooseEncoding(t *testing.T) {
	cases := []struct {
		header string // as one line; | separates lines
		want   string // "" means refused
	}{
		{"gzip, deflate, br, zstd", br},
		{"br", br},
		{"gzip", gz},
		{"GZIP", gz},
		{"x-gzip", gz},
		{"deflate", identity},
		{"", identity},
		{"identity", identity},
		{"br;q=0.5, gzip;q=0.8", gz},
		{"br;q=0.8, gzip;q=0.8", br},
		{"br;q=0, gzip;q=0.001", gz},
		{"br;q=0.000, gzip;q=0", identity},
		{"br ; q=0.3 , gzip ; q=0.2", br},
		{"br;Q=1.000, gzip;q=0.9", br},
		{"gzip;q=0.4, identity;q=0.6", identity},
		{"gzip, identity", gz},
		{"*", br},
		{"*;q=0.5, gzip", gz},
		{"br;q=0, *", gz},
		{"*;q=0", ""},
		{"identity;q=0", ""},
		{"identity;q=0, br", br},
		{"*;q=0, identity;q=0.1", identity},
		{"deflate, *;q=0", ""},
		{"gzip|br", br},
		{"br;q=nan, gzip", gz},
		{"br;q=2, gzip;q=0.1", gz},
		{"br;q=-1, gzip;q=0.1", gz},
		{"br;q=1e0, gzip;q=0.1", gz},
		{"br;q=0.12345, gzip;q=0.1", gz},
		{"br;level=5, gzip;q=0.1", gz},
		{";;,,;q=1", identity},
	}
	all := []string{br, gz, identity}
	for _, c := range cases {
		got, ok := choose(strings.Split(c.header, "|"), all)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("Accept-Encoding %q: got %q (%v), want %q", c.header, got, ok, c.want)
		}
	}
	if got, ok := choose(nil, all); got != identity || !ok {
		t.Errorf("without the header: got %q (%v), want identity", got, ok)
	}
}

// The game comes whole in every encoding, with a true length, also over a real
// connection, and plain although no plain form is stored.
func TestGameInEveryEncoding(t *testing.T) {
	server := httptest.NewServer(mustNew(t, builtWeb(t), Config{}))
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	tags := map[string]bool{}
	for _, enc := range []string{br, gz, identity} {
		for _, method := range []string{"GET", "HEAD"} {
			r, err := http.NewRequest(method, server.URL+"/"+wasmName, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept-Encoding", enc)
			resp, err := client.Do(r)
			if err != nil {
				t.Fatalf("%s as %s: %v", method, enc, err)
			}
			checkGame(t, resp, method, enc)
			tags[resp.Header.Get("ETag")] = true
		}
	}
	if len(tags) != 3 {
		t.Errorf("three encodings have %d tags: %v", len(tags), tags)
	}
}

func checkGame(t *testing.T, resp *http.Response, method, enc string) {
	t.Helper()
	if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "application/wasm" {
		t.Errorf("%s as %s: code %d, type %q", method, enc, resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	if resp.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
		t.Errorf("%s as %s: Cache-Control %q", method, enc, resp.Header.Get("Cache-Control"))
	}
	if got := resp.Header.Get("Content-Encoding"); got != strings.TrimPrefix(enc, identity) {
		t.Errorf("%s as %s: Content-Encoding %q", method, enc, got)
	}
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Errorf("%s as %s: %v", method, enc, err)
	}
	if method == "HEAD" {
		if len(raw) != 0 || resp.ContentLength <= 0 {
			t.Errorf("HEAD as %s: %d bytes, length %d", enc, len(raw), resp.ContentLength)
		}
		return
	}
	if resp.ContentLength != int64(len(raw)) {
		t.Errorf("GET as %s: length %d for %d bytes", enc, resp.ContentLength, len(raw))
	}
	resp.Body = io.NopCloser(bytes.NewReader(raw))
	if got := body(t, resp); got != string(plainWasm()) {
		t.Errorf("GET as %s: %d bytes unpacked, want %d", enc, len(got), len(plainWasm()))
	}
}

// The game's gzip form is made once, however many ask for it at the same time, and
// the page has it begun before it is asked for.
func TestGzipIsMadeOnce(t *testing.T) {
	opened := 0 // only one goroutine opens it: the race detector tells otherwise
	kept := read(t, mustPack(t, plainWasm()))
	game := packed(form{size: int64(len(kept)), open: func() (io.ReadCloser, error) {
		opened++
		return io.NopCloser(bytes.NewReader(kept)), nil
	}}, int64(len(plainWasm())), "tag", "application/wasm", cacheForever)
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept-Encoding", "gzip, deflate")
	game.warm(r)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			w := httptest.NewRecorder()
			game.serve(w, r, http.StatusOK)
			if got := body(t, w.Result()); got != string(plainWasm()) {
				t.Errorf("%d bytes unpacked, want %d", len(got), len(plainWasm()))
			}
		})
	}
	all.Wait()
	if opened != 1 {
		t.Errorf("the packed game was opened %d times for nine who want gzip", opened)
	}
}

// What cannot be unpacked is an error of the server, and not kept by browsers.
func TestGameThatCannotBeUnpacked(t *testing.T) {
	game := packed(inMemory([]byte("no brotli")), 1000, "tag", "application/wasm", cacheForever)
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	w := httptest.NewRecorder()
	game.serve(w, r, http.StatusOK)
	if w.Code != http.StatusInternalServerError || w.Header().Get("Cache-Control") != cacheNever || w.Header().Get("ETag") != "" {
		t.Errorf("code %d, headers %v", w.Code, w.Header())
	}
}

func TestRefusedEncodingsAnswer406(t *testing.T) {
	p := mustNew(t, builtWeb(t), Config{})
	resp := ask(p, "GET", "/"+wasmName, "identity;q=0, *;q=0")
	if resp.StatusCode != http.StatusNotAcceptable || resp.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("code %d, Cache-Control %q, want 406 and no-store", resp.StatusCode, resp.Header.Get("Cache-Control"))
	}
}

func TestConditionalRequests(t *testing.T) {
	p := mustNew(t, builtWeb(t), Config{})
	tag := ask(p, "GET", "/boot.js", "br").Header.Get("ETag")
	if _, err := strconv.Unquote(tag); err != nil {
		t.Fatalf("ETag %q is not quoted", tag)
	}
	cases := []struct {
		path, header string
		code         int
	}{
		{"/boot.js", tag, 304},
		{"/boot.js", `"other", W/` + tag, 304},
		{"/boot.js", "*", 304},
		{"/boot.js", `"other"`, 200},
		{"/boot.js", "", 200},
		{"/nowhere", "*", 404},
	}
	for _, c := range cases {
		r := httptest.NewRequest("GET", c.path, nil)
		r.Header.Set("Accept-Encoding", "br")
		r.Header.Set("If-None-Match", c.header)
		w := httptest.NewRecorder()
		p.ServeHTTP(w, r)
		if w.Code != c.code || (c.code == 304 && w.Body.Len() != 0) {
			t.Errorf("%s with If-None-Match %q: code %d with %d bytes, want %d", c.path, c.header, w.Code, w.Body.Len(), c.code)
		}
	}
}
