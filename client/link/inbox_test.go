package link

import (
	"bytes"
	"testing"
	"time"
)

// hear is what both builds do with a message.
func hear(b *inbox, data []byte) bool {
	buf := b.buffer(len(data))
	if buf == nil {
		return false
	}
	copy(buf, data)
	b.put(Event{Kind: Message, Data: buf})
	return true
}

func TestInboxKeepsOrderAndBytes(t *testing.T) {
	var b inbox
	next, want := byte(0), byte(0)
	for round := range 2_000 {
		for range round % 7 {
			size := 1 + int(next)*(round%40)
			if !hear(&b, bytes.Repeat([]byte{next}, size)) {
				t.Fatal("full too early")
			}
			next++
		}
		for range round % 9 {
			ev, ok := b.poll()
			if !ok {
				break
			}
			if bytes.Count(ev.Data, []byte{want}) != len(ev.Data) || len(ev.Data) == 0 {
				t.Fatalf("message of %d bytes is not the one that was put in", len(ev.Data))
			}
			want++
		}
	}
}

// TestInboxIsBounded fills it by number and by size, and wants room again after
// polling.
func TestInboxIsBounded(t *testing.T) {
	for _, size := range []int{0, 1, 3_000, MaxMessage} {
		var b inbox
		b.put(Event{Kind: Opened}) // takes no message's place
		n := 0
		for hear(&b, make([]byte, size)) {
			n++
		}
		if want := min(MaxQueued, MaxQueuedBytes/max(size, 1)); n != want {
			t.Errorf("%d messages of %d bytes fit, want %d", n, size, want)
		}
		b.poll()
		b.poll()
		if !hear(&b, make([]byte, size)) {
			t.Errorf("no room for %d bytes after polling one message", size)
		}
	}
}

func TestInboxEndsWithClosed(t *testing.T) {
	var b inbox
	for range MaxQueued {
		hear(&b, []byte{1})
	}
	b.put(Event{Kind: Closed, Code: CodeOverflow})
	b.put(Event{Kind: Closed, Code: CodeLost})
	b.put(Event{Kind: Message})
	for range MaxQueued {
		if ev, ok := b.poll(); !ok || ev.Kind != Message {
			t.Fatalf("%v, %v, want a message", ev, ok)
		}
	}
	if ev, ok := b.poll(); !ok || ev.Kind != Closed || ev.Code != CodeOverflow {
		t.Errorf("%v, %v, want the first Closed", ev, ok)
	}
	if ev, ok := b.poll(); ok {
		t.Errorf("%v after Closed", ev)
	}
}

// TestHiddenTab: an owner whose loop stands still and who polls from OnReadable
// alone follows an hour of a server at 30 a second without anything growing,
// and without allocating.
func TestHiddenTab(t *testing.T) {
	var b inbox
	frame := make([]byte, 400)
	polled := 0
	drain := func() {
		for {
			if _, ok := b.poll(); !ok {
				return
			}
			polled++
		}
	}
	step := func() {
		if !hear(&b, frame) {
			t.Fatal("full")
		}
		drain()
	}
	for range 60 * 60 * 30 {
		step()
	}
	if polled != 60*60*30 || cap(b.queue) > 8 || len(b.spare) > 2 {
		t.Errorf("%d messages, queue of %d, %d spare buffers", polled, cap(b.queue), len(b.spare))
	}
	if allocs := testing.AllocsPerRun(1_000, step); allocs != 0 {
		t.Errorf("%v allocations for each message, want 0", allocs)
	}
}

// TestInboxForgetsBigBuffers: a burst of big messages is not paid for ever.
func TestInboxForgetsBigBuffers(t *testing.T) {
	var b inbox
	for range 3 {
		hear(&b, make([]byte, MaxMessage))
	}
	for range 500 {
		hear(&b, []byte{1})
	}
	for {
		if _, ok := b.poll(); !ok {
			break
		}
	}
	held := 0
	for _, buf := range b.spare {
		held += cap(buf)
	}
	if held > spareBuffers*spareCapacity || len(b.spare) > spareBuffers {
		t.Errorf("%d bytes in %d spare buffers are kept", held, len(b.spare))
	}
}

func TestSilence(t *testing.T) {
	const limit = 12 * time.Second // checked each 3 s
	at := func(s float64) time.Time { return noon.Add(time.Duration(s * float64(time.Second))) }
	for _, row := range []struct {
		name   string
		checks []float64 // seconds
		heard  []float64
		want   float64 // when it is lost, 0 for never
	}{
		{"nothing at all", []float64{3, 6, 9, 12, 15}, []float64{0, 0, 0, 0, 0}, 12},
		{"heard each second", []float64{3, 6, 9, 12, 15}, []float64{2.9, 5.9, 8.9, 11.9, 14.9}, 0},
		{"then silence", []float64{3, 6, 9, 12, 15, 18}, []float64{2, 5, 5, 5, 5, 5}, 18},
		{"we slept ourselves", []float64{3, 100, 103, 106, 109, 112}, []float64{2, 2, 2, 2, 2, 2}, 112},
		{"we slept and hear again", []float64{3, 100, 103, 106, 109, 112}, []float64{2, 2, 102, 105, 108, 111}, 0},
	} {
		s := newSilence(limit, noon)
		lost := 0.0
		for i, check := range row.checks {
			if s.lost(at(check), at(row.heard[i])) {
				lost = check
				break
			}
		}
		if lost != row.want {
			t.Errorf("%s: lost at %v s, want %v", row.name, lost, row.want)
		}
	}
}
