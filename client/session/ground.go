package session

import (
	"errors"

	"ionwake/client/depot"
	"ionwake/client/link"
	"ionwake/client/replica"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// ground is the message that waits for its map. What comes after it stays in the
// link's queue, which holds far more than a map may take.
type ground struct {
	waits   bool
	held    []byte
	trouble error // why there is no map
}

// arena finds the ground of a Welcome.
func (s *Session) arena(w *wire.Welcome) (*sim.Arena, error) {
	a, err := s.cfg.Depot.Find(depot.Want{URL: s.place.URL, Name: w.Arena, Hash: w.ArenaHash, Size: w.ArenaSize})
	if errors.Is(err, depot.ErrComing) {
		return nil, replica.ErrComing
	}
	s.ground.trouble = err
	return a, err
}

// wait keeps a message until the map it needs is there.
func (s *Session) wait(data []byte) {
	if !s.ground.waits {
		s.ground.held = append(s.ground.held[:0], data...)
	}
	s.ground.waits = true
	s.stage, s.words, s.code = Joining, "", 0
}

// turnBack gives up a room whose ground cannot be had.
func (s *Session) turnBack() {
	words := "The server plays on a map that is not the one it names."
	if err := s.ground.trouble; err != nil {
		words = capital(err.Error()) + "."
	}
	s.leave()
	s.stage, s.words, s.again, s.until = Refused, words, true, 0
	s.code = link.CodeMap
}
