// Package page serves the web page and the web client built into the server.
//
// Everything but the page itself has a name that holds a hash of its content,
// so browsers keep it for ever and an update is never mixed with old files. The
// page is never kept.
package page

import (
	"fmt"
	"io/fs"
	"net/http"
	"strings"
)

// Config says what the page shows. The zero value is a nameless server.
type Config struct {
	// Name of the server, for the window's title. Text, not markup.
	Name string
	// Sound has the packs of sounds, *.pack: the page's game fetches them when it
	// runs. Nil: it is silent.
	Sound fs.FS
}

// Page is the handler of everything a browser fetches before it plays. It is
// made once, changes nothing afterwards, and is safe for concurrent use.
type Page struct {
	index     *asset
	lost      *asset
	game      *asset // nil without a built client
	indexCode int
	files     map[string]*asset // by path without the leading slash
}

// New prepares the page from web, a file system like assets/web. Without a
// built client below dist/ the page says how to build one. The error tells
// which built-in file is missing or does not fit the others.
func New(web fs.FS, cfg Config) (*Page, error) {
	b := builder{web: web, files: map[string]*asset{}, hashed: map[string]string{}}
	if err := b.addStatic(); err != nil {
		return nil, fmt.Errorf("prepare the web page: %w", err)
	}
	if err := b.addSound(cfg.Sound); err != nil {
		return nil, fmt.Errorf("prepare the web page: %w", err)
	}
	client, err := b.addClient()
	if err != nil {
		return nil, fmt.Errorf("prepare the web page: %w", err)
	}
	client.Name = cfg.Name
	p := &Page{files: b.files, game: b.files[client.Wasm], indexCode: http.StatusOK}
	index := "index.html"
	if client.Wasm == "" {
		index, p.indexCode = "unbuilt.html", http.StatusServiceUnavailable
	}
	if p.index, err = b.render(index, client); err != nil {
		return nil, fmt.Errorf("prepare the web page: %w", err)
	}
	if p.lost, err = b.render("lost.html", client); err != nil {
		return nil, fmt.Errorf("prepare the web page: %w", err)
	}
	return p, nil
}

// ServeHTTP answers GET and HEAD for the page and its files, 404 with a small
// page for any other path, and 405 for any other method.
func (p *Page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD here", http.StatusMethodNotAllowed)
		return
	}
	if r.URL.Path == "/" {
		if p.game != nil {
			p.game.warm(r)
		}
		p.index.serve(w, r, p.indexCode)
		return
	}
	if file, ok := p.files[strings.TrimPrefix(r.URL.Path, "/")]; ok {
		file.serve(w, r, http.StatusOK)
		return
	}
	p.lost.serve(w, r, http.StatusNotFound)
}

// policy lets the page run what this server sent and nothing else. WebAssembly
// may be compiled; source text may not (see assets/web/textinput.js). 'self' in
// connect-src covers WebSockets of the same host (CSP level 3, section 6.7.2.8); https:
// and http: let the list of servers ask others for their rooms, which they tell every
// page, and do not cover WebSockets: one plays on a server from its own page alone.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' https: http:; " +
	"img-src 'self' data: blob:; style-src 'self'; manifest-src 'self'; media-src 'self' blob:; " +
	"worker-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

func secure(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
}
