package view

import (
	"math"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/replica"
	"ionwake/client/view/settings"
	"ionwake/shared/sim"
)

// longestFrame is the most time that effects let pass in one frame. After a
// hidden tab they do not race through what nobody saw.
const longestFrame = 100 * time.Millisecond

// mostPixels is the largest picture that is drawn: beyond it, a sharper screen
// gets the same picture larger.
const mostPixels = 2560 * 1600

// Game is the player's side of the screen: it implements ebiten.Game.
//
// The world is asked for once in each Update, and Update runs once for each
// drawn frame (the first one sets ebiten.SyncWithFPS): keys are read where Ebitengine counts them, and what is
// drawn is of the very moment it is drawn. The simulation lives behind Session
// and follows its own clock, so a display of any rate, or a hidden tab that
// updates a few times a second, changes nothing but what is seen.
type Game struct {
	cfg    Config
	frame  frame
	sheet  *sheet
	brush  brush
	bloom  bloom
	pace   pace
	stage  *stage
	drift  *drift
	hands  hands
	poll   poll
	hud    hud
	glass  glass
	pane   pane
	out    lookout
	chat   *chat
	net    netgraph
	menus  menus
	notice notice
	limit  limit
	heard  aloud

	settings settings.Settings
	bound    bound // the settings' keys
	faults   []settings.Problem
	writeIn  float64
	quit     bool
	keys     keyNames
	under    listingTexts

	practice     Practice
	practiceMode int
	practiceMap  int
	team         sim.Team // asked for
	nameFirst    bool     // the title opens with the name box
	listFirst    bool     // the title opens with the servers

	scene   *replica.Scene
	status  Status
	name    string
	place   Place // where to play
	now     time.Duration
	dt      float64
	started bool
	paced   bool    // Update runs once for each frame
	playing bool    // a match is on the screen
	flown   float64 // seconds that one has been in matches
	cursor  ebiten.CursorModeType
	density float64 // pixels per device-independent pixel
	size    float64 // of the interface; 0 is 1
}

// New returns a game that plays through cfg.Session.
func New(cfg Config) *Game {
	g := &Game{
		cfg: cfg, stage: newStage(cfg.Seed, cfg.Calm), drift: newDrift(cfg.Seed),
		chat: newChat(), name: cfg.Name, place: cfg.Place, sheet: newSheet(), density: 1,
		practice: Practice{Bots: 7, Level: 2},
	}
	g.brush.sheet = g.sheet
	g.notice.menus = &g.menus
	if cfg.Touch {
		g.hands.device = touch
	}
	g.cfg.Session = keeper{cfg.Session, g}
	g.cfg.Place.Replay, g.cfg.Place.From = "", 0 // who has seen it, and plays, plays
	g.recall()
	return g
}

// Layout implements ebiten.Game.
func (g *Game) Layout(outsideWidth, outsideHeight int) (int, int) {
	w, h := g.LayoutF(float64(outsideWidth), float64(outsideHeight))
	return int(w), int(h)
}

// LayoutF implements ebiten.LayoutFer: one pixel of the picture is one pixel of
// the screen, unless those are too many.
func (g *Game) LayoutF(outsideWidth, outsideHeight float64) (float64, float64) {
	g.density = 1
	if m := ebiten.Monitor(); m != nil {
		g.density = m.DeviceScaleFactor()
	}
	w, h := outsideWidth*g.density, outsideHeight*g.density
	if w*h > mostPixels {
		k := math.Sqrt(mostPixels / (w * h))
		w, h, g.density = w*k, h*k, g.density*k
	}
	w, h = max(1, math.Ceil(w)), max(1, math.Ceil(h))
	g.resize(w, h)
	return w, h
}

