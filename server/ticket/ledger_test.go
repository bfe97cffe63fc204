package ticket

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// restart ends the door in order, and opens one with the same file.
func (b *bench) restart(file string) {
	b.t.Helper()
	b.Close(context.Background())
	b.open(file)
}

// open opens a door with a file, as after a crash if none was closed.
func (b *bench) open(file string) {
	b.t.Helper()
	b.Door = NewDoor(Config{Keys: []ed25519.PublicKey{publicOf(b.key)}, Audience: []string{here}, Now: b.time, File: file})
	b.t.Cleanup(func() { b.Close(context.Background()) })
}

// H13: a ticket that was used is so after a restart too, even one whose issuer's clock is
// fast or who made it in the second of the start; one that was not used lets in, even if
// the clock of its issuer is slow.
func TestFault_H13_Restart(t *testing.T) {
	b, file := newBench(t), filepath.Join(t.TempDir(), "used")
	b.open(file)
	b.restart(file)
	now := b.time().Unix()
	fast, same := b.with("fast", map[string]any{"iat": now + 29, "exp": now + 600}), b.with("same", map[string]any{"iat": now + 3})
	slow, given := b.with("slow", map[string]any{"iat": now - 30}), b.ticket("given")
	b.takes("of a fast issuer", fast)
	b.takes("a usual one", same)
	b.Return(b.takes("given back", given))
	for range 3 {
		b.restart(file)
		b.refuses("of a fast issuer", fast, ErrInvalid)
		b.refuses("of the same second", same, ErrInvalid)
	}
	b.takes("of a slow issuer", slow)
	b.takes("given back", given)
	b.restart(file)
	b.refuses("given back, and used", given, ErrInvalid)
	b.pass(-2 * time.Second)
	b.Close(t.Context())
	if _, err := b.Take(b.ticket("late"), "main"); !errors.Is(err, ErrBusy) {
		t.Errorf("after the end: %v", err)
	}
}

// H13: after a crash, or with a file of which something is missing or changed, those
// tickets alone count that are made after the start.
func TestFault_H13_CrashAndDamage(t *testing.T) {
	b, file := newBench(t), filepath.Join(t.TempDir(), "used")
	strict := func(name string) {
		t.Helper()
		before := b.ticket("before " + name)
		b.pass(2 * time.Second)
		b.open(file)
		b.refuses(name, before, ErrExpired)
		b.takes(name+": after the start", b.ticket("after "+name))
	}
	strict("no file")
	b.Close(t.Context())
	sound, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := range sound {
		flipped := bytes.Clone(sound)
		flipped[i] ^= 0x10
		if p := parsePast(flipped); p.whole {
			t.Errorf("byte %d is another, and it is whole", i)
		}
		if p := parsePast(sound[:i]); p.whole {
			t.Errorf("it is cut at %d, and whole", i)
		}
	}
	if p := parsePast(append(bytes.Clone(sound), 0)); p.whole || len(p.used) != 1 {
		t.Errorf("with a byte more: %+v", p)
	}
	for name, data := range map[string][]byte{"cut": sound[:len(sound)-1], "without an end": sound[:len(sound)-entrySize], "nothing": {}, "twice": append(bytes.Clone(sound), sound...)} {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		strict(name)
		b.Close(t.Context())
	}
}

// H13: a server that is killed has written what was used before.
func TestFault_H13_Killed(t *testing.T) {
	b, file := newBench(t), filepath.Join(t.TempDir(), "used")
	b.open(file)
	now := b.time().Unix()
	fast := b.with("fast", map[string]any{"iat": now + 29})
	b.takes("first", fast)
	b.Close(t.Context())
	data, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, data[:len(data)-entrySize], 0o600) // as if it had not come to its end
	}
	if err != nil {
		t.Fatal(err)
	}
	b.open(file)
	b.refuses("again", fast, ErrInvalid)
}

// The file of used tickets stays small, and what is left out of it counts for nothing.
func TestLedgerIsBounded(t *testing.T) {
	b, file := newBench(t), filepath.Join(t.TempDir(), "used")
	b.open(file)
	b.ledger.limit = 100 * entrySize
	over := moment(b.time().Unix() + 60)
	for i := range 1000 {
		if i == 500 {
			b.pass(61 * time.Second)
			over += 61
		}
		if err := b.note(Bearer{mark: markOf(fmt.Sprint(i)), over: over}, b.time()); err != nil {
			t.Fatal(err)
		}
		for len(b.ledger.entries) > 0 {
			time.Sleep(time.Millisecond)
		}
	}
	b.Close(t.Context())
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if p := parsePast(data); !p.whole || len(p.used) < 500 || p.over != 0 && p.over != over-61 {
		t.Errorf("%d are kept, whole %v, over %d", len(p.used), p.whole, p.over)
	}
	b.pass(61 * time.Second)
	b.restart(file)
	if info, err := os.Stat(file); err != nil || info.Size() > 10*int64(entrySize) {
		t.Errorf("all are over and it has %d bytes, %v", info.Size(), err)
	}
	b.pass(-80 * time.Second) // the clock is set back over the restart
	old := b.with("0", map[string]any{"iat": b.time().Unix() - 41, "exp": b.time().Unix() - 10})
	b.refuses("left out", old, ErrExpired)
}

// A disk that takes nothing keeps nobody out, and nothing of before is believed later.
func TestLedgerWithoutADisk(t *testing.T) {
	b, file := newBench(t), filepath.Join(t.TempDir(), "used")
	b.open(file)
	b.restart(file)
	b.Close(t.Context())
	if err := os.Mkdir(file+".new", 0o700); err != nil {
		t.Fatal(err)
	}
	b.open(file)
	b.takes("without a disk", b.ticket("1"))
	b.Close(t.Context())
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file of the run before is still there: %v", err)
	}
}
