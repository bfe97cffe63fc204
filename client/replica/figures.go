package replica

import (
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// figures measure the line.
type figures struct {
	view   NetView
	rtt    time.Duration // smoothed
	jitter time.Duration // mean deviation, as RFC 3550 section 6.4.1
	echo   uint32
	asked  time.Duration
	waits  bool          // for the answer
	due    time.Duration // when to ask again
}

const (
	askEvery   = 500 * time.Millisecond
	answerTime = 10 * time.Second // after which an answer is no longer waited for
)

// ask marks an input as one to be echoed, now and then.
func (n *figures) ask(now time.Duration, in *wire.Input) {
	if now < n.due || n.waits && now-n.asked < answerTime {
		return
	}
	n.echo++
	n.waits = true
	n.asked, n.due = now, now+askEvery
	in.Echo = n.echo
	in.Ping = uint16(min(n.rtt.Milliseconds(), 0xffff))
}

func (n *figures) received(size int, f *wire.Frame) {
	n.view.BytesIn += size
	n.view.FramesIn++
	n.view.FramesSkipped += f.Own.Skipped
}

func (n *figures) sent(size int) { n.view.BytesOut += size }

// heard takes an echo. The time the server held it is not the line's.
func (n *figures) heard(now time.Duration, own *wire.Own) {
	if own.HasEarly && own.Early < 0 {
		n.view.Belated++
	}
	if own.Echo == 0 || own.Echo != n.echo {
		return
	}
	n.waits = false
	held := time.Duration(own.EchoHeld) * 100 * time.Microsecond
	sample := max(now-n.asked-held, 0)
	if n.rtt == 0 {
		n.rtt = sample
		return
	}
	n.jitter += ((sample - n.rtt).Abs() - n.jitter) / 16
	n.rtt += (sample - n.rtt) / 8
}

// Net returns the figures of the line.
func (r *Replica) Net(now time.Duration) NetView {
	v := r.net.view
	v.RTT, v.Jitter = r.net.rtt, r.net.jitter
	v.Lead = r.clock.lead(now, r.tick)
	v.Margin = r.clock.margin()
	if r.interval > 0 {
		v.SendRate = sim.TickRate / r.interval
	}
	for i := range r.cells {
		v.Entities += len(r.cells[i].Ships) + len(r.cells[i].Bolts)
	}
	v.Players, v.Bots = r.board.people()
	return v
}
