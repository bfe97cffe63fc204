package replay

import (
	"errors"
	"fmt"
	"io"
	"math"

	"ionwake/shared/sim"
)

// Record is a replay that was read. It is not changed by who plays it.
type Record struct {
	Head   Head
	End    End  // if Whole
	Whole  bool // it has an end; else it was cut
	pieces []part
}

// Open reads a file, which it keeps and which must not change. What is behind a cut, or
// behind damage, is left out; damage of the head is an error. The errors wrap ErrForeign
// or ErrDamaged.
func Open(file []byte) (*Record, error) {
	if len(file) > MaxFile {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrDamaged, len(file), MaxFile)
	}
	if len(file) < len(magic) || string(file[:len(magic)]) != magic {
		return nil, ErrForeign
	}
	p, rest, err := nextPart(file[len(magic):])
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("%w: it ends in its head", ErrDamaged)
	}
	if err != nil {
		return nil, fmt.Errorf("head: %w", err)
	}
	rec := &Record{}
	if err := rec.readHead(&p); err != nil {
		return nil, err
	}
	for !rec.Whole {
		if p, rest, err = nextPart(rest); err != nil || !rec.add(&p) {
			break
		}
	}
	return rec, nil
}

// add takes the next part; false: it is none that can follow.
func (rec *Record) add(p *part) bool {
	switch p.kind {
	case piecePart:
		if n := len(rec.pieces); n > 0 {
			before := &rec.pieces[n-1]
			if before.count == 0 || p.tick != before.tick+sim.Tick(before.count) {
				return false // one without ticks is the last, or a Step might have to read any number of them
			}
		}
		if rec.Ticks()+p.count > MaxTicks {
			return false
		}
		rec.pieces = append(rec.pieces, *p)
		return true
	case endPart:
		rec.Whole = rec.readEnd(p) == nil
	}
	return rec.Whole
}

func (rec *Record) readHead(p *part) error {
	if p.kind != headPart {
		return fmt.Errorf("%w: it has no head", ErrDamaged)
	}
	r, err := p.unpack()
	if err != nil {
		return fmt.Errorf("head: %w", err)
	}
	h := &rec.Head
	h.Edition = sim.Hash(r.word())
	h.Program, h.ID, h.Server, h.Room = r.text(), r.text(), r.text(), r.text()
	mode := r.text()
	h.Rules = sim.Rules{Warmup: r.tick(), Live: r.tick(), Results: r.tick(), ScoreLimit: r.int16()}
	h.Number, h.Began = uint32(r.upTo(math.MaxUint32)), r.signed(math.MaxInt64-1)
	arena := r.bytes(int(r.upTo(sim.MaxArenaBytes)))
	if r.bad == 0 && len(r.rest) > 0 {
		r.fail()
	}
	if err := r.err(); err != nil {
		return fmt.Errorf("head: %w", err)
	}
	if h.Arena, err = sim.ParseArena(arena); err != nil {
		return fmt.Errorf("%w: its arena: %w", ErrDamaged, err)
	}
	ok := false
	if h.Mode, ok = sim.ModeByName(mode); !ok {
		return fmt.Errorf("%w: it is of a mode %q, which this program does not know", ErrEdition, mode)
	}
	if err := h.Arena.Fits(h.Mode); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}

func (rec *Record) readEnd(p *part) error {
	r, err := p.unpack()
	if err != nil {
		return err
	}
	e := End{Why: Ending(r.byte()), Scores: [sim.Teams]int16{r.int16(), r.int16()}}
	e.Lines = make([]Line, r.count(maxLines, 7))
	for i := range e.Lines {
		e.Lines[i] = Line{Person: r.person(), Team: r.team(), Score: r.int16(), Kills: r.int16(), Deaths: r.int16()}
	}
	if e.Why < Over || e.Why > Full || len(r.rest) > 0 {
		r.fail()
	}
	if err := r.err(); err != nil {
		return err
	}
	rec.End = e
	return nil
}

// Ticks returns how many ticks can be played.
func (rec *Record) Ticks() int {
	if len(rec.pieces) == 0 {
		return 0
	}
	last := &rec.pieces[len(rec.pieces)-1]
	return int(last.tick-rec.pieces[0].tick) + last.count
}

// From returns the tick of the World that play begins with.
func (rec *Record) From() sim.Tick {
	if len(rec.pieces) == 0 {
		return 0
	}
	return rec.pieces[0].tick
}
