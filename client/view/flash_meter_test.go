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
// cells: relative luminance rises by a tenth or more from below 0.8, in concurrent
// areas of a quarter of a window of 341 x 256 of 1024 x 768 pixels anywhere. It
// counts rises: each flash has one and its fall.
type flashMeter struct {
	columns, rows int
	low, high     []float64       // least light since the last fall, most since the last rise
	up            []bool          // it has risen
	rose          []time.Duration // when, for those that were not counted yet
	sums          []int           // of those that have just risen, above and left of each corner
	begun         bool
	rises         []time.Duration
}

// Cells of a picture. Lights that are added up are soft, and need fewer than real
// pictures: there a thin thing that flies must not count as all the cells it touches.
const (
	softColumns, softRows = 64, 48
	fineColumns, fineRows = 128, 96
)

const (
	meterHold    = 100 * time.Millisecond // changes so near to each other are concurrent
	leastChange  = 0.1
	brightEnough = 0.8 // changes above are not flashes
)

func newFlashMeter(columns, rows int) *flashMeter {
	n := columns * rows
	return &flashMeter{
		columns: columns, rows: rows, low: make([]float64, n), high: make([]float64, n), up: make([]bool, n),
		rose: make([]time.Duration, n), sums: make([]int, (columns+1)*(rows+1)),
	}
}

// see takes the picture at now.
func (m *flashMeter) see(now time.Duration, light []float64) {
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
	if wide, tall := m.window(); 4*m.fullest(wide, tall) >= wide*tall {
		m.rises = append(m.rises, now)
		clear(m.rose)
	}
}

// forget begins anew, with what was counted.
func (m *flashMeter) forget() {
	m.begun = false
	clear(m.up)
	clear(m.rose)
}

// window is the size in cells of what is looked at.
func (m *flashMeter) window() (wide, tall int) { return m.columns * 341 / 1024, m.rows * 256 / 768 }

// fullest returns the most cells that have just risen in any window.
func (m *flashMeter) fullest(wide, tall int) (best int) {
	stride := m.columns + 1
	for y := range m.rows {
		for x := range m.columns {
			n := 0
			if m.rose[y*m.columns+x] != 0 {
				n = 1
			}
			at := (y+1)*stride + x + 1
			m.sums[at] = n + m.sums[at-stride] + m.sums[at-1] - m.sums[at-stride-1]
		}
	}
	for y := tall; y <= m.rows; y++ {
		for x := wide; x <= m.columns; x++ {
			at := y*stride + x
			best = max(best, m.sums[at]-m.sums[at-tall*stride]-m.sums[at-wide]+m.sums[at-tall*stride-wide])
		}
	}
	return best
}

// cellsOf is a picture as the meter sees it.
func (m *flashMeter) cellsOf(img *image.RGBA) []float64 {
	cells := make([]float64, m.columns*m.rows)
	w, h := img.Rect.Dx()/m.columns, img.Rect.Dy()/m.rows
	for i := range cells {
		x0, y0 := i%m.columns*w, i/m.columns*h
		for y := y0; y < y0+h; y++ {
			for x := x0; x < x0+w; x++ {
				p := img.Pix[img.PixOffset(x, y):]
				cells[i] += 0.2126*linearByte[p[0]] + 0.7152*linearByte[p[1]] + 0.0722*linearByte[p[2]]
			}
		}
		cells[i] /= float64(w * h)
	}
	return cells
}

var linearByte = func() (t [256]float64) {
	for i := range t {
		t[i] = linear(float32(i) / 255)
	}
	return t
}()

// lightsOf is the light that everything that flares up sheds, added up without a
// screen: what is kept as bursts and rays, and the rim. Nothing else lights up.
func lightsOf(st *stage) []float64 {
	var sum [softColumns * softRows][3]float64
	hw, hh := st.camera.half()
	side := 2 * hw / softColumns
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
		for y := max(0, y0); y <= min(softRows-1, y1); y++ {
			for x := max(0, x0); x <= min(softColumns-1, x1); x++ {
				p := dot2{st.camera.x - hw + (float64(x)+0.5)*side - u.x, st.camera.y - hh + (float64(y)+0.5)*side - u.y}
				add(y*softColumns+x, u.colour, float64(u.light)*left*float64(a.paint(dot2{p.x / k, p.y / k}, 1/k).r))
			}
		}
	}
	cells := make([]float64, softColumns*softRows)
	for i := range cells {
		x, y := float64(i%softColumns)/softColumns, float64(i/softColumns)/softRows
		rim := max(bell(min(x, 1-x), 0.1), bell(min(y, 1-y), 0.1))
		add(i, st.livery.bad, 0.5*st.glare*rim)
		cells[i] = 0.2126*linear(float32(min(1, sum[i][0]))) + 0.7152*linear(float32(min(1, sum[i][1]))) + 0.0722*linear(float32(min(1, sum[i][2])))
	}
	return cells
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
			meter := newFlashMeter(softColumns, softRows)
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
	meter := newFlashMeter(softColumns, softRows)
	for i := range 10 * 60 {
		now := frame()
		strobe(st, i)
		meter.see(now, lightsOf(st))
	}
	if n := most(meter.rises); n <= flashesPerSecond {
		t.Errorf("a light that goes on six times a second is seen %d times", n)
	}
}

// flashSeconds is how long TestRenderedMatchFlashesLittle looks at each.
var flashSeconds = flag.Int("flash-seconds", 6, "how many seconds of rendered frames are looked at for flashes")

// TestRenderedMatchFlashesLittle measures real frames, glow and all, thirty a second:
// of a match of sixteen, and of a crowd in the smallest arena. make flashes looks for
// ten minutes. While the picture rushes by, as in one's own dash, every edge in it
// would count though nothing flashes: what could asks the gate, which lets nothing
// through then.
func TestRenderedMatchFlashesLittle(t *testing.T) {
	if !onScreen {
		t.Skip("needs a display: pictures are read back from the graphics driver")
	}
	look := func(t *testing.T, a *arcade, seconds int, spoil bool) int {
		r := newRig(t, a, 4*fineColumns, 4*fineRows, func(c *Config) { c.Glow = GlowBloom })
		meter, rushed := newFlashMeter(fineColumns, fineRows), 0
		for i := range seconds * 30 {
			a.world.Match = sim.Match{Phase: sim.Live, Ends: a.world.Tick + 1000, Number: 1}
			r.play(time.Second/30 - time.Millisecond) // two frames
			if spoil {
				strobe(r.game.stage, i*2)
			}
			if st := r.game.stage; math.Hypot(st.vx, st.vy) > rushSpeed {
				meter.forget()
				rushed++
				continue
			}
			meter.see(r.now, meter.cellsOf(r.picture()))
		}
		t.Logf("%d s, spoiled %v: %d flashes, at most %d in a second; %d %% rushed by", seconds, spoil, len(meter.rises), most(meter.rises), 100*rushed/(seconds*30))
		return most(meter.rises)
	}
	for name, from := range map[string]func() *arcade{
		"match": func() *arcade { return newArcade(t, 16) }, "crowd": func() *arcade { return riot(t) },
	} {
		t.Run(name, func(t *testing.T) {
			if n := look(t, from(), *flashSeconds, false); n > flashesPerSecond {
				t.Errorf("%d large flashes in a second", n)
			}
		})
	}
	if n := look(t, newArcade(t, 16), 3, true); n <= flashesPerSecond {
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
