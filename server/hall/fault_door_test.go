package hall

import (
	"fmt"
	"testing"
	"time"

	"ionwake/shared/wire"
)

// A server with a password seats nobody who does not know it, opens no room for them,
// and asks those who were in for none when they come back.
func TestPassword(t *testing.T) {
	inBubble(t, Config{Password: "sesame"}, nil, func(t *testing.T, b *bench) {
		for _, wrong := range []string{"", "Sesame", "sesame ", "sesam", "sesame\x00"} {
			if l := b.greet("den", "", wire.Hello{Password: wrong}); l.wantEnd(wire.ClosePassword).RetryAfterMS != 0 || l.admitted {
				t.Errorf("%q: admitted %v, told %+v", wrong, l.admitted, l.reject())
			}
		}
		b.comeBack("den", make([]byte, wire.TokenSize)).wantEnd(wire.CloseResume)
		b.wantRooms(MainRoom)
		l := b.greet("", "", wire.Hello{Password: "sesame"})
		time.Sleep(100 * time.Millisecond)
		token := l.seated().Resume
		l.Closed()
		back := b.comeBack("", token)
		time.Sleep(100 * time.Millisecond)
		if !back.seated().Resumed {
			t.Error("the seat was not resumed")
		}
		forged := b.comeBack("", make([]byte, wire.TokenSize))
		time.Sleep(100 * time.Millisecond)
		forged.wantEnd(wire.CloseResume)
	})
}

// H20: guesses from one network run out, those of others go on, and time brings them
// back slowly.
func TestFault_H20_GuessesRunOut(t *testing.T) {
	inBubble(t, Config{Password: "sesame"}, nil, func(t *testing.T, b *bench) {
		try := func(peer, password string) wire.Reject {
			l := b.greet("", peer, wire.Hello{Password: password})
			time.Sleep(50 * time.Millisecond)
			if r := l.reject(); r != nil {
				return *r
			}
			l.seated()
			return wire.Reject{}
		}
		tried := 0
		for ; tried < 100 && try("192.0.2.1/32", fmt.Sprint(tried)).RetryAfterMS == 0; tried++ {
		}
		if tried != guessesAtOnce {
			t.Fatalf("%d guesses at once, want %d", tried, guessesAtOnce)
		}
		why := try("192.0.2.1/32", "sesame")
		if why.Code != wire.ClosePassword || why.RetryAfterMS == 0 || why.RetryAfterMS > uint32(guessEvery/time.Millisecond) {
			t.Errorf("the right one after too many wrong ones: %+v, want to wait", why)
		}
		if why := try("192.0.2.2/32", "sesame"); why != (wire.Reject{}) {
			t.Errorf("another network has to wait: %+v", why)
		}
		for range 20 { // a player's page asks without one first
			try("192.0.2.3/32", "")
		}
		if why := try("192.0.2.3/32", "sesame"); why != (wire.Reject{}) {
			t.Errorf("who did not guess has to wait: %+v", why)
		}
		time.Sleep(time.Duration(why.RetryAfterMS) * time.Millisecond)
		if why := try("192.0.2.1/32", "sesame"); why != (wire.Reject{}) {
			t.Errorf("after the wait: %+v", why)
		}
	})
}

// G13: nobody joins, or opens rooms, as often as a program can ask; others do not
// notice.
func TestFault_G13_JoinsOfOneNetwork(t *testing.T) {
	inBubble(t, Config{MaxRooms: 100}, nil, func(t *testing.T, b *bench) {
		count := func(peer string, room func(int) string, n int) (out int) {
			for i := range n {
				l := b.greet(room(i), peer, wire.Hello{})
				if i%8 == 7 {
					time.Sleep(20 * time.Millisecond)
				}
				if r := l.reject(); r != nil && r.Code == wire.CloseOverload {
					if r.RetryAfterMS == 0 {
						t.Fatalf("told %+v, want when to come back", *r)
					}
					continue
				}
				out++
				l.Closed()
			}
			return out
		}
		own := func(i int) string { return fmt.Sprintf("den-%d", i) }
		if n := count("192.0.2.1/32", own, 40); n != roomsAtOnce {
			t.Errorf("one network opened %d rooms at once, want %d", n, roomsAtOnce)
		}
		same := func(int) string { return "" }
		if n := count("192.0.2.2/32", same, 1000); n < joinsAtOnce || n > joinsAtOnce+20 {
			t.Errorf("one network joined %d times at once, want about %d", n, joinsAtOnce)
		}
		if n := count("192.0.2.3/32", same, 5); n != 5 {
			t.Errorf("another network joined %d of 5 times", n)
		}
		if n := count("", same, 1000); n != 1000 {
			t.Errorf("where networks are not known, %d of 1000 joined", n)
		}
	})
}

// The table of networks has an end, and those that are out of something stay in it.
func TestPacesAreBounded(t *testing.T) {
	p := newPaces()
	offender := p.of(&line{peer: "offender"})
	for offender.guesses.Allow() {
	}
	for i := range 3 * maxPeers {
		p.of(&line{peer: fmt.Sprint(i)}).joins.Allow()
	}
	if len(p.by) > maxPeers || p.of(&line{peer: "offender"}) != offender {
		t.Errorf("%d networks, the offender known: %v", len(p.by), p.by["offender"] == offender)
	}
}
