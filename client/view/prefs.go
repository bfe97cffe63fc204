package view

import (
	"ionwake/client/replica"
	"ionwake/client/view/settings"
	"ionwake/client/view/sound"
	"ionwake/client/view/words"
)

// writeAfter is how long settings may wait to be written, in seconds: a slide that
// is dragged changes them in each frame.
const writeAfter = 0.4

// recall takes over what was kept from earlier.
func (g *Game) recall() {
	s, said := settings.Load(g.cfg.Store)
	g.settings = s
	g.faults = said
	if g.cfg.Name == "" {
		g.cfg.Name = s.Name
	}
	if g.cfg.Name == "" {
		g.cfg.Name = g.cfg.CallSign
	}
	g.name = g.cfg.Name
	g.hud.hints.seen = hintsSeen(&g.settings)
	for _, m := range s.Muted {
		g.cfg.Session.Mute(m.Tag, true)
	}
	g.changed()
	g.writeIn = 0 // nothing is new yet
}

// Faults returns what could not be read of the settings that were kept, for the
// program's log. The player finds the old text beside the new.
func (g *Game) Faults() []settings.Problem { return g.faults }

// changed makes the game be as the settings say, and has them written soon.
func (g *Game) changed() {
	s := &g.settings
	before := g.brush.lang
	g.brush.lang = words.Choose(g.cfg.Languages...)
	if l, known := words.Find(settings.Languages[s.Language]); known {
		g.brush.lang = l
	}
	if g.brush.lang != before {
		words.Tell(g.brush.lang)
		g.menus.rebuild()
	}
	g.bound = bound{s.Keys, s.Pad}
	g.net.shown = s.NetGraph
	g.size = float64(s.Scale) / 100
	g.limit.cap, g.limit.away = settings.Caps[s.Cap], 0
	if s.CapAway {
		g.limit.away = awayFrames
	}
	g.cfg.Sound.SetVolumes(sound.Volumes{
		Master: percent(s.Master), Effects: percent(s.Effects), Music: percent(s.Music), Interface: percent(s.Interface),
	})
	g.cfg.Sound.MuteHidden(s.MuteAway)
	g.stage.please(g.taste())
	if g.frame.width > 0 {
		g.resize(g.frame.width, g.frame.height)
	}
	g.save()
}

// taste is what the settings say about the picture. A program started calm stays
// so.
func (g *Game) taste() taste {
	s := &g.settings
	t := taste{
		palette: palettes[s.Palette].dyed(s.Own, s.Enemy),
		shake:   float64(s.Shake) / 100, flash: flashLimit(s.Flash), still: s.Still, noNames: !s.Names,
	}
	if s.Still {
		t.shake = 0
	}
	if g.cfg.Calm {
		t.shake, t.flash, t.still = 0, flashNone, true
	}
	return t
}

// glow is how light bleeds: the program may have said.
func (g *Game) glow() Glow {
	if g.cfg.Glow != GlowAuto {
		return g.cfg.Glow
	}
	return Glow(g.settings.Glow)
}

// save has the settings written soon.
func (g *Game) save() { g.writeIn = writeAfter }

// flush writes what waits to be written.
func (g *Game) flush() {
	g.writeIn = 0
	if g.cfg.Store == nil {
		return
	}
	if err := g.cfg.Store.Save(g.settings.Text()); err != nil {
		g.faults = append(g.faults, settings.Problem{What: err.Error()})
	}
}

// Close writes what is not written yet. The game must not run any more.
func (g *Game) Close() {
	if g.writeIn > 0 {
		g.flush()
	}
}

// remember notes what play taught, and writes the settings when it is time to.
func (g *Game) remember() {
	if h := &g.hud.hints; h.changed {
		h.changed = false
		noteHints(&g.settings, h.seen)
		g.save()
	}
	if g.writeIn > 0 {
		if g.writeIn -= g.dt; g.writeIn <= 0 {
			g.flush()
		}
	}
}

// keeper is the session, of which the settings keep who is muted.
type keeper struct {
	Session
	game *Game
}

// Mute mutes somebody, or no longer, for good.
func (k keeper) Mute(tag uint64, muted bool) {
	k.Session.Mute(tag, muted)
	name := ""
	if s := k.game.scene; s != nil {
		for _, list := range [...][]replica.PlayerView{s.Players, s.Watchers} {
			for i := range list {
				if list[i].Tag == tag {
					name = list[i].Name
				}
			}
		}
	}
	if name == "" && muted {
		for _, m := range k.game.settings.Muted {
			if m.Tag == tag {
				name = m.Name
			}
		}
	}
	k.game.settings.Mute(tag, name, muted)
	k.game.save()
}

// hintNames are what the settings call the hints.
var hintNames = [hintKinds]string{
	hintThrust: "thrust", hintAim: "aim", hintFire: "fire", hintEnergy: "energy", hintAlt: "alt", hintDash: "dash",
	hintItems: "items", hintDraft: "draft", hintScores: "scores",
}

// hintsSeen returns the hints that were seen, a bit for each.
func hintsSeen(s *settings.Settings) (seen uint32) {
	if s.Skipped {
		return allHints
	}
	for k, name := range hintNames {
		if s.HasSeen(name) {
			seen |= 1 << k
		}
	}
	return seen
}

// noteHints keeps which hints were seen.
func noteHints(s *settings.Settings, seen uint32) {
	if seen == allHints {
		s.Skipped = true
	}
	for k, name := range hintNames {
		if seen&(1<<k) != 0 {
			s.Saw(name)
		}
	}
}
