package admin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Person is what those who run the server know of somebody who played here.
type Person struct {
	ID        string     `json:"person"`
	Name      string     `json:"name,omitempty"` // the newest
	FirstSeen time.Time  `json:"first_seen,omitzero"`
	LastSeen  time.Time  `json:"last_seen,omitzero"`
	Visits    int        `json:"visits"`
	Standings []Standing `json:"standings"` // all time before seasons, all modes before one
	Sanctions []Sanction `json:"sanctions"` // the newest first
}

// Standing is what came of somebody's matches.
type Standing struct {
	Season    string `json:"season,omitempty"` // "": all time
	Mode      string `json:"mode,omitempty"`   // "": all
	Games     int    `json:"games"`
	Wins      int    `json:"wins"`
	Abandoned int    `json:"abandoned"`
	Score     int64  `json:"score"`
	Kills     int64  `json:"kills"`
	Deaths    int64  `json:"deaths"`
	Seconds   int64  `json:"seconds"` // played
}

// Register is a Book that keeps results too.
type Register interface {
	// About returns what is known of a person, which may be nothing.
	About(ctx context.Context, person string) (Person, error)
}

// about asks the book for a person.
func (d *desk) about(ctx context.Context, person string) (Person, error) {
	if r, ok := d.book.(Register); ok {
		return r.About(ctx, person)
	}
	all, err := d.book.History(ctx, person)
	return Person{ID: person, Sanctions: all}, err
}

// career tells what somebody has done here.
func (d *desk) career(ctx context.Context, _ *caller, o *Order) (string, error) {
	p, err := d.player(ctx, o.Who)
	if err != nil {
		return "", err
	}
	if p.Person == "" {
		return "", fmt.Errorf("%s shows no device: nothing can be known of them", p.Name)
	}
	is, err := d.about(ctx, p.Person)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if !is.FirstSeen.IsZero() {
		fmt.Fprintf(&b, "%s was here first %s, last %s: %s.\n", is.Name, is.FirstSeen.UTC().Format(time.DateTime), is.LastSeen.UTC().Format(time.DateTime), count(is.Visits, "visit", "visits"))
	}
	for _, s := range is.Standings {
		fmt.Fprintf(&b, "%-9s %-7s %5d games  %5d wins  %6d / %d  %7d points  %s\n", orAll(s.Season, "all time"), orAll(s.Mode, "all"), s.Games, s.Wins,
			s.Kills, s.Deaths, s.Score, spanText(time.Duration(s.Seconds)*time.Second))
	}
	if len(is.Standings) == 0 {
		fmt.Fprintf(&b, "%s has ended no match here.\n", p.Name)
	}
	return b.String() + p.Name + " had " + count(len(is.Sanctions), "sanction.", "sanctions."), nil
}

func orAll(text, all string) string {
	if text == "" {
		return all
	}
	return text
}

// people answers whose name begins as is asked for.
func (d *desk) people(w http.ResponseWriter, r *http.Request, c *caller) {
	if !d.inTime(w, c) {
		return
	}
	found, err := d.book.Find(r.Context(), clean(r.URL.Query().Get("name"), 80))
	if err != nil {
		writeError(w, http.StatusUnprocessableEntity, sentence(err.Error()))
		return
	}
	writeJSON(w, http.StatusOK, append([]Known{}, found...))
}

// person answers what is known of one.
func (d *desk) person(w http.ResponseWriter, r *http.Request, c *caller) {
	if !d.inTime(w, c) {
		return
	}
	id := r.PathValue("person")
	err := errors.New("a person is 32 digits")
	var is Person
	if isPerson(id) {
		ctx, enough := context.WithTimeout(r.Context(), patience)
		defer enough()
		is, err = d.about(ctx, id)
	}
	if err != nil {
		writeError(w, http.StatusUnprocessableEntity, sentence(err.Error()))
		return
	}
	is.Standings, is.Sanctions = append([]Standing{}, is.Standings...), append([]Sanction{}, is.Sanctions...)
	writeJSON(w, http.StatusOK, is)
}

// inTime answers whoever asks too often.
func (d *desk) inTime(w http.ResponseWriter, c *caller) bool {
	if d.slow.allow(c.session, ordersPer, ordersAtOnce) {
		return true
	}
	writeError(w, http.StatusTooManyRequests, sentence(errTooFast.Error()))
	return false
}
