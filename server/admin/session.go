package admin

import (
	"encoding/json"
	"net/http"
	"net/netip"
	"strings"
	"sync"

	"golang.org/x/time/rate"
)

const (
	cookieName = "ionwake-host"
	pageHeader = "X-Ionwake-Page" // carries the half of a browser's session that its page keeps
	maxBody    = 8 << 10          // bytes of a request
)

// What somebody may do at once, and then a second.
const (
	signInsAtOnce = 10 // from one network
	signInsPer    = 0.5
	ordersAtOnce  = 20 // in one session
	ordersPer     = 5
	maxPaced      = 1024
)

// paces hold back who does too much.
type paces struct {
	mu  sync.Mutex
	all map[string]*rate.Limiter
}

// allow reports whether who may do one more thing. When there are too many to
// remember, everybody begins anew: the secrets are too long to be guessed at any pace.
func (p *paces) allow(who string, per rate.Limit, atOnce int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.all[who]
	if l == nil {
		if p.all == nil || len(p.all) >= maxPaced {
			p.all = make(map[string]*rate.Limiter)
		}
		l = rate.NewLimiter(per, atOnce)
		p.all[who] = l
	}
	return l.Allow()
}

// networkOf is where a request comes from, as far as may be kept: /24 or /48.
func networkOf(r *http.Request) string {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	addr := from.Addr().Unmap().WithZone("")
	if addr.IsLoopback() {
		return "this machine"
	}
	bits := 48
	if addr.Is4() {
		bits = 24
	}
	network, err := addr.Prefix(bits)
	if err != nil {
		return ""
	}
	return network.String()
}

// caller returns who sends a request, by the cookie and the page's half of a browser's
// session, or by "Authorization: Bearer" with that of a program.
func (d *desk) caller(r *http.Request) (*caller, bool) {
	secret, page := "", ""
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		secret = bearer
	} else if cookie, err := r.Cookie(cookieName); err == nil {
		// A session without a page's half is no browser's: a cookie cannot stand for it.
		if secret, page = cookie.Value, r.Header.Get(pageHeader); page == "" {
			return nil, false
		}
	}
	g, ok := d.vault.session(secret, page)
	if !ok {
		return nil, false
	}
	return &caller{Grant: g, session: hashOf(secret), from: networkOf(r)}, true
}

// signedIn lets only those through who are signed in.
func (d *desk) signedIn(next func(http.ResponseWriter, *http.Request, *caller)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c, ok := d.caller(r)
		if !ok {
			writeError(w, http.StatusUnauthorized, "sign in first: ionwake-server token makes a link")
			return
		}
		next(w, r, c)
	}
}

// signIn turns the secret of a link into a session: of a browser, or with "bearer" of
// a program.
func (d *desk) signIn(w http.ResponseWriter, r *http.Request) {
	from := networkOf(r)
	if !d.slow.allow("from "+from, signInsPer, signInsAtOnce) {
		writeError(w, http.StatusTooManyRequests, "Too many attempts: wait a moment.")
		return
	}
	var ask struct {
		Link   string `json:"link"`
		Bearer bool   `json:"bearer"`
	}
	if !readJSON(w, r, &ask) {
		return
	}
	g, err := d.vault.redeem(ask.Link)
	if err != nil {
		d.log.Warn("nobody was signed in", "from", from, "error", err)
		writeError(w, http.StatusForbidden, sentence(errNoLink.Error()))
		return
	}
	secret, page, err := d.vault.open(g, !ask.Bearer)
	if err != nil {
		d.log.Error("nobody was signed in", "name", g.Name, "error", err)
		writeError(w, http.StatusServiceUnavailable, "The session cannot be kept: see the server's log.")
		return
	}
	_ = d.audit.write(Deed{Name: g.Name, Role: g.Role, From: from, Do: "sign in"}) // it is in the log if the disk does not take it
	answer := struct {
		Page   string `json:"page,omitempty"`
		Bearer string `json:"bearer,omitempty"`
	}{Page: page}
	if ask.Bearer {
		answer.Bearer = secret
	} else {
		http.SetCookie(w, cookie(r, secret, int(sessionLife.Seconds())))
	}
	writeJSON(w, http.StatusOK, answer)
}

// cookie makes the cookie of a session; a browser forgets it after so many seconds.
func cookie(r *http.Request, secret string, seconds int) *http.Cookie {
	return &http.Cookie{
		Name: cookieName, Value: secret, Path: "/", MaxAge: seconds, HttpOnly: true, SameSite: http.SameSiteStrictMode,
		// What a proxy says is believed here: it can only make the cookie harder to get.
		Secure: r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https"),
	}
}

func (d *desk) signOff(w http.ResponseWriter, r *http.Request, c *caller) {
	d.vault.end(c.session)
	_ = d.audit.write(Deed{Name: c.Name, Role: c.Role, From: c.from, Do: "sign out"}) // likewise
	http.SetCookie(w, cookie(r, "", -1))
	writeOK(w, "signed out")
}

// readJSON reads the body of a request, or answers that it cannot. Only what a page of
// another origin cannot send without asking first is taken.
func readJSON(w http.ResponseWriter, r *http.Request, into any) bool {
	if kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); kind != "application/json" {
		writeError(w, http.StatusUnsupportedMediaType, "it has to be application/json")
		return false
	}
	read := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	read.DisallowUnknownFields()
	if err := read.Decode(into); err != nil {
		writeError(w, http.StatusBadRequest, "it cannot be read: "+clean(err.Error(), 100))
		return false
	}
	return true
}
