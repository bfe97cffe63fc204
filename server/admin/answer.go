package admin

import (
	"encoding/json"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// guarded lets through only requests that read, with headers under which nothing
// that is answered here can be run, framed or kept.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure(w.Header(), "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			writeError(w, http.StatusMethodNotAllowed, "only GET and HEAD here")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// secure has browsers do with an answer only what policy lets them, and keep nothing.
func secure(h http.Header, policy string) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// shared lets every page read the answers: a list of servers shows what all of them
// say of themselves. Nothing is told to one that is not told to all, and no cookie
// is asked for.
func shared(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		next.ServeHTTP(w, r)
	})
}

// neighbours answers programs on this machine and in private networks (RFC 1918, RFC
// 4193), from which figures are read, and those who are signed in. What a proxy hands
// on may come from anywhere.
func (a *Admin) neighbours(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		from, err := netip.ParseAddrPort(r.RemoteAddr)
		addr := from.Addr().Unmap()
		near := err == nil && (addr.IsLoopback() || addr.IsPrivate() || addr.IsLinkLocalUnicast()) && !forwarded(r)
		if !near && a.desk != nil {
			_, near = a.desk.caller(r)
		}
		if !near {
			writeError(w, http.StatusUnauthorized, "sign in first: ionwake-server token makes a link")
			return
		}
		next(w, r)
	}
}

// forwarded reports whether a proxy says that a request is not its own.
func forwarded(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(name) != "" {
			return true
		}
	}
	return false
}

// localOnly answers only programs on this machine that call it by a local name: a
// foreign page whose name was made to lead here sends its own.
func localOnly(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		from, err := netip.ParseAddrPort(r.RemoteAddr)
		if err != nil || !from.Addr().Unmap().IsLoopback() || !localName(r.Host) || forwarded(r) {
			writeError(w, http.StatusForbidden, errNotLocal.Error())
			return
		}
		next(w, r)
	}
}

func localName(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && addr.Unmap().IsLoopback()
}

func notFound(w http.ResponseWriter, _ *http.Request) {
	writeError(w, http.StatusNotFound, "there is nothing here")
}

func writeOK(w http.ResponseWriter, word string) {
	writeJSON(w, http.StatusOK, struct {
		Status string `json:"status"`
	}{word})
}

func writeError(w http.ResponseWriter, code int, words string) {
	writeJSON(w, code, struct {
		Error string `json:"error"`
	}{words})
}

// writeJSON answers with v, which must be made of strings, numbers and lists.
func writeJSON(w http.ResponseWriter, code int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err) // not with such values
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_, _ = w.Write(append(body, '\n')) // who went away needs no answer
}