// resize fits everything to a picture of w x h pixels.
func (g *Game) resize(w, h float64) {
	thumbs := g.hands.device == touch
	f := newFrame(w, h, g.density, thumbs).scaled(g.size)
	if f == g.frame {
		return
	}
	g.frame, g.brush.least = f, leastText*g.density
	g.stage.camera.resize(w, h)
	// Shapes are baked for the size they are seen at, in steps: dragging a
	// window must not bake in each frame.
	zoom := between(math.Round(g.stage.camera.zoom*8)/8, 0.5, 3)
	if zoom != g.sheet.zoom {
		g.sheet.bake(zoom)
	}
}

// Update implements ebiten.Game.
func (g *Game) Update() error {
	if !g.paced {
		g.paced = true
		ebiten.SetTPS(ebiten.SyncWithFPS)
		ebiten.SetScreenClearedEveryFrame(false) // a frame that is left out leaves the last one
	}
	g.poll.read()
	now := g.cfg.Now()
	focused := ebiten.IsFocused()
	g.cfg.Sound.Mute(g.settings.MuteAway && !focused)
	if g.poll.missed = !g.limit.due(now, focused); g.poll.missed {
		return nil
	}
	g.step(now, &g.poll)
	g.showCursor()
	if g.quit {
		g.flush()
		return ebiten.Termination
	}
	return nil
}

// step plays one frame at now with what the devices say.
func (g *Game) step(now time.Duration, p *poll) {
	g.begin(now)
	g.pass(now)
	g.hold(p)
	g.status = g.cfg.Session.Status()
	in := g.command(p)
	scene := g.choose(g.cfg.Session.Step(now, in))
	g.take(scene)
	g.hear(scene)
	g.remember()
	g.speakUp()
}

// begin does what the first frame needs.
func (g *Game) begin(now time.Duration) {
	if g.started {
		return
	}
	g.started, g.now = true, now
	if g.cfg.AutoPlay {
		g.play(g.place)
	}
}

// pass lets time pass to now.
func (g *Game) pass(now time.Duration) {
	passed := now - g.now
	g.now = now
	g.pace.step(passed.Seconds())
	g.dt = min(passed, longestFrame).Seconds()
}

// hold notices which device is in the hands, and what its keys are called.
func (g *Game) hold(p *poll) {
	p.bound = &g.bound
	g.hands.notice(p, g.writing())
	g.hands.labels.make(labelsOf{g.brush.lang, g.hands.device, g.bound}, false)
}

// choose returns what is shown: the match, and until there is one the flight behind
// the menu. A match that stands still, as when the line is lost, gives nothing new.
func (g *Game) choose(match *replica.Scene) *replica.Scene {
	g.stage.camera.area = g.frame.area
	switch {
	case g.status.Stage != Menu && match != nil:
		g.playing = true
		g.flown += g.dt
	case !g.playing:
		// There is nothing in it that anybody could see too much of: it fills the window.
		g.stage.camera.area = rectangle{w: g.frame.width, h: g.frame.height}
		return g.drift.step(g.dt)
	}
	return match
}

// take shows a scene; without one, what is on the screen stays and fades.
func (g *Game) take(scene *replica.Scene) {
	if scene == nil {
		g.stage.sparks.step(g.dt)
		return
	}
	g.scene = scene
	g.stage.camera.thumbs = 0
	if g.frame.thumbs && !g.frame.banded() {
		g.stage.camera.thumbs = g.frame.underThumb()
	}
	g.stage.step(scene, g.hands.lookX, g.hands.lookY, g.now, g.dt)
	g.hud.step(scene, &g.stage.camera, g.now.Seconds(), g.dt)
	g.out.step(g.cfg.Session, scene, &g.stage.watch, g.dt)
	g.net.step(&scene.Net, g.brush.lang, g.dt)
}

