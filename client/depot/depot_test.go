package depot

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"ionwake/shared/sim"
)

// arena makes an arena of a side of its own, so that each has another hash.
func arena(t *testing.T, name string, side int) *sim.Arena {
	t.Helper()
	walls := make([]bool, side*side)
	for i := range walls {
		x, y := i%side, i/side
		walls[i] = x == 0 || y == 0 || x == side-1 || y == side-1
	}
	middle := sim.TileSize * 3 / 2
	a, err := sim.NewArena(sim.Plan{Name: name, Width: side, Height: side, Walls: walls, Spawns: []sim.Spawn{{Pos: sim.Vec{X: middle, Y: middle}}}})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func want(a *sim.Arena) Want {
	return Want{URL: "ws://play.example/play?room=main", Name: a.Name, Hash: a.Hash, Size: uint32(len(a.Encode()))}
}

// line is a fetcher that answers when the test says so.
type line struct {
	asked    []string
	limits   []int
	done     []func([]byte, error)
	canceled []bool
}

func (l *line) fetch(url string, limit int, _ time.Duration, done func([]byte, error)) func() {
	i := len(l.asked)
	l.asked, l.limits = append(l.asked, url), append(l.limits, limit)
	l.done, l.canceled = append(l.done, done), append(l.canceled, false)
	return func() { l.canceled[i] = true }
}

func newDepot(cfg Config) (*Depot, *line) {
	l := &line{}
	d := New(cfg)
	d.fetch = l.fetch
	return d, l
}

// find asks until there is an answer.
func find(t *testing.T, d *Depot, w Want) (*sim.Arena, error) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if a, err := d.Find(w); !errors.Is(err, ErrComing) {
			return a, err
		}
	}
	t.Fatal("no answer")
	return nil, nil
}

func TestFind_ShippedIsThereAtOnce(t *testing.T) {
	a := arena(t, "pond", 5)
	d, l := newDepot(Config{Shipped: fstest.MapFS{"maps/pond.arena": {Data: a.Encode()}, "maps/bad.arena": {Data: []byte("x")}}})
	for range 2 {
		if got, err := d.Find(want(a)); err != nil || got.Hash != a.Hash {
			t.Errorf("got %v, %v", got, err)
		}
	}
	other := arena(t, "pond", 6)
	if _, err := d.Find(want(other)); !errors.Is(err, ErrComing) {
		t.Errorf("another of the same name: %v, want it to be fetched", err)
	}
	for _, name := range []string{"bad", "../secret", "", "/etc/passwd"} {
		w := want(other)
		w.Name = name
		if _, err := d.Find(w); !errors.Is(err, ErrComing) {
			t.Errorf("%q: %v, want it to be fetched", name, err)
		}
	}
	if len(l.asked) != 5 {
		t.Errorf("asked %v", l.asked)
	}
}

func TestFind_FetchesOnce(t *testing.T) {
	a := arena(t, "pond", 5)
	d, l := newDepot(Config{})
	for range 3 {
		if _, err := d.Find(want(a)); !errors.Is(err, ErrComing) {
			t.Fatalf("before it came: %v", err)
		}
	}
	url := "http://play.example/maps/" + hexed(a.Hash) + ".arena"
	if len(l.asked) != 1 || l.asked[0] != url || l.limits[0] != len(a.Encode()) {
		t.Fatalf("asked %v within %v, want %s once", l.asked, l.limits, url)
	}
	l.done[0](a.Encode(), nil)
	if got, err := d.Find(want(a)); err != nil || got.Hash != a.Hash || len(l.asked) != 1 {
		t.Errorf("after it came: %v, asked %d times", err, len(l.asked))
	}
}

func hexed(h sim.Hash) string {
	const digits = "0123456789abcdef"
	var b [16]byte
	for i := range b {
		b[i] = digits[h>>(60-4*i)&15]
	}
	return string(b[:])
}

func TestFind_KeepsTheLastFew(t *testing.T) {
	d, l := newDepot(Config{})
	arenas := make([]*sim.Arena, keep+1)
	for i := range arenas {
		arenas[i] = arena(t, "pond", 5+i)
		_, _ = d.Find(want(arenas[i]))
		l.done[i](arenas[i].Encode(), nil)
		if _, err := d.Find(want(arenas[0])); err != nil && i < keep {
			t.Fatal(err) // the first one is asked for again and again, and stays
		}
	}
	asked := len(l.asked)
	for i, kept := range []bool{true, false, true, true, true} {
		d.Stop()
		if _, err := d.Find(want(arenas[i])); (err == nil) != kept {
			t.Errorf("arena %d: %v, want kept %v", i, err, kept)
		}
	}
	if len(l.asked) != asked+1 {
		t.Errorf("asked %d times more, want once", len(l.asked)-asked)
	}
}

