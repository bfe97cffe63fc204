//go:build !js

package depot

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// C2, C8: whatever a server does, there is an answer in time, and nobody else is
// asked.
func TestFault_C8_ServersThatDoNotHandOverTheMap(t *testing.T) {
	a := arena(t, "pond", 9)
	code := a.Encode()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		t.Error("another server was asked")
		_, _ = w.Write(code)
	}))
	defer elsewhere.Close()
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   error
	}{
		"good": {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(code) }, nil},
		"a byte at a time": {func(w http.ResponseWriter, _ *http.Request) {
			for i := range code {
				_, _ = w.Write(code[i : i+1])
				w.(http.Flusher).Flush()
			}
		}, nil},
		"not there":       {http.NotFound, ErrUnreachable},
		"moved elsewhere": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, http.StatusFound) }, ErrUnreachable},
		"moved within": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/other", http.StatusPermanentRedirect)
		}, ErrUnreachable},
		"says too long":     {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "999999999999") }, ErrTooLarge},
		"longer than said":  {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(append(slices.Clip(code), 0)) }, ErrTooLarge},
		"shorter than said": {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(code[:len(code)-1]) }, ErrWrong},
		"without end": {func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<10)); err != nil {
					return
				}
			}
		}, ErrTooLarge},
		"never begins": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, ErrSlow},
		"stops half-way": {func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write(code[:10])
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, ErrSlow},
		"breaks off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(code)))
			_, _ = w.Write(code[:10])
			panic(http.ErrAbortHandler)
		}, ErrUnreachable},
		"packed bomb": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(code)
		}, nil}, // nothing is unpacked
		"huge header": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X", strings.Repeat("x", 1<<20))
		}, ErrUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodGet || r.URL.Path != "/maps/"+hexed(a.Hash)+".arena" || r.Header.Get("Cookie") != "" {
					t.Errorf("asked %s %s with %v", r.Method, r.URL, r.Header)
				}
				c.answer(w, r)
			}))
			defer server.Close()
			w := want(a)
			w.URL = "ws" + strings.TrimPrefix(server.URL, "http") + "/play?room=main"
			d := New(Config{Timeout: 500 * time.Millisecond})
			got, err := find(t, d, w)
			if !errors.Is(err, c.want) || c.want == nil && (err != nil || got.Hash != a.Hash) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if err != nil && (strings.Contains(err.Error(), server.URL) || strings.Contains(err.Error(), "%!")) {
				t.Errorf("%q is no sentence for a player", err)
			}
		})
	}
}

func TestFetch_NobodyThere(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	url := server.URL
	server.Close()
	w := want(arena(t, "pond", 5))
	w.URL = "ws" + strings.TrimPrefix(url, "http") + "/play"
	if _, err := find(t, New(Config{}), w); !errors.Is(err, ErrUnreachable) {
		t.Errorf("got %v, want ErrUnreachable", err)
	}
}
