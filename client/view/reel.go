package view

import (
	"strconv"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/view/settings"
	"ionwake/client/view/words"
)

// Projector plays replays. Its methods are called as those of a Session are.
type Projector interface {
	// Reel says how far the replay has come that is watched; false: none is.
	Reel() (Reel, bool)
	// Hold stops it, or lets it go on; at its end it begins anew.
	Hold()
	// Tempo makes it faster or slower by so many steps.
	Tempo(by int)
	// Seek goes to a time from its beginning; what is out of range is moved in.
	Seek(to time.Duration)
}

// Reel is how far a replay has come.
type Reel struct {
	At, Length time.Duration
	Tempo      float64 // 1 is as it was played
	Held, Over bool
}

// Local codes of Status.Code: why a replay cannot be watched.
const (
	ReplayGone  uint16 = 20 // it is not there, or not any more
	ReplayOther uint16 = 21 // another version made it
	ReplayBad   uint16 = 22 // it is damaged
	ReplayFar   uint16 = 23 // it cannot be fetched
)

// reelJump is how far one goes at once.
const reelJump = 10 * time.Second

// What pressing parts of the bar does: go to a part of reelSlots, or one of these.
const (
	reelSlots = 60
	reelHold  = reelSlots + iota
	reelBack
	reelOn
	reelTempo
)

// reel returns how far the replay has come that is watched.
func (g *Game) reel() (Reel, bool) {
	if g.cfg.Projector == nil || g.place.Replay == "" {
		return Reel{}, false
	}
	return g.cfg.Projector.Reel()
}

// stepReel takes the keys of a replay: space, comma and full stop, minus and plus; on a
// pad A, left and right, and X.
func (g *Game) stepReel(p *poll) {
	if _, ok := g.reel(); !ok {
		return
	}
	button := func(b settings.Button) bool { return p.pad.strokes[b.Standard()] }
	switch {
	case p.strokes[ebiten.KeySpace], p.strokes[ebiten.KeyK], button(settings.PadA):
		g.reelDo(reelHold)
		p.strokes[ebiten.KeySpace] = false // or the eye would turn to the next pilot
	case p.strokes[ebiten.KeyComma], button(settings.PadLeft):
		g.reelDo(reelBack)
	case p.strokes[ebiten.KeyPeriod], button(settings.PadRight):
		g.reelDo(reelOn)
	case p.strokes[ebiten.KeyMinus], p.strokes[ebiten.KeyNumpadSubtract]:
		g.cfg.Projector.Tempo(-1)
	case p.strokes[ebiten.KeyEqual], p.strokes[ebiten.KeyNumpadAdd]:
		g.cfg.Projector.Tempo(1)
	case button(settings.PadX):
		g.reelDo(reelTempo)
	}
}

// reelDo does what a part of the bar is for.
func (g *Game) reelDo(part int) {
	r, ok := g.reel()
	if !ok {
		return
	}
	to := g.cfg.Projector
	switch part {
	case reelHold:
		to.Hold()
	case reelBack:
		to.Seek(r.At - reelJump)
	case reelOn:
		to.Seek(r.At + reelJump)
	case reelTempo:
		if to.Tempo(1); r.Tempo >= 4 {
			to.Tempo(-3)
		}
	default:
		to.Seek(r.Length * time.Duration(part) / reelSlots)
	}
}

// reelBar is where the bar of a replay stands: above what is said of whom one watches.
func (f *frame) reelBar() rectangle {
	e, h := f.eye(), 26*f.unit
	if f.thumbs {
		h = f.finger()
	}
	w := min(max(e.w, 420*f.unit), f.width-2*f.margin())
	return rectangle{(f.width - w) / 2, e.y - h - 6*f.unit, w, h}
}

// drawReel draws the bar: what goes on, how far, how fast, and buttons for pointers and
// fingers.
func (g *Game) drawReel(p *pane) {
	r, ok := g.reel()
	if !ok {
		return
	}
	u, area := p.f.unit, p.f.reelBar()
	size, side := 14*u, max(30*u, area.h)
	p.rect(area.x, area.y, area.w, area.h, inkPanel.solid(0.8))
	x, y := area.x, area.y+area.h/2+5*u
	key := func(text, by string, wide float64, part int) {
		p.glass.add(rectangle{x, area.y, wide, area.h}, doReel, 0, part)
		p.text(text, x+wide/2, y, size, bold, centre, inkWhite.solid(1))
		if p.device == keyboard {
			p.cap(by, x+(wide-p.capWidth(by, 12*u))/2, area.y-9*u, 12*u, 1)
		}
		x += wide
	}
	key("-10", ",", side*1.2, reelBack)
	drawHold(p, x+side*0.6, area.y+area.h/2, r.Held || r.Over)
	key("", p.say(words.KeySpace), side*1.2, reelHold)
	key("+10", ".", side*1.2, reelOn)
	key(tempoText(r.Tempo), "- +", side*1.4, reelTempo)
	times := clockText(int(r.At.Seconds())) + " / " + clockText(int(r.Length.Seconds()))
	wide := p.textWidth(times, size, bold) + 14*u
	p.text(times, area.x+area.w-8*u, y, size, bold, right, inkText.solid(1))
	bar := rectangle{x + 6*u, area.y, area.x + area.w - wide - x - 10*u, area.h}
	drawReelBar(p, bar, &r)
	p.lit(p.say(words.Replay), area.x+area.w/2, area.y-7*u, 13*u, bold, centre, inkDim, 1)
}

// drawReelBar draws how far the replay has come, and makes each part of the bar go there.
func drawReelBar(p *pane, bar rectangle, r *Reel) {
	u, share := p.f.unit, 0.0
	if r.Length > 0 {
		share = between(r.At.Seconds()/r.Length.Seconds(), 0, 1)
	}
	y := bar.y + bar.h/2 - 2*u
	p.rect(bar.x, y, bar.w, 4*u, inkDim.solid(0.5))
	p.rect(bar.x, y, bar.w*share, 4*u, inkIon.solid(1))
	p.rect(bar.x+bar.w*share-3*u, y-4*u, 6*u, 12*u, inkWhite.solid(1))
	for i := range reelSlots {
		p.glass.add(rectangle{bar.x + bar.w*float64(i)/reelSlots, bar.y, bar.w / reelSlots, bar.h}, doReel, 0, i)
	}
}

// drawHold draws two bars, or where it stands still the arrow that lets it go on.
func drawHold(p *pane, x, y float64, still bool) {
	u := p.f.unit
	if still {
		p.fan(inkWhite.solid(1), x-5*u, y-7*u, x+8*u, y, x-5*u, y+7*u)
		return
	}
	p.rect(x-6*u, y-7*u, 4*u, 14*u, inkWhite.solid(1))
	p.rect(x+2*u, y-7*u, 4*u, 14*u, inkWhite.solid(1))
}

// tempoText is how fast a replay is watched.
func tempoText(t float64) string { return "x" + strconv.FormatFloat(t, 'g', 3, 64) }
