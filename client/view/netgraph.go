package view

import (
	"fmt"
	"math"
	"time"

	"ionwake/client/replica"
)

const (
	graphSamples = 110
	graphEvery   = 0.1  // seconds a sample stands for
	figuresEvery = 0.25 // seconds between new figures: words must stay readable
	slowFrame    = 33.0 // ms: the height of the graph of frames, as frameLegend says
)

// netgraph shows how the line and the machine are doing.
type netgraph struct {
	shown bool
	lines []string
	scale stamp // what the round trips are drawn against

	worst, rtt [graphSamples]float64 // ms: slowest frame and round trip of each sample
	head       int
	sampleLeft float64
	worstNow   float64

	figuresLeft float64
	frames      int
	elapsed     float64
	in, out     int
	inRate      float64
	outRate     float64
	fps         float64
}

// step counts one frame of dt seconds.
func (g *netgraph) step(net *replica.NetView, dt float64) {
	g.frames++
	g.elapsed += dt
	g.worstNow = max(g.worstNow, dt*1000)
	if g.sampleLeft -= dt; g.sampleLeft <= 0 {
		g.sampleLeft = graphEvery
		g.worst[g.head] = g.worstNow
		g.rtt[g.head] = net.RTT.Seconds() * 1000
		g.head = (g.head + 1) % graphSamples
		g.worstNow = 0
	}
	if g.figuresLeft -= dt; g.figuresLeft > 0 {
		return
	}
	g.figuresLeft = figuresEvery
	g.fps = float64(g.frames) / max(1e-3, g.elapsed)
	g.inRate = float64(net.BytesIn-g.in) / max(1e-3, g.elapsed)
	g.outRate = float64(net.BytesOut-g.out) / max(1e-3, g.elapsed)
	g.in, g.out, g.frames, g.elapsed = net.BytesIn, net.BytesOut, 0, 0
	if g.shown {
		g.write(net)
	}
}

// write puts the figures into words.
func (g *netgraph) write(net *replica.NetView) {
	g.lines = append(g.lines[:0],
		fmt.Sprintf("%.0f fps   rtt %d ms  ±%d", g.fps, net.RTT/time.Millisecond, net.Jitter/time.Millisecond),
		fmt.Sprintf("in %.1f kbit/s   out %.1f", g.inRate*8/1000, g.outRate*8/1000),
		fmt.Sprintf("lead %.1f ticks   margin %.1f", net.Lead, net.Margin),
		fmt.Sprintf("%d Hz   frames %d   skipped %d", net.SendRate, net.FramesIn, net.FramesSkipped),
		fmt.Sprintf("late inputs %d", net.Late),
		fmt.Sprintf("mispredicted %d   mismatched %d", net.Mispredictions, net.StateMismatches),
		fmt.Sprintf("correction %.2f units", net.Corrections),
		fmt.Sprintf("%d ships and bolts   %s   %s", net.Entities, count(net.Players, "pilot"), count(net.Bots, "bot")),
	)
}

// draw draws the graph and the figures.
func (g *netgraph) draw(b *brush, f *frame) {
	u := f.unit
	r := f.netPanel(len(g.lines) + 2)
	panel(b, r, u*0.7, inkPanel.solid(0.85), inkWall.light(0.5))
	plot := rectangle{r.x + 10*u, r.y + 8*u, r.w - 20*u, 40 * u}
	b.rect(plot.x, plot.y+plot.h/2, plot.w, 1, inkFaint.solid(0.4))
	step := plot.w / graphSamples
	for i := range graphSamples {
		ms := g.worst[(g.head+i)%graphSamples]
		h := plot.h * min(1, ms/slowFrame)
		ink := inkIon.solid(0.55)
		if ms > slowFrame*0.75 {
			ink = inkBad.solid(0.8)
		}
		b.rect(plot.x+float64(i)*step, plot.y+plot.h-h, max(1, step*0.7), h, ink)
	}
	top := 50.0 // ms: the height of the graph of round trips
	for _, ms := range g.rtt {
		top = max(top, math.Ceil(ms/50)*50)
	}
	for i := 1; i < graphSamples; i++ {
		y0 := plot.y + plot.h*(1-g.rtt[(g.head+i-1)%graphSamples]/top)
		y1 := plot.y + plot.h*(1-g.rtt[(g.head+i)%graphSamples]/top)
		b.line(hairShape, plot.x+float64(i-1)*step, y0, plot.x+float64(i)*step, y1, 3*u, inkWake.solid(0.9), inkWake.solid(0.9))
	}
	row := f.netRow()
	y := plot.y + plot.h + row
	b.text(frameLegend, plot.x, y, 12.5*u, bold, left, inkIon.solid(1))
	b.text(g.scale.get(int(top), tripLegend), plot.x, y+row, 12.5*u, bold, left, inkWake.solid(1))
	y += 2 * row
	for _, line := range g.lines {
		b.text(line, plot.x, y, 12.5*u, medium, left, inkText.solid(0.9))
		y += row
	}
}

// The legend of the graph, in the colours of what it names.
const frameLegend = "bars: slowest frame, full at 33 ms"

func tripLegend(top int) string { return "line: round trip, full at " + number(top) + " ms" }
