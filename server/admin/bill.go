package admin

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"text/tabwriter"
)

// Spent is what one thing cost, since the start.
type Spent struct {
	Kind   string // what it is a part of; may be empty
	Name   string
	Amount float64
}

// Bill is what the frames of one room were spent on since it opened.
type Bill struct {
	Seconds float64 // that the room has ticked
	Frames  uint64
	Bytes   uint64  // of frames, of all seats
	Parts   []Spent // estimated bytes of frames of all seats, by part
	Fields  []Spent // estimated bits of chunks, each counted once however many get it
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
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	total := 0.0
	for _, s := range b.Parts {
		total += s.Amount
	}
	fmt.Fprint(t, "frames\tbytes/s to all\tbytes/frame\tshare\t\n")
	for _, s := range dearest(b.Parts) {
		fmt.Fprintf(t, "%s\t%.1f\t%.2f\t%.1f %%\t\n", s.Name, s.Amount/b.Seconds, s.Amount/max(float64(b.Frames), 1), 100*s.Amount/total)
	}
	_ = t.Flush() // who went away needs no answer
	fmt.Fprintln(w)
	total = 0
	for _, s := range b.Fields {
		total += s.Amount
	}
	fmt.Fprint(t, "chunks\tbits/s\tshare\t\n")
	for _, s := range dearest(b.Fields) {
		fmt.Fprintf(t, "%s.%s\t%.1f\t%.1f %%\t\n", s.Kind, s.Name, s.Amount/b.Seconds, 100*s.Amount/total)
	}
	_ = t.Flush()
}

// dearest returns what cost anything, the dearest first.
func dearest(all []Spent) []Spent {
	some := slices.DeleteFunc(slices.Clone(all), func(s Spent) bool { return s.Amount == 0 })
	slices.SortStableFunc(some, func(a, b Spent) int { return cmp.Compare(b.Amount, a.Amount) })
	return some
}
