package view

import (
	"math"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/shared/sim"
)

// stickHint is how long the places of the thumbs are shown at first.
const stickHint = 20 * time.Second

// Draw implements ebiten.Game. A frame is the sky, one call for the world, the
// glow if there is any, and one call for everything that lies over it.
func (g *Game) Draw(screen *ebiten.Image) {
	g.sheet.tidy()
	bounds := screen.Bounds()
	w, h := bounds.Dx(), bounds.Dy()
	target := screen
	glow := false
	if g.pace.bloom(g.cfg.Glow, float64(w), float64(h)) {
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
	b, f, t := &g.brush, &g.frame, g.now.Seconds()
	g.drawBands()
	if g.status.Stage == Menu {
		g.menu.draw(b, f, g.hands.device, g.poll.pad.present)
		return
	}
	if g.scene != nil && g.scene.Arena != nil {
		board := g.boardShown()
		crowded := board && f.crowded()
		g.hud.draw(b, f, &g.stage.camera, g.scene, crowded, t, g.dt)
		g.drawOpen(board, crowded, t)
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

// boardShown reports whether the scoreboard is on the screen.
func (g *Game) boardShown() bool {
	if len(g.scene.Players) == 0 || g.notice.covers(&g.status) {
		return false // a dialog stands there
	}
	return g.scene.Match.Phase == sim.Results || g.tapped || g.poll.held(scores) && !g.chat.writing
}

// drawOpen draws what comes and goes while one plays.
func (g *Game) drawOpen(board, crowded bool, t float64) {
	b, f, scene := &g.brush, &g.frame, g.scene
	if scene.Watcher {
		drawWatched(b, f, scene, g.stage.watch.id)
	}
	if scene.Match.Phase != sim.Results && !g.notice.covers(&g.status) {
		g.hud.drawDeath(b, f, scene)
	}
	if board {
		drawBoard(b, f, scene, t)
	}
	if !crowded || g.chat.writing {
		area := f.chat()
		if board && !crowded {
			area = f.chatBeside()
		}
		g.chat.draw(b, f, area, scene)
	}
	if g.hands.device == touch {
		g.hands.sticks.draw(b, f, g.flown < stickHint)
		drawTouchButtons(b, f)
	}
}

// drawBands hides what lies beyond the part of the window that shows the world.
func (g *Game) drawBands() {
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
	ink := inkIon.mix(inkWhite, 0.4).solid(0.95)
	if !alive {
		ink = inkDim.solid(0.7)
	}
	for i := range 4 {
		sin, cos := math.Sincos(float64(i) * math.Pi / 2)
		b.line(hairShape, x+cos*5*u, y+sin*5*u, x+cos*12*u, y+sin*12*u, 4*u, ink, ink)
	}
	b.rect(x-u, y-u, 2*u, 2*u, ink)
}

// drawTouchButtons draws the buttons for fingers: the menu and the chat.
func drawTouchButtons(b *brush, f *frame) {
	u := f.unit
	m, c := f.menuButton(), f.chatButton()
	panel(b, m, u, inkPanel.solid(0.6), inkFaint.light(0.8))
	panel(b, c, u, inkPanel.solid(0.6), inkFaint.light(0.8))
	for i := -1.0; i <= 1; i++ {
		b.rect(m.x+m.w*0.28, m.y+m.h/2+(7*i-1)*u, m.w*0.44, 2*u, inkText.solid(0.9))
	}
	x, y := c.middle()
	b.text("...", x, y+4*u, 22*u, bold, centre, inkText.solid(0.9))
}
