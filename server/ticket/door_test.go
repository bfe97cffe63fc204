package ticket

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestTakes(t *testing.T) {
	b := newBench(t)
	if got := b.takes("all", b.ticket("1")); got.Subject != "ann" || got.Name != "Ann" || got.mark != markOf("1") {
		t.Errorf("got %+v", got)
	}
	now := float64(b.time().Unix())
	b.takes("fewest claims", signed(t, b.key, `{"alg":"EdDSA"}`, map[string]any{"sub": "7", "aud": []string{"x", here}, "jti": "2", "iat": now, "exp": now + 0.5}))
	b.takes("unknown claims and headers", signed(t, b.key, `{"typ":"at+jwt","kid":"../x","alg":"EdDSA","x":{}}`,
		map[string]any{"sub": "7", "aud": here, "jti": "3", "iat": now, "exp": now + 60, "iss": "us", "roles": []int{1}}))
	b.takes("its room", b.with("4", map[string]any{"room": "main"}))
	made, err := Make(b.key, Claims{Subject: "ann", Name: "Ann", Room: "main", Audience: []string{here}, Issued: b.time(), NotBefore: b.time(), Expires: b.time().Add(MaxLife)})
	if err != nil {
		t.Fatal(err)
	}
	b.takes("made here", made)
	if text, err := Make(b.key, Claims{Subject: "ann", Audience: make([]string, MaxBytes)}); err == nil {
		t.Errorf("a ticket of %d bytes was made", len(text))
	}
}

// H13: a ticket lets in once, at the server that it names, while it is good.
func TestFault_H13_Once(t *testing.T) {
	b := newBench(t)
	text := b.ticket("once")
	first := b.takes("first", text)
	b.refuses("again", text, ErrInvalid)
	b.refuses("its ID in another ticket", b.with("once", map[string]any{"sub": "eve"}), ErrInvalid)
	b.Return(first)
	b.takes("given back", text)
	b.refuses("again after that", text, ErrInvalid)

	elsewhere := NewDoor(Config{Keys: []ed25519.PublicKey{publicOf(b.key)}, Audience: []string{"other.example.com"}, Now: b.time})
	if who, err := elsewhere.Take(b.ticket("elsewhere"), "main"); !errors.Is(err, ErrInvalid) || who != (Bearer{}) {
		t.Errorf("another server: %+v, %v", who, err)
	}
	late := b.ticket("late")
	b.pass(331 * time.Second)
	b.refuses("after its time", late, ErrExpired)
}

// H13: a ticket that was used up stays so until it is over, whatever else is used
// meanwhile.
func TestFault_H13_RememberedAsLongAsItIsGood(t *testing.T) {
	for wait := time.Duration(0); wait < 2*remembered; wait += 113 * time.Second {
		b := newBench(t)
		b.takes("an early one", b.ticket("early"))
		b.pass(wait)
		now := b.time().Unix() + 1
		text := b.with("long", map[string]any{"iat": now + 29, "exp": now + 29 + 600})
		b.takes("a long one", text)
		for i := range 35 { // until 30 s after its exp, and a while more
			b.pass(18 * time.Second)
			b.takes("another", b.ticket(fmt.Sprint(i)))
			if who, err := b.Take(text, "main"); err == nil {
				t.Fatalf("begun %v after the first: good again after %d s as %+v", wait, 18*i, who)
			}
		}
	}
}

// H13: of many who show one ticket at the same moment one comes in.
func TestFault_H13_TwoAtOnce(t *testing.T) {
	b := newBench(t)
	for i := range 200 {
		b.pass(time.Second)
		text := b.ticket(fmt.Sprint(i))
		var in atomic.Int32
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if _, err := b.Take(text, "main"); err == nil {
					in.Add(1)
				}
			})
		}
		all.Wait()
		if in.Load() != 1 {
			t.Fatalf("ticket %d: %d came in, want 1", i, in.Load())
		}
	}
}

