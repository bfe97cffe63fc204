package view

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/client/view/words"
)

const (
	graphSamples = 110
	graphEvery   = 0.1  // seconds a sample stands for
	figuresEvery = 0.25 // seconds between new figures: words must stay readable
	slowFrame    = 33   // ms: the height of the graph of frames
)

// netgraph shows how the line and the machine are doing.
type netgraph struct {
	shown bool
	lines []string
	bars  words.Line // what the heights of the graph mean
	trips words.Line

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
func (g *netgraph) step(net *replica.NetView, l words.Language, dt float64) {
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
		g.write(net, l)
	}
}

// write puts the figures into words of l.
func (g *netgraph) write(net *replica.NetView, l words.Language) {
	g.lines = append(g.lines[:0],
		l.Fill(words.NetRate, g.fps, net.RTT/time.Millisecond, net.Jitter/time.Millisecond),
		l.Fill(words.NetTraffic, g.inRate*8/1000, g.outRate*8/1000),
		l.Fill(words.NetLead, net.Lead, net.Margin),
		l.Fill(words.NetSends, net.SendRate, net.FramesIn, net.FramesSkipped),
		l.Fill(words.NetLate, net.Late),
		l.Fill(words.NetMisses, net.Mispredictions, net.StateMismatches),
		l.Fill(words.NetCorrection, net.Corrections),
		l.Fill(words.NetEntities, net.Entities, l.Count(words.Pilots, net.Players), l.Count(words.Bots, net.Bots)),
	)
}

// draw draws the graph and the figures.
func (g *netgraph) draw(b *brush, f *frame) {
	u, own := f.unit, b.livery.own
	r := f.netPanel(len(g.lines) + 2)
	panel(b, r, u*0.7, inkPanel.solid(0.85), inkWall.light(0.5))
	plot := rectangle{r.x + 10*u, r.y + 8*u, r.w - 20*u, 40 * u}
	b.rect(plot.x, plot.y+plot.h/2, plot.w, 1, inkFaint.solid(0.4))
	step := plot.w / graphSamples
	for i := range graphSamples {
		ms := g.worst[(g.head+i)%graphSamples]
		h := plot.h * min(1, ms/slowFrame)
		ink := own.solid(0.55)
		if ms > slowFrame*0.75 {
			ink = b.livery.bad.solid(0.8)
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
	b.fitted(g.bars.Number(b.lang, words.NetBars, slowFrame), plot.x, y, plot.w, 12.5*u, bold, left, own.solid(1))
	b.fitted(g.trips.Number(b.lang, words.NetLine, int(top)), plot.x, y+row, plot.w, 12.5*u, bold, left, inkWake.solid(1))
	y += 2 * row
	for _, line := range g.lines {
		b.fitted(line, plot.x, y, plot.w, 12.5*u, medium, left, inkText.solid(0.9))
		y += row
	}
}
