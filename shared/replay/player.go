package replay

import (
	"fmt"
	"io"

	"ionwake/shared/sim"
)

// Player plays a Record. Its World is only to be looked at.
type Player struct {
	rec    *Record
	world  *sim.World
	people []Person
	held   []sim.Input

	next   int // piece
	left   int // ticks of the one under way
	ticks  *reader
	turned []int // who holds something else; scratch
}

// NewPlayer returns a Player at the beginning. The error wraps ErrEdition, ErrDamaged or
// ErrNoPlay.
func NewPlayer(rec *Record) (*Player, error) {
	if rec.Head.Edition != sim.Edition {
		return nil, fmt.Errorf("%w (%016x, by version %s; this program has %016x)", ErrEdition,
			uint64(rec.Head.Edition), rec.Head.Program, uint64(sim.Edition))
	}
	p := &Player{rec: rec}
	if err := p.Seek(0); err != nil {
		return nil, err
	}
	return p, nil
}

// World returns what is played, as of the last Step. It is another one after a Seek.
func (p *Player) World() *sim.World { return p.world }

// Held returns what everybody holds, by sim.PlayerID.
func (p *Player) Held() []sim.Input { return p.held }

// Person returns who sits in a seat; without a Name: nobody.
func (p *Player) Person(id sim.PlayerID) Person {
	if int(id) >= len(p.people) {
		return Person{}
	}
	return p.people[id]
}

// At returns how many ticks have been played since the beginning.
func (p *Player) At() int { return int(p.world.Tick - p.rec.From()) }

// Seek goes to where so many ticks have been played, or to the end.
func (p *Player) Seek(ticks int) error {
	ticks = min(max(ticks, 0), p.rec.Ticks())
	if len(p.rec.pieces) == 0 {
		return ErrNoPlay
	}
	at := len(p.rec.pieces) - 1
	for at > 0 && int(p.rec.pieces[at].tick-p.rec.From()) > ticks {
		at--
	}
	if err := p.enter(at); err != nil {
		return err
	}
	for p.At() < ticks {
		if err := p.Step(); err != nil {
			return err
		}
	}
	return nil
}

// enter goes to the beginning of a piece.
func (p *Player) enter(at int) error {
	state, err := p.read(at)
	if err != nil {
		return err
	}
	h := &p.rec.Head
	w, err := sim.Restore(h.Arena, h.Mode, h.Rules, state)
	if err != nil {
		return p.rec.damage(at, err)
	}
	p.world = w
	p.held = p.held[:0]
	for id := range w.Ships {
		p.held = append(p.held, w.Ships[id].Held)
	}
	return nil
}

// read takes a piece into hand and returns how it begins.
func (p *Player) read(at int) (*sim.State, error) {
	packed := &p.rec.pieces[at]
	r, err := packed.unpack()
	if err != nil {
		return nil, p.rec.damage(at, err)
	}
	state := new(sim.State)
	r.state(state)
	people := make([]Person, r.count(len(state.Players), 3))
	for i := range people {
		people[i] = r.person()
	}
	if len(people) != len(state.Players) || state.Tick != packed.tick {
		r.fail()
	}
	if err := r.err(); err != nil {
		return nil, p.rec.damage(at, err)
	}
	p.people, p.ticks, p.next, p.left = people, r, at+1, packed.count
	return state, nil
}

func (rec *Record) damage(piece int, err error) error {
	return fmt.Errorf("after %d seconds: %w: %w", int(rec.pieces[piece].tick-rec.From())/sim.TickRate, ErrDamaged, err)
}

// Step plays a tick. It returns io.EOF at the end; errors wrap ErrDamaged, or ErrDiffers
// where the World is not the one that was recorded.
func (p *Player) Step() error {
	for p.left == 0 {
		if p.next == len(p.rec.pieces) {
			return io.EOF
		}
		if _, err := p.read(p.next); err != nil {
			return err
		}
		if len(p.people) != len(p.world.Players) { // it goes on from another World
			p.ticks.fail()
			return p.rec.damage(p.next-1, p.ticks.err())
		}
	}
	r, w := p.ticks, p.world
	for range r.upTo(maxActions) {
		p.act(r)
	}
	p.inputs(r)
	for range r.upTo(sim.MaxPlayers) {
		w.Rulings = append(w.Rulings, sim.Strike{By: r.seat(), Who: r.id()})
	}
	if r.bad != 0 {
		return p.rec.damage(p.next-1, r.err())
	}
	w.Step(p.held)
	p.left--
	if w.Tick%checkEvery != 0 {
		return nil
	}
	want := sim.Hash(r.word())
	if r.bad != 0 {
		return p.rec.damage(p.next-1, r.err())
	}
	if got := w.Outline(); got != want {
		return fmt.Errorf("%w: tick %d, %d seconds in: %016x instead of %016x", ErrDiffers,
			w.Tick, p.At()/sim.TickRate, uint64(got), uint64(want))
	}
	return nil
}

// act does what was done to the World from outside its rules.
func (p *Player) act(r *reader) {
	what := action(r.byte())
	if what == actBell {
		if ends := r.tick(); r.bad == 0 {
			p.world.Match.Ends = ends
		}
		return
	}
	id := r.seat()
	switch what {
	case actJoin:
		hull, team := r.hull(), r.team()
		if who := r.person(); r.bad == 0 {
			p.join(id, hull, team, who)
		}
	case actLeave:
		if int(id) >= len(p.people) {
			r.fail()
		}
		if r.bad == 0 {
			p.world.Leave(id)
			p.people[id] = Person{}
		}
	case actChoose:
		hull, team := r.hull(), r.team()
		if r.bad == 0 {
			p.world.Choose(id, hull, team)
		}
	default:
		r.fail()
	}
}

func (p *Player) join(id sim.PlayerID, hull sim.HullKind, team sim.Team, who Person) {
	p.world.Join(id, hull, team)
	for len(p.people) < len(p.world.Players) {
		p.people = append(p.people, Person{})
	}
	for len(p.held) < len(p.world.Players) {
		p.held = append(p.held, sim.Input{})
	}
	p.people[id] = who
}

// inputs takes what is held from now on.
func (p *Player) inputs(r *reader) {
	n, last := r.count(len(p.held), 1), -1
	p.turned = p.turned[:0]
	for range n {
		if last += 1 + int(r.upTo(sim.MaxPlayers)); last >= len(p.held) {
			r.fail()
		}
		p.turned = append(p.turned, last)
	}
	for _, id := range p.turned {
		v := r.upTo(2*sim.AngleSteps - 1)
		if r.bad != 0 {
			return
		}
		in := &p.held[id]
		turn := int(v >> 2)
		if v>>1&1 == 1 {
			turn = -turn - 1
		}
		in.Aim = in.Aim.Turn(turn)
		if v&1 == 1 {
			in.Buttons = sim.Buttons(r.upTo(uint64(sim.AllButtons)))
		}
	}
}
