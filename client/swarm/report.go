//go:build !js

package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// report is what is told at the end. Its JSON form is what --report json prints: times
// in milliseconds, rates in what their names say.
type report struct {
	Server  []string      `json:"server"` // a socket for each room
	Players int           `json:"players"`
	Seconds float64       `json:"seconds"` // measured
	Groups  []groupReport `json:"groups"`
	Own     ownReport     `json:"own"`
	Commons commonsReport `json:"commons"`
	Noticed []string      `json:"noticed"` // what a player would have noticed; none: all is well
}

// groupReport is what became of the players of a kind.
type groupReport struct {
	Kind    string  `json:"kind"`
	Players int     `json:"players"`
	Joined  int     `json:"joined"`
	Failed  []cause `json:"failed"`
	Drops   []cause `json:"drops"` // connections that ended in the middle of play

	Join   spread `json:"join_ms"`   // from dialling to the first message with a seat
	RTT    spread `json:"rtt_ms"`    // smoothed, as the net graph shows it, once a second
	Jitter spread `json:"jitter_ms"` // its mean deviation, as well
	Gap    spread `json:"gap_ms"`    // between two messages of the server
	Behind spread `json:"behind_ms"` // the newest frame that anybody in the room has
	Away   spread `json:"away_ms"`   // of who came back: between the last message before and the first after
	In     spread `json:"in_kbit_s"` // payload of a client-second
	Out    spread `json:"out_kbit_s"`

	PlayerSeconds float64 `json:"player_seconds"` // measured; the means below are over these
	FramesPerS    float64 `json:"frames_per_s"`
	SentPerS      float64 `json:"sent_per_s"` // messages
	InBytesPerS   float64 `json:"in_bytes_per_s"`
	OutBytesPerS  float64 `json:"out_bytes_per_s"`
	Skipped       int     `json:"skipped"`     // sends that the server left out
	InputsLate    int     `json:"inputs_late"` // frames that told of one
	AimTurned     float64 `json:"aim_turned"`  // share of the sends

	// Over the whole time.
	Frames         int `json:"frames"`
	Mismatches     int `json:"hash_mismatches"` // frames whose hash of the own ship is not that of the belief
	Judged         int `json:"judged"`          // frames compared with what was foreseen
	Mispredictions int `json:"mispredictions"`  // of witnesses; the others do not count them

	Absences []absence `json:"absences,omitempty"` // of witnesses
}

// cause is why connections ended, and how many.
type cause struct {
	ending
	Count int `json:"count"`
}

// ownReport is what the swarm itself cost.
type ownReport struct {
	CPUSeconds   float64 `json:"cpu_s"`               // in the measured time
	CPUPerPlayer float64 `json:"cpu_us_per_player_s"` // microseconds for a player and second
	CPUPerFrame  float64 `json:"cpu_us_per_frame"`    // and for a frame that came, with all that goes the other way: what stays comparable when a machine is too busy for the whole rate
	Late         spread  `json:"late_ms"`             // how late a player's turn came: large means that this machine, not the server, is what is slow
}

// commonsReport is how much work the crowd shared.
type commonsReport struct {
	Worked uint64 `json:"worked"` // cells worked out
	Shared uint64 `json:"shared"` // and taken over
	Apart  uint64 `json:"apart"`  // that came out otherwise than for the first
}

// report sums everything up, after play.
func (s *swarm) report() *report {
	r := &report{Server: s.set.urls, Players: len(s.players), Seconds: (s.to - s.from).Seconds(), Noticed: []string{}}
	for k := range kind(kinds) {
		if list := s.of(k); len(list) > 0 {
			g := s.groupReport(k, list)
			r.Groups = append(r.Groups, g)
			r.Noticed = append(r.Noticed, g.noticed(k)...)
		}
	}
	seconds, frames := 0.0, 0.0
	for i := range r.Groups {
		g := &r.Groups[i]
		seconds += g.PlayerSeconds
		frames += g.PlayerSeconds * g.FramesPerS
	}
	used := s.cpu.Seconds()
	r.Own = ownReport{
		CPUSeconds: used, CPUPerPlayer: per(used*1e6, seconds), CPUPerFrame: per(used*1e6, frames), Late: s.late.spread(1000),
	}
	for _, room := range s.rooms {
		r.Commons.Worked += room.commons.worked
		r.Commons.Shared += room.commons.shared
		r.Commons.Apart += room.commons.apart
	}
	return r
}

func (s *swarm) groupReport(k kind, list []*player) groupReport {
	h := &s.groups[k]
	const milli, kbit = 1000, 1000.0 / 8
	g := groupReport{
		Kind: kindNames[k], Players: len(list), Failed: []cause{}, Drops: []cause{},
		Join: h.join.spread(milli), RTT: h.rtt.spread(milli), Jitter: h.jitter.spread(milli),
		Gap: h.gap.spread(milli), Behind: h.behind.spread(milli), Away: h.away.spread(milli), In: h.in.spread(kbit), Out: h.out.spread(kbit),
	}
	var all, measured tally
	for _, p := range list {
		if why, failed := p.failed(); failed {
			g.Failed = tell(g.Failed, why)
		} else {
			g.Joined++
		}
		g.Absences = append(g.Absences, p.absences...)
		for _, e := range p.tap.ends {
			if e.before {
				g.Drops = tell(g.Drops, e)
			}
		}
		all.add(&p.book.all)
		measured.add(&p.book.measured)
		measured.chances += p.book.chances
		measured.turned += p.book.turned
	}
	g.fill(&all, &measured)
	return g
}

func (g *groupReport) fill(all, measured *tally) {
	g.PlayerSeconds = measured.seconds
	g.FramesPerS = per(float64(measured.frames), measured.seconds)
	g.SentPerS = per(float64(measured.sent), measured.seconds)
	g.InBytesPerS = per(float64(measured.in), measured.seconds)
	g.OutBytesPerS = per(float64(measured.out), measured.seconds)
	g.Skipped, g.InputsLate = measured.skipped, measured.late
	g.AimTurned = per(float64(measured.turned), float64(measured.chances))
	g.Frames, g.Mismatches = all.frames, all.mismatches
	g.Judged, g.Mispredictions = all.judged, all.mispredictions
}

// noticed says what a player of this kind would have noticed. Those who stop reading
// are thrown out, as they have to be.
func (g *groupReport) noticed(k kind) (list []string) {
	add := func(n int, what string) {
		if n > 0 {
			list = append(list, fmt.Sprintf("%s: %d %s", g.Kind, n, what))
		}
	}
	add(g.Players-g.Joined, "did not get in")
	if k != stalled {
		add(total(g.Drops), "connections dropped")
	}
	add(g.Mismatches, "times a belief was not the truth")
	add(g.Mispredictions, "mispredictions")
	return list
}

func total(list []cause) (n int) {
	for _, c := range list {
		n += c.Count
	}
	return n
}

// tell counts an ending, the most frequent first.
func tell(list []cause, e ending) []cause {
	e.before = false
	i := slices.IndexFunc(list, func(c cause) bool { return c.ending == e })
	if i < 0 {
		return append(list, cause{e, 1})
	}
	list[i].Count++
	slices.SortStableFunc(list, func(a, b cause) int { return cmp.Compare(b.Count, a.Count) })
	return list
}

// per is a mean, 0 of nothing.
func per(sum, of float64) float64 {
	if of == 0 {
		return 0
	}
	return sum / of
}

// length is how long a report is about, for people.
func (r *report) length() time.Duration {
	return time.Duration(r.Seconds * float64(time.Second)).Round(100 * time.Millisecond)
}
