package view

import (
	"math"
	"time"
)

// What WCAG 2.3.1 calls a general flash: a pair of opposing changes of relative
// luminance by a tenth or more, in concurrently changing areas that fill a quarter
// of any 10 degrees of the visual field: of a window of 341 x 256 pixels somewhere
// in a picture of 1024 x 768. More than three in any second are too many.
const (
	flashesPerSecond = 3
	flashesGranted   = 2            // of them: one is left for what nobody grants, a crowd that moves
	fieldWidth       = 341.0 / 1024 // of the picture's sides
	fieldHeight      = 256.0 / 768
	fieldShare       = 0.25
	leastFlash       = 0.1 // light that is less of a change is none
	concurrent       = 200 * time.Millisecond
	gateMargin       = 0.5   // of the area that counts: halos and bloom reach further than discs
	discShare        = 0.6   // of a disc is bright: its rim is soft
	faintShare       = 0.25  // of its area, so much does an effect count that was refused: its lines are still drawn
	rushSpeed        = 450.0 // units per second: the picture rushes by
	rushRest         = 600 * time.Millisecond
)

// flashGate is asked before anything large lights up. It is the only place that
// decides: an effect that is refused shows itself without the flash. Small lights
// that come together count as one large one.
type flashGate struct {
	limit  flashLimit
	width  float64 // of what is seen, in units
	height float64
	recent [32]lit // small lights of the last moments
	next   int
	times  [flashesGranted]time.Duration // of the last large ones
	used   int
	newest int
	rest   time.Duration // no large one begins before this
}

// lit is a light that was let through.
type lit struct {
	at   time.Duration
	x, y float64
	area float64 // square units
}

// ask returns how much of its light, 0 to 1, a disc of the given radius around
// (x, y) may shed that lights up at now.
func (f *flashGate) ask(now time.Duration, x, y, radius float64, light float32) float32 {
	if light < leastFlash {
		return 1
	}
	if f.limit == flashNone {
		return 0
	}
	area := math.Pi * radius * radius * discShare
	sum := area
	for i := range f.recent {
		l := &f.recent[i]
		if l.area > 0 && now-l.at < concurrent && math.Abs(l.x-x) < f.width*fieldWidth && math.Abs(l.y-y) < f.height*fieldHeight {
			sum += l.area
		}
	}
	k := f.strength()
	if sum >= f.least()*gateMargin && !f.take(now) {
		k, area = 0, area*faintShare
	}
	f.recent[f.next] = lit{now, x, y, area}
	f.next = (f.next + 1) % len(f.recent)
	return k
}

// askAll is ask for what lights up the whole screen or its rim.
func (f *flashGate) askAll(now time.Duration) float32 {
	if f.limit == flashNone || !f.take(now) {
		return 0
	}
	return f.strength()
}

// pause lets no large flash begin for a while: the picture itself rushes by, and its
// bright edges with it.
func (f *flashGate) pause(now time.Duration) { f.rest = now + rushRest }

// least is the area, in square units, from which on a flash is a large one.
func (f *flashGate) least() float64 {
	return f.width * fieldWidth * f.height * fieldHeight * fieldShare
}

// strength is how bright what is let through may be.
func (f *flashGate) strength() float32 {
	if f.limit == flashLess {
		return 0.5
	}
	return 1
}

// take reports whether one more large flash may begin at now, and counts it if so.
func (f *flashGate) take(now time.Duration) bool {
	most := flashesGranted
	if f.limit == flashLess {
		most = 1
	}
	if now < f.rest {
		return false
	}
	// The one that must be a second old, counted from the newest back.
	if f.used >= most && now-f.times[(f.newest-most+1+flashesGranted)%flashesGranted] < time.Second {
		return false
	}
	f.newest = (f.newest + 1) % flashesGranted
	f.times[f.newest] = now
	f.used = min(f.used+1, flashesGranted)
	return true
}
