package replica

import (
	"slices"
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// clock says which tick the player acts in: as far ahead of the server as needed
// for an input to arrive before its tick, and no farther. The server reports how
// early inputs come; the clock runs a little faster or slower to keep nearly all of
// them in time, and jumps only over a gap.
type clock struct {
	running bool
	offset  float64 // ticks: the present tick is offset + 60 * seconds
	at      time.Duration
	goal    float64
	rtt     time.Duration        // best estimate of the round trip
	deaf    time.Duration        // reports up to here tell of our own hiccup, not of the line
	samples [sampleCount]float64 // early - offset, for the newest reports
	sorted  [sampleCount]float64
	taken   int
	late    float64 // ticks from the beginning of a tick to the Step that latches it, the least of late
}

// How early is a trade, chosen by the figures of client/lab: each tick by which inputs
// come too early is a tick by which everybody else is drawn too far ahead of what is
// known of them. At 100 ms and 20 ms jitter 2 inputs in 10,000 come too late; to want a
// whole tick, and not to heed Steps (see latched), would spare those, and draw others
// 30 ms farther ahead and, in one case of a hundred, 4 units farther off.
const (
	sampleCount = 64   // about two seconds of reports
	wantEarly   = 0.15 // ticks that the late ones among the inputs should come early
	outliers    = 1    // so many of the newest reports may be later
	tailWorth   = 2.0  // ticks: nothing is done for inputs that come so much later than the usual ones
	newsCount   = 10   // if so many in a row come later than was usual, that is usual now
	lateRise    = 0.02 // ticks a latched tick by which the least lateness forgets
	jumpAhead   = 8    // ticks: a gap wider than this is jumped
	wideGap     = 20   // ticks: so much too early is left faster
	maxFaster   = 4.0  // ticks a second
	maxSlower   = 1.5
	maxMuchSlow = 10.0
	longestTrip = time.Second            // that a Welcome is taken to have been under way
	hiccup      = 250 * time.Millisecond // without a Step: a busy machine, a hidden tab
)

func seconds(d time.Duration) float64 { return d.Seconds() }

// start sets the clock anew; rtt is the time from Hello to Welcome, with that for a
// map that had to be fetched, which is not the line's.
func (c *clock) start(rtt time.Duration) {
	*c = clock{goal: seconds(rtt)*sim.TickRate + 2, rtt: min(rtt, longestTrip)}
}

// heard takes the report of a frame that brought the belief to tick.
func (c *clock) heard(now time.Duration, tick sim.Tick, own *wire.Own) {
	if !c.running {
		c.running, c.at = true, now
		c.offset = float64(tick) + c.goal - seconds(now)*sim.TickRate
		c.goal = c.offset
		return
	}
	if !own.HasEarly || now < c.deaf {
		return
	}
	c.samples[c.taken%sampleCount] = float64(own.Early) + c.late - c.offset
	c.taken++
	most := float64(tick) + wire.MaxAhead - seconds(now)*sim.TickRate // no server takes inputs from farther ahead
	c.goal = min(wantEarly-c.latest(), most)
	if c.taken >= 4 && c.goal-c.offset > jumpAhead {
		// Reports of inputs from before the jump are still under way: they are not
		// listened to, or each would ask for the jump once more. How long they are
		// depends on the round trip, which is longer than known by what the inputs came
		// late, on either way.
		late := time.Duration((c.goal - c.offset) / sim.TickRate * float64(time.Second))
		c.deaf = now + c.rtt + 2*late + hiccup/2
		c.offset = c.goal
	}
}

// latched is told how long a tick, in ticks, had lasted when the Step came that latched
// it. An input leaves with a Step, not with the beginning of its tick: as long as no
// Step lies between, the clock may be as much slower for nothing. On a screen of 60 Hz
// ticks come to begin just before they are drawn. The least of late counts: with Steps
// that come unevenly there is nothing to gain.
func (c *clock) latched(late float64) { c.late = min(late, c.late+lateRise) }

// resume is told of each Step. After a hiccup of our own the inputs of a whole while
// went out at once, and the server's word that they were late says nothing of the
// line: it is not listened to until it has come and gone.
func (c *clock) resume(now, rtt time.Duration) {
	c.rtt = max(c.rtt, rtt)
	if c.running && now-c.at > hiccup {
		c.deaf = now + rtt + hiccup/2
	}
}

// latest returns how early the late ones among the reported inputs come, for an
// offset of zero; those that a lost packet held up may come later still.
func (c *clock) latest() float64 {
	n := min(c.taken, sampleCount)
	sorted := c.sorted[:n]
	copy(sorted, c.samples[:n])
	slices.Sort(sorted)
	usual := min(sorted[n/2], c.best(newsCount))
	return max(sorted[min(outliers, n-1)], usual-tailWorth)
}

// best returns the earliest of the newest n reports, or of as many as there are.
func (c *clock) best(n int) float64 {
	n = min(n, c.taken)
	best := c.samples[(c.taken-1)%sampleCount]
	for i := 2; i <= n; i++ {
		best = max(best, c.samples[(c.taken-i)%sampleCount])
	}
	return best
}

// now returns the present tick with its fraction, moving the offset towards its
// goal.
func (c *clock) now(now time.Duration) float64 {
	dt := max(min(seconds(now-c.at), 0.25), 0)
	c.at = now
	slower := maxSlower
	if c.offset-c.goal > wideGap {
		slower = maxMuchSlow
	}
	c.offset += min(max(c.goal-c.offset, -slower*dt), maxFaster*dt)
	return c.offset + seconds(now)*sim.TickRate
}

// lead returns how many ticks the clock is ahead of a tick.
func (c *clock) lead(now time.Duration, tick sim.Tick) float64 {
	return c.offset + seconds(now)*sim.TickRate - float64(tick)
}

// margin returns how early nearly all inputs come.
func (c *clock) margin() float64 {
	if c.taken == 0 {
		return 0
	}
	return c.latest() + c.offset
}
