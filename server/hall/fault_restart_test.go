package hall

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ionwake/server/checkpoint"
	"ionwake/server/room"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// shelf is a folder of rooms that outlives the halls of a test.
func shelf(t *testing.T) (*checkpoint.Store, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "rooms")
	store, err := checkpoint.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return store, folder
}

// restart ends a hall as a server does that is told to stop.
func (b *bench) restart() {
	b.t.Helper()
	if err := b.hall.Close(b.t.Context(), goodbye); err != nil {
		b.t.Fatal(err)
	}
}

// give lets a guest have a score that it cannot have come by in another way.
func (b *bench) give(name string, g *line, score int16) {
	id := g.seated().ID
	b.hall.Tell(name, func(r *room.Room) { r.World().Players[id].Score = score })
	time.Sleep(100 * time.Millisecond)
}

// R14: who was in a room when the server was told to stop is in it afterwards, in the
// same seat and with the same score, in each room; the token is good once.
func TestFault_R14_RoomsOutliveARestart(t *testing.T) {
	store, _ := shelf(t)
	tokens := map[string][]byte{}
	inBubble(t, Config{Keeper: store}, nil, func(_ *testing.T, b *bench) {
		for i, name := range []string{"main", "den"} {
			g := b.join(name)
			b.give(name, g, int16(7+i))
			tokens[name] = g.seated().Resume
		}
		b.restart()
	})
	inBubble(t, Config{Keeper: store}, nil, func(t *testing.T, b *bench) {
		b.wantRooms("den", "main")
		for i, name := range []string{"main", "den"} {
			g := b.comeBack(name, tokens[name])
			time.Sleep(200 * time.Millisecond)
			if w := g.seated(); !w.Resumed || g.scores().Score != int16(7+i) {
				t.Errorf("%s: resumed %v with %+v", name, w.Resumed, g.scores())
			}
			thief := b.comeBack(name, []byte(strings.Repeat("x", wire.TokenSize)))
			time.Sleep(100 * time.Millisecond)
			thief.wantEnd(wire.CloseResume)
		}
		time.Sleep(2 * time.Second)
		b.restart()
	})
}

// R13: after a crash people come back to what was some seconds before it, and who has
// only just come has a seat too.
func TestFault_R13_CrashCostsSeconds(t *testing.T) {
	store, _ := shelf(t)
	var old, fresh []byte
	inBubble(t, Config{Keeper: store}, nil, func(_ *testing.T, b *bench) {
		g := b.join("")
		b.give(MainRoom, g, 9)
		old = g.seated().Resume
		time.Sleep(3200 * time.Millisecond)
		b.give(MainRoom, g, 99)
		fresh = b.join("").seated().Resume
		time.Sleep(time.Second)
	}) // it ends without a word
	inBubble(t, Config{Keeper: store}, nil, func(t *testing.T, b *bench) {
		for _, token := range [][]byte{old, fresh} {
			g := b.comeBack("", token)
			time.Sleep(2 * time.Second)
			if w := g.seated(); !w.Resumed {
				t.Error("a seat was lost")
			}
			if s := g.scores().Score; string(token) == string(old) && s != 9 && s != 99 {
				t.Errorf("came back to a score of %d", s)
			}
		}
	})
}

