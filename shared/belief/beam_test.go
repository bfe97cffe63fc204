package belief

import (
	"errors"
	"slices"
	"testing"

	"ionwake/shared/sim"
)

// duel is a Lancer that lets a beam go to the right in the next tick, a ship in its
// way and one beside it.
func duel(t testing.TB) (*Codec, Cell) {
	t.Helper()
	a := field(t)
	at := a.Size().Div(2)
	ready := sim.Ship{ID: 4, Hull: sim.Lancer, Held: sim.Input{Buttons: sim.Fire}, Pos: at, Energy: sim.Hulls[sim.Lancer].EnergyMax}
	front := sim.Ship{ID: 7, Pos: at.Add(sim.Vec{X: 100 * sim.One}), Energy: sim.Hulls[sim.Dart].EnergyMax}
	beside := front
	beside.ID, beside.Pos.Y = 9, beside.Pos.Y+90*sim.One
	return &Codec{Arena: a, Grid: NewGrid(a, 0)}, Cell{Ships: []sim.Ship{ready, front, beside}}
}

// spanOf is a span of one tick in which the beam of 4 strikes somebody.
func spanOf(before *Cell, who sim.PlayerID) Span {
	held := make([]sim.Input, 10)
	for i := range before.Ships {
		held[before.Ships[i].ID] = before.Ships[i].Held
	}
	return Span{Steps: 1, Held: [][]sim.Input{held}, Strikes: [][]sim.Strike{{{By: 4, Who: who}}}}
}

// TestBeams_AreToldWhereTheyWentAstray lets a beam strike, in truth, another than stands
// in its way, and nobody: a few bits say so, and a reader sees it happen, where it
// happened.
func TestBeams_AreToldWhereTheyWentAstray(t *testing.T) {
	k, cell := duel(t)
	wall := k.Arena.Trace(cell.Ships[0].Pos, sim.Vec{X: sim.Shots[sim.Beam].Speed}, sim.Shots[sim.Beam].Reach) - sim.Hulls[sim.Lancer].Radius
	for name, c := range map[string]struct {
		who  sim.PlayerID
		most int // bytes
		end  sim.Unit
	}{
		"as it stands":        {7, 0, 83 * sim.One},
		"another":             {9, 4, 83 * sim.One},
		"nobody":              {sim.NoPlayer, 4, wall},
		"somebody out of it":  {200, 4, wall},
		"nobody knows of one": {4, 4, 0},
	} {
		k, before := duel(t)
		now := Cell{Ships: slices.Clone(before.Ships)}
		born := now.Ships[0].Advance(k.Arena, nil)
		hit := -1
		for i := range now.Ships {
			if i > 0 {
				now.Ships[i].Advance(k.Arena, nil)
			}
			if now.Ships[i].ID == c.who {
				hit = i
				now.Ships[i].Take(k.Arena, born[0].Blow(), false)
			}
		}
		chunk := k.Diff(nil, 0, &before, &now, spanOf(&before, c.who))
		if len(chunk) > c.most {
			t.Errorf("%s: %d bytes, want at most %d", name, len(chunk), c.most)
		}
		reader := &Codec{Arena: k.Arena, Grid: k.Grid}
		if err := reader.Apply(0, &before, 1, chunk); err != nil || !slices.Equal(before.Ships, now.Ships) {
			t.Fatalf("%s: %v: %+v, want %+v", name, err, before.Ships, now.Ships)
		}
		var beam Note
		var struck []sim.PlayerID
		for _, n := range reader.Notes() {
			switch n.Kind {
			case Beamed:
				beam = n
			case Struck:
				struck = append(struck, n.Ship)
			case Told:
				t.Errorf("%s: ship %d is corrected", name, n.Ship)
			}
		}
		if got := beam.End.X - beam.Pos.X; beam.By != 4 || got < c.end-2*sim.One || got > c.end+2*sim.One {
			t.Errorf("%s: the beam of %d goes %d far, want %d", name, beam.By, got, c.end)
		}
		if want := hit >= 0; want != (len(struck) == 1 && struck[0] == c.who) || !want && len(struck) > 0 {
			t.Errorf("%s: %v are seen struck", name, struck)
		}
	}
}

// TestBeams_AbsurdVictimsAreRefused names ships that are not there.
func TestBeams_AbsurdVictimsAreRefused(t *testing.T) {
	for _, n := range []int32{-1, 4, 1 << 20, -1 << 25} {
		k, cell := duel(t)
		c := &k.coder
		c.writing, c.model = true, prior
		c.enc.reset(nil)
		c.flag(ctxHarmless, false)
		for i := range cell.Ships {
			c.input(cell.Ships[i].Held, cell.Ships[i].Held, 0)
		}
		c.flag(ctxAstray, true)
		c.number(ctxVictim, n)
		for range cell.Ships {
			c.here(ctxShipHere, true, true)
			c.flag(ctxShipTouched, false)
		}
		c.more(ctxShipMore, false)
		c.more(ctxBoltMore, false)
		chunk := c.enc.finish(0)
		was := slices.Clone(cell.Ships)
		if err := k.Apply(0, &cell, 1, chunk); !errors.Is(err, ErrChunk) || !slices.Equal(cell.Ships, was) {
			t.Errorf("ship %d: %v", n, err)
		}
	}
}
