package room

import "ionwake/shared/sim"

// tempo is how often a room sends: every SendInterval ticks, and less often while its
// driver has too much to do.
type tempo struct {
	interval int       // ticks between two sends
	wanted   int       // from the newest send on
	newest   sim.Tick  // of the newest send
	first    sendIndex // that came after interval; those before it came after another

	tense, calm int // seconds of strain, and seconds in which a faster tempo would be none
}

// What a room does about strain. It slows down step by step and comes back later than it
// went, and only if that would not strain its driver again.
const (
	strained = 0.40 // of a tick's time: of a hundred ticks the worst then takes half
	relieved = 0.36 // likewise, at the tempo that comes next
	tenseFor = 3    // seconds
	calmFor  = 10   // seconds
	slowest  = 4    // ticks between two sends, unless they are more anyway
)

// due reports whether the tick just passed is one that sends.
func (t *tempo) due(now sim.Tick) bool { return now-t.newest >= sim.Tick(t.interval) }

// sent books the send of a tick and the tempo to the next one.
func (t *tempo) sent(now sim.Tick, send sendIndex) {
	t.newest = now
	if t.wanted != t.interval {
		t.interval, t.first = t.wanted, send+1
	}
}

// mixed reports whether the sends after last did not all come at this tempo. A client
// counts with one: who missed some of both starts anew.
func (t *tempo) mixed(last sendIndex) bool { return last+1 < t.first }

// Stagger puts off the next send by so many ticks, of which whole intervals do not count:
// the tick to come is 0. So not all rooms of a driver send in the same of its rounds.
func (r *Room) Stagger(ticks int) {
	t := &r.tempo
	ticks = (ticks%t.interval + t.interval) % t.interval
	t.newest = r.world.Tick + sim.Tick(1+ticks) - sim.Tick(t.interval)
}

// Strain tells the room, once a second and on the goroutine that ticks it, which part of
// a tick's time the rounds of its driver took, all rooms together: for the room has no
// clock. Above two fifths for long it sends less often, down to 15 times a second, until there
// is enough time again.
func (r *Room) Strain(share float64) {
	t := &r.tempo
	switch faster := share * float64(t.wanted) / float64(max(t.wanted-1, 1)); {
	case share > strained:
		t.tense, t.calm = t.tense+1, 0
	case faster < relieved && t.wanted > r.cfg.SendInterval:
		t.tense, t.calm = 0, t.calm+1
	default:
		t.tense, t.calm = 0, 0
	}
	switch {
	case t.tense >= tenseFor && t.wanted < slowest:
		t.wanted++
		r.cfg.Log.Warn("too much to do: sending less often", "room", r.cfg.Name,
			"rate", sim.TickRate/t.wanted, "busy", share, "remedy", "fewer players or rooms, or more cores")
	case t.calm >= calmFor:
		t.wanted--
		r.cfg.Log.Info("time again: sending more often", "room", r.cfg.Name, "rate", sim.TickRate/t.wanted, "busy", share)
	default:
		return
	}
	t.tense, t.calm = 0, 0
}
