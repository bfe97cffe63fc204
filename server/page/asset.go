package page

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
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

// asset is one file in its forms.
type asset struct {
	contentType string
	cache       string
	tag         string // hash of the plain content; each form adds its own suffix
	codings     []string
	forms       map[string]func() (form, error) // by coding
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

func always(f form) func() (form, error) { return func() (form, error) { return f, nil } }

// asItIs makes an asset of what does not get smaller. It is sent also to clients that
// want it packed and in no other way.
func asItIs(plain form, tag, contentType, cache string) *asset {
	return &asset{
		contentType: contentType, cache: cache, tag: tag,
		codings: []string{identity},
		forms:   map[string]func() (form, error){identity: always(plain)},
	}
}

// small makes an asset of one of the page's own few kilobytes, with its forms in
// memory.
func small(plain []byte, contentType, cache string) (*asset, error) {
	gzipped, err := zip(bytes.NewReader(plain), gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	return &asset{
		contentType: contentType, cache: cache, tag: digest(plain),
		codings: []string{gz, identity},
		forms:   map[string]func() (form, error){gz: always(inMemory(gzipped)), identity: always(inMemory(plain))},
	}, nil
}

// packedQuality of gzip is some 2 % behind the best on the game and takes a quarter
// of its time, about half a second: somebody waits for it.
const packedQuality = 5

// packed makes an asset of a file that is kept as brotli alone. Browsers take brotli
// over https and on the machine itself only, so the gzip form is made when somebody
// asks for it first, and kept. Plain bytes are unpacked for each who wants them, which
// no browser does.
func packed(packed form, plainSize int64, tag, contentType, cache string) *asset {
	unpack := func() (io.ReadCloser, error) {
		from, err := packed.open()
		if err != nil {
			return nil, err
		}
		return struct {
			io.Reader
			io.Closer
		}{brotli.NewReader(from), from}, nil
	}
	plain := form{size: plainSize, open: unpack}
	gzipped := sync.OnceValues(func() (form, error) {
		from, err := unpack()
		if err != nil {
			return form{}, err
		}
		defer from.Close()
		content, err := zip(from, packedQuality)
		return inMemory(content), err
	})
	return &asset{
		contentType: contentType, cache: cache, tag: tag,
		codings: []string{br, gz, identity},
		forms:   map[string]func() (form, error){br: always(packed), gz: gzipped, identity: always(plain)},
	}
}

func zip(plain io.Reader, quality int) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, quality)
	if err != nil {
		return nil, fmt.Errorf("start gzip: %w", err)
	}
	if _, err := io.Copy(w, plain); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	return out.Bytes(), nil
}

// serve answers with the form the client prefers. Conditional requests are
// answered only for code 200: an error page is not a state of the resource.
func (a *asset) serve(w http.ResponseWriter, r *http.Request, code int) {
	h := w.Header()
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", a.cache)
	enc, ok := a.prefer(r)
	if !ok {
		h.Set("Cache-Control", cacheNever)
		http.Error(w, "this file is sent as "+strings.Join(a.codings, " or "), http.StatusNotAcceptable)
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
	size, body, err := a.open(enc)
	if err != nil {
		h.Set("Cache-Control", cacheNever)
		h.Del("ETag")
		http.Error(w, "this file cannot be read", http.StatusInternalServerError)
		return
	}
	defer body.Close()
	h.Set("Content-Type", a.contentType)
	h.Set("Content-Length", strconv.FormatInt(size, 10))
	if enc != identity {
		h.Set("Content-Encoding", enc)
	}
	w.WriteHeader(code)
	if r.Method == http.MethodGet {
		send(w, body)
	}
}

// prefer returns the coding in which the client wants the file.
func (a *asset) prefer(r *http.Request) (coding string, ok bool) {
	if len(a.codings) == 1 {
		return a.codings[0], true
	}
	return choose(r.Header["Accept-Encoding"], a.codings)
}

// warm begins to make the form that the client will ask for if that takes a while.
func (a *asset) warm(r *http.Request) {
	if coding, _ := a.prefer(r); coding == gz {
		go func() { _, _ = a.forms[gz]() }() // whoever asks for it hears what is wrong
	}
}

// open returns the length in bytes of the file in a coding, and the file.
func (a *asset) open(coding string) (int64, io.ReadCloser, error) {
	f, err := a.forms[coding]()
	if err != nil {
		return 0, nil, err
	}
	body, err := f.open()
	return f.size, body, err
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
