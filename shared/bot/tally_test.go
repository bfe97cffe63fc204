package bot_test

import (
	"fmt"
	"slices"
	"strings"

	"ionwake/shared/sim"
)

// tally watches a match for what its tuning and its pilots are judged by.
type tally struct {
	seats []seatTally
	hulls [4]struct{ kills, deaths, seats int }
	with  map[string]int // kills by weapon

	kills, shots, hits int
	lives              sim.Tick // ticks, summed over deaths
	duels              sim.Tick // ticks from the first hit of an exchange to the kill, summed
	flown              int      // ticks of ships
	travel             int64    // Units
	leads              int      // changes of who leads
	leader             int
	taken, dropped     int // cores
	captures           [sim.Teams]int
	returned, items    int
	drafts, safe       int // ticks
	held               int // ticks of a beacon that a side holds
	pushes             int // ticks of ships that thrust for a second and get nowhere
	stuck              []string
}

type seatTally struct {
	ship    sim.Ship // as it was a tick ago
	alive   bool
	born    sim.Tick
	engaged sim.Tick // when the present exchange began
	hurt    sim.Tick // the last hit taken
	second  sim.Vec  // where it was when it last moved or let the keys go
	thrust  sim.Tick // since when it has thrust there
	post    sim.Vec  // where it was when it last moved or fought
	since   sim.Tick
}

func newTally(m *match) *tally {
	y := &tally{seats: make([]seatTally, len(m.pilots)), with: map[string]int{}, leader: -1}
	for id := range y.seats {
		y.hulls[m.world.Players[id].Next.Hull].seats++
	}
	return y
}

const (
	pause   = 150               // without a hit ends an exchange
	sitting = 10 * sim.TickRate // a ship that neither moves nor fights for longer is stuck
)

func (y *tally) look(w *sim.World) {
	for id := range y.seats {
		y.ship(w, id)
	}
	for _, e := range w.Events {
		y.event(w, e)
	}
	for _, o := range w.Objectives {
		if o.Kind == sim.Beacon && o.State == sim.Held {
			y.held++
		}
	}
	if leader := first(w); leader >= 0 && leader != y.leader {
		if y.leader >= 0 {
			y.leads++
		}
		y.leader = leader
	}
}

func (y *tally) ship(w *sim.World, id int) {
	t, s := &y.seats[id], w.Ship(sim.PlayerID(id))
	if s == nil {
		t.alive = false
		return
	}
	if !t.alive {
		*t = seatTally{ship: *s, alive: true, born: w.Tick, post: s.Pos, since: w.Tick, second: s.Pos, thrust: w.Tick}
	}
	shots := s.NextSeq - t.ship.NextSeq
	y.shots += int(shots)
	fought := shots > 0
	if t.ship.Energy-s.Energy > 600 && shots == 0 && s.DashIn != sim.DashReload {
		fought = true
		y.hit(t, w.Tick)
	}
	if fought || s.Pos.Sub(t.post).Len() > 64*sim.One {
		t.post, t.since = s.Pos, w.Tick
	}
	if w.Tick-t.since > sitting {
		y.stuck = append(y.stuck, fmt.Sprintf("seat %d, a %s, sits at (%d, %d) since tick %d", id, sim.Hulls[s.Hull].Name, s.Pos.X/sim.One, s.Pos.Y/sim.One, t.since))
		t.since = w.Tick
	}
	if !s.Held.Buttons.Thrusting() || s.Pos.Sub(t.second).Len() > 16*sim.One {
		t.second, t.thrust = s.Pos, w.Tick
	}
	if w.Tick-t.thrust > sim.TickRate {
		y.pushes++
	}
	y.flown++
	y.travel += int64(s.Vel.Len())
	if s.Drafts {
		y.drafts++
	}
	if w.Arena.SafeAt(s.Pos) {
		y.safe++
	}
	t.ship = *s
}

func (y *tally) event(w *sim.World, e sim.Event) {
	switch e.Kind {
	case sim.Killed:
		t := &y.seats[e.Who]
		y.hit(t, w.Tick)
		y.kills++
		y.lives += w.Tick - t.born
		y.duels += w.Tick - t.engaged
		y.with[sim.Shots[e.With].Name]++
		y.hulls[w.Ships[e.Who].Hull].deaths++
		y.hulls[w.Ships[e.By].Hull].kills++
	case sim.ItemTaken:
		y.items++
	case sim.CoreTaken:
		y.taken++
	case sim.CoreDropped:
		y.dropped++
	case sim.CoreReturned:
		y.returned++
	case sim.CoreCaptured:
		y.captures[e.Team.Other()-1]++
	}
}

func (y *tally) hit(t *seatTally, now sim.Tick) {
	y.hits++
	if now-t.hurt > pause {
		t.engaged = now
	}
	t.hurt = now
}

// first returns who leads a live match, a seat or a side, or -1 where nobody does
// alone.
func first(w *sim.World) int {
	if w.Match.Phase != sim.Live {
		return -1
	}
	var scores []int16
	if w.Mode().Teams() > 0 {
		scores = w.Match.Scores[:]
	} else {
		for _, p := range w.Players {
			scores = append(scores, p.Score)
		}
	}
	best := slices.Max(scores)
	at := slices.Index(scores, best)
	if slices.Contains(scores[at+1:], best) {
		return -1
	}
	return at
}

func (y *tally) minutes() float64 { return float64(y.flown) / sim.TickRate / 60 }

// rate is kills per ship and minute in the air.
func (y *tally) rate() float64 { return float64(y.kills) / y.minutes() }

func (y *tally) life() float64 { return float64(y.lives) / sim.TickRate / float64(max(y.kills, 1)) }
func (y *tally) duel() float64 { return float64(y.duels) / sim.TickRate / float64(max(y.kills, 1)) }

// ratio is the kills of a hull by its deaths.
func (y *tally) ratio(h int) float64 {
	return float64(y.hulls[h].kills) / float64(max(y.hulls[h].deaths, 1))
}

func (y *tally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%.1f kills/min each, life %.1f s, duel %.1f s, %.1f shots/s, %.0f %% hit, speed %.1f, drafts %.0f %%, safe %.0f %%, %d leads, %d items",
		y.rate(), y.life(), y.duel(), float64(y.shots)/float64(y.flown)*sim.TickRate, 100*float64(y.hits)/float64(max(y.shots, 1)),
		float64(y.travel)/float64(y.flown)/float64(sim.One), 100*float64(y.drafts)/float64(y.flown), 100*float64(y.safe)/float64(y.flown), y.leads, y.items)
	fmt.Fprintf(&b, "; cores taken %d dropped %d returned %d captured %v; held %d s;", y.taken, y.dropped, y.returned, y.captures, y.held/sim.TickRate)
	for h := range y.hulls {
		if y.hulls[h].seats > 0 {
			fmt.Fprintf(&b, " %s %.2f", sim.Hulls[h].Name, y.ratio(h))
		}
	}
	fmt.Fprintf(&b, " %v stuck %d", y.with, len(y.stuck))
	return b.String()
}
