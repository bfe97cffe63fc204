package view

import (
	"math"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/shared/sim"
)

// stickHint is how long the places of the thumbs are shown at first, in seconds.
const stickHint = 20.0

// Draw implements ebiten.Game. A frame is the sky, one call for the world, the
// glow if there is any, and one call for everything that lies over it.
func (g *Game) Draw(screen *ebiten.Image) {
	if g.poll.missed {
		return // left out: the last frame stays
	}
	g.sheet.tidy()
	bounds := screen.Bounds()
	w, h := bounds.Dx(), bounds.Dy()
	target := screen
	glow := false
	if g.pace.bloom(g.glow(), float64(w), float64(h)) {
		if world := g.bloom.begin(w, h); world != nil {
			target, glow = world, true
		}
	} else {
		g.bloom.free()
	}
	g.stage.drawSky(target)
	g.stage.collect(&g.brush, g.scene, g.now)
	g.brush.flush(target)
	if glow {
		g.bloom.finish(screen)
	}
	g.collectOver()
	g.brush.flush(screen)
}

// collectOver puts everything that is not the world onto the brush.
func (g *Game) collectOver() {
	b, f := &g.brush, &g.frame
	g.glass.clear()
	g.drawBands()
	if g.status.Stage == Menu {
		g.menus.draw(b, f)
		return
	}
	if g.scene != nil && g.scene.Arena != nil {
		g.fillPane()
		board := g.boardShown()
		crowded := board && f.crowded(g.scene.Teams > 0)
		g.drawThumbs(board)
		g.hud.draw(&g.pane, crowded)
		g.drawOpen(board, crowded)
	}
	if g.net.shown {
		g.net.draw(b, f)
	}
	if g.notice.covers(&g.status) {
		g.notice.draw(b, f, &g.status)
	}
	if g.aiming() {
		drawReticle(b, f, &g.poll, g.scene != nil && g.scene.Alive)
	}
}

// fillPane readies what the interface is drawn with.
func (g *Game) fillPane() {
	p := &g.pane
	p.brush, p.f, p.camera, p.scene, p.glass = &g.brush, &g.frame, &g.stage.camera, g.scene, &g.glass
	p.device, p.hands, p.t, p.dt = g.hands.device, &g.hands, g.now.Seconds(), g.dt
	p.names, p.replay = g.settings.Names, g.place.Replay != ""
}

// boardShown reports whether the scoreboard is on the screen.
func (g *Game) boardShown() bool {
	if len(g.scene.Players) == 0 || g.notice.covers(&g.status) {
		return false // a dialog stands there
	}
	return g.scene.Match.Phase == sim.Results || g.hud.board.shown() && !g.chat.writing
}

// drawThumbs shows the sticks, where there is something to steer.
func (g *Game) drawThumbs(board bool) {
	if g.hands.device == touch && !board && (g.scene.Alive || g.stage.watch.free) {
		g.hands.sticks.draw(&g.brush, &g.frame, g.flown < stickHint, altName(g.scene))
	}
}

// drawOpen draws what comes and goes while one plays.
func (g *Game) drawOpen(board, crowded bool) {
	p, h, scene := &g.pane, &g.hud, g.scene
	covered := g.notice.covers(&g.status)
	if g.hands.device == touch {
		drawTouchButtons(p)
	}
	drawEye(p, &g.stage.watch)
	g.drawReel(p)
	if !board && !covered {
		h.banners.draw(p)
		h.death.draw(p, &g.stage.watch)
		if !g.chat.writing {
			h.hints.draw(p)
		}
	}
	if board {
		h.board.draw(p)
	}
	if !crowded || g.chat.writing {
		area := p.f.chat()
		switch {
		case board && !crowded:
			area = p.f.chatBeside(scene.Teams > 0)
		case p.f.thumbs && !p.f.narrow() && !scene.Alive && !g.chat.writing:
			area.w = min(area.w, p.f.death().x-area.x-8*p.f.unit) // the buttons of the dead stand beside it
		}
		g.chat.draw(p, area)
	}
	if !covered {
		h.wheel.draw(p)
	}
}

// drawBands hides what lies beyond the part of the window that shows the world.
func (g *Game) drawBands() {
	if !g.playing {
		return // the flight behind the title fills the window
	}
	a, f := g.stage.camera.area, &g.frame
	ink := inkSpace.solid(1)
	if a.y > 0 {
		g.brush.rect(0, 0, f.width, a.y, ink)
		g.brush.rect(0, a.y+a.h, f.width, f.height-a.y-a.h, ink)
	}
	if a.x > 0 {
		g.brush.rect(0, 0, a.x, f.height, ink)
		g.brush.rect(a.x+a.w, 0, f.width-a.x-a.w, f.height, ink)
	}
}

// drawReticle draws the mouse's mark.
func drawReticle(b *brush, f *frame, p *poll, alive bool) {
	u, x, y := f.unit, p.cursorX, p.cursorY
	ink := b.livery.own.mix(inkWhite, 0.4).solid(0.95)
	if !alive {
		ink = inkDim.solid(0.7)
	}
	for i := range 4 {
		sin, cos := math.Sincos(float64(i) * math.Pi / 2)
		b.line(hairShape, x+cos*5*u, y+sin*5*u, x+cos*12*u, y+sin*12*u, 4*u, ink, ink)
	}
	b.rect(x-u, y-u, 2*u, 2*u, ink)
}

// drawTouchButtons draws the buttons for fingers: the menu, the chat and the words.
func drawTouchButtons(p *pane) {
	u := p.f.unit
	m, c, w := p.f.menuButton(), p.f.chatButton(), p.f.signalButton()
	for _, r := range [...]rectangle{m, c, w} {
		panel(p.brush, r, u, inkPanel.solid(0.6), inkFaint.light(0.8))
	}
	for i := -1.0; i <= 1; i++ {
		p.rect(m.x+m.w*0.28, m.y+m.h/2+(7*i-1)*u, m.w*0.44, 2*u, inkText.solid(0.9))
	}
	x, y := c.middle()
	p.emblem(emblemSpeech, x, y, c.w*0.24, 0, inkText.solid(0.9))
	x, y = w.middle()
	p.emblem(emblemSignal, x, y, w.w*0.24, 0, inkText.solid(0.9))
	if p.scene.Self != sim.NoPlayer {
		p.press(w, doWheel, 0)
	}
}