// A room that ends, or breaks down, does not come back.
func TestFault_R22_WhatEndsIsForgotten(t *testing.T) {
	store, folder := shelf(t)
	broken := map[string]func(*sim.World){"den": func(w *sim.World) {
		if w.Tick == 300 {
			panic("broken")
		}
	}}
	inBubble(t, Config{Keeper: store, KeepFor: time.Second}, broken, func(t *testing.T, b *bench) {
		lair, den := b.join("lair"), b.join("den")
		time.Sleep(4 * time.Second)
		if names, err := store.Names(); err != nil || len(names) != 2 {
			t.Errorf("kept are %q, %v", names, err)
		}
		lair.Closed()
		time.Sleep(10 * time.Second)
		den.wantEnd(wire.CloseFault)
		b.wantRooms("main")
	})
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// What is kept and cannot be gone on from is refused in one line of the log, and play
// begins anew.
func TestFault_R14_DamagedCheckpoint(t *testing.T) {
	store, folder := shelf(t)
	inBubble(t, Config{Keeper: store}, nil, func(_ *testing.T, b *bench) {
		b.join("")
		b.restart()
	})
	sound, err := os.ReadFile(filepath.Join(folder, "room-main"))
	if err != nil {
		t.Fatal(err)
	}
	for name, spoiled := range map[string][]byte{
		"empty": nil, "cut": sound[:len(sound)/2], "foreign": []byte("PK\x03\x04 something else"),
		"one bit": append(append([]byte{}, sound[:200]...), append([]byte{sound[200] ^ 1}, sound[201:]...)...),
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(filepath.Join(folder, "room-main"), spoiled, 0o600); err != nil {
				t.Fatal(err)
			}
			inBubble(t, Config{Keeper: store}, nil, func(t *testing.T, b *bench) {
				b.join("")
				if n := strings.Count(b.log.String(), "begins anew"); n != 1 {
					t.Errorf("%d lines say so:\n%s", n, b.log.String())
				}
			})
		})
	}
}

// stuckDisk is a Keeper that does nothing any more, or refuses.
type stuckDisk struct {
	hang atomic.Bool
	kept atomic.Int32
}

func (d *stuckDisk) Names() ([]string, error)            { return nil, nil }
func (d *stuckDisk) Load(string) (*room.Snapshot, error) { return nil, os.ErrNotExist }
func (d *stuckDisk) Drop(string) error                   { return nil }

func (d *stuckDisk) Keep(string, *room.Snapshot) error {
	if d.kept.Add(1); d.hang.Load() {
		time.Sleep(time.Hour)
	}
	return errors.New("no space left on device")
}

// R7: a disk that is full is said once, and one that hangs holds up neither the game nor
// the end.
func TestFault_R7_DiskThatKeepsNothing(t *testing.T) {
	disk := &stuckDisk{}
	inBubble(t, Config{Keeper: disk}, nil, func(t *testing.T, b *bench) {
		g := b.join("")
		time.Sleep(20 * time.Second)
		if n := strings.Count(b.log.String(), "cannot be kept"); n != 1 || disk.kept.Load() < 5 {
			t.Errorf("said %d times in %d attempts", n, disk.kept.Load())
		}
		disk.hang.Store(true)
		time.Sleep(5 * time.Second)
		before := g.received()
		time.Sleep(10 * time.Second)
		if frames := g.received() - before; frames < 290 {
			t.Errorf("%d frames in ten seconds", frames)
		}
		begin := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := b.hall.Close(ctx, goodbye); err == nil {
			t.Error("nothing was kept, and nobody says so")
		}
		g.wantEnd(1012)
		if took := time.Since(begin); took > 1100*time.Millisecond {
			t.Errorf("took %v", took)
		}
	})
}

// R22: a hundred servers, one after the other in one process, each of which goes on where
// the one before stopped: the same seat, a token that no server has given before, and a
// match that does not go back.
func TestFault_R22_AHundredRestarts(t *testing.T) {
	store, _ := shelf(t)
	var seat sim.PlayerID
	var token []byte
	given := map[string]bool{}
	newest := sim.Tick(0)
	for round := range 100 {
		inBubble(t, Config{Keeper: store, Drivers: 1}, nil, func(t *testing.T, b *bench) {
			g := b.comeBack("", token) // the first has no token, and is new
			time.Sleep(blink)
			w := g.seated()
			if round > 0 && (!w.Resumed || w.ID != seat) {
				t.Errorf("round %d: resumed %v to seat %d, want %d", round, w.Resumed, w.ID, seat)
			}
			seat, token = w.ID, w.Resume
			if given[string(token)] {
				t.Errorf("round %d: a token was given twice", round)
			}
			given[string(token)] = true
			b.hall.Tell(MainRoom, func(r *room.Room) {
				if now := r.World().Tick; now <= newest {
					t.Errorf("round %d: tick %d, after tick %d", round, now, newest)
				} else {
					newest = now
				}
			})
			time.Sleep(blink)
			b.restart()
		})
		if t.Failed() {
			t.FailNow()
		}
	}
}
