package hall

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// blink is longer than a guest waits for the answer to its hello.
const blink = 100 * time.Millisecond

// seven gives everybody a score to come back to.
func seven(w *sim.World) {
	for id := range w.Players {
		w.Players[id].Score, w.Players[id].Kills, w.Players[id].Deaths = 7+int16(id), 8, 2
	}
}

func TestResumeKeepsSeatAndScore(t *testing.T) {
	inBubble(t, Config{}, map[string]func(*sim.World){MainRoom: seven}, func(t *testing.T, b *bench) {
		b.join("")
		first := b.join("")
		seat := first.seated()
		if len(seat.Resume) != wire.TokenSize || seat.Resumed {
			t.Fatalf("got a token of %d bytes, resumed %v, want %d and no", len(seat.Resume), seat.Resumed, wire.TokenSize)
		}
		first.Closed()
		time.Sleep(blink)
		second := b.comeBack("", seat.Resume)
		time.Sleep(blink)
		again := second.seated()
		if !again.Resumed || again.ID != seat.ID || again.Name != seat.Name {
			t.Errorf("came back as %d %q (resumed %v), want %d %q", again.ID, again.Name, again.Resumed, seat.ID, seat.Name)
		}
		if got := second.scores(); got.Score != 7+int16(seat.ID) || got.Kills != 8 || got.Deaths != 2 {
			t.Errorf("came back to %+v, want score %d, 8 kills, 2 deaths", got, 7+seat.ID)
		}
		if bytes.Equal(again.Resume, seat.Resume) {
			t.Error("the new token is the old one")
		}
	})
}

func TestFault_H14_ResumeToken(t *testing.T) {
	other := func(token []byte, change func([]byte)) []byte {
		c := slices.Clone(token)
		change(c)
		return c
	}
	tests := []struct {
		name  string
		room  string
		token func(good []byte) []byte
	}{
		{"guessed", "den", func([]byte) []byte { return bytes.Repeat([]byte{7}, wire.TokenSize) }},
		{"all zero, as the hash of a bot or of a free seat might be", "den", func([]byte) []byte { return make([]byte, wire.TokenSize) }},
		{"one bit wrong", "den", func(good []byte) []byte { return other(good, func(c []byte) { c[31] ^= 1 }) }},
		{"right, but of another room", "", func(good []byte) []byte { return good }},
		{"right, but of a room that does not exist yet", "new", func(good []byte) []byte { return good }},
	}
	for _, connected := range []bool{true, false} {
		for _, test := range tests {
			name := test.name + ", while the owner is away"
			if connected {
				name = test.name + ", while the owner plays"
			}
			t.Run(name, func(t *testing.T) {
				inBubble(t, Config{}, map[string]func(*sim.World){"den": seven}, func(t *testing.T, b *bench) {
					owner := b.join("den")
					seat := owner.seated()
					if !connected {
						owner.Closed()
						time.Sleep(blink)
					}
					before := owner.received()
					thief := b.comeBack(test.room, test.token(seat.Resume))
					time.Sleep(blink)
					thief.wantEnd(4011)
					if connected && (owner.reject() != nil || owner.received() == before) {
						t.Fatalf("the owner was disturbed: closed %v, %d frames since", owner.reject(), owner.received()-before)
					}
					back := b.comeBack("den", seat.Resume)
					time.Sleep(blink)
					if again := back.seated(); !again.Resumed || again.ID != seat.ID || back.scores().Score != 7+int16(seat.ID) {
						t.Errorf("the owner came back to %+v", again)
					}
				})
			})
		}
	}
}

func TestFault_H14_TokenWorksOnce(t *testing.T) {
	inBubble(t, Config{}, nil, func(t *testing.T, b *bench) {
		first := b.join("")
		old := first.seated().Resume
		first.Closed()
		time.Sleep(blink)
		second := b.comeBack("", old)
		time.Sleep(blink)
		seat := second.seated()
		_ = second.Receive(wire.AppendInput(nil, wire.Input{Tick: 1})) // so the Welcome has arrived
		time.Sleep(blink)
		b.comeBack("", old)
		replay := b.comeBack("", old)
		time.Sleep(blink)
		replay.wantEnd(4011)
		if second.reject() != nil {
			t.Fatalf("a replayed token closed the real session: %v", second.reject())
		}
		second.Closed()
		time.Sleep(blink)
		third := b.comeBack("", seat.Resume)
		time.Sleep(blink)
		if got := third.seated(); got.ID != seat.ID {
			t.Errorf("came back to seat %d, want %d", got.ID, seat.ID)
		}
	})
}

func TestFault_H14_TokenExpires(t *testing.T) {
	inBubble(t, Config{}, nil, func(t *testing.T, b *bench) { // seats are kept for a second
		for _, test := range []struct {
			away time.Duration
			ok   bool
		}{{800 * time.Millisecond, true}, {1200 * time.Millisecond, false}, {time.Minute, false}} {
			l := b.join("")
			l.Closed()
			time.Sleep(test.away)
			back := b.comeBack("", l.seated().Resume)
			time.Sleep(blink)
			if test.ok {
				back.seated()
			} else {
				back.wantEnd(4011)
			}
		}
	})
}

