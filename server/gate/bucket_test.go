package gate

import (
	"testing"
	"time"
)

// A bucket lets its burst through at once, what its rate earns after that, and no more for a rest.
func TestBucket(t *testing.T) {
	now := time.Unix(100, 0)
	b := newBucket(10, 20)
	passed := 0
	for b.take(1, now) {
		passed++
	}
	if passed != 20 {
		t.Errorf("%d at once, want 20", passed)
	}
	if b.has(1, now.Add(99*time.Millisecond)) || !b.has(1, now.Add(100*time.Millisecond)) {
		t.Error("the next one is not let through after a tenth of a second exactly")
	}
	if now = now.Add(time.Second); b.take(11, now) || !b.take(10, now) || b.take(1, now) {
		t.Error("a second earns something else than 10")
	}
	if now = now.Add(time.Hour); !b.take(20, now) || b.take(1, now) {
		t.Error("an hour earns something else than the burst")
	}
}

// What is refused costs nothing.
func TestBucketRefusalIsFree(t *testing.T) {
	now := time.Unix(100, 0)
	b := newBucket(10, 20)
	for range 100 {
		if b.take(21, now) {
			t.Fatal("more than the burst was let through")
		}
	}
	if !b.take(20, now) {
		t.Error("what was refused was booked")
	}
}

// A message is booked whole or not at all.
func TestGuardBooksWholeMessages(t *testing.T) {
	now := time.Unix(100, 0)
	g := newGuard(2, 4<<10)
	if g.book(maxMessage+1, maxMessage, now) || !g.book(4<<10, maxMessage, now) {
		t.Fatal("the limit is elsewhere")
	}
	if g.book(4<<10+1, 8<<10, now) {
		t.Fatal("more bytes than may come")
	}
	if !g.book(4<<10, maxMessage, now) {
		t.Error("what may not come was booked")
	}
	if g.book(0, maxMessage, now) {
		t.Error("more messages than may come")
	}
}
