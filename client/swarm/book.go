//go:build !js

package main

import (
	"time"

	"ionwake/client/link"
	"ionwake/client/replica"
)

// book adds up what a player goes through, once a second.
type book struct {
	due     time.Duration // of the next entry
	last    time.Duration // of the one before, in the measured time; 0: none
	seen    replica.NetView
	sent    int
	chances int // frames with a ship in this and in the one before
	turned  int // and of these, where the aim was another

	all      tally // since the player began
	measured tally // in the measured time
}

// tally is sums over time and players.
type tally struct {
	seconds                float64 // of play
	frames, skipped        int
	in, out                int // payload bytes
	sent                   int // messages
	judged, mispredictions int
	mismatches, late       int
	chances, turned        int
}

func (t *tally) add(o *tally) {
	t.seconds += o.seconds
	t.frames += o.frames
	t.skipped += o.skipped
	t.in += o.in
	t.out += o.out
	t.sent += o.sent
	t.judged += o.judged
	t.mispredictions += o.mispredictions
	t.mismatches += o.mismatches
	t.late += o.late
	t.chances += o.chances
	t.turned += o.turned
}

// count makes an entry. A replica that has lost its seat begins at zero again.
func (p *player) count(r *replica.Replica) {
	b, now := &p.book, p.swarm.now()
	b.due = now + time.Second
	if p.tap.heard > 0 && now-p.tap.heard > link.DefaultSilence && p.kind != stalled {
		p.tap.Close(link.CodeSilent, "the server has fallen silent")
		p.tap.heard = 0
	}
	v := r.Net(now)
	if v.FramesIn < b.seen.FramesIn {
		b.seen = replica.NetView{}
	}
	d := tally{
		frames: v.FramesIn - b.seen.FramesIn, skipped: v.FramesSkipped - b.seen.FramesSkipped,
		in: v.BytesIn - b.seen.BytesIn, out: v.BytesOut - b.seen.BytesOut, sent: p.tap.sent - b.sent,
		judged: v.Judged - b.seen.Judged, mispredictions: v.Mispredictions - b.seen.Mispredictions,
		mismatches: v.StateMismatches - b.seen.StateMismatches, late: v.Belated - b.seen.Belated,
	}
	b.seen, b.sent = v, p.tap.sent
	b.all.add(&d)
	if !p.swarm.measuring.Load() {
		b.last = 0
		return
	}
	if b.last > 0 {
		d.seconds = (now - b.last).Seconds()
		b.measured.add(&d)
		p.swarm.groups[p.kind].note(&d, &v)
	}
	b.last = now
}
