//go:build linux && (amd64 || arm64)

package main

import (
	"slices"
	"time"
)

// pace waits for moments at equal distances, as the server's drivers do: at absolute times, so that lateness does not add up.
type pace struct {
	every time.Duration
	due   time.Time
	late  []time.Duration // of the last keptLate rounds, in a ring
	round int
}

const keptLate = 4096

func newPace(every time.Duration) *pace {
	return &pace{every: every, due: time.Now(), late: make([]time.Duration, 0, keptLate)}
}

func (p *pace) wait() {
	p.due = p.due.Add(p.every)
	now := time.Now()
	if ahead := p.due.Sub(now); ahead > 0 {
		time.Sleep(ahead)
		now = time.Now()
	} else if -ahead > 3*p.every {
		p.due = now
	}
	late := now.Sub(p.due)
	if len(p.late) < keptLate {
		p.late = append(p.late, late)
	} else {
		p.late[p.round%keptLate] = late
	}
	p.round++
}

// lateness returns a quantile of how late rounds began, in milliseconds.
func (p *pace) lateness(quantile float64) float64 {
	if len(p.late) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(p.late))
	return float64(sorted[int(quantile*float64(len(sorted)-1))]) / float64(time.Millisecond)
}