// H13: what an earlier run has taken, nobody knows: tickets from before the start are over.
func TestFault_H13_BeforeTheStart(t *testing.T) {
	b := newBench(t)
	text := b.ticket("before")
	b.pass(time.Second)
	b.Door = NewDoor(Config{Keys: []ed25519.PublicKey{publicOf(b.key)}, Audience: []string{here}, Now: b.time})
	same := b.ticket("the same second")
	b.refuses("before", text, ErrExpired)
	b.takes("at the start", same)
}

// What is remembered has an end: then nobody comes in, and nothing is forgotten.
func TestUsedIsBounded(t *testing.T) {
	var u usedTickets
	at := time.Unix(1_800_000_000, 0)
	over := func() moment { return moment(at.Add(MaxLife).Unix()) }
	for i := range maxUsed {
		if err := u.add(markOf(fmt.Sprint(i)), over(), at); err != nil {
			t.Fatalf("ticket %d: %v", i, err)
		}
	}
	if err := u.add(markOf("one more"), over(), at); !errors.Is(err, ErrBusy) {
		t.Errorf("one more: %v", err)
	}
	if err := u.add(markOf("0"), over(), at); !errors.Is(err, ErrInvalid) {
		t.Errorf("the first again: %v", err)
	}
	at = at.Add(remembered)
	if err := u.add(markOf("one more"), over(), at); err != nil || len(u.now.marks) != 1 || len(u.before.marks) != maxUsed {
		t.Errorf("later: %v, %d and %d remembered", err, len(u.now.marks), len(u.before.marks))
	}
	at = at.Add(2 * remembered)
	if err := u.add(markOf("another"), over(), at); err != nil || len(u.before.marks) != 0 {
		t.Errorf("much later: %v, %d of long ago", err, len(u.before.marks))
	}
}

// H13: while time passes somebody sets the clock back: a ticket that was used, and is
// forgotten, is not good again, and those that are made later are.
func TestFault_H13_ClockSetBack(t *testing.T) {
	var u usedTickets
	at := time.Unix(1_800_000_000, 0) // here how much time has passed, and not what the clock shows
	over := moment(at.Add(MaxLife).Unix())
	if err := u.add(markOf("used"), over, at); err != nil {
		t.Fatal(err)
	}
	for wait := time.Duration(0); wait < 5*remembered; wait += time.Minute {
		if err := u.add(markOf(fmt.Sprint(wait)), over+1, at.Add(wait)); err != nil && !errors.Is(err, ErrExpired) {
			t.Errorf("another, %v later: %v", wait, err)
		}
		if err := u.add(markOf("used"), over, at.Add(wait)); err == nil {
			t.Fatalf("good again after %v", wait)
		}
	}
	if err := u.add(markOf("new"), over+600, at.Add(5*remembered)); err != nil {
		t.Errorf("a new one: %v", err)
	}
}

// Looks at signatures have an end, too. What is no ticket costs none.
func TestLooksAreBounded(t *testing.T) {
	b := newBench(t)
	forged := signed(t, keyOf("somebody else"), header, b.claims("f"))
	for _, c := range []struct {
		text string
		want int
	}{{"x.y.z", 0}, {forged, 9 * looksAtOnce}} {
		busy := 0
		for range 10 * looksAtOnce {
			if _, err := b.Take(c.text, "main"); errors.Is(err, ErrBusy) {
				busy++
			}
		}
		if busy != c.want {
			t.Errorf("%.20q: %d of %d were not looked at, want %d", c.text, busy, 10*looksAtOnce, c.want)
		}
	}
	b.takes("a second later", b.ticket("t"))
}

// Keys change while the server runs, and what is used up stays so.
func TestSetKeys(t *testing.T) {
	b := newBench(t)
	old, next := b.key, keyOf("the next issuer")
	before := b.ticket("before")
	b.takes("with the old key", before)
	b.SetKeys([]ed25519.PublicKey{publicOf(next), publicOf(old)})
	b.refuses("again", before, ErrInvalid)
	b.takes("the old key, while both count", b.ticket("1"))
	b.key = next
	b.takes("the new key", b.ticket("2"))
	b.SetKeys([]ed25519.PublicKey{publicOf(next)})
	b.key = old
	b.refuses("the old key", b.ticket("3"), ErrForged)
}
