package view

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// deathWords say how own ship ended and when one is back.
type deathWords struct {
	back, had, text words.Line
}

// draw draws the panel while own ship is gone.
func (d *deathWords) draw(p *pane, w *watch) {
	scene := p.scene
	if scene.Alive || scene.Self == sim.NoPlayer || scene.Watcher {
		return
	}
	r, u := p.f.death(), p.f.unit
	x := r.x + r.w/2
	p.shade(x, r.y+r.h*0.45, r.w*2, r.h*2.2, 0.92)
	y := r.y + 30*u
	if scene.Death == nil {
		p.lit(p.say(words.StandBy), x, y, 27*u, bold, centre, inkText, 1)
	} else {
		d.drawEnd(p, scene.Death, r, y)
	}
	y = r.y + 95*u
	tenths := max(0, int((scene.Respawn+50*time.Millisecond)/(100*time.Millisecond)))
	if tenths > 0 {
		p.lit(d.text.Name(p.lang, words.BackIn, d.back.Numbers(p.lang, words.Tenths, tenths/10, tenths%10)), x, y, 18*u, bold, centre, p.livery.own, 1)
	}
	drawDeathKeys(p, r, w)
}

// drawEnd says who did it, with what, and what was left of them.
func (d *deathWords) drawEnd(p *pane, e *replica.DeathView, r rectangle, y float64) {
	u, x := p.f.unit, r.x+r.w/2
	if e.By == sim.NoPlayer || e.By == p.scene.Self || e.Name == "" {
		p.lit(p.say(words.Destroyed), x, y, 27*u, bold, centre, p.livery.bad, 1)
		if e.By == p.scene.Self {
			d.drawWeapon(p, e, x, y+30*u, false)
		}
		return
	}
	ink := p.livery.of(e.By)
	s := p.piece(words.DestroyedBy, e.Name, 25*u, r.w-90*u)
	half := p.write(&s, x+12*u, y, centre, inkText, ink, 1) / 2
	p.hullMark(e.Hull, x+12*u-half-24*u, y-8*u, 15*u, ink)
	if e.From != (replica.Point{}) {
		angle := math.Atan2(e.From.Y-e.Pos.Y, e.From.X-e.Pos.X)
		p.arc(hairShape, x+half+36*u, y-8*u, 14*u, 4*u, 0, 2*math.Pi, inkFaint.solid(0.8))
		p.mark(arrowShape, 6, x+half+36*u, y-8*u, 9*u, angle, ink.light(1))
	}
	d.drawWeapon(p, e, x, y+30*u, true)
}

// drawWeapon says with what it was done, and how much energy they had.
func (d *deathWords) drawWeapon(p *pane, e *replica.DeathView, x, y float64, had bool) {
	u, size := p.f.unit, 15*p.f.unit
	name := p.say(weaponKey(e.Weapon))
	w := p.textWidth(name, size, medium) + 26*u
	left0 := x - w/2
	if had {
		left0 = x - (w+20*u+120*u)/2
	}
	p.emblem(weaponEmblem(e.Weapon), left0+9*u, y-5*u, 9*u, 0, inkText.solid(1))
	p.lit(name, left0+26*u, y, size, medium, left, inkText, 1)
	if !had {
		return
	}
	ink := p.livery.of(e.By)
	bar := rectangle{left0 + w + 20*u, y - 9*u, 72 * u, 8 * u}
	p.rect(bar.x-2*u, bar.y-2*u, bar.w+4*u, bar.h+4*u, inkPanel.solid(0.85))
	outline(p.brush, rectangle{bar.x - 2*u, bar.y - 2*u, bar.w + 4*u, bar.h + 4*u}, max(1, u*0.7), ink.solid(0.5))
	share := between(e.Energy, 0, 1)
	p.slope(bar.x, bar.y, bar.w*share, bar.h, ink.mix(inkMetal, 0.5).solid(0.95), ink.solid(0.95))
	p.lit(d.had.Number(p.lang, words.Percent, int(share*100+0.5)), bar.x+bar.w+8*u, y, 13*u, bold, left, ink.mix(inkText, 0.5), 1)
}

// weaponKey names a weapon.
func weaponKey(k sim.BoltKind) words.Key {
	switch k {
	case sim.Pellet:
		return words.WeaponPellet
	case sim.Bouncer:
		return words.WeaponBouncer
	case sim.Mine:
		return words.WeaponMine
	case sim.Beam:
		return words.WeaponBeam
	case sim.Pulse:
		return words.WeaponPulse
	case sim.Shell:
		return words.WeaponShell
	}
	return words.WeaponBolt
}

// drawDeathKeys says what one can do meanwhile, and whom one watches.
func drawDeathKeys(p *pane, r rectangle, w *watch) {
	u := p.f.unit
	drawEyeKeys(p, rectangle{r.x - 60*u, r.y, r.w + 120*u, r.h}, w, false)
	if w.free || w.id != sim.NoPlayer {
		drawWatched(p, w)
	}
}
