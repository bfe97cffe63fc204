package hall

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

func TestRoomsOpenWhenAskedFor(t *testing.T) {
	inBubble(t, Config{}, nil, func(t *testing.T, b *bench) {
		b.wantRooms(MainRoom)
		b.join("")
		b.wantRooms(MainRoom)
		b.join("den-1")
		b.join("den-1")
		b.wantRooms("den-1", MainRoom)
		time.Sleep(time.Second)
		for _, r := range b.hall.Stats() {
			if want := map[string]int{MainRoom: 1, "den-1": 2}[r.Name]; r.Players != want {
				t.Errorf("room %s has %d people, want %d", r.Name, r.Players, want)
			}
		}
	})
}

func TestRoomNames(t *testing.T) {
	tests := []struct {
		name string
		ok   bool
	}{
		{"a", true}, {"0", true}, {"-", true}, {"friday-night-7", true}, {strings.Repeat("x", 32), true},
		{strings.Repeat("x", 33), false}, {"Main", false}, {"a b", false}, {"a/b", false}, {"../main", false},
		{"a_b", false}, {"ä", false}, {"a\x00", false}, {" ", false}, {"%6d", false},
	}
	inBubble(t, Config{MaxRooms: 100}, nil, func(t *testing.T, b *bench) {
		for _, test := range tests {
			l := b.knock(test.name)
			time.Sleep(100 * time.Millisecond)
			if !test.ok {
				l.wantEnd(4005)
				if l.admitted {
					t.Errorf("%q was admitted before it was refused", test.name)
				}
			} else if l.reject() != nil || l.received() == 0 {
				t.Errorf("room %q: closed %v after %d frames, want a seat", test.name, l.reject(), l.received())
			}
		}
	})
}

func TestRoomLimit(t *testing.T) {
	inBubble(t, Config{MaxRooms: 2}, nil, func(t *testing.T, b *bench) {
		b.join("one")
		refused := b.knock("two").wantEnd(4004)
		if refused.RetryAfterMS == 0 {
			t.Error("refused without a time to try again")
		}
		b.join("one")
		b.join(MainRoom)
		b.wantRooms(MainRoom, "one")
	})
}

func TestEmptyRoomsClose(t *testing.T) {
	inBubble(t, Config{KeepFor: 10 * time.Second}, nil, func(t *testing.T, b *bench) {
		l := b.join("den")
		time.Sleep(20 * time.Second)
		b.wantRooms("den", MainRoom)
		l.Closed()
		time.Sleep(9 * time.Second)
		b.wantRooms("den", MainRoom)
		before := b.hall.Totals()
		time.Sleep(5 * time.Second) // a second of keeping the seat, ten of keeping the room
		b.wantRooms(MainRoom)
		after := b.hall.Totals()
		if after.FramesSent < before.FramesSent || after.FramesSent == 0 || after.PayloadBytes < before.PayloadBytes {
			t.Errorf("totals fell when a room ended: %+v, then %+v", before, after)
		}
		if after.Opened != 2 || after.Crashed != 0 {
			t.Errorf("got %d rooms opened and %d crashed, want 2 and 0", after.Opened, after.Crashed)
		}
		b.join("den") // and opens anew
	})
}

func TestHelloComesFirstAndOnce(t *testing.T) {
	inBubble(t, Config{}, nil, func(t *testing.T, b *bench) {
		l := &line{t: t}
		g := b.hall.Welcome(l, "")
		_ = g.Receive(wire.AppendChat(nil, wire.Chat{Text: []byte("hi")}))
		l.wantEnd(1008)
		if err := g.Receive([]byte{0xff}); !errors.Is(err, wire.ErrMessage) {
			t.Errorf("bytes that are no message: got %v, want %v", err, wire.ErrMessage)
		}
		in := b.join("")
		_ = in.Receive(wire.AppendHello(nil, wire.Hello{Version: wire.Version}))
		in.wantEnd(1008)
	})
}

// H16: client and server of different versions.
func TestFault_H16_OtherVersionIsToldBoth(t *testing.T) {
	inBubble(t, Config{}, nil, func(t *testing.T, b *bench) {
		for _, theirs := range []uint32{wire.Version + 1, wire.Version + 100, 1<<32 - 1} {
			l := &line{t: t}
			g := b.hall.Welcome(l, "")
			if err := g.Receive(wire.AppendHello(nil, wire.Hello{Version: theirs, Name: "Ann"})); err != nil {
				t.Fatal(err)
			}
			words := l.wantEnd(4001).Message
			for _, version := range []uint32{theirs, wire.Version} {
				if !strings.Contains(words, fmt.Sprintf("version %d", version)) {
					t.Errorf("a client of version %d is told %q, want %d named", theirs, words, version)
				}
			}
		}
	})
}

func TestDriverKeepsSixtyTicksASecond(t *testing.T) {
	var late atomic.Int64
	inBubble(t, Config{Drivers: 1, Ticked: func(t Tick) { late.Add(int64(t.Late)) }}, nil, func(t *testing.T, b *bench) {
		time.Sleep(time.Minute + tickLength/2)
		main := b.hall.Stats()[0]
		if main.Tick != 60*sim.TickRate {
			t.Errorf("got %d ticks in a minute, want %d", main.Tick, 60*sim.TickRate)
		}
		if sum := time.Duration(late.Load()); sum != 0 {
			t.Errorf("ticks were %v late in all without a reason", sum)
		}
		if since := time.Since(b.hall.LastTick()); since < 0 || since > tickLength {
			t.Errorf("last tick %v ago, want at most %v", since, tickLength)
		}
	})
}

