package view

import (
	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// hud is what lies over the world while one plays: what it remembers from frame
// to frame.
type hud struct {
	radar    radar
	standing standing
	status   gauges
	hits     hits
	feed     feed
	banners  banners
	death    deathWords
	arrows   arrows
	vote     ballot
	wheel    wordWheel
	hints    hints
	board    board
	arena    *sim.Arena
}

// step takes a new scene after dt seconds: what happens once is remembered.
func (h *hud) step(scene *replica.Scene, c *camera, now, dt float64) {
	if scene.Arena == nil {
		return
	}
	if h.arena != scene.Arena {
		h.arena = scene.Arena
		h.hits, h.feed, h.banners = hits{}, feed{}, banners{}
	}
	h.hits.step(scene, dt)
	h.feed.step(scene, now)
	h.banners.step(scene, dt)
	h.hints.step(scene, c, dt)
}

// draw draws everything but chat, scoreboard and dialogs; crowded: without what
// stands where the scoreboard is.
func (h *hud) draw(p *pane, crowded bool) {
	if p.scene.Match.Phase == sim.Results {
		a := &p.camera.area
		p.rect(a.x, a.y, a.w, a.h, inkSpace.solid(0.4)) // the match is over: the board speaks
	}
	drawTags(p)
	drawSignals(p)
	h.arrows.draw(p, crowded)
	h.hits.draw(p)
	if !crowded {
		h.radar.draw(p)
		h.feed.draw(p, h.vote.draw(p))
	}
	h.standing.draw(p)
	if !p.scene.Watcher {
		h.status.draw(p)
	}
}

// drawTags writes the names above the other ships, and the marks of their sides.
func drawTags(p *pane) {
	if !p.names || p.scene.Match.Phase == sim.Results {
		return // the best stand on the podium with theirs
	}
	c := p.camera
	size := 12 * c.zoom
	for i := range p.scene.Ships {
		s := &p.scene.Ships[i]
		if s.Own || !c.sees(s.Pos, 40) {
			continue
		}
		line := player(p.scene, s.ID)
		if line == nil {
			continue
		}
		x, y := c.at(s.Pos)
		if y -= 38 * c.zoom; y < c.area.y {
			continue // the name would stand in the band
		}
		ink := p.livery.ofShip(s).mix(inkText, 0.45)
		if line.Away {
			ink = inkDim
		}
		p.lit(shortName(line.Name, NameRunes), x, y, size, bold, centre, ink, 0.87)
	}
}

// player returns the line of id, or nil.
func player(scene *replica.Scene, id sim.PlayerID) *replica.PlayerView {
	return scene.Player(id)
}
