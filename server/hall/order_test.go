package hall

import (
	"context"
	"slices"
	"testing"
	"time"

	"ionwake/server/room"
	"ionwake/shared/wire"
)

func TestOrdersReachRooms(t *testing.T) {
	inBubble(t, Config{}, nil, func(t *testing.T, b *bench) {
		b.join("main")
		den := b.join("den")
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		names := Ask(ctx, b.hall, (*room.Room).Name)
		if slices.Sort(names); !slices.Equal(names, []string{"den", "main"}) {
			t.Errorf("asked %v", names)
		}
		done := make(chan string, 4)
		if n := b.hall.TellAll(func(r *room.Room) { done <- r.Name() }); n != 2 {
			t.Errorf("%d rooms were told", n)
		}
		<-done
		<-done
		if b.hall.Tell("attic", func(*room.Room) {}) {
			t.Error("a room that is not there was told")
		}
		if !b.hall.Tell("den", func(r *room.Room) {
			r.Remove(r.Seated()[0].Who.Tag, wire.Reject{Code: wire.CloseKicked, Message: "Go."})
		}) {
			t.Error("the den was not told")
		}
		time.Sleep(100 * time.Millisecond)
		if got := den.reject(); got.Code != wire.CloseKicked {
			t.Errorf("closed with %+v", got)
		}
	})
}

// A room that hangs, or has ended meanwhile, is not waited for.
func TestAskDoesNotWaitForEver(t *testing.T) {
	h := New(Config{Open: func(name string) room.Config { return room.Config{Name: name, Arena: box(t)} }})
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	if got := Ask(ctx, h, (*room.Room).Name); len(got) != 0 { // nobody ticks
		t.Errorf("got %v", got)
	}
}
