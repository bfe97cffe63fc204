package room

import (
	"errors"
	"fmt"
	"io"

	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

// onlookerSeat is where whoever watches a playback sits: whom the record has sits where
// it says.
const onlookerSeat = sim.MaxPlayers - 1

// playback is what makes a room play a record instead of a match.
type playback struct {
	player *replay.Player
	over   error // why it does not go on; nil: it does
}

// Play returns a room that plays a record from where the player is. People come to watch
// alone: the seats are those of the record. cfg needs nothing; what the record says
// counts. The Player is the room's from then on.
func Play(cfg Config, head *replay.Head, player *replay.Player) *Room {
	rules := head.Rules
	cfg.Arena, cfg.Mode, cfg.Rules, cfg.Rotation = head.Arena, head.Mode, &rules, nil
	cfg.Name, cfg.Server, cfg.Bots, cfg.Recorder, cfg.Ended = head.Room, head.Server, 0, nil, nil
	r := New(cfg)
	r.playback = &playback{player: player}
	r.world = player.World()
	r.lay()
	for len(r.seats) <= onlookerSeat {
		r.seats, r.inputs = append(r.seats, nil), append(r.inputs, sim.Input{})
	}
	r.cast()
	return r
}

// Ended says why a playback does not go on: io.EOF at the end of the record, or what is
// wrong with it; nil: it does.
func (r *Room) Ended() error { return r.playback.over }

// playOn lets one tick of a record pass. At its end the World stands still.
func (r *Room) playOn() {
	p := r.playback
	if p.over == nil {
		p.over = p.player.Step()
	}
	if p.over != nil {
		if !errors.Is(p.over, io.EOF) {
			p.over = fmt.Errorf("play on: %w", p.over)
		}
		return
	}
	r.cast()
	r.seeIn()
	copy(r.inputs, p.player.Held())
	r.keepSpan()
	r.keepEvents()
	if r.tempo.due(r.world.Tick) {
		r.send(r.encode())
		r.tempo.sent(r.world.Tick, r.history.newest)
	} else {
		r.sendLater()
	}
	r.count()
}

// seeIn lets those in and out who watch.
func (r *Room) seeIn() {
	if s := r.seats[onlookerSeat]; s != nil && s.part == (replay.Person{}) {
		r.seeOff(s)
	}
	for range len(r.doors) {
		r.admit(<-r.doors)
	}
}

// cast gives the seats to those who have them in the record now.
func (r *Room) cast() {
	for id := range r.world.Players {
		who := r.playback.player.Person(sim.PlayerID(id))
		if r.world.Players[id].Status == sim.Absent {
			who = replay.Person{}
		}
		s := r.seats[id]
		switch {
		case s != nil && s.part == who, s == nil && who == replay.Person{}, s != nil && s.spectator:
			continue
		case s != nil:
			r.seats[id] = nil
			r.uncall(s)
			r.roster.leave(s.id, r.nextSend())
		}
		if who != (replay.Person{}) {
			s = r.seat(id)
			s.part = who
			s.who.tag = who.Tag
			r.call(s, CleanName(who.Name))
		}
	}
}
