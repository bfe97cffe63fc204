package view

import (
	"strings"

	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// chatPage says something without a keyboard: in its box a pad opens letters.
func (g *Game) chatPage() *page {
	pg := &page{head: words.ChatTitle}
	line := newField("", ChatRunes)
	say := func(scope replica.Scope) func() {
		return func() {
			line.close()
			if text := strings.TrimSpace(line.text); text != "" {
				g.cfg.Session.Say(text, scope, sim.NoPlayer)
			}
			g.menus.clear()
		}
	}
	pg.build = func(pg *page) {
		pg.add(item{kind: boxItem, key: words.ChatTitle, field: line, do: say(replica.ToAll)})
		pg.add(item{kind: doItem, key: words.ActTalk, value: blank, do: say(replica.ToAll)})
		if g.scene != nil && g.scene.Teams > 0 {
			pg.add(item{kind: doItem, key: words.ActTalkTeam, value: blank, do: say(replica.ToTeam)})
		}
	}
	return pg
}