func TestDriverCatchesUpAtMostThreeTicks(t *testing.T) {
	tests := []struct {
		name  string
		stall time.Duration
		burst int64 // ticks at the moment the stall ends, the stalled one not among them
	}{
		{"half a tick", tickLength / 2, 0},
		{"two ticks", 2*tickLength + time.Millisecond, 2},
		{"three ticks", 3*tickLength + time.Millisecond, 3},
		{"four ticks", 5 * tickLength, 1},
		{"a second", time.Second, 1},
		{"ten seconds", 10 * time.Second, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			const at = 100
			var stalled time.Time // of the driver's goroutine alone
			var burst atomic.Int64
			ticks := map[string]func(*sim.World){MainRoom: func(w *sim.World) {
				switch {
				case w.Tick == at:
					time.Sleep(test.stall)
					stalled = time.Now()
				case w.Tick > at && time.Now().Equal(stalled):
					burst.Add(1)
				}
			}}
			inBubble(t, Config{Drivers: 1}, ticks, func(t *testing.T, b *bench) {
				time.Sleep(20 * time.Second)
				if got := burst.Load(); got != test.burst {
					t.Errorf("caught up %d ticks, want %d", got, test.burst)
				}
				lost := max(0, test.stall-maxBehind*tickLength-2*time.Millisecond)
				want := int((20*time.Second - lost) / tickLength)
				if got := int(b.hall.Stats()[0].Tick); got < want-sim.TickRate/4 || got > want+3 {
					t.Errorf("got tick %d after 20 s, want about %d", got, want)
				}
			})
		})
	}
}

func TestLastTickStandsStillWhenARoomHangs(t *testing.T) {
	ticks := map[string]func(*sim.World){MainRoom: func(w *sim.World) {
		if w.Tick == 60 {
			time.Sleep(5 * time.Second)
		}
	}}
	inBubble(t, Config{Drivers: 1}, ticks, func(t *testing.T, b *bench) {
		if !b.hall.LastTick().Equal(time.Now()) {
			t.Errorf("last tick %v, want the hall's beginning", b.hall.LastTick())
		}
		time.Sleep(4 * time.Second)
		if since := time.Since(b.hall.LastTick()); since < 2900*time.Millisecond {
			t.Errorf("last tick %v ago while a room hangs for three seconds", since)
		}
		time.Sleep(3 * time.Second)
		if since := time.Since(b.hall.LastTick()); since > tickLength {
			t.Errorf("last tick %v ago after the room went on", since)
		}
	})
}

var goodbye = wire.Reject{Code: 1012, Message: "The server is restarting.", RetryAfterMS: 2000}

func TestCloseTellsEverybody(t *testing.T) {
	inBubble(t, Config{}, nil, func(t *testing.T, b *bench) {
		guests := []*line{b.join(""), b.join(""), b.join("den"), b.join("lair")}
		time.Sleep(tickLength / 2)
		guests = append(guests, b.knock(""), b.knock("den")) // still at the door
		begin := time.Now()
		if err := b.hall.Close(t.Context(), goodbye); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begin); took > 2*tickLength {
			t.Errorf("took %v, want at most two ticks", took)
		}
		for _, g := range append(guests, b.knock(""), b.knock("den"), b.knock("new")) {
			if r := g.wantEnd(1012); *r != goodbye {
				t.Errorf("told %+v, want %+v", *r, goodbye)
			}
		}
		time.Sleep(5 * time.Second)
		b.wantRooms()
	})
}

func TestCloseGivesUpOnARoomThatHangs(t *testing.T) {
	ticks := map[string]func(*sim.World){"stuck": func(w *sim.World) {
		if w.Tick == 60 {
			time.Sleep(time.Minute)
		}
	}}
	inBubble(t, Config{Drivers: 4}, ticks, func(t *testing.T, b *bench) {
		ann, stuck := b.join(""), b.join("stuck")
		time.Sleep(2 * time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		if err := b.hall.Close(ctx, goodbye); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
		}
		ann.wantEnd(1012)
		if stuck.reject() != nil {
			t.Error("a room that hangs has told its people")
		}
		time.Sleep(time.Minute)
		stuck.wantEnd(1012)
	})
}

// Whoever knocks while rooms open and close all the time is let in or told why, and
// never left without an answer.
func TestNobodyIsForgottenAtTheDoor(t *testing.T) {
	inBubble(t, Config{KeepFor: time.Nanosecond, Drivers: 4}, nil, func(t *testing.T, b *bench) {
		const guests = 300
		seated, told := 0, 0
		for i := range guests {
			// Each time a little later in the life of the room, which ends as soon as it is empty.
			time.Sleep(time.Duration(i) * 137 * time.Microsecond)
			l := b.knock("den")
			time.Sleep(tickLength * 3)
			switch {
			case l.reject() != nil:
				told++
			case l.received() > 0:
				seated++
			default:
				t.Fatalf("guest %d has no answer", i)
			}
			l.Closed()
			if i%3 == 0 {
				time.Sleep(time.Second + time.Duration(i)*time.Microsecond)
			}
		}
		if seated == 0 {
			t.Errorf("%d told, nobody seated", told)
		}
	})
}

func TestGuestsFromManyGoroutines(t *testing.T) {
	inBubble(t, Config{KeepFor: time.Nanosecond, Drivers: 4, MaxRooms: 4}, nil, func(t *testing.T, b *bench) {
		names := []string{"", "a", "b", "c", "d"}
		lines := make([]*line, 100)
		for i := range lines {
			go func() {
				time.Sleep(time.Duration(i%7) * time.Millisecond)
				lines[i] = b.knock(names[i%len(names)])
			}()
		}
		time.Sleep(time.Second)
		synctest.Wait()
		for i, l := range lines {
			if l.reject() == nil && l.received() == 0 {
				t.Errorf("guest %d has no answer", i)
			}
		}
	})
}
