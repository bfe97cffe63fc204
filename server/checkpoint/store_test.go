package checkpoint

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"ionwake/server/durable"
	"ionwake/server/room"
	"ionwake/shared/sim"
)

// snapshot has something in every part of it.
func snapshot() *room.Snapshot {
	who := room.SavedPerson{ID: room.PersonID{1, 2, 3}, Tag: 1<<64 - 1, Peer: "192.0.2.1/32"}
	return &room.Snapshot{
		Arena: "foundry", Mode: "relay", ArenaHash: 1<<64 - 3, Rules: sim.Rules{Warmup: 1, Live: 2, Results: 3, ScoreLimit: -1},
		World: sim.State{
			Tick: 1<<32 - 1, Rand: 1<<64 - 5, Match: sim.Match{Phase: sim.Live, Scores: [2]int16{-3, 4}},
			Players: []sim.Player{{Status: sim.Flying, Score: 12}},
			Ships:   []sim.Ship{{Pos: sim.Vec{X: -5, Y: 1 << 30}, Drafts: true}},
			Trails:  []sim.Trail{{Tile: 7, Since: 9, Who: 3}},
		},
		Seats: []room.SavedSeat{{Name: "Änn \"<&>\" 🚀", Token: [32]byte{255, 0, 7}, Unproven: true, Who: who}},
		Bans:  []room.SavedBan{{Who: who, Until: 77}},
		Votes: []room.SavedVote{{Called: true, Who: who, Arena: "x"}},
	}
}

func TestKeepAndLoad(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a", "rooms")
	s, err := Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Keep("main", &room.Snapshot{Arena: "old"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Keep("main", snapshot()); err != nil {
		t.Fatal(err)
	}
	got, err := s.Load("main")
	if err != nil || !reflect.DeepEqual(got, snapshot()) {
		t.Errorf("got %+v, %v", got, err)
	}
	if err := s.Keep("den", snapshot()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "room-lair"+durable.Fresh), []byte("half a"), 0o600); err != nil {
		t.Fatal(err)
	}
	if names, err := s.Names(); err != nil || !slices.Equal(names, []string{"den", "main"}) {
		t.Errorf("got %q, %v", names, err)
	}
	info, err := os.Stat(filepath.Join(folder, "room-main"))
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	if err := errors.Join(s.Drop("main"), s.Drop("main")); err != nil {
		t.Error(err)
	}
	if _, err := s.Load("main"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want ErrNotExist", err)
	}
}

// No bit of a file may change, and nothing that is of another version is taken.
func TestFault_R14_DamagedFile(t *testing.T) {
	sound, err := encode(snapshot())
	if err != nil {
		t.Fatal(err)
	}
	for i := range sound {
		broken := slices.Clone(sound)
		broken[i] ^= 4
		if _, err := decode(broken); !errors.Is(err, ErrDamaged) {
			t.Fatalf("byte %d changed: got %v", i, err)
		}
		if _, err := decode(sound[:i]); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut at %d: got %v", i, err)
		}
	}
}

// R13: a server that dies while it writes leaves what was there before.
func TestFault_R13_HalfWritten(t *testing.T) {
	folder := t.TempDir()
	s := &Store{folder}
	if err := s.Keep("main", snapshot()); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(snapshot())
	if err != nil {
		t.Fatal(err)
	}
	for _, cut := range []int{0, 1, len(data) / 2, len(data)} {
		if err := os.WriteFile(filepath.Join(folder, "room-main"+durable.Fresh), data[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Load("main"); err != nil || !reflect.DeepEqual(got, snapshot()) {
			t.Errorf("cut at %d: got %+v, %v", cut, got, err)
		}
		if err := s.Keep("main", snapshot()); err != nil {
			t.Errorf("cut at %d: %v", cut, err)
		}
	}
}

// Whatever is in a file, it is read or refused, and what is read can be written again.
func FuzzDecode(f *testing.F) {
	sound, err := encode(snapshot())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sound)
	f.Add([]byte("ionwake-room-1 \n{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		snap, err := decode(data)
		if err != nil {
			return
		}
		again, err := encode(snap)
		if err != nil {
			t.Fatal(err)
		}
		if twin, err := decode(again); err != nil || !reflect.DeepEqual(twin, snap) {
			t.Errorf("got %+v, %v", twin, err)
		}
	})
}
