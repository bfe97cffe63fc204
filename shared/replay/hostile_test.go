package replay_test

import (
	"encoding/binary"
	"errors"
	"testing"

	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

// keyframe is a World with so many people in it, in a tick.
func keyframe(tb testing.TB, people int, at sim.Tick) *replay.Piece {
	tb.Helper()
	w := sim.New(arena(tb, "foundry"), sim.Brawl{}, sim.Rules{Live: 1 << 20}, 7)
	p := new(replay.Piece)
	for id := range people {
		w.Join(sim.PlayerID(id), sim.Lancer, sim.NoTeam)
		p.People = append(p.People, person(sim.PlayerID(id)))
	}
	for w.Tick < at {
		w.Step(make([]sim.Input, people))
	}
	w.Save(&p.State)
	return p
}

// forged is a file of pieces that nobody has played.
func forged(tb testing.TB, pieces ...*replay.Piece) []byte {
	tb.Helper()
	var pack replay.Packer
	file := pack.AppendHead(nil, &replay.Head{
		Edition: sim.Edition, ID: "abc", Mode: sim.Brawl{}, Arena: arena(tb, "foundry"), Rules: sim.Rules{Live: 1 << 20},
	})
	for _, p := range pieces {
		file = pack.AppendPiece(file, p)
	}
	return pack.AppendEnd(file, &last)
}

// TestForeignKeyframe: a keyframe that play comes to and that knows of more people than
// there are is damage: who is named by it has no ship.
func TestForeignKeyframe(t *testing.T) {
	const leave = 2 // as an action
	first, second := keyframe(t, 2, 10), keyframe(t, 6, 11)
	first.Count, first.Ticks = 1, []byte{0, 0, 0}
	second.Count, second.Ticks = 1, binary.AppendUvarint([]byte{1, leave}, 5)
	second.Ticks = append(second.Ticks, 0, 0)
	p, err := replay.NewPlayer(open(t, forged(t, first, second)))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Step(); err != nil {
		t.Fatal(err)
	}
	if err := p.Step(); !errors.Is(err, replay.ErrDamaged) {
		t.Errorf("got %v, want damage", err)
	}
}

// TestPiecesWithoutTicks: behind a piece without a tick there can be none, or a small
// file would be one of thousands that are all unpacked for one Step.
func TestPiecesWithoutTicks(t *testing.T) {
	empty, full := keyframe(t, 2, 10), keyframe(t, 2, 10)
	full.Count, full.Ticks = 1, []byte{0, 0, 0}
	if rec := open(t, forged(t, full, keyframe(t, 2, 11))); rec.Ticks() != 1 || !rec.Whole {
		t.Errorf("with an empty last piece: %d ticks, whole: %v, want 1, true", rec.Ticks(), rec.Whole)
	}
	if rec := open(t, forged(t, empty, empty, full)); rec.Ticks() != 0 || rec.Whole {
		t.Errorf("behind an empty piece: %d ticks, whole: %v, want 0, false", rec.Ticks(), rec.Whole)
	}
}
