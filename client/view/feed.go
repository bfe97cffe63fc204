package view

import (
	"time"

	"ionwake/client/replica"
)

const (
	feedSpan = 8 * time.Second // a line of the kill feed is gone after this
	feedFade = time.Second
)

// drawFeed draws who destroyed whom, newest at the bottom.
func drawFeed(b *brush, f *frame, scene *replica.Scene) {
	u := f.unit
	size := 15 * u
	right0, y := f.feed()
	for i := range scene.Kills {
		k := &scene.Kills[i]
		light := float32(between(float64(feedSpan-k.Age)/float64(feedFade), 0, 1))
		if light == 0 {
			continue
		}
		killer, victim := shortName(k.Killer, NameRunes), shortName(k.Victim, NameRunes)
		vw, kw := b.textWidth(victim, size, bold), b.textWidth(killer, size, bold)
		mark := 40 * u
		w := vw + kw + mark + 20*u
		line := rectangle{right0 - w, y, w, 24 * u}
		body, rim := inkPanel.solid(0.55*light), tint{}
		if k.OwnKill || k.OwnDeath {
			body, rim = inkPanel.mix(inkIon, 0.12).solid(0.8*light), inkIon.light(0.45*light)
			if k.OwnDeath {
				body, rim = inkPanel.mix(inkBad, 0.18).solid(0.8*light), inkBad.light(0.5*light)
			}
		}
		panel(b, line, u*0.7, body, rim)
		base := y + 17*u
		colour := hueOf(k.KillerID, k.OwnKill)
		b.text(killer, line.x+10*u, base, size, bold, left, colour.solid(light))
		b.sprite(boltShape, line.x+10*u+kw+mark/2, y+12*u, 0, 0.6*u/b.sheet.zoom, colour.light(light))
		b.text(victim, line.x+10*u+kw+mark, base, size, bold, left, hueOf(k.VictimID, k.OwnDeath).solid(light))
		y += 27 * u
	}
}
