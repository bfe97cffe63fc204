package view

import (
	"fmt"
	"testing"
	"time"

	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// hudRooms are the windows that what lies over the world is looked at in.
var hudRooms = []screen{
	{name: "720"}, {name: "1080", w: 1920, h: 1080}, {name: "phone", w: 844, h: 390, touch: true, plain: true},
	{name: "tall", w: 390, h: 844, touch: true, plain: true},
}

// hudMoments are what is looked at.
var hudMoments = []struct {
	name string
	mode string
	show func(r *rig, e *exhibit)
}{
	{"brawl", "brawl", func(r *rig, e *exhibit) { e.scene.Kills = someKills(e); e.talk() }},
	{"squads", "squads", func(r *rig, e *exhibit) { e.talk(); e.scene.Kills = someKills(e); e.vote(replica.VoteKick) }},
	{"relay", "relay", func(r *rig, e *exhibit) {
		e.coreAway()
		r.play(time.Second / 2)
		e.do(r, replica.CoreTaken, 7, sim.TeamIon)
	}},
	{"carry", "relay", func(r *rig, e *exhibit) { e.carry(); e.do(r, replica.CoreTaken, 0, sim.TeamEmber) }},
	{"beacon", "beacon", func(r *rig, e *exhibit) {
		e.scene.Kills = someKills(e)
		e.do(r, replica.BeaconTurned, 3, sim.TeamEmber)
	}},
	{"began", "beacon", func(r *rig, e *exhibit) { e.do(r, replica.MatchBegan, 0, sim.NoTeam) }},
	{"dead", "squads", func(r *rig, e *exhibit) { e.die(9); e.scene.Kills = someKills(e) }},
	{"watch", "relay", func(r *rig, e *exhibit) { e.watch(); e.talk(); r.play(time.Second) }},
	{"board", "squads", func(r *rig, e *exhibit) { e.fill(24); r.game.hud.board.pin(true) }},
	{"boardmenu", "relay", func(r *rig, e *exhibit) { e.fill(20); e.watch(); r.play(time.Second / 10); r.game.openLine(4) }},
	{"boardffa", "brawl", func(r *rig, e *exhibit) { e.fill(40); r.game.hud.board.pin(true) }},
	{"results", "squads", func(r *rig, e *exhibit) { e.end() }},
	{"resultsffa", "brawl", func(r *rig, e *exhibit) { e.end() }},
	{"chat", "squads", func(r *rig, e *exhibit) {
		e.talk()
		r.game.chat.open(replica.ToTeam, sim.NoPlayer, "")
		r.game.chat.field.insert("go for the middle")
	}},
	{"wheel", "squads", func(r *rig, e *exhibit) {
		e.scene.Signals = []replica.SignalView{{Who: 0, Kind: replica.SignalHelp, Age: time.Second}, {Who: 2, Kind: replica.SignalWellPlayed, Age: time.Second}}
		r.game.hud.wheel.show(true)
		r.game.hud.wheel.chosen = 2
	}},
	{"signals", "squads", func(r *rig, e *exhibit) {
		e.scene.Signals = []replica.SignalView{{Who: 0, Kind: replica.SignalHelp, Age: time.Second}, {Who: 2, Kind: replica.SignalWellPlayed, Age: time.Second}, {Who: 7, Kind: replica.SignalLaugh, Age: time.Second}}
	}},
	{"hit", "brawl", func(r *rig, e *exhibit) {
		e.play = func(s *replica.Scene, t, dt float64) {
			s.Effects = append(s.Effects, replica.Effect{Kind: replica.ShotHit, Who: 0, By: 3, Own: true, Dir: replica.Point{X: 1}, Pos: s.Ships[0].Pos},
				replica.Effect{Kind: replica.ShotHit, Who: 0, By: 99, Own: true, Dir: replica.Point{Y: -1}, Pos: s.Ships[0].Pos})
		}
		e.scene.Ships[0].Energy = 0.2
	}},
}

// hudScreens are those of the HUD in every mode and window.
func hudScreens() []screen {
	var all []screen
	for _, room := range hudRooms {
		for _, m := range hudMoments {
			s := room
			s.name = "hud-" + m.name + "-" + room.name
			e := new(*exhibit)
			s.from = func(t testing.TB) Session { *e = hudExhibit(t, m.mode); return *e }
			s.show = func(r *rig) {
				r.game.hud.hints.seen = allHints
				r.play(time.Second)
				m.show(r, *e)
				r.play(time.Second / 2)
			}
			all = append(all, s)
		}
	}
	for _, room := range hudRooms {
		all = append(all, hintScreen(room))
	}
	for _, k := range []float64{0.75, 1.5} {
		for _, room := range []screen{hudRooms[0], hudRooms[2]} {
			all = append(all, scaledScreen(room, k))
		}
	}
	for _, lang := range []words.Language{words.German, words.Japanese} {
		all = append(all, languageScreen(lang))
	}
	return all
}

func hintScreen(s screen) screen {
	s.name = "hud-hint-" + s.name
	s.from = func(t testing.TB) Session { return hudExhibit(t, "brawl") }
	s.more = func(r *rig, keep keepShot) {
		for k := range hintKinds {
			r.game.hud.hints = hints{now: k, open: true, shown: 1}
			r.play(time.Second / 30)
			if k == hintThrust || k == hintDraft || k == hintAlt {
				keep(fmt.Sprint(k))
			}
		}
	}
	return s
}

func scaledScreen(s screen, k float64) screen {
	s.name = fmt.Sprintf("hud-scale%g-%s", 100*k, s.name)
	e := new(*exhibit)
	s.from = func(t testing.TB) Session { *e = hudExhibit(t, "relay"); return *e }
	s.more = func(r *rig, keep keepShot) {
		r.game.interfaceScale(k)
		(*e).talk()
		(*e).carry()
		(*e).scene.Kills = someKills(*e)
		(*e).vote(replica.VoteMap)
		(*e).do(r, replica.MatchBegan, 0, sim.NoTeam)
		keep("play")
		r.game.hud.hints = hints{seen: allHints}
		(*e).die(9)
		r.play(3 * time.Second)
		keep("dead")
		(*e).fill(12)
		r.game.hud.board.pin(true)
		r.play(time.Second / 10)
		keep("board")
	}
	return s
}

func languageScreen(lang words.Language) screen {
	e := new(*exhibit)
	s := screen{name: "hud-" + lang.Code()}
	s.from = func(t testing.TB) Session { *e = hudExhibit(t, "relay"); return *e }
	s.more = func(r *rig, keep keepShot) {
		r.game.brush.lang = lang
		(*e).talk()
		(*e).vote(replica.VoteKick)
		(*e).do(r, replica.MatchBegan, 0, sim.NoTeam)
		keep("play")
		(*e).die(9)
		r.play(time.Second)
		keep("dead")
		(*e).fill(12)
		r.game.hud.board.pin(true)
		r.play(time.Second / 10)
		keep("board")
	}
	return s
}

// hudExhibit is a match in a mode with everything in it.
func hudExhibit(t testing.TB, mode string) *exhibit {
	a := loadArena(t, "foundry")
	teams := sim.Teams
	if mode == "brawl" {
		teams = 0
	}
	e := newExhibit(a, teams)
	s := &e.scene
	s.Mode, s.Room, s.Next = mode, "main", "slingshot"
	mx, my := a.Size().X.Float()/2, a.Size().Y.Float()/2
	places := [...]replica.Point{
		{X: mx, Y: my}, {X: mx - 240, Y: my - 90}, {X: mx + 220, Y: my - 160}, {X: mx - 330, Y: my + 170}, {X: mx + 330, Y: my + 120},
		{X: 200, Y: 200}, {X: 300, Y: my}, {X: mx + 130, Y: my + 200}, {X: 2*mx - 200, Y: 300}, {X: 2*mx - 260, Y: 2*my - 200}, {X: mx, Y: 150}, {X: mx - 500, Y: 2*my - 150},
	}
	for i, at := range places {
		team := sim.NoTeam
		if teams > 0 {
			team = sim.TeamIon + sim.Team(i%2)
		}
		e.ship(replica.ShipView{Pos: at, Hull: sim.HullKind(i % 4), Team: team, Aim: float64(i), Energy: 0.3 + float64(i%7)/10, Buttons: sim.Buttons(i) & 15})
	}
	own := &s.Ships[0]
	own.Hull, own.Reload, own.Recharge, own.DashIn, own.Boost, own.BoostFor, own.Drafts, own.Energy = sim.Corsair, 0.4, 0, 0.6, sim.Overdrive, 0.7, true, 0.72
	for i := range s.Players {
		p := &s.Players[i]
		p.Score, p.Kills, p.Deaths, p.Tag = 30-2*i, 12-i, i, uint64(i+1)
		p.Ping = time.Duration(12+i*31) * time.Millisecond
		p.Bot, p.Away, p.Muted = i%4 == 3, i == 6, i == 5
		if p.Bot {
			p.Tag = 0
		}
	}
	for i, it := range a.Items {
		s.Items = append(s.Items, replica.ItemView{Kind: sim.Surge + sim.ItemKind(i%4), Pos: point(it.Pos), Here: i%3 != 0, In: 4 * time.Second})
	}
	switch mode {
	case "relay":
		s.ScoreLimit, s.Match.Scores = 5, [sim.Teams]int16{3, 2}
		for i, b := range a.Bases {
			s.Objectives = append(s.Objectives, replica.ObjectiveView{Kind: sim.Core, Team: sim.TeamIon + sim.Team(i), Carrier: sim.NoPlayer, Pos: point(b), Home: point(b)})
		}
	case "beacon":
		s.ScoreLimit, s.Match.Scores = 120, [sim.Teams]int16{87, 64}
		s.Objectives = append(s.Objectives, replica.ObjectiveView{Kind: sim.Beacon, State: sim.Held, Team: sim.TeamEmber, Carrier: sim.NoPlayer, Pos: replica.Point{X: 400, Y: 300}})
	}
	return e
}

func someKills(e *exhibit) []replica.KillView {
	var kills []replica.KillView
	for i := range 5 {
		k := replica.KillView{KillerID: sim.PlayerID(i), VictimID: sim.PlayerID(i + 4), Weapon: sim.BoltKind((i + 2) % 7), Age: time.Duration(5-i) * time.Second, OwnKill: i == 0}
		k.Killer, k.Victim = e.scene.Players[i].Name, e.scene.Players[i+4].Name
		kills = append(kills, k)
	}
	kills[3].VictimID, kills[3].Victim, kills[3].OwnDeath = 0, "Zoë", true
	return kills
}

func (e *exhibit) talk() {
	e.scene.Chat = []replica.ChatView{
		{Text: "Grażyna joined", Age: 8 * time.Second},
		{From: 2, Name: "QuietComet", Text: "we need two more at the back, they come from below", Scope: replica.ToTeam, Age: 6 * time.Second},
		{From: 4, Name: "Ñandú", Text: "good game so far", Age: 5 * time.Second},
		{From: 3, Name: "AmberFox", Text: "was that you?", Scope: replica.ToOne, Age: 4 * time.Second},
		{From: 0, Name: "Zoë", Text: "no, never", Scope: replica.ToOne, To: "AmberFox", Own: true, Age: 2 * time.Second},
	}
}

func (e *exhibit) vote(kind replica.VoteKind) {
	e.scene.Vote = &replica.VoteView{Kind: kind, Name: "AmberFox", Caller: "Łukasz", Yes: 3, No: 1, Needed: 7, Left: 17 * time.Second}
	if kind == replica.VoteMap {
		e.scene.Vote.Name = "switchyard"
	}
}

// do shows an effect once and lets half a second pass.
func (e *exhibit) do(r *rig, kind replica.EffectKind, who sim.PlayerID, team sim.Team) {
	done := false
	e.play = func(s *replica.Scene, _, _ float64) {
		if !done {
			s.Effects = append(s.Effects, replica.Effect{Kind: kind, Who: who, Team: team, Pos: s.Ships[0].Pos})
		}
		done = true
	}
	r.play(time.Second / 2)
}

func (e *exhibit) coreAway() {
	o := &e.scene.Objectives[0]
	o.State, o.Carrier, o.Pos = sim.Carried, 7, e.scene.Ships[7].Pos
	e.scene.Objectives[1].State, e.scene.Objectives[1].Timer = sim.Dropped, 9*time.Second
	e.scene.Objectives[1].Pos = replica.Point{X: 900, Y: 300}
}

func (e *exhibit) carry() {
	o := &e.scene.Objectives[1]
	o.State, o.Carrier, o.Pos = sim.Carried, 0, e.scene.Ships[0].Pos
	e.scene.Ships[0].Carries = true
}

func (e *exhibit) die(by int) {
	s := &e.scene
	k := s.Ships[by]
	s.Alive, s.Respawn = false, 1400*time.Millisecond
	s.Death = &replica.DeathView{By: k.ID, Name: s.Players[by].Name, Weapon: sim.Mine, Pos: s.Ships[0].Pos, From: k.Pos, Hull: k.Hull, Energy: 0.43}
	s.Ships = s.Ships[1:]
}

func (e *exhibit) watch() {
	s := &e.scene
	s.Ships[0].Own, s.Self, s.Alive, s.Watcher, s.Team = false, sim.NoPlayer, false, true, sim.NoTeam
	s.Watchers = []replica.PlayerView{{ID: 200, Name: "Onlooker", Tag: 200}, {ID: 201, Name: "Zuschauerin", Tag: 201, Muted: true}}
	e.status.Stage = Spectating
}

func (e *exhibit) fill(n int) {
	s := &e.scene
	for i := len(s.Players); i < n; i++ {
		v := replica.PlayerView{ID: sim.PlayerID(i), Name: pilotNames[i%len(pilotNames)], Hull: sim.HullKind(i % 4), Score: max(0, 8-i/2), Ping: time.Duration(20+i*5) * time.Millisecond, Tag: uint64(i)}
		if s.Teams > 0 {
			v.Team = sim.TeamIon + sim.Team(i%2)
		}
		s.Players = append(s.Players, v)
	}
}

func (e *exhibit) end() {
	e.fill(16)
	e.scene.Match.Phase, e.scene.Left = sim.Results, 7*time.Second
}

// interfaceScale makes words and panels k times as large, as far as there is room.
func (g *Game) interfaceScale(k float64) {
	if g.size = k; g.frame.width > 0 {
		g.resize(g.frame.width, g.frame.height)
	}
}