// command lets whatever is open take the keys, and returns what is left for the
// ship.
func (g *Game) command(p *poll) sim.Input {
	idle := sim.Input{Aim: g.hands.aim}
	g.hands.sticks.step(p, &g.frame, g.pressesButton)
	if p.struck(netView) && !g.writing() {
		g.settings.NetGraph = !g.settings.NetGraph
		g.changed()
	}
	if g.status.Stage == Menu {
		g.goToTitle()
	}
	if g.cfg.PasteKey {
		g.lend()
	}
	switch pg := g.trouble(); {
	case pg != nil:
		g.chat.stop()
		s := pg.step(&g.brush, p, &g.frame, &g.menus.nav, g.dt)
		g.answer(s)
		if s == stirBack {
			g.leave()
		}
		return idle
	case g.menus.top() != nil:
		g.chat.stop()
		g.answer(g.menus.step(&g.brush, p, &g.frame, g.dt))
		return idle
	case g.chat.writing:
		g.speak(p)
		return idle
	}
	if g.over(p) || g.opens(p) {
		return idle
	}
	return g.steer(p)
}

// lend lets what is written into take what was copied.
func (g *Game) lend() {
	g.chat.field.clipboard = g.cfg.Clipboard
	for _, pg := range [...]*page{g.notice.page, g.menus.top()} {
		if pg != nil {
			pg.lend(g.cfg.Clipboard)
		}
	}
}

// goToTitle shows the title, if it is not there.
func (g *Game) goToTitle() {
	if g.playing {
		g.menus.clear()
	}
	g.playing = false
	g.hud.board.pin(false)
	if g.menus.top() != nil {
		return
	}
	title := g.titlePage()
	g.menus.open(title)
	switch {
	case g.nameFirst:
		title.focusOn(0)
	case g.listFirst && g.cfg.Lobby != nil:
		g.menus.open(g.serversPage(title.items[0].field))
	}
	g.nameFirst, g.listFirst = false, false
}

// writing reports whether keys are letters now.
func (g *Game) writing() bool {
	if pg := g.notice.page; pg != nil && pg.writing() {
		return true
	}
	return g.chat.writing || g.menus.writing()
}

// pressesButton reports whether a finger at (x, y) is for the buttons on top.
func (g *Game) pressesButton(x, y float64) bool {
	f := &g.frame
	return f.menuButton().contains(x, y) || f.chatButton().contains(x, y) || f.clock().contains(x, y) ||
		g.notice.covers(&g.status) || g.glass.at(x, y) != nil
}

// opens reports whether this frame's keys open the chat or the menu.
func (g *Game) opens(p *poll) bool {
	x, y, pressed := p.press()
	finger := pressed && g.hands.device == touch
	switch {
	case p.struck(talk), finger && g.frame.chatButton().contains(x, y):
		g.chat.start()
		return true
	case p.struck(talkTeam) && g.scene != nil && g.scene.Teams > 0:
		g.chat.open(replica.ToTeam, sim.NoPlayer, "")
		return true
	case p.struck(pause), finger && g.frame.menuButton().contains(x, y):
		g.hands.labels.make(g.hands.labels.of, true)
		g.menus.open(g.menuPage())
		return true
	case p.struck(chooseHull) && g.status.Stage == Playing:
		g.menus.open(g.hullPage())
		return true
	case finger && g.frame.clock().contains(x, y):
		g.hud.board.pin(!g.hud.board.pinned)
	}
	return false
}

// steer returns what the hands ask of the ship.
func (g *Game) steer(p *poll) sim.Input {
	c := &g.stage.camera
	x, y := c.area.middle()
	flying := false
	if g.scene != nil {
		if s := g.scene.OwnShip(); s != nil {
			x, y = c.at(s.Pos)
			flying = true
		}
	}
	in := g.hands.input(p, &g.frame, c, x, y, flying)
	if g.hands.device != keyboard && flying {
		in.Aim = leans[g.settings.Assist].assist(in.Aim, g.scene)
	}
	return in
}

// showCursor hides the system's cursor while the game draws its own.
func (g *Game) showCursor() {
	mode := ebiten.CursorModeVisible
	if g.aiming() {
		mode = ebiten.CursorModeHidden
	}
	if mode != g.cursor {
		g.cursor = mode
		ebiten.SetCursorMode(mode)
	}
}

// aiming reports whether the mouse aims.
func (g *Game) aiming() bool {
	return g.status.Stage == Playing && g.hands.device == keyboard && !g.notice.covers(&g.status)
}
