package admin

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"slices"
	"text/tabwriter"
)

// Spent is what one thing cost, since the start.
type Spent struct {
	Kind   string  `json:"kind,omitempty"` // what it is a part of; may be empty
	Name   string  `json:"name"`
	Amount float64 `json:"amount"`
}

// Bill is what the frames of one room were spent on since it opened.
type Bill struct {
	Seconds float64 // that the room has ticked
	Frames  uint64
	Bytes   uint64  // of frames, of all seats
	Parts   []Spent // estimated bytes of frames of all seats, by part
	// Estimated bits of chunks that tell changes, and of whole cells, each counted once
	// however many get it.
	Changes, Keyframes []Spent
}

// bill tells what the frames of a room are spent on, the dearest first, as a table
// for people. Programs read /metrics.
func (a *Admin) bill(w http.ResponseWriter, r *http.Request) {
	b, ok := a.src.Bill(r.PathValue("room"))
	if !ok {
		writeError(w, http.StatusNotFound, "there is no such room")
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintf(w, "%d frames of %.0f bytes on average in %.0f s. Estimated from one send in 31.\n\n",
		b.Frames, float64(b.Bytes)/max(float64(b.Frames), 1), b.Seconds)
	frames, seconds := max(float64(b.Frames), 1), max(b.Seconds, 1)
	table(w, "frames\tbytes/s to all\tbytes/frame", b.Parts, func(s Spent) string {
		return fmt.Sprintf("%s\t%.1f\t%.2f", s.Name, s.Amount/seconds, s.Amount/frames)
	})
	field := func(s Spent) string { return fmt.Sprintf("%s.%s\t%.1f", s.Kind, s.Name, s.Amount/seconds) }
	table(w, "changes\tbits/s", b.Changes, field)
	table(w, "whole cells\tbits/s", b.Keyframes, field)
}

// table prints a line for each thing that cost anything, with its share of all.
func table(w io.Writer, head string, all []Spent, line func(Spent) string) {
	total := 0.0
	for _, s := range all {
		total += s.Amount
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "%s\tshare\t\n", head)
	for _, s := range dearest(all) {
		fmt.Fprintf(t, "%s\t%.1f %%\t\n", line(s), 100*s.Amount/total)
	}
	_ = t.Flush() // who went away needs no answer
	fmt.Fprintln(w)
}

// dearest returns what cost anything, the dearest first.
func dearest(all []Spent) []Spent {
	some := slices.DeleteFunc(slices.Clone(all), func(s Spent) bool { return s.Amount == 0 })
	slices.SortStableFunc(some, func(a, b Spent) int { return cmp.Compare(b.Amount, a.Amount) })
	return some
}
