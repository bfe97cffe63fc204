package admin

import (
	"bytes"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTailKeepsLinesForPeople(t *testing.T) {
	var next bytes.Buffer
	tail := NewTail(slog.NewTextHandler(&next, &slog.HandlerOptions{Level: slog.LevelInfo}))
	log := slog.New(tail).With("room", "main").WithGroup("seat").With("id", 3)
	log.Debug("nobody wants to know")
	log.Info("came", "name", "Ann \u202eB", "took", 2*time.Second, slog.Group("from", "net", "a b"), "none", "")
	log.Error("two\nlines", "text", strings.Repeat("x", 2*maxLogLine))
	got, _ := tail.lines.since(0)
	if len(got) != 2 || got[0].Text != `came room=main seat.id=3 seat.name="Ann \u202eB" seat.took=2s seat.from.net="a b" seat.none=""` || got[0].Level != "INFO" {
		t.Errorf("kept %+v", got)
	}
	if last := got[1]; last.Level != "ERROR" || !strings.HasPrefix(last.Text, "two lines room=main") || len(last.Text) > maxLogLine {
		t.Errorf("kept %.60s, %d bytes", last.Text, len(last.Text))
	}
	if text := next.String(); strings.Count(text, "\n") != 2 || !strings.Contains(text, "seat.from.net") {
		t.Errorf("handed on %q", text)
	}
}

func TestRingKeepsTheNewest(t *testing.T) {
	r := newRing[int](3)
	if list, now := r.since(0); len(list) != 0 || now != 0 {
		t.Errorf("got %v, %d", list, now)
	}
	for i := range 5 {
		r.add(i)
	}
	for seen, want := range map[uint64][]int{0: {2, 3, 4}, 2: {2, 3, 4}, 3: {3, 4}, 5: nil, 9: nil} {
		if list, now := r.since(seen); !slices.Equal(list, want) || now != 5 {
			t.Errorf("since %d: got %v, %d, want %v", seen, list, now, want)
		}
	}
}

func TestGraph(t *testing.T) {
	var g graph
	g.turn(noon, Flow{1000, 5000}, 1)
	g.rounded(2 * time.Millisecond)
	g.rounded(4 * time.Millisecond)
	g.turn(noon.Add(2*time.Second), Flow{1200, 9000}, 3)
	g.turn(noon.Add(4*time.Second), Flow{1200, 9000}, 0)
	list, now := g.since(0)
	want := []Sample{{Time: noon.Unix() + 2, Mean: 3, Longest: 4, In: 100, Out: 2000, People: 3}, {Time: noon.Unix() + 4}}
	if !slices.Equal(list, want) || now != 2 {
		t.Errorf("got %+v, %d, want %+v", list, now, want)
	}
	for i := range 2 * graphSize {
		g.turn(noon.Add(time.Duration(6+2*i)*time.Second), Flow{}, i)
	}
	if list, _ := g.since(0); len(list) != graphSize || list[len(list)-1].People != 2*graphSize-1 {
		t.Errorf("%d samples, the last of %d people", len(list), list[len(list)-1].People)
	}
	if n := testing.AllocsPerRun(100, func() {
		g.rounded(time.Millisecond)
		g.turn(noon, Flow{}, 0)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
