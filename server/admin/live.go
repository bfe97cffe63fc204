package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	liveBeat     = time.Second // how often a dashboard is told what goes on
	livePatience = 10 * time.Second
	mainRoom     = "main"
	maxLive      = 32 // dashboards that are open at once
)

// state is what a dashboard shows of now.
type state struct {
	Time      time.Time     `json:"time"`
	Status    Status        `json:"status"`
	Places    []Place       `json:"places"`
	Players   []Player      `json:"players"`
	Recent    []Player      `json:"recent"`
	Sanctions []Sanction    `json:"sanctions"`
	Limits    limitLine     `json:"limits"`
	Sessions  []sessionLine `json:"sessions,omitempty"`
	Bill      []Spent       `json:"bill"`   // of the main room: bytes of frames, by what they are for
	Fields    []Spent       `json:"fields"` // and bits of what changed, by what of whom it was
}

type limitLine struct {
	LockedUntil time.Time `json:"locked_until,omitzero"`
	Forever     bool      `json:"forever,omitempty"`
	JoinsPerMin int       `json:"joins"`
	QuietFor    int       `json:"quiet"` // seconds
	Words       string    `json:"words"`
}

// hello is what a dashboard is told once.
type hello struct {
	Name     string   `json:"name"`
	Role     Role     `json:"role"`
	May      []string `json:"may"` // commands
	Arenas   []string `json:"arenas"`
	Modes    []string `json:"modes"`
	Help     string   `json:"help"`
	Version  string   `json:"version"`
	Budget   float64  `json:"budget"` // ms of a round of ticks
	Interval int      `json:"interval"`
	Game     string   `json:"game,omitempty"` // as in DeskConfig
}

// live tells a dashboard what goes on, as server-sent events, until it goes away or
// its session ends.
func (d *desk) live(w http.ResponseWriter, r *http.Request, c *caller) {
	if d.open.Add(1) > maxLive {
		d.open.Add(-1)
		writeError(w, http.StatusServiceUnavailable, "too many dashboards are open")
		return
	}
	defer d.open.Add(-1)
	w.Header().Set("Content-Type", "text/event-stream")
	s := &stream{w: w, control: http.NewResponseController(w)}
	if err := s.control.SetReadDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return
	}
	s.say("hello", d.hello(c))
	beat := time.NewTicker(liveBeat)
	defer beat.Stop()
	var seen struct {
		log, chat, deeds uint64
		graph            int
	}
	for s.err == nil {
		d.asked.Add(1) // this takes objects from the heap, and so is no steady time
		s.say("state", d.stateFor(r, c))
		samples, at := d.graph.since(seen.graph)
		s.list("graph", len(samples), samples)
		lines, heard := d.chat.since(seen.chat)
		s.list("chat", len(lines), lines)
		seen.graph, seen.chat = at, heard
		if c.Role >= Moderator {
			var text []LogLine
			text, seen.log = d.tail.lines.since(seen.log)
			s.list("log", len(text), text)
		}
		if c.Role >= Host {
			var deeds []Deed
			deeds, seen.deeds = d.audit.newest.since(seen.deeds)
			s.list("deeds", len(deeds), deeds)
		}
		s.flush()
		select {
		case <-r.Context().Done():
			return
		case <-beat.C:
		}
		if _, ok := d.caller(r); !ok {
			s.say("over", "signed out")
			s.flush()
			return
		}
	}
}

func (d *desk) hello(c *caller) hello {
	h := hello{
		Name: c.Name, Role: c.Role, Arenas: d.house.Arenas(), Modes: d.house.Modes(), Help: d.help(c),
		Version: d.source.Status().Version, Budget: tickLength.Seconds() * 1e3, Interval: int(steadyWindow.Seconds()),
	}
	if d.game != nil {
		h.Game = d.game()
	}
	for _, k := range d.commands {
		if c.Role >= k.role {
			h.May = append(h.May, k.name)
		}
	}
	return h
}

func (d *desk) stateFor(r *http.Request, c *caller) state {
	limits := d.limitsNow()
	s := state{
		Time: d.now(), Status: d.source.Status(), Places: d.placesNow(r.Context()), Players: d.house.Players(r.Context()),
		Recent: d.house.Recent(), Sanctions: d.book.InForce(), Limits: limitLine{
			LockedUntil: limits.LockedUntil, Forever: limits.LockedUntil.Equal(Forever), JoinsPerMin: limits.JoinsPerMin,
			QuietFor: int(limits.QuietFor.Seconds()), Words: d.limitWords(),
		},
	}
	s.Status.Rooms = notNull(s.Status.Rooms)
	if b, ok := d.source.Bill(mainRoom); ok {
		s.Bill, s.Fields = dearest(b.Parts), dearest(b.Changes)
	}
	if c.Role >= Host {
		s.Sessions = d.sessionList(c)
	}
	if c.Role < Moderator {
		for _, list := range [][]Player{s.Players, s.Recent} {
			for i := range list {
				list[i].Network = ""
			}
		}
		for i := range s.Sanctions {
			s.Sanctions[i].Network = hidden(s.Sanctions[i].Network)
		}
	}
	return s
}

// stream writes server-sent events.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	err     error // the first one
}

func (s *stream) say(event string, v any) {
	if s.err != nil {
		return
	}
	text, err := json.Marshal(v) // has no line ends
	if err == nil {
		_ = s.control.SetWriteDeadline(time.Now().Add(livePatience)) // without one a write fails by itself at the end
		_, err = fmt.Fprintf(s.w, "event: %s\ndata: %s\n\n", event, text)
	}
	s.err = err
}

// list says v unless it is empty.
func (s *stream) list(event string, n int, v any) {
	if n > 0 {
		s.say(event, v)
	}
}

func (s *stream) flush() {
	if s.err == nil {
		s.err = s.control.Flush()
	}
}

// statusOf is the status code of an order that was not carried out.
func statusOf(err error) int {
	if errors.Is(err, errMayNot) {
		return http.StatusForbidden
	}
	return http.StatusUnprocessableEntity
}

// sentence makes a sentence of the words of an error.
func sentence(words string) string {
	first, size := utf8.DecodeRuneInString(words)
	words = string(unicode.ToUpper(first)) + words[size:]
	if !strings.HasSuffix(words, ".") {
		words += "."
	}
	return words
}
