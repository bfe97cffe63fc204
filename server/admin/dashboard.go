package admin

import (
	"embed"
	"io"
	"io/fs"
	"net/http"
	"path"
)

// The page of those who run the server: plain files, as they are written.
//
//go:embed web
var web embed.FS

// strict lets the host's page run what comes from here and nothing else.
const strict = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
	"frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// OpenDesk lets those who run the server sign in, see what goes on and give orders. It
// has to be called before Private and Server, once, or they cannot.
func (a *Admin) OpenDesk(cfg DeskConfig) error {
	d, err := openDesk(cfg, a.log, a.now)
	if err != nil {
		return err
	}
	d.source, d.graph, d.asked = a.src, &a.graph, &a.steady.asked
	a.desk = d
	return nil
}

// Heard keeps a line of chat for dashboards. It does not block.
func (a *Admin) Heard(l ChatLine) {
	if a.desk != nil {
		l.Time = a.now()
		a.desk.chat.add(l)
	}
}

// RereadLimits takes up what somebody has changed about the limits for newcomers in the
// data folder.
func (a *Admin) RereadLimits() error {
	if a.desk == nil || a.desk.dir == "" {
		return nil
	}
	return a.desk.readLimits()
}

// NewLink makes a link for this run of the server, as the function NewLink does.
func (a *Admin) NewLink(g Grant) (secret string, err error) { return a.desk.vault.link(g) }

// board is what the dashboard asks for. All of it needs a session but the page itself,
// which tells nothing, and signing in.
func (d *desk) board() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", d.file)
	mux.HandleFunc("GET /host/{file}", d.file)
	mux.HandleFunc("POST /host/session", d.signIn)
	mux.HandleFunc("DELETE /host/session", d.signedIn(d.signOff))
	mux.HandleFunc("GET /host/live", d.signedIn(d.live))
	mux.HandleFunc("GET /host/people", d.signedIn(d.people))
	mux.HandleFunc("GET /host/people/{person}", d.signedIn(d.person))
	mux.HandleFunc("GET /host/replays", d.signedIn(d.recorded))
	mux.HandleFunc("GET /host/replays/{id}", d.signedIn(d.recording))
	mux.HandleFunc("POST /host/do", d.signedIn(d.do))
	mux.HandleFunc("POST /console", d.signedIn(d.console))
	mux.HandleFunc("/", notFound)
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeError(w, http.StatusForbidden, "this came from another page")
	}))
	safe := foreign.Handler(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure(w.Header(), strict)
		safe.ServeHTTP(w, r)
	})
}

var kinds = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

// file answers with a file of the page.
func (d *desk) file(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	if name == "" {
		name = "index.html"
	}
	text, err := fs.ReadFile(web, path.Join("web", name))
	if kind := kinds[path.Ext(name)]; err == nil && kind != "" {
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write(text) // who went away needs no answer
		return
	}
	notFound(w, r)
}

// told is an answer to an order.
type told struct {
	Words string `json:"words"`
}

// do carries out an order of the dashboard.
func (d *desk) do(w http.ResponseWriter, r *http.Request, c *caller) {
	var o Order
	if !readJSON(w, r, &o) {
		return
	}
	if !d.inTime(w, c) {
		return
	}
	words, err := d.obey(r.Context(), c, o)
	if err != nil {
		writeError(w, statusOf(err), sentence(err.Error()))
		return
	}
	writeJSON(w, http.StatusOK, told{words})
}

// console carries out the order that a line of text is, and answers in text.
func (d *desk) console(w http.ResponseWriter, r *http.Request, c *caller) {
	line, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		writeError(w, http.StatusRequestEntityTooLarge, "that line is too long")
		return
	}
	if !d.inTime(w, c) {
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	o, err := d.parseLine(clean(string(line), maxBody))
	words := ""
	if err == nil {
		words, err = d.obey(r.Context(), c, o)
	}
	if err != nil {
		w.WriteHeader(statusOf(err))
		words = sentence(err.Error())
	}
	_, _ = io.WriteString(w, words+"\n") // who went away needs no answer
}
