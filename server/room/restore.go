package room

import (
	"errors"
	"fmt"

	"ionwake/shared/sim"
)

// waitFor is for how many Ticks a restored room stands still at most, until those come
// back who were there: 1.5 s. Nobody is shot while on the way.
const waitFor = sim.TickRate * 3 / 2

// Why a Snapshot cannot be gone on from.
var (
	// ErrOtherGround: what was played is not in the rotation any more, or has changed.
	ErrOtherGround = errors.New("what was played is not in the rotation any more")
	errSeats       = errors.New("bad seats")
)

// Restore returns a room of cfg that goes on from s, of which it keeps nothing. Seats,
// ships, scores and the match are as they were; bots think anew. Those who were
// connected are away until they show their tokens, and until they do, for a second and a
// half, the room stands still. The match is played to its end on the ground it is on, if
// that is in the rotation of cfg.
func Restore(cfg Config, s *Snapshot) (*Room, error) {
	r := New(cfg)
	at := r.find(s)
	if at < 0 {
		return nil, fmt.Errorf("%w: %s on %s", ErrOtherGround, s.Mode, s.Arena)
	}
	g := r.rotation[at]
	world, err := sim.Restore(g.Arena, g.Mode, *g.Rules, &s.World)
	if err != nil {
		return nil, fmt.Errorf("restore the match: %w", err)
	}
	r.world, r.at, r.next = world, at, (at+1)%len(r.rotation)
	for i, o := range r.rotation {
		if o.Arena.Name == s.NextArena && o.Mode.Name() == s.NextMode {
			r.next = i
			break
		}
	}
	r.lay()
	if err := r.reseat(s.Seats); err != nil {
		return nil, fmt.Errorf("restore the seats: %w", err)
	}
	r.recall(s)
	r.reopenBook(&s.Book)
	r.count()
	return r, nil
}

// find returns the place in the rotation of what s was taken on, -1 if there is none.
func (r *Room) find(s *Snapshot) int {
	for i, g := range r.rotation {
		if g.Arena.Name == s.Arena && g.Arena.Hash == s.ArenaHash && g.Mode.Name() == s.Mode && *g.Rules == s.Rules {
			return i
		}
	}
	return -1
}

// reseat gives everybody their seats. Each ship has somebody in its seat, and nobody
// else has one.
func (r *Room) reseat(list []SavedSeat) error {
	manned := 0
	for i := range list {
		o := &list[i]
		if int(o.ID) >= sim.MaxPlayers || i > 0 && list[i-1].ID >= o.ID {
			return fmt.Errorf("%w: number %d", errSeats, o.ID)
		}
		if o.Name == "" || CleanName(o.Name) != o.Name || o.Bot && o.Spectator {
			return fmt.Errorf("%w: %d as %q", errSeats, o.ID, o.Name)
		}
		if playing := int(o.ID) < len(r.world.Players) && r.world.Players[o.ID].Status != sim.Absent; playing == o.Spectator {
			return fmt.Errorf("%w: %d with the ship of another", errSeats, o.ID)
		}
		if !o.Spectator {
			manned++
		}
		r.sit(o)
	}
	for id := range r.world.Players {
		if r.world.Players[id].Status != sim.Absent {
			manned--
		}
	}
	if manned != 0 {
		return fmt.Errorf("%w: %d ships with nobody in them", errSeats, -manned)
	}
	return nil
}

func (r *Room) sit(o *SavedSeat) {
	for int(o.ID) >= len(r.seats) {
		r.seats = append(r.seats, nil)
		r.inputs = append(r.inputs, sim.Input{})
	}
	s := r.seat(int(o.ID))
	s.spectator, s.who, s.joined = o.Spectator, o.Who.person(), o.Joined
	s.chatty, s.muted = debt(o.Chatty), debt(o.MutedTo)
	s.asked = o.Name
	r.call(s, o.Name)
	if !o.Spectator {
		s.held = r.world.Ships[o.ID].Held
	}
	if o.Bot {
		s.pilot = r.newPilot(s.id)
		return
	}
	s.token, s.shown, s.unproven = o.Token, o.Shown, o.Unproven
	s.away, s.awaySince, s.steered = true, o.AwaySince, true
	if o.Here {
		s.awaySince = r.world.Tick
		r.pause.missing++
	}
	r.pause.left = waitFor
}

// recall takes over what the room remembers of people.
func (r *Room) recall(s *Snapshot) {
	r.uneven = s.Uneven
	for _, b := range s.Bans[max(len(s.Bans)-maxBans, 0):] {
		r.bans = append(r.bans, ban{b.Who.person(), b.Until})
	}
	for _, h := range s.Hushed[max(len(s.Hushed)-maxHushed, 0):] {
		r.hushed = append(r.hushed, hush{h.Who.person(), debt(h.Chatty), debt(h.MutedTo)})
	}
	for _, v := range s.Votes[max(len(s.Votes)-maxPastVote, 0):] {
		r.poll.past = append(r.poll.past, pastVote{v.Called, v.Who.person(), v.Arena, v.At})
	}
}

// pause is a restored room's wait for its people.
type pause struct {
	missing int // who were connected
	left    int // Ticks
}

// awaits reports whether s is one of those whom the room stands still for.
func (r *Room) awaits(s *seat) bool {
	return r.pause.left > 0 && s.away && s.awaySince == r.world.Tick
}

// paused reports whether the room still stands still. Those who have come wait at the
// door: their tokens are good until they are seated.
func (r *Room) paused() bool {
	p := &r.pause
	if p.left == 0 {
		return false
	}
	if p.left--; len(r.doors) >= min(p.missing, doorQueue/2) { // before the door is full
		p.left = 0
	}
	if p.left == 0 {
		return false
	}
	r.obey()
	return true
}
