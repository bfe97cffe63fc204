package replay

import (
	"encoding/binary"

	"ionwake/shared/sim"
)

// action is something that somebody outside the rules does to a World before a Step.
type action uint8

const (
	actJoin action = iota + 1
	actLeave
	actChoose
	actBell // the match goes on otherwise than by its clock
)

// Tape takes a match down. Between Begin and Stop it must be told of everything that
// happens to the World but Step's own doing: before it happens, in the order in which it
// does. Its methods do nothing at other times.
//
// A tick is: the number of actions, and each; the number of inputs that are not what
// was held before, for each how many seats lie between it and the one before, and then
// for each what is held; the number of beams that were judged on pictures, and each;
// and every second a hash.
type Tape struct {
	piece   *Piece
	people  []Person
	held    []sim.Input
	actions []byte // before the next Step
	acted   int
	total   int // ticks
}

// Running reports whether a match is being taken down.
func (t *Tape) Running() bool { return t.piece != nil }

// Total returns the number of ticks taken down since Begin.
func (t *Tape) Total() int { return t.total }

// Begin begins with w as it is between two Steps, into p. person says who sits in a
// seat.
func (t *Tape) Begin(w *sim.World, p *Piece, person func(sim.PlayerID) Person) {
	t.people, t.total, t.actions, t.acted = t.people[:0], 0, t.actions[:0], 0
	for id := range w.Players {
		is := Person{}
		if w.Players[id].Status != sim.Absent {
			is = person(sim.PlayerID(id))
		}
		t.people = append(t.people, is)
	}
	t.held = t.held[:0]
	for id := range w.Ships {
		t.held = append(t.held, w.Ships[id].Held)
	}
	t.open(w, p)
}

// open begins a piece.
func (t *Tape) open(w *sim.World, p *Piece) {
	w.Save(&p.State)
	p.People = append(p.People[:0], t.people...)
	p.Ticks, p.Count = p.Ticks[:0], 0
	t.piece = p
}

// Turn takes the piece that is complete, and goes on in p, which is not used before.
func (t *Tape) Turn(w *sim.World, p *Piece) (done *Piece) {
	done = t.piece
	t.open(w, p)
	return done
}

// Stop ends the recording and returns the last piece.
func (t *Tape) Stop() (last *Piece) {
	last = t.piece
	t.piece = nil
	return last
}

// Join notes a sim.World.Join.
func (t *Tape) Join(id sim.PlayerID, hull sim.HullKind, team sim.Team, who Person) {
	if t.piece == nil {
		return
	}
	for int(id) >= len(t.people) {
		t.people, t.held = append(t.people, Person{}), append(t.held, sim.Input{})
	}
	t.people[id] = who
	t.act(actJoin, uint64(id), uint64(hull), uint64(team), who.Tag, flag(who.Bot))
	t.actions = appendText(t.actions, who.Name)
}

// Leave notes a sim.World.Leave.
func (t *Tape) Leave(id sim.PlayerID) {
	if t.piece == nil {
		return
	}
	if int(id) < len(t.people) {
		t.people[id] = Person{}
	}
	t.act(actLeave, uint64(id))
}

// Choose notes a sim.World.Choose.
func (t *Tape) Choose(id sim.PlayerID, hull sim.HullKind, team sim.Team) {
	if t.piece != nil {
		t.act(actChoose, uint64(id), uint64(hull), uint64(team))
	}
}

// Bell notes that the end of the match's phase is set to another tick.
func (t *Tape) Bell(ends sim.Tick) {
	if t.piece != nil {
		t.act(actBell, uint64(ends))
	}
}

func (t *Tape) act(what action, numbers ...uint64) {
	t.acted++
	t.actions = append(t.actions, byte(what))
	for _, n := range numbers {
		t.actions = binary.AppendUvarint(t.actions, n)
	}
}

// Step notes the Step that w has just done. full: the piece is complete, and Turn is due.
func (t *Tape) Step(w *sim.World) (full bool) {
	p := t.piece
	if p == nil {
		return false
	}
	p.Ticks = binary.AppendUvarint(p.Ticks, uint64(t.acted))
	p.Ticks = append(p.Ticks, t.actions...)
	t.actions, t.acted = t.actions[:0], 0
	p.Ticks = t.inputs(p.Ticks, w)
	p.Ticks = rulings(p.Ticks, w)
	if w.Tick%checkEvery == 0 {
		p.Ticks = binary.LittleEndian.AppendUint64(p.Ticks, uint64(w.Outline()))
	}
	p.Count++
	t.total++
	return p.Count >= PieceTicks || len(p.Ticks) >= maxPart/4
}

// inputs appends what the ships hold that they did not hold before: Step has put it into
// them, and nothing else does.
func (t *Tape) inputs(b []byte, w *sim.World) []byte {
	changed := 0
	for id := range w.Ships {
		if w.Ships[id].Held != t.held[id] {
			changed++
		}
	}
	b = binary.AppendUvarint(b, uint64(changed))
	if changed == 0 {
		return b
	}
	last := -1
	for id := range w.Ships {
		if w.Ships[id].Held != t.held[id] {
			b = binary.AppendUvarint(b, uint64(id-last-1))
			last = id
		}
	}
	for id := range w.Ships {
		if now := w.Ships[id].Held; now != t.held[id] {
			b = appendInput(b, t.held[id], now)
			t.held[id] = now
		}
	}
	return b
}

// appendInput appends what is held now: by how much the aim turned, zigzag, twice that
// and one if the buttons changed too, which follow then.
func appendInput(b []byte, was, now sim.Input) []byte {
	turn := was.Aim.Delta(now.Aim)
	v := uint64(uint32(turn<<1^turn>>31)) << 1
	if was.Buttons == now.Buttons {
		return binary.AppendUvarint(b, v)
	}
	b = binary.AppendUvarint(b, v|1)
	return append(b, byte(now.Buttons))
}

// rulings appends what beams struck that inputs do not tell.
func rulings(b []byte, w *sim.World) []byte {
	n := 0
	for _, s := range w.Strikes {
		if w.Sighted(s.By) {
			n++
		}
	}
	b = binary.AppendUvarint(b, uint64(n))
	for _, s := range w.Strikes {
		if w.Sighted(s.By) {
			b = binary.AppendUvarint(b, uint64(s.By))
			b = binary.AppendUvarint(b, uint64(s.Who))
		}
	}
	return b
}

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

func appendText(b []byte, s string) []byte {
	s = s[:min(len(s), maxText)]
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}
