package view

import (
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/shared/sim"
)

// tourScreens is the way through the game in windows of several shapes.
func tourScreens() []screen {
	var all []screen
	for _, s := range []screen{
		{name: "tour-1280x720"}, {name: "tour-640x360", w: 640, h: 360, plain: true}, {name: "tour-wide", w: 1720, h: 720},
		{name: "tour-phone", w: 844, h: 390, touch: true, plain: true}, {name: "tour-tall", w: 390, h: 844, touch: true, plain: true},
	} {
		a := new(*arcade)
		s.from = func(t testing.TB) Session { *a = newArcade(t, 20); (*a).status.Stage = Menu; return *a }
		s.more = func(r *rig, keep keepShot) { r.tour(*a, keep) }
		all = append(all, s)
	}
	return all
}

// tour goes from the menu through a match.
func (r *rig) tour(a *arcade, keep keepShot) {
	r.play(3 * time.Second)
	keep("01-menu")
	a.status = Status{Stage: Joining}
	r.play(time.Second)
	keep("02-joining")
	a.status = Status{Stage: Playing}
	a.chatter()
	r.play(9 * time.Second)
	keep("03-play")
	r.until(func() bool { return !a.scene.Alive })
	r.play(time.Second / 5)
	keep("04-destroyed")
	r.until(func() bool { return a.scene.Alive })
	r.play(time.Second / 3)
	keep("05-entered")
	r.tourOfOverlays(a, keep)
}

// tourOfOverlays shows what may lie over play.
func (r *rig) tourOfOverlays(a *arcade, keep keepShot) {
	r.game.net.shown = true
	r.play(8 * time.Second)
	keep("06-network")
	r.game.net.shown = false
	r.poll.keys[ebiten.KeyTab] = true
	r.play(time.Second)
	keep("07-scores")
	r.poll.keys[ebiten.KeyTab] = false
	r.strike(ebiten.KeyEscape)
	r.play(time.Second / 10)
	keep("09-paused")
	a.status = Status{Stage: Lost, Message: "The line to the server broke. Your ship waits for you for half a minute.", RetryIn: 2600 * time.Millisecond, CanRetry: true}
	r.play(time.Second / 2)
	keep("10-lost")
	a.status = Status{Stage: Refused, Message: "This page is older than the server. Reload it to get the matching one."}
	r.play(time.Second / 2)
	keep("11-refused")
	a.status = Status{Stage: Playing}
	a.world.Match = sim.Match{Phase: sim.Results, Ends: a.world.Tick + 500, Number: 1}
	r.play(2 * time.Second)
	keep("12-results")
	a.world.Match = sim.Match{Phase: sim.Live, Ends: a.world.Tick + 5000, Number: 2}
	a.status.Stage, a.scene.Watcher, a.watching = Spectating, true, true
	r.play(2 * time.Second)
	keep("13-spectating")
}
