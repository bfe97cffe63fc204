package admin

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
)

// Profiles are what go tool pprof reads: gzip of a protocol buffer, or words with ?debug.
func TestProfiles(t *testing.T) {
	h := newAdmin(newFake()).Private()
	local := func(r *http.Request) { r.RemoteAddr, r.Host = "127.0.0.1:1234", "localhost" }
	body := func(path string, want int) []byte {
		t.Helper()
		got := ask(t, h, "GET", "/debug/pprof/"+path, local)
		if got.StatusCode != want {
			t.Fatalf("%s: got %d, want %d: %s", path, got.StatusCode, want, got.body)
		}
		return []byte(got.body)
	}
	for _, path := range []string{"heap", "heap?gc=1", "allocs", "goroutine", "profile?seconds=0.01"} {
		z, err := gzip.NewReader(bytes.NewReader(body(path, 200)))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if raw, err := io.ReadAll(z); err != nil || len(raw) == 0 {
			t.Errorf("%s: %d bytes, %v", path, len(raw), err)
		}
	}
	if !bytes.HasPrefix(body("trace?seconds=0.01", 200), []byte("go 1.")) {
		t.Error("that is no trace")
	}
	if text := string(body("goroutine?debug=2", 200)); !strings.Contains(text, "TestProfiles") {
		t.Errorf("the goroutines without this one:\n%s", text)
	}
	if text := string(body("", 200)); !strings.Contains(text, "profile?seconds=30") || !strings.Contains(text, "heap (") {
		t.Errorf("the list is\n%s", text)
	}
	for _, seconds := range []string{"0", "-1", "x", "1e9", "NaN"} {
		body("profile?seconds="+seconds, 400)
	}
}
