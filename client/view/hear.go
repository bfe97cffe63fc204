package view

import (
	"ionwake/client/replica"
	"ionwake/client/view/sound"
)

// hear lets the ears have what the eyes got, as from the middle of what is seen. The
// flight behind the menu is not heard.
func (g *Game) hear(scene *replica.Scene) {
	if !g.playing {
		scene = nil
	}
	c := &g.stage.camera
	g.cfg.Sound.Step(scene, replica.Point{X: c.x, Y: c.y}, g.dt)
}

// answer lets what a page did be heard.
func (g *Game) answer(s stir) {
	switch s {
	case stirMoved:
		g.cfg.Sound.Play(sound.Move)
	case stirPressed:
		g.cfg.Sound.Play(sound.Confirm)
	case stirBack:
		g.cfg.Sound.Play(sound.Back)
	}
}

func percent(n int) float64 { return float64(n) / 100 }
