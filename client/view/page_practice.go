package view

import "ionwake/client/view/words"

// The modes as the server names them, with their words.
var (
	modeIDs   = [...]string{"brawl", "squads", "relay", "beacon"}
	modeNames = [...]words.Key{words.ModeBrawl, words.ModeSquads, words.ModeRelay, words.ModeBeacon}
	modeLines = [...]words.Key{words.ModeBrawlLine, words.ModeSquadsLine, words.ModeRelayLine, words.ModeBeaconLine}
	levels    = [...]words.Key{words.LevelEasy, words.LevelMiddle, words.LevelHard}
)

// modeName returns what the mode of that name is called.
func (b *brush) modeName(id string) string {
	for i, m := range modeIDs {
		if m == id {
			return b.say(modeNames[i])
		}
	}
	return id
}

// modeLine says what the mode of that name is about, Brawl for one that is not known.
func modeLine(id string) words.Key {
	for i, m := range modeIDs {
		if m == id {
			return modeLines[i]
		}
	}
	return words.ModeBrawlLine
}

// mostBots is how many one may practise against.
const mostBots = 31

// practicePage starts a match without a network.
func (g *Game) practicePage(name *field) *page {
	pg := &page{head: words.Practice}
	p := &g.practice
	pg.build = func(pg *page) {
		pg.add(item{kind: doItem, key: words.Start, do: func() {
			at := *p
			at.Mode = modeIDs[g.practiceMode]
			at.Arena = g.practiceArena()
			g.fly(name, Place{Practice: &at})
		}})
		pg.add(item{
			kind: turnItem, key: words.Mode, help: modeLines[g.practiceMode],
			value: func(b *brush) string { return b.say(modeNames[g.practiceMode]) },
			turn: func(by int) {
				g.practiceMode = (g.practiceMode + by + len(modeIDs)) % len(modeIDs)
				g.practiceMap = 0
				pg.rebuild()
			},
		})
		if arenas := g.arenas(); len(arenas) > 0 {
			pg.add(item{
				kind: turnItem, key: words.ArenaLabel,
				value: func(b *brush) string { return b.arenaName(g.practiceArena()) },
				turn:  func(by int) { g.practiceMap = (g.practiceMap + by + len(arenas)) % len(arenas) },
			})
		}
		pg.add(item{
			kind: slideItem, key: words.BotsLabel,
			value: func(*brush) string { return number(p.Bots) },
			share: func() float64 { return float64(p.Bots-1) / (mostBots - 1) },
			slide: func(share float64) { p.Bots = 1 + int(share*(mostBots-1)+0.5) },
			turn:  func(by int) { p.Bots = max(1, min(mostBots, p.Bots+by)) },
		})
		pg.add(item{
			kind: turnItem, key: words.LevelLabel,
			value: func(b *brush) string { return b.say(levels[p.Level-1]) },
			turn:  func(by int) { p.Level = (p.Level-1+by+len(levels))%len(levels) + 1 },
		})
		pg.add(item{kind: turnItem, key: words.HullButton, value: func(b *brush) string { return b.say(hullNames[g.settings.Hull]) }, turn: func(by int) {
			g.settings.Hull = (g.settings.Hull + by + len(hullNames)) % len(hullNames)
			g.save()
		}})
		pg.add(item{kind: noteItem, key: words.PracticeLine})
	}
	return pg
}

// arenas returns the arenas that the chosen mode of practice can be played in.
func (g *Game) arenas() []string {
	if g.cfg.Arenas == nil {
		return nil
	}
	return g.cfg.Arenas(modeIDs[g.practiceMode])
}

// practiceArena returns the chosen one, or "" for any.
func (g *Game) practiceArena() string {
	if arenas := g.arenas(); len(arenas) > 0 {
		return arenas[g.practiceMap%len(arenas)]
	}
	return ""
}
