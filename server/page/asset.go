package page

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
)

const (
	cacheForever  = "public, max-age=31536000, immutable"
	cacheAskAgain = "no-cache"
	cacheNever    = "no-store"
)

// stepTimeout is how long the network may take for one step of stepSize bytes.
// It moves on with each step, so a slow line gets its file (at 8.5 kbit/s and
// more) while a reader that has stopped does not hold its connection for ever.
const (
	stepTimeout = 30 * time.Second
	stepSize    = 32 << 10
)

// smallQuality of brotli packs the page's own few kilobytes: 11 would cost
// every start of the server over 0.3 s for nothing that a player notices.
const smallQuality = 5

// asset is one file in its forms.
type asset struct {
	contentType string
	cache       string
	tag         string // hash of the plain content; each form adds its own suffix
	plainSize   int64
	plain       form // without open: the gzip form is unpacked on the way
	br, gz      form
}

// form is one encoding of a file; size is its length in bytes.
type form struct {
	size int64
	open func() (io.ReadCloser, error)
}

func inMemory(content []byte) form {
	return form{
		size: int64(len(content)),
		open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil },
	}
}

// packed makes an asset of a small file, with all its forms in memory.
func packed(plain []byte, contentType, cache string) (*asset, error) {
	var br, gz bytes.Buffer
	bw := brotli.NewWriterLevel(&br, smallQuality)
	gw, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("start gzip: %w", err)
	}
	for _, w := range []io.WriteCloser{bw, gw} {
		if _, err := w.Write(plain); err != nil {
			return nil, fmt.Errorf("compress: %w", err)
		}
		if err := w.Close(); err != nil {
			return nil, fmt.Errorf("compress: %w", err)
		}
	}
	return &asset{
		contentType: contentType,
		cache:       cache,
		tag:         digest(plain),
		plainSize:   int64(len(plain)),
		plain:       inMemory(plain),
		br:          inMemory(br.Bytes()),
		gz:          inMemory(gz.Bytes()),
	}, nil
}

// serve answers with the form the client prefers. Conditional requests are
// answered only for code 200: an error page is not a state of the resource.
func (a *asset) serve(w http.ResponseWriter, r *http.Request, code int) {
	h := w.Header()
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", a.cache)
	enc, ok := choose(r.Header["Accept-Encoding"])
	if a.br.open == nil { // what does not get smaller is sent as it is
		enc, ok = identity, true
	}
	if !ok {
		h.Set("Cache-Control", cacheNever)
		http.Error(w, "this file is sent as br, gzip or identity", http.StatusNotAcceptable)
		return
	}
	tag := `"` + a.tag + "-" + enc + `"`
	if code == http.StatusOK {
		h.Set("ETag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	f := a.form(enc)
	body, err := f.open()
	if err != nil {
		h.Set("Cache-Control", cacheNever)
		h.Del("ETag")
		http.Error(w, "this file cannot be read", http.StatusInternalServerError)
		return
	}
	defer body.Close()
	h.Set("Content-Type", a.contentType)
	h.Set("Content-Length", strconv.FormatInt(f.size, 10))
	if enc != identity {
		h.Set("Content-Encoding", enc)
	}
	w.WriteHeader(code)
	if r.Method == http.MethodGet {
		send(w, body)
	}
}

func (a *asset) form(enc string) form {
	switch {
	case enc == br:
		return a.br
	case enc == gz:
		return a.gz
	case a.plain.open != nil:
		return a.plain
	}
	return form{size: a.plainSize, open: a.unpack}
}

// unpack serves the rare client that takes no compression (no browser) without
// keeping tens of megabytes of plain bytes in every server.
func (a *asset) unpack() (io.ReadCloser, error) {
	packed, err := a.gz.open()
	if err != nil {
		return nil, err
	}
	plain, err := gzip.NewReader(packed)
	if err != nil {
		packed.Close()
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return struct {
		io.Reader
		io.Closer
	}{plain, packed}, nil
}

// send copies body step by step, each with a deadline of its own. An error
// means that the client is gone; the missing bytes tell it, if it is not.
func send(w http.ResponseWriter, body io.Reader) {
	control := http.NewResponseController(w)
	step := make([]byte, stepSize)
	for {
		n, readErr := io.ReadFull(body, step)
		// Not every writer has deadlines (a test's recorder has none).
		_ = control.SetWriteDeadline(time.Now().Add(stepTimeout))
		if _, err := w.Write(step[:n]); err != nil || readErr != nil {
			return
		}
	}
}

// matches reports whether If-None-Match names tag (RFC 9110 section 13.1.2;
// the comparison is the weak one).
func matches(header, tag string) bool {
	for one := range strings.SplitSeq(header, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == tag {
			return true
		}
	}
	return false
}
