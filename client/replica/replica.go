// Package replica is what one player believes and predicts: it takes frames in,
// gives inputs out, and says what there is to draw. It has no clock (time is passed
// in, as the time since the program began), no socket and no screen.
package replica

import (
	"errors"
	"fmt"
	"time"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// ErrFrame is wrapped by every error of Receive: the frame does not fit what was
// told before, or no honest server sends it. The way on is a new connection.
var ErrFrame = errors.New("bad frame")

// maxSends is how many sends one frame covers at most: what a server remembers.
const maxSends = 32

// ErrComing is wrapped by the error of Receive when the ground is on its way: the
// same message is to be given again, later and before any other.
var ErrComing = errors.New("the ground is on its way")

// ErrGround is wrapped by the error of Receive when the ground cannot be had.
var ErrGround = errors.New("no ground")

// Config describes a Replica.
type Config struct {
	// Arena finds the ground that a Welcome names; the server's fingerprint is
	// checked. It returns ErrComing while the ground is on its way.
	Arena func(w *wire.Welcome) (*sim.Arena, error)
	// Crowd, if set, makes this one of many that nobody looks at.
	Crowd Crowd
}

// Guest is who says hello.
type Guest struct {
	Name     string
	Spectate bool
	Device   []byte // wire.DeviceSize bytes, or none
	Loadout  wire.Loadout
	Password string
	Ticket   string // shown to get a seat, not to come back to it
}

// Replica is one player's world. Only one goroutine may use it.
type Replica struct {
	cfg     Config
	decoder wire.Decoder
	frame   wire.Frame

	welcome  wire.Welcome
	joined   bool // welcomed by the present connection
	watcher  bool // without a ship
	asked    time.Duration
	rejected *wire.Reject

	tick     sim.Tick // of the belief
	grid     belief.Grid
	codec    belief.Codec
	cells    []cell
	interval int
	arena    *sim.Arena
	things   things // at tick
	passed   int    // ticks that the newest frame covers

	clock  clock
	hands  hands
	ahead  ahead
	proof  proof
	born   []sim.Bolt // what the proof's ship fires is nobody's
	melt   melt
	board  board
	grave  grave
	effect effects
	net    figures
	scene  Scene
}

// cell is a cell of the arena and whether the server tells of it.
type cell struct {
	belief.Cell
	known bool
}

// New returns a Replica that knows nothing.
func New(cfg Config) *Replica { return &Replica{cfg: cfg} }

// Hello returns the first message of a new connection: it asks for the seat held
// before, if there was one.
func (r *Replica) Hello(now time.Duration, g Guest) []byte {
	r.joined, r.asked, r.watcher = false, now, g.Spectate
	h := wire.Hello{
		Version: wire.Version, Name: g.Name, Spectate: g.Spectate, Device: g.Device, Loadout: g.Loadout, Password: g.Password,
		Resume: r.welcome.Resume,
	}
	if len(h.Resume) > 0 {
		h.Tick = r.tick
	} else {
		h.Ticket = g.Ticket
	}
	return wire.AppendHello(nil, h)
}

// GiveUp forgets the seat: the next Hello asks for a new one. Who is muted stays
// so.
func (r *Replica) GiveUp() {
	muted := r.board.talk.muted
	*r = Replica{cfg: r.cfg}
	r.board.talk.muted = muted
}

// Claim makes the next Hello ask for the seat that a token of an earlier program
// belongs to.
func (r *Replica) Claim(token []byte) { r.welcome.Resume, r.tick = token, 0 }

// Token returns what a later program needs to Claim the seat; none without one.
func (r *Replica) Token() []byte { return r.welcome.Resume }

// StartOver makes the next Hello ask for the same seat but for everything there is
// to know, for when the belief cannot be trusted.
func (r *Replica) StartOver() { r.tick = 0 }

// Joined reports whether the present connection has a seat.
func (r *Replica) Joined() bool { return r.joined }

// Seated reports whether there is a seat to come back to.
func (r *Replica) Seated() bool { return len(r.welcome.Resume) > 0 }

// Rejected returns why the server closed the door, if it said so, and forgets it.
func (r *Replica) Rejected() *wire.Reject {
	why := r.rejected
	r.rejected = nil
	return why
}

// Receive applies one message of the server at the moment it came.
func (r *Replica) Receive(now time.Duration, data []byte) error {
	f := &r.frame
	if err := r.decoder.Decode(data, f); err != nil {
		return fmt.Errorf("%w: %w", ErrFrame, err)
	}
	if scrub(f); f.Reject != nil {
		r.rejected = f.Reject
		return nil
	}
	if f.Welcome != nil {
		if err := r.enter(now, f.Welcome); err != nil {
			return err
		}
	}
	r.net.received(len(data), f)
	if !r.joined {
		return fmt.Errorf("%w: before Welcome", ErrFrame)
	}
	if err := r.believe(f); err != nil {
		return err
	}
	if err := r.takeThings(f); err != nil {
		return err
	}
	r.net.heard(now, &f.Own)
	r.clock.heard(now, r.tick, &f.Own)
	r.board.take(now, f, &r.welcome)
	r.reconcile(now)
	return nil
}

// takeThings applies what the frame tells of pick-ups and objectives, after
// showing what was done with them.
func (r *Replica) takeThings(f *wire.Frame) error {
	if r.board.match.Phase == sim.Live {
		r.things.advance(r.arena, r.passed)
	}
	if r.cfg.Crowd == nil {
		r.effect.deeds(r, f)
	}
	return r.things.take(f)
}

// believe brings the belief to the frame's tick.
func (r *Replica) believe(f *wire.Frame) error {
	for _, id := range f.Forget {
		if int(id) >= len(r.cells) {
			return fmt.Errorf("%w: cell %d", ErrFrame, id)
		}
		r.cells[id] = cell{}
	}
	before := r.tick
	sends, err := r.sends(f)
	if err != nil {
		return err
	}
	r.passed = 0
	if before != 0 {
		r.passed = min(int(r.tick-before), maxSends*r.interval)
	}
	r.effect.begin()
	r.proof.begin()
	r.effect.claims.doubt()
	if sends == 0 && len(f.Changes) > 0 {
		return fmt.Errorf("%w: changes of nothing", ErrFrame)
	}
	next := 0
	for back := sends - 1; back >= 0; back-- {
		if next, err = r.applySend(f, next, back); err != nil {
			return err
		}
	}
	return r.applyKeys(f, next)
}

// sends returns how many sends the frame covers and moves the belief's tick.
func (r *Replica) sends(f *wire.Frame) (int, error) {
	switch {
	case r.tick == 0 && f.Tick == 0:
		return 0, fmt.Errorf("%w: first frame without a tick", ErrFrame)
	case r.tick == 0 && r.countKnown() == 0: // the first of all may be of the very first tick
		r.tick = f.Tick
		return 0, nil
	case r.countKnown() == 0:
		r.tick = max(f.Tick, r.tick+sim.Tick(r.interval))
		return 0, nil
	case f.Tick == 0:
		r.tick += sim.Tick(r.interval)
		return 1, nil
	}
	gap := int(f.Tick - r.tick)
	if gap < 0 || gap%r.interval != 0 || gap/r.interval > maxSends {
		return 0, fmt.Errorf("%w: from tick %d to %d", ErrFrame, r.tick, f.Tick)
	}
	r.tick = f.Tick
	return gap / r.interval, nil
}

// countKnown returns how many cells the server tells of.
func (r *Replica) countKnown() (n int) {
	for i := range r.cells {
		if r.cells[i].known {
			n++
		}
	}
	return n
}

// applySend lets one send interval pass in every known cell, told or untold. next
// is the first chunk not used yet.
func (r *Replica) applySend(f *wire.Frame, next, back int) (int, error) {
	var was sim.Ship // the own one
	left, changes := r.countKnown(), f.Changes
	for id := range r.cells {
		c := &r.cells[id]
		if !c.known {
			continue
		}
		left--
		var data []byte
		if back == 0 {
			var ok bool
			if data, changes, ok = wire.NextChange(changes, left == 0); !ok {
				return next, fmt.Errorf("%w: changes end within cell %d", ErrFrame, id)
			}
		} else if next < len(f.Chunks) {
			if ch := &f.Chunks[next]; !ch.Key && ch.Back == back && int(ch.Cell) == id {
				data = ch.Data
				next++
			}
		}
		own := c.Find(r.welcome.ID)
		if own != nil {
			was = *own
		}
		if err := r.apply(belief.CellID(id), &c.Cell, back, r.interval, data); err != nil {
			return next, fmt.Errorf("%w: %w", ErrFrame, err)
		}
		if r.cfg.Crowd != nil {
			continue
		}
		r.effect.note(r, back)
		if own != nil {
			r.proof.follow(r, was, back)
		}
	}
	return next, nil
}

func (r *Replica) applyKeys(f *wire.Frame, next int) error {
	for ; next < len(f.Chunks); next++ {
		ch := &f.Chunks[next]
		if !ch.Key || int(ch.Cell) >= len(r.cells) {
			return fmt.Errorf("%w: chunk of cell %d out of order", ErrFrame, ch.Cell)
		}
		c := &r.cells[ch.Cell]
		c.Ships, c.Bolts, c.known = c.Ships[:0], c.Bolts[:0], true
		if err := r.apply(ch.Cell, &c.Cell, 0, 0, ch.Data); err != nil {
			return fmt.Errorf("%w: %w", ErrFrame, err)
		}
	}
	return nil
}

// own returns the own ship as believed, or nil.
func (r *Replica) own() *sim.Ship {
	for i := range r.cells {
		if s := r.cells[i].Find(r.welcome.ID); s != nil {
			return s
		}
	}
	return nil
}

// Belief lets f look at every known cell of the belief and its tick, for tests.
func (r *Replica) Belief(f func(id belief.CellID, c *belief.Cell)) sim.Tick {
	for i := range r.cells {
		if r.cells[i].known {
			f(belief.CellID(i), &r.cells[i].Cell)
		}
	}
	return r.tick
}

// View fills v with what this player knows, for who plays in its stead.
func (r *Replica) View(v *belief.View) {
	v.Tick, v.Arena, v.Match = r.tick, r.arena, r.board.match
	v.Mode, v.Team = r.welcome.Mode, r.board.team(r.welcome.ID)
	v.Items, v.Objectives = r.things.items, r.things.objectives
	v.Cells = v.Cells[:0]
	for i := range r.cells {
		if r.cells[i].known {
			v.Cells = append(v.Cells, &r.cells[i].Cell)
		}
	}
}

// Self returns the own seat; meaningful once Seated.
func (r *Replica) Self() sim.PlayerID { return r.welcome.ID }

// Ground returns the arena, nil before the first Welcome, and where the match
// stands.
func (r *Replica) Ground() (*sim.Arena, sim.Match) { return r.arena, r.board.match }
