//go:build !js

package lobby

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"ionwake/client/fetch"
	"ionwake/client/view"
)

// ladderAt asks the server of page as somebody whose device is two bytes.
func ladderAt(page string) *Ladder {
	return NewLadder(LadderConfig{
		Base:   func(address string) (string, bool) { return page, address == "" },
		Device: func(of string) []byte { return []byte{0xab, byte(len(of) - len(page))} },
	})
}

// told waits for the answer.
func (l *Ladder) told(t *testing.T, q view.LadderQuery) view.LadderAnswer {
	t.Helper()
	l.Ask(q)
	for range 1000 {
		if a, _ := l.Answer(); a.State != view.LadderAsking {
			return a
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("no answer")
	return view.LadderAnswer{}
}

func TestLadderAndOwnPlace(t *testing.T) {
	var asked []string
	l := ladderAt(serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.String()+" "+r.Header.Get("Authorization"))
		switch r.URL.Path {
		case "/api/v1/ladder":
			fmt.Fprint(w, `{"mode":"relay","season":"2026-Q4","ladder":[{"rank":1,"person":"aa","name":"Ann\u202e","games":3,"wins":2,"score":40,"best":30,"kills":9,"deaths":-4,"seconds":90},{"rank":2}]}`)
		case "/api/v1/career":
			fmt.Fprint(w, `{"career":{"rank":77,"person":"bb","name":"Bob","score":-3}}`)
		}
	}))
	got := l.told(t, view.LadderQuery{Mode: "relay", Season: true})
	want := view.Rung{Place: 1, Person: "aa", Name: "Ann", Games: 3, Wins: 2, Score: 40, Best: 30, Kills: 9, Seconds: 90}
	if got.State != view.LadderTold || len(got.Rungs) != 2 || got.Rungs[0] != want || got.Own.Place != 77 || got.Own.Score != -3 {
		t.Errorf("got %+v", got)
	}
	if len(asked) != 2 || asked[0] != "/api/v1/ladder?n=50&mode=relay&season=now " || asked[1] != "/api/v1/career?mode=relay&season=now Ionwake ab00" {
		t.Errorf("asked %q", asked)
	}
	if got := l.told(t, view.LadderQuery{Address: "elsewhere"}); got.State != view.LadderFailed || len(asked) != 2 {
		t.Errorf("one that may not be asked: %+v, asked %q", got, asked)
	}
}

func TestLaddersOfHostileServers(t *testing.T) {
	many := `{"ladder":[` + strings.Repeat(`{"rank":-1,"name":"`+strings.Repeat("y", 200)+`","score":99999999999},`, 300) + `{}]}`
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		state  view.LadderState
		n      int
	}{
		"keeps none": {http.NotFound, view.LadderNone, 0},
		"no JSON":    {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") }, view.LadderFailed, 0},
		"empty":      {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") }, view.LadderTold, 0},
		"in trouble": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, view.LadderFailed, 0},
		"too long": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{"+strings.Repeat(" ", mostBytes)+"}") },
			view.LadderFailed, 0},
		"too many": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, many) }, view.LadderTold, mostRungs},
	} {
		got := ladderAt(serve(t, c.answer)).told(t, view.LadderQuery{})
		if got.State != c.state || len(got.Rungs) != c.n {
			t.Errorf("%s: state %d, %d rungs", name, got.State, len(got.Rungs))
		}
		if c.n > 0 && (got.Rungs[0].Place != 0 || len(got.Rungs[0].Name) > mostText || got.Rungs[0].Score != mostSum) {
			t.Errorf("%s: nonsense was believed: %+v", name, got.Rungs[0])
		}
	}
	if got := ladderAt("http://127.0.0.1:1/").told(t, view.LadderQuery{}); got.State != view.LadderFailed {
		t.Errorf("nobody there: %+v", got)
	}
}

// TestLateLadder lets the answer to an earlier question come after that to a new one.
func TestLateLadder(t *testing.T) {
	l := ladderAt("http://x/")
	release, gone := make(chan struct{}), make(chan struct{})
	l.get = func(_ context.Context, r fetch.Request) ([]byte, error) {
		if strings.Contains(r.URL, "mode=relay") {
			<-release
			if strings.Contains(r.URL, "career") {
				defer close(gone)
			}
			return []byte(`{"ladder":[{"name":"late"}]}`), nil
		}
		return []byte(`{"ladder":[{"name":"new"}]}`), nil
	}
	l.Ask(view.LadderQuery{Mode: "relay"})
	got := l.told(t, view.LadderQuery{})
	close(release)
	<-gone
	time.Sleep(10 * time.Millisecond)
	if after, _ := l.Answer(); len(got.Rungs) != 1 || got.Rungs[0].Name != "new" || after.Rungs[0].Name != "new" {
		t.Errorf("got %+v, later %+v", got, after)
	}
}
