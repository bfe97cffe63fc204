package ground

import (
	"net/http"
	"strconv"
	"strings"

	"ionwake/shared/sim"
)

// Path is below where ServeHTTP answers.
const Path = "/maps/"

// ServeHTTP answers GET and HEAD of /maps/HASH.arena, with HASH in 16 hexadecimal
// digits, by the arena in its encoded form, and anything else by 404. What has a
// hash in its name never changes, and every page may read it.
func (s *Store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD here", http.StatusMethodNotAllowed)
		return
	}
	code := s.code(r.URL.Path)
	if code == nil {
		h.Set("Cache-Control", "no-store")
		http.Error(w, "there is no such map", http.StatusNotFound)
		return
	}
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Length", strconv.Itoa(len(code)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(code) // who went away needs no map
	}
}

// Has reports whether ServeHTTP has an arena for a path.
func (s *Store) Has(path string) bool { return s.code(path) != nil }

// code returns the encoded arena that a path names, or nil. Each has one path: in
// small letters, with leading zeros.
func (s *Store) code(path string) []byte {
	digits, ok := strings.CutPrefix(path, Path)
	if !ok {
		return nil
	}
	digits, ok = strings.CutSuffix(digits, arenaEnding)
	if !ok || len(digits) != 16 || strings.Trim(digits, "0123456789abcdef") != "" {
		return nil
	}
	hash, err := strconv.ParseUint(digits, 16, 64)
	if err != nil {
		return nil
	}
	return s.codes[sim.Hash(hash)]
}
