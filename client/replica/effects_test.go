package replica

import (
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// TestOnce foresees the same shot again and again: it shows once, however often it
// is corrected or confirmed within two and a half seconds, in either order.
func TestOnce(t *testing.T) {
	const at = sim.Tick(5000)
	name := uint32((&sim.Bolt{Owner: 7, Seq: 200}).Key())
	for _, c := range []struct {
		what string
		kind EffectKind
		name uint32
		tick sim.Tick
		want bool
	}{
		{"again at once", ShotFired, name, at, false},
		{"confirmed", ShotFired, name, at - 12, false},
		{"confirmed late", ShotFired, name, at + toldFor - 1, false},
		{"confirmed for long ago", ShotFired, name, at - toldFor + 1, false},
		{"another of its kind", ShotFired, name + 1, at, true},
		{"of another player", ShotFired, name + 1<<8, at, true},
		{"another kind of the same shot", ShotHit, name, at, true},
		{"after the shot counter has wrapped", ShotFired, name, at + 256*sim.Tick(sim.Hulls[sim.Dart].Primary.Reload), true},
		{"when it is forgotten", ShotFired, name, at + toldFor, true},
	} {
		t.Run(c.what, func(t *testing.T) {
			var e effects
			if !e.once(ShotFired, name, at) {
				t.Fatal("the first does not show")
			}
			if got := e.once(c.kind, c.name, c.tick); got != c.want {
				t.Errorf("shows: %t, want %t", got, c.want)
			}
		})
	}
}

// TestOnceOverTheWrapOfTicks does the same while the counter of ticks wraps.
func TestOnceOverTheWrapOfTicks(t *testing.T) {
	var e effects
	before := sim.Tick(0xfffffff0)
	if !e.once(ShotFired, 9, before) || e.once(ShotFired, 9, before+32) || !e.once(ShotFired, 9, before+toldFor) {
		t.Error("the wrap makes a shot show twice, or never")
	}
}

// TestForeseenShotsShowOnce holds the trigger while the picture starts again from
// the last frame in every tick: one muzzle flash for each shot.
func TestForeseenShotsShowOnce(t *testing.T) {
	p := newPad(t)
	p.effect.list = p.effect.list[:0]
	p.held.Buttons = sim.Fire
	for range 8*int(sim.Hulls[sim.Dart].Primary.Reload) - 1 { // one tick ahead is foreseen
		p.ticks(1)
		p.rebuild()
	}
	fired := 0
	for _, e := range p.effect.list {
		if e.Kind == ShotFired {
			fired++
			if e.Who != 3 || !e.Own {
				t.Errorf("a shot of somebody else: %+v", e)
			}
		}
	}
	if want := 8; fired != want {
		t.Errorf("%d muzzle flashes for %d shots", fired, want)
	}
}

// TestFault_C4_EndlessEffects makes more effects in one frame than are shown.
func TestFault_C4_EndlessEffects(t *testing.T) {
	var e effects
	for range 4 * maxEffects {
		e.add(Effect{Kind: ShotHit})
	}
	if n := len(e.list); n != maxEffects {
		t.Errorf("%d effects, want %d", n, maxEffects)
	}
}

// TestDeathsShowOnce lets a ship die in the belief and in the kill feed of the same
// frame.
func TestDeathsShowOnce(t *testing.T) {
	h := newHost(t)
	r := h.seated()
	f := wire.Frame{
		Own:     wire.Own{Spawn: firstTick + 120},
		Changes: h.gone(),
		Kills:   []wire.Kill{{Who: 3, By: 5}},
	}
	if err := r.Receive(tickTime, h.frame(f)); err != nil {
		t.Fatal(err)
	}
	deaths := 0
	for _, e := range r.Scene(tickTime).Effects {
		if e.Kind == ShipDied && e.Who == 3 && e.By == 5 && e.Own {
			deaths++
		}
	}
	if deaths != 1 {
		t.Errorf("%d deaths are shown, want 1", deaths)
	}
}