// Whatever the order in which a lost connection, its return and copies of its token
// arrive, exactly one of them has the seat in the end, and no seat is lost or
// doubled.
func TestFault_H14_OneWinnerOfARace(t *testing.T) {
	seeds := uint64(2000)
	if testing.Short() {
		seeds = 100
	}
	inBubble(t, Config{Drivers: 1}, nil, func(t *testing.T, b *bench) {
		for seed := range seeds {
			rng := rand.New(rand.NewPCG(seed, 14))
			owner := b.join("")
			seat := owner.seated()
			racers := make([]*line, 2+rng.IntN(3))
			gone := rng.IntN(len(racers) + 1)
			for i := range racers {
				if i == gone {
					owner.Closed()
				}
				time.Sleep(time.Duration(rng.Int64N(int64(2 * tickLength))))
				racers[i] = b.comeBack("", seat.Resume)
			}
			time.Sleep(blink)
			winners := 0
			for _, r := range racers {
				if r.reject() == nil {
					winners++
					if got := r.seated(); got.ID != seat.ID || !got.Resumed {
						t.Fatalf("seed %d: a winner in seat %d, want %d", seed, got.ID, seat.ID)
					}
				} else if r.reject().Code != 4006 { // it had the seat until a later one came
					r.wantEnd(4011)
				}
			}
			if winners != 1 {
				t.Fatalf("seed %d: %d winners of %d, want 1", seed, winners, len(racers))
			}
			if owner.reject() != nil {
				owner.wantEnd(4006)
			}
			for _, r := range append(racers, owner) {
				_ = r.Receive(wire.AppendLeave(nil))
				r.Closed()
			}
			time.Sleep(blink)
		}
		time.Sleep(time.Second)
		if got := b.hall.Stats()[0].Players; got != 0 {
			t.Errorf("%d people left over, want 0", got)
		}
	})
}

// G14: of two windows with one seat the newest has it; the older one is told so and
// that trying again would not help.
func TestFault_G14_NewestWindowWins(t *testing.T) {
	inBubble(t, Config{}, nil, func(t *testing.T, b *bench) {
		windows := []*line{b.join("")}
		seat := windows[0].seated()
		for range 5 {
			next := b.comeBack("", windows[len(windows)-1].seated().Resume)
			time.Sleep(blink)
			windows = append(windows, next)
			if got := next.seated(); got.ID != seat.ID {
				t.Fatalf("window %d has seat %d, want %d", len(windows), got.ID, seat.ID)
			}
		}
		for _, w := range windows[:5] {
			if r := w.wantEnd(4006); r.RetryAfterMS != 0 {
				t.Error("the older window is told to try again")
			}
		}
		before := windows[5].received()
		windows[0].Closed() // its connection ends later, and must not take the seat along
		time.Sleep(3 * time.Second)
		if windows[5].reject() != nil || windows[5].received() == before {
			t.Error("the newest window does not play on")
		}
	})
}

// H15: what others can see of a player, the seat's number and the name, opens
// nothing.
func TestFault_H15_NumbersAreNoKeys(t *testing.T) {
	inBubble(t, Config{}, nil, func(t *testing.T, b *bench) {
		owner := b.join("")
		seat := owner.seated()
		for _, text := range []string{string(rune(seat.ID)), seat.Name} {
			thief := b.comeBack("", append(make([]byte, wire.TokenSize-len(text)), text...))
			time.Sleep(blink)
			thief.wantEnd(4011)
		}
		stranger := b.join("") // with the same name
		if got := stranger.seated(); got.ID == seat.ID || got.Name == seat.Name {
			t.Errorf("a stranger came in as %d %q, which is taken", got.ID, got.Name)
		}
		if owner.reject() != nil {
			t.Errorf("the owner was closed: %v", owner.reject())
		}
	})
}

func TestFullRoomIsToldInWords(t *testing.T) {
	inBubble(t, Config{}, nil, func(t *testing.T, b *bench) { // four people
		for range 4 {
			b.join("den")
		}
		l := b.knock("den")
		time.Sleep(blink)
		if r := l.wantEnd(4004); r.RetryAfterMS == 0 {
			t.Error("no time to try again")
		}
		b.join("") // the others are not full
	})
}

// A line may break again before the Welcome of the return has arrived: the token that
// opened it is still the only one the player has, and it stays good.
func TestFault_H14_WelcomeLost(t *testing.T) {
	inBubble(t, Config{}, nil, func(t *testing.T, b *bench) {
		first := b.join("")
		seat := first.seated()
		first.Closed()
		time.Sleep(blink)
		for range 3 {
			lost := b.comeBack("", seat.Resume)
			time.Sleep(blink)
			lost.Closed()
			time.Sleep(blink)
		}
		back := b.comeBack("", seat.Resume)
		time.Sleep(blink)
		if got := back.seated(); got.ID != seat.ID || !got.Resumed {
			t.Errorf("came back to seat %d, resumed %v; want %d", got.ID, got.Resumed, seat.ID)
		}
	})
}

// Who says Hello and Leave in one breath is let go at once.
func TestHelloAndLeaveTogether(t *testing.T) {
	inBubble(t, Config{}, nil, func(t *testing.T, b *bench) {
		l := b.knock("")
		_ = l.Receive(wire.AppendLeave(nil))
		time.Sleep(blink)
		l.mu.Lock()
		defer l.mu.Unlock()
		if !l.ended || l.code != 1000 {
			t.Errorf("after Hello and Leave: ended %v with %d, want close 1000", l.ended, l.code)
		}
	})
}
