package view

import (
	"flag"
	"image"
	"math"
	"testing"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// flashMeter counts general flashes as WCAG 2.3.1 defines them, in pictures made of
// meterColumns x meterRows cells: relative luminance rises by a tenth or more from
// below 0.8, in concurrent areas of a quarter of a window of 341 x 256 of 1024 x
// 768 pixels anywhere. It counts rises: each flash has one and its fall.
type flashMeter struct {
	low   [meterColumns * meterRows]float64 // least light since the last fall
	high  [meterColumns * meterRows]float64 // most since the last rise
	up    [meterColumns * meterRows]bool
	rose  [meterColumns * meterRows]time.Duration // when, for those that were not counted yet
	begun bool
	rises []time.Duration
}

const (
	meterColumns, meterRows = 64, 48
	meterWide               = meterColumns * 341 / 1024
	meterTall               = meterRows * 256 / 768
	meterHold               = 100 * time.Millisecond // changes so near to each other are concurrent
	leastChange             = 0.1
	brightEnough            = 0.8 // changes above are not flashes
)

// see takes the picture at now.
func (m *flashMeter) see(now time.Duration, light *[meterColumns * meterRows]float64) {
	for i, v := range light {
		if !m.begun {
			m.low[i], m.high[i] = v, v
		}
		m.low[i], m.high[i] = min(m.low[i], v), max(m.high[i], v)
		switch {
		case !m.up[i] && v-m.low[i] >= leastChange && m.low[i] < brightEnough:
			m.up[i], m.high[i], m.rose[i] = true, v, now
		case m.up[i] && m.high[i]-v >= leastChange:
			m.up[i], m.low[i] = false, v
		}
		if m.rose[i] != 0 && now-m.rose[i] > meterHold {
			m.rose[i] = 0
		}
	}
	m.begun = true
	if m.fullest() >= meterWide*meterTall/4 {
		m.rises = append(m.rises, now)
		clear(m.rose[:])
	}
}

// fullest returns the most cells that have just risen in any window.
func (m *flashMeter) fullest() int {
	var sums [meterRows + 1][meterColumns + 1]int
	for y := range meterRows {
		for x := range meterColumns {
			n := 0
			if m.rose[y*meterColumns+x] != 0 {
				n = 1
			}
			sums[y+1][x+1] = n + sums[y][x+1] + sums[y+1][x] - sums[y][x]
		}
	}
	best := 0
	for y := range meterRows - meterTall + 1 {
		for x := range meterColumns - meterWide + 1 {
			best = max(best, sums[y+meterTall][x+meterWide]-sums[y][x+meterWide]-sums[y+meterTall][x]+sums[y][x])
		}
	}
	return best
}

// cellsOf is a picture as the meter sees it.
func cellsOf(img *image.RGBA) *[meterColumns * meterRows]float64 {
	var cells [meterColumns * meterRows]float64
	w, h := img.Rect.Dx()/meterColumns, img.Rect.Dy()/meterRows
	for i := range cells {
		x0, y0 := i%meterColumns*w, i/meterColumns*h
		for y := y0; y < y0+h; y++ {
			for x := x0; x < x0+w; x++ {
				p := img.Pix[img.PixOffset(x, y):]
				cells[i] += 0.2126*linearByte[p[0]] + 0.7152*linearByte[p[1]] + 0.0722*linearByte[p[2]]
			}
		}
		cells[i] /= float64(w * h)
	}
	return &cells
}

var linearByte = func() (t [256]float64) {
	for i := range t {
		t[i] = linear(float32(i) / 255)
	}
	return t
}()

// lightsOf is the light that everything that flares up sheds, added up without a
// screen: what is kept as bursts and rays, and the rim. Nothing else lights up.
func lightsOf(st *stage) *[meterColumns * meterRows]float64 {
	var sum [meterColumns * meterRows][3]float64
	hw, hh := st.camera.half()
	side := 2 * hw / meterColumns
	add := func(i int, c hue, k float64) {
		sum[i][0] += float64(c.r) * k
		sum[i][1] += float64(c.g) * k
		sum[i][2] += float64(c.b) * k
	}
	for i := range st.sparks.bursts {
		u := &st.sparks.bursts[i]
		if u.life <= 0 {
			continue
		}
		left := u.life / u.span
		k := u.from + (u.to-u.from)*(1-left*left*left)
		a := &shapes[u.shape]
		reach := max(a.w, a.h) / 2 * k
		x0, x1 := int((u.x-reach-st.camera.x+hw)/side), int((u.x+reach-st.camera.x+hw)/side)
		y0, y1 := int((u.y-reach-st.camera.y+hh)/side), int((u.y+reach-st.camera.y+hh)/side)
		for y := max(0, y0); y <= min(meterRows-1, y1); y++ {
			for x := max(0, x0); x <= min(meterColumns-1, x1); x++ {
				p := dot2{st.camera.x - hw + (float64(x)+0.5)*side - u.x, st.camera.y - hh + (float64(y)+0.5)*side - u.y}
				add(y*meterColumns+x, u.colour, float64(u.light)*left*float64(a.paint(dot2{p.x / k, p.y / k}, 1/k).r))
			}
		}
	}
	var cells [meterColumns * meterRows]float64
	for i := range cells {
		x, y := float64(i%meterColumns)/meterColumns, float64(i/meterColumns)/meterRows
		rim := max(bell(min(x, 1-x), 0.1), bell(min(y, 1-y), 0.1))
		add(i, st.livery.bad, 0.5*st.glare*rim)
		cells[i] = 0.2126*linear(float32(min(1, sum[i][0]))) + 0.7152*linear(float32(min(1, sum[i][1]))) + 0.0722*linear(float32(min(1, sum[i][2])))
	}
	return &cells
}

// riot is a match of 24 in the smallest arena, where everything goes off at once.
func riot(t testing.TB) *arcade { return newArcadeIn(t, "brawl", "closet", 24) }

// strobe is an effect as nobody may write one: a large light that asks nobody, six
// times a second.
func strobe(st *stage, frame int) {
	if frame%10 == 0 {
		st.sparks.burst(burst{shape: softShape, colour: inkWhite, x: st.camera.x, y: st.camera.y, from: 9, to: 9, light: 0.8, span: 0.1})
	}
}

// riotStage is a stage that a riot is shown on, in a window of four by three, and
// what moves it on by a frame.
func riotStage(t testing.TB, limit flashLimit) (st *stage, frame func() time.Duration) {
	a := riot(t)
	st = newStage(1, false)
	taste := plainTaste(false)
	taste.flash = limit
	st.please(taste)
	st.camera.resize(1024, 768)
	now := time.Duration(0)
	return st, func() time.Duration {
		now += time.Second / 60
		a.world.Match = sim.Match{Phase: sim.Live, Ends: a.world.Tick + 1000, Number: 1}
		st.step(a.Step(now, sim.Input{}), 0, 0, now, 1.0/60)
		return now
	}
}

// TestTenMinutesOfRiotFlashLittle adds up all light for ten minutes, thirty times a
// second, and compares it with what the gate wrote down.
func TestTenMinutesOfRiotFlashLittle(t *testing.T) {
	for name, limit := range map[string]flashLimit{"limited": flashFull, "few": flashLess} {
		t.Run(name, func(t *testing.T) {
			minutes := time.Duration(10)
			if limit != flashFull {
				minutes = 2
			}
			st, frame := riotStage(t, limit)
			var meter flashMeter
			var granted []time.Duration
			for i := 0; i < int(minutes*60*60); i++ {
				now := frame()
				if at := st.flash.times[st.flash.newest]; st.flash.used > 0 && (len(granted) == 0 || at > granted[len(granted)-1]) {
					granted = append(granted, at)
				}
				if i%2 == 0 {
					meter.see(now, lightsOf(st))
				}
			}
			allowed := flashesGranted
			if limit == flashLess {
				allowed = 1
			}
			t.Logf("%d large flashes granted, at most %d in a second; %d seen, at most %d in a second", len(granted), most(granted), len(meter.rises), most(meter.rises))
			if most(granted) > allowed || most(meter.rises) > flashesPerSecond {
				t.Errorf("%d flashes granted and %d seen in a second", most(granted), most(meter.rises))
			}
			if len(granted) < int(minutes)*10 {
				t.Errorf("only %d flashes: nothing goes on", len(granted))
			}
		})
	}
}

// TestMeterFindsAStrobe has an effect that bypasses the gate.
func TestMeterFindsAStrobe(t *testing.T) {
	st, frame := riotStage(t, flashFull)
	var meter flashMeter
	for i := range 10 * 60 {
		now := frame()
		strobe(st, i)
		meter.see(now, lightsOf(st))
	}
	if n := most(meter.rises); n <= flashesPerSecond {
		t.Errorf("a light that goes on six times a second is seen %d times", n)
	}
}

// flashSeconds is how long TestRenderedRiotFlashesLittle looks.
var flashSeconds = flag.Int("flash-seconds", 10, "how many seconds of rendered frames are looked at for flashes")

// TestRenderedMatchFlashesLittle measures real frames of a match of sixteen, glow
// and all, thirty a second. make flashes looks for ten minutes.
func TestRenderedMatchFlashesLittle(t *testing.T) {
	if !onScreen {
		t.Skip("needs a display: pictures are read back from the graphics driver")
	}
	look := func(seconds int, spoil bool) int {
		a := newArcade(t, 16)
		r := newRig(t, a, 8*meterColumns, 8*meterRows, func(c *Config) { c.Glow = GlowBloom })
		var meter flashMeter
		for i := range seconds * 30 {
			a.world.Match = sim.Match{Phase: sim.Live, Ends: a.world.Tick + 1000, Number: 1}
			r.play(time.Second / 30)
			if spoil {
				strobe(r.game.stage, i*2)
			}
			meter.see(r.now, cellsOf(r.picture()))
		}
		t.Logf("%d s, spoiled %v: %d flashes, at most %d in a second", seconds, spoil, len(meter.rises), most(meter.rises))
		return most(meter.rises)
	}
	if n := look(*flashSeconds, false); n > flashesPerSecond {
		t.Errorf("%d large flashes in a second", n)
	}
	if n := look(3, true); n <= flashesPerSecond {
		t.Errorf("with a strobe the meter sees %d flashes in a second", n)
	}
}

// TestEveryEffectIsShown lets each kind of effect happen alone and looks for light.
func TestEveryEffectIsShown(t *testing.T) {
	for kind := replica.ShotFired; kind < replica.MatchBegan; kind++ {
		st := newStage(1, false)
		st.camera.resize(1280, 720)
		st.flash.width, st.flash.height = viewWidth, viewHeight
		scene := &replica.Scene{Self: 1, Ships: []replica.ShipView{{ID: 1}, {ID: 2}}}
		st.livery.learn(scene)
		e := replica.Effect{Kind: kind, Who: 1, By: 2, Dir: replica.Point{X: 1}, End: replica.Point{X: 90}, Item: sim.Surge, Team: sim.TeamIon, Size: 1}
		st.react(&e, scene, time.Second)
		n := st.sparks.flying
		for i := range st.sparks.bursts {
			if st.sparks.bursts[i].life > 0 {
				n++
			}
		}
		if n == 0 {
			t.Errorf("effect %d shows nothing", kind)
		}
		if math.IsNaN(st.shake.tremor) {
			t.Errorf("effect %d shakes for ever", kind)
		}
	}
}
