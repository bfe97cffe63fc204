package view

import (
	"strings"

	"ionwake/client/view/settings"
	"ionwake/client/view/words"
)

// actionNames are what the actions are called.
var actionNames = [settings.Actions]words.Key{
	thrustUp: words.ActThrustUp, thrustDown: words.ActThrustDown, thrustLeft: words.ActThrustLeft, thrustRight: words.ActThrustRight,
	fire: words.ActFire, secondary: words.ActAlt, dash: words.ActDash, scores: words.ActScores, talk: words.ActTalk, talkTeam: words.ActTalkTeam,
	wheel: words.ActWheel, settings.Signal1: words.SignalHelp, settings.Signal2: words.SignalAttack, settings.Signal3: words.SignalDefend,
	settings.Signal4: words.SignalFollow, settings.Signal5: words.SignalThanks, settings.Signal6: words.SignalWellPlayed,
	settings.Signal7: words.SignalSorry, settings.Signal8: words.SignalLaugh, chooseHull: words.ActHull, voteYes: words.ActVoteYes,
	voteNo: words.ActVoteNo, nextPilot: words.ActWatchNext, previousPilot: words.ActWatchPrevious, freeLook: words.ActWatchFree,
	joinIn: words.JoinMatch, skipHint: words.ActSkipHint, netView: words.ActNet, pause: words.ActPause,
}

// keysPage lets choose the keys: up to two for an action, by their place on the
// keyboard and called as they are printed here.
func (g *Game) keysPage() *page {
	return g.page(words.PageControls, settings.Controls, func(pg *page) {
		g.nameKeys()
		for a := range settings.Actions {
			it := item{kind: bindItem, key: actionNames[a]}
			for slot := range it.cells {
				it.cells[slot] = func(b *brush) string {
					if c := g.menus.capture; c != nil && !c.pad && c.action == a && c.slot == slot {
						return b.say(words.PressKey)
					}
					return g.keys.control(b.lang, g.settings.Keys[a][slot])
				}
			}
			i := len(pg.items)
			it.do = func() { g.catchKey(pg, a, pg.items[i].cell) }
			pg.add(it)
		}
	})
}

// nameKeys asks now what the keys in use are called: the browser answers only while
// a frame is made, and whoever asks what is on the screen may do so at any time.
func (g *Game) nameKeys() {
	for _, slots := range g.settings.Keys {
		for _, c := range slots {
			g.keys.control(g.brush.lang, c)
		}
	}
}

// catchKey waits for the key that a is to be on.
func (g *Game) catchKey(pg *page, a action, slot int) {
	pg.say(g.brush.lang.Fill(words.PressCancel, g.brush.say(words.KeyEscape)))
	g.menus.capture = &capture{
		action: a, slot: slot,
		take: func(c settings.Control) { g.took(pg, g.settings.Keys.Bind(a, slot, c)) },
		end:  g.changed,
	}
}

// padPage lets choose the pad's buttons.
func (g *Game) padPage() *page {
	s := &g.settings
	return g.page(words.PagePad, settings.Controller, func(pg *page) {
		oneOf(g, pg, words.SetAssist, &s.Assist, assistNames, words.SetAssistLine)
		for a := range settings.Actions {
			if a <= thrustRight || a >= signalFirst && a <= signalLast {
				continue // the stick flies, and eight signals are on one button
			}
			pg.add(item{
				kind: bindItem, key: actionNames[a],
				cells: [2]func(*brush) string{func(b *brush) string {
					if c := g.menus.capture; c != nil && c.pad && c.action == a {
						return b.say(words.PressButton)
					}
					return buttonLabel(b.lang, s.Pad[a])
				}},
				do: func() {
					pg.say(g.brush.lang.Fill(words.PressCancel, g.brush.say(words.KeyEscape)))
					g.menus.capture = &capture{
						pad: true, action: a, end: g.changed,
						press: func(b settings.Button) { g.took(pg, s.Pad.Bind(a, b)) },
					}
				},
			})
		}
	})
}

// took says from which actions a key was taken.
func (g *Game) took(pg *page, lost []action) {
	g.nameKeys()
	pg.saidFor = 0
	if len(lost) == 0 {
		return
	}
	names := make([]string, len(lost))
	for i, a := range lost {
		names[i] = g.brush.say(actionNames[a])
	}
	pg.say(g.brush.lang.Fill(words.TakenFrom, strings.Join(names, ", ")))
}

// keyNames keeps what controls are called while their page is open.
type keyNames struct {
	lang  words.Language
	texts map[settings.Control]string
}

func (n *keyNames) control(l words.Language, c settings.Control) string {
	if n.texts == nil || n.lang != l {
		n.lang, n.texts = l, map[settings.Control]string{}
	}
	text, known := n.texts[c]
	if !known {
		text = controlLabel(l, c)
		n.texts[c] = text
	}
	return text
}