func TestFind_ANewWishEndsTheOldOne(t *testing.T) {
	one, two := arena(t, "one", 5), arena(t, "two", 6)
	d, l := newDepot(Config{})
	_, _ = d.Find(want(one))
	_, _ = d.Find(want(two))
	if !l.canceled[0] || l.canceled[1] {
		t.Errorf("canceled %v", l.canceled)
	}
	l.done[0](one.Encode(), nil) // too late
	l.done[1](two.Encode(), nil)
	if _, err := d.Find(want(two)); err != nil {
		t.Errorf("the new one: %v", err)
	}
	if _, err := d.Find(want(one)); !errors.Is(err, ErrComing) {
		t.Errorf("the old one: %v, want it fetched anew", err)
	}
	d.Stop()
	if !l.canceled[2] {
		t.Error("Stop ends nothing")
	}
}

// C2: what comes from a server is bounded and is what was asked for, or nothing.
func TestFault_C2_WhatAServerSends(t *testing.T) {
	a, other := arena(t, "pond", 5), arena(t, "pond", 6)
	for name, c := range map[string]struct {
		change func(*Want)
		data   []byte
		fails  error
		want   error
	}{
		"right":             {data: a.Encode()},
		"right, not sized":  {change: func(w *Want) { w.Size = 0 }, data: a.Encode()},
		"another arena":     {change: func(w *Want) { w.Size = 0 }, data: other.Encode(), want: ErrWrong},
		"too short":         {data: a.Encode()[:10], want: ErrWrong},
		"cut":               {change: func(w *Want) { w.Size = 10 }, data: a.Encode()[:10], want: ErrWrong},
		"nothing":           {data: nil, want: ErrWrong},
		"a page":            {change: func(w *Want) { w.Size = 0 }, data: []byte("<!doctype html>"), want: ErrWrong},
		"a bomb":            {change: func(w *Want) { w.Size = 0 }, data: []byte("IWA2\x01a\xff\xff\xff\x7f\xff\xff\xff\x7f"), want: ErrWrong},
		"not reached":       {fails: ErrUnreachable, want: ErrUnreachable},
		"slow":              {fails: ErrSlow, want: ErrSlow},
		"promised too much": {change: func(w *Want) { w.Size = 1<<32 - 1 }, want: ErrTooLarge},
		"no address":        {change: func(w *Want) { w.URL = "file:///play" }, want: ErrUnreachable},
		"another path":      {change: func(w *Want) { w.URL = "ws://host/elsewhere" }, want: ErrUnreachable},
		"no host":           {change: func(w *Want) { w.URL = "ws:///play" }, want: ErrUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			d, l := newDepot(Config{})
			w := want(a)
			if c.change != nil {
				c.change(&w)
			}
			_, err := d.Find(w)
			if len(l.done) > 0 {
				if !errors.Is(err, ErrComing) {
					t.Fatalf("before: %v", err)
				}
				l.done[0](c.data, c.fails)
				_, err = d.Find(w)
			}
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if c.want == nil {
				return
			}
			asked := len(l.asked)
			if _, again := d.Find(w); again == nil || again.Error() != err.Error() || len(l.asked) != asked {
				t.Errorf("asked again by itself: %v", again)
			}
			d.Again()
			if _, _ = d.Find(w); asked > 0 && len(l.asked) != asked+1 {
				t.Error("Again does not lead to another try")
			}
		})
	}
}

func TestAddress(t *testing.T) {
	for socket, want := range map[string]string{
		"ws://localhost:8080/play?room=main":      "http://localhost:8080/maps/00000000000000ff.arena",
		"wss://game.example/play?room=x&name=y":   "https://game.example/maps/00000000000000ff.arena",
		"wss://game.example/below/play":           "https://game.example/below/maps/00000000000000ff.arena",
		"wss://user:secret@game.example/play#top": "https://game.example/maps/00000000000000ff.arena",
		"ws://[::1]:80/play":                      "http://[::1]:80/maps/00000000000000ff.arena",
	} {
		if got, err := address(socket, 0xff); err != nil || got != want {
			t.Errorf("%s: got %s, %v, want %s", socket, got, err, want)
		}
	}
}

func TestErrorsAreSentences(t *testing.T) {
	a := arena(t, "pond", 5)
	d, l := newDepot(Config{})
	w := want(a)
	_, _ = d.Find(w)
	l.done[0]([]byte("x"), nil)
	_, err := d.Find(w)
	if err == nil || !strings.HasPrefix(err.Error(), "the server sent another map than it plays on: ") {
		t.Errorf("got %v", err)
	}
}
