//go:build !js

package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

const limit = 100

// TestGet asks servers that answer well, badly, too much, too slowly, or send one
// elsewhere, which is not followed.
func TestGet(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("another server was asked") }))
	defer elsewhere.Close()
	send := func(n int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.(http.Flusher).Flush() // so that no length is told
			_, _ = w.Write(make([]byte, n))
		}
	}
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		n      int    // bytes that are got
		says   string // else: what the error says
		is     error
	}{
		"nothing":       {answer: send(0)},
		"the most":      {answer: send(limit), n: limit},
		"one too many":  {answer: send(limit + 1), says: "more than 100 bytes", is: ErrTooLarge},
		"says too many": {answer: func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "101") }, says: "101 bytes", is: ErrTooLarge},
		"not there":     {answer: http.NotFound, says: "it answers 404", is: ErrMissing},
		"elsewhere":     {answer: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, http.StatusFound) }, says: "it answers 302"},
		"hangs":         {answer: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, says: "too long", is: ErrSlow},
		"drips": {answer: func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				_, _ = w.Write([]byte{1})
				w.(http.Flusher).Flush()
				time.Sleep(20 * time.Millisecond)
			}
		}, says: "too long", is: ErrSlow},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "" || r.Header.Get("Accept-Encoding") != "" {
					t.Errorf("asked with %v", r.Header)
				}
				c.answer(w, r)
			}))
			defer server.Close()
			data, err := Get(t.Context(), Request{URL: server.URL, Limit: limit, Patience: 300 * time.Millisecond})
			if c.says == "" && (err != nil || len(data) != c.n) {
				t.Errorf("got %d bytes, %v, want %d", len(data), err, c.n)
			}
			if c.says == "" {
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.says) || c.is != nil && !errors.Is(err, c.is) || strings.Contains(err.Error(), "127.0.0.1") {
				t.Errorf("got %v, want %q", err, c.says)
			}
		})
	}
}

func TestGetEndsWithItsContext(t *testing.T) {
	asked := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
	}))
	defer server.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-asked
		cancel()
	}()
	if data, err := Get(ctx, Request{URL: server.URL, Limit: limit, Patience: time.Hour}); err == nil {
		t.Errorf("got %d bytes", len(data))
	}
}

func TestGetOfNoAddress(t *testing.T) {
	for _, url := range []string{"", "http://%zz", "ftp://127.0.0.1/", "http://127.0.0.1:1/"} {
		if data, err := Get(t.Context(), Request{URL: url, Limit: limit, Patience: 5 * time.Second}); err == nil {
			t.Errorf("%q: got %d bytes", url, len(data))
		}
	}
}
