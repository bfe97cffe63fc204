package room

import (
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// signalLog keeps the newest signals.
type signalLog struct {
	total uint32
	ring  [wire.MaxShouts]signal
}

type signal struct {
	wire.Signal
	at   sim.Tick
	ears ears
}

// signalFresh is how old a signal may be and still be told.
const signalFresh = 2 * sim.TickRate

// shout lets the ship of s show a signal to its side, or to everybody where there
// are no sides.
func (r *Room) shout(s *seat, kind uint8) {
	if !r.world.Alive(s.id) || !s.signals.pay(r.world.Tick, signalPace) {
		return
	}
	l := &r.signals
	*l.next() = signal{wire.Signal{Who: s.id, Kind: kind}, r.world.Tick, r.mates(s)}
}

func (l *signalLog) next() *signal {
	l.total++
	return &l.ring[(l.total-1)%uint32(len(l.ring))]
}

// composeSignals adds the signals that the seat has not seen, unless they are old.
func (r *Room) composeSignals(s *seat) {
	l := &r.signals
	for i := max(s.signalled, l.total-min(l.total, uint32(len(l.ring)))); i != l.total; i++ {
		if g := &l.ring[i%uint32(len(l.ring))]; g.ears.has(s.id) && r.world.Tick-g.at <= signalFresh {
			r.frame.Signals = append(r.frame.Signals, g.Signal)
		}
	}
}
