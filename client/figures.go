package main

import (
	"ionwake/client/replica"
	"ionwake/client/view"
	"ionwake/shared/sim"
)

// figures are the plain values of window.ionwake.stats() in the browser and of
// --report on the desktop. Places are in world units, times in milliseconds.
func (p *play) figures(fps float64) map[string]any {
	now := p.warp.now()
	st, v := p.Status(), p.Net(now)
	out := map[string]any{
		"state": stageNames[st.Stage], "message": st.Message, "retryIn": st.RetryIn.Seconds(),
		"rtt": v.RTT.Seconds() * 1000, "jitter": v.Jitter.Seconds() * 1000,
		"players": v.Players, "bots": v.Bots, "entities": v.Entities,
		"bytesIn": v.BytesIn, "bytesOut": v.BytesOut, "mispredictions": v.Mispredictions,
		"fps": fps, "frames": p.draws, "tick": 0, "ship": nil,
		"skipped": v.FramesSkipped, "late": v.Late, "stateMismatches": v.StateMismatches, "lead": v.Lead, "margin": v.Margin, "sendRate": v.SendRate, "correction": v.Corrections,
	}
	if s := p.scene; s != nil && s.Arena != nil { // a seat may have been given up since
		out["tick"] = int(s.Tick)
		out["self"] = int(s.Self)
		for i := range s.Ships {
			if sh := &s.Ships[i]; sh.Own {
				out["hull"] = sim.Hulls[sh.Hull].Name
				out["ship"] = map[string]any{"x": sh.Pos.X, "y": sh.Pos.Y, "energy": sh.Energy}
			}
		}
		addMatch(out, s)
		addPeople(out, s)
	}
	if p.told != nil {
		addTold(out, p.told())
	}
	return out
}

// addTold adds what the screen shows besides the match.
func addTold(out map[string]any, t view.Told) {
	out["screen"], out["focus"], out["value"], out["said"], out["writing"] = t.Screen, t.Focus, t.Value, t.Said, t.Writing
	out["language"], out["hint"], out["device"], out["palette"], out["scale"] = t.Language, t.Hint, t.Device, t.Palette, t.Scale
	out["watching"], out["free"] = int(t.Watching), t.Free
	var spots []any
	for _, s := range t.Spots {
		spots = append(spots, map[string]any{"name": s.Name, "x": s.X, "y": s.Y})
	}
	out["spots"] = spots
}

// phaseNames are the phases of a match.
var phaseNames = [...]string{sim.Warmup: "warmup", sim.Live: "live", sim.Results: "results"}

// teamNames are the sides, as people call them.
var teamNames = [...]string{sim.NoTeam: "", sim.TeamIon: "Torus", sim.TeamEmber: "Wedge"}

// addMatch adds how the match stands.
func addMatch(out map[string]any, s *replica.Scene) {
	out["mode"], out["room"], out["map"], out["nextMap"] = s.Mode, s.Room, s.Arena.Name, s.Next
	out["phase"], out["match"], out["left"] = phaseNames[s.Match.Phase], int(s.Match.Number), s.Left.Seconds()
	out["team"], out["scoreLimit"] = teamNames[s.Team], s.ScoreLimit
	out["alive"], out["watchers"] = s.Alive, len(s.Watchers)
	out["scores"] = nil
	if s.Teams > 0 {
		out["scores"] = []any{int(s.Match.Scores[0]), int(s.Match.Scores[1])}
	}
	var things []any
	for _, o := range s.Objectives {
		things = append(things, map[string]any{
			"kind": int(o.Kind), "state": int(o.State), "team": teamNames[o.Team], "x": o.Pos.X, "y": o.Pos.Y,
		})
	}
	out["objectives"] = things
	out["vote"] = nil
	if v := s.Vote; v != nil {
		out["vote"] = map[string]any{"name": v.Name, "yes": v.Yes, "no": v.No, "needed": v.Needed, "voted": v.Voted}
	}
	var signals []any
	for _, v := range s.Signals {
		signals = append(signals, map[string]any{"id": int(v.Who), "kind": int(v.Kind)})
	}
	out["signals"] = signals
}

// scopeNames are whom a line of chat is for.
var scopeNames = [...]string{replica.ToAll: "all", replica.ToTeam: "team", replica.ToOne: "one"}

// addPeople adds what the screen says of people: the scoreboard and the chat.
func addPeople(out map[string]any, s *replica.Scene) {
	var lines, chat []any
	for _, l := range s.Players {
		lines = append(lines, map[string]any{
			"id": int(l.ID), "name": l.Name, "bot": l.Bot, "team": teamNames[l.Team], "hull": sim.Hulls[l.Hull].Name, "score": l.Score, "kills": l.Kills, "deaths": l.Deaths,
		})
	}
	for _, c := range s.Chat {
		chat = append(chat, map[string]any{"name": c.Name, "text": c.Text, "scope": scopeNames[min(c.Scope, replica.ToOne)]})
	}
	var ships []any
	for i := range s.Ships {
		sh := &s.Ships[i]
		ships = append(ships, map[string]any{"id": int(sh.ID), "team": teamNames[sh.Team], "x": sh.Pos.X, "y": sh.Pos.Y})
	}
	out["scoreboard"], out["chat"], out["ships"] = lines, chat, ships
}
