package main

import "ionwake/client/replica"

// figures are the plain values of window.ionwake.stats() in the browser and of
// --report on the desktop. Places are in world units, times in milliseconds.
func (p *play) figures(fps float64) map[string]any {
	now := p.now()
	st, v := p.Session.Status(now), p.Net(now)
	out := map[string]any{
		"state": stageNames[st.Stage], "message": st.Message, "retryIn": st.RetryIn.Seconds(),
		"rtt": v.RTT.Seconds() * 1000, "jitter": v.Jitter.Seconds() * 1000,
		"players": v.Players, "bots": v.Bots, "entities": v.Entities,
		"bytesIn": v.BytesIn, "bytesOut": v.BytesOut, "mispredictions": v.Mispredictions,
		"fps": fps, "frames": p.draws, "tick": 0, "ship": nil,
		"skipped": v.FramesSkipped, "late": v.Late, "stateMismatches": v.StateMismatches, "lead": v.Lead, "margin": v.Margin, "sendRate": v.SendRate, "correction": v.Corrections,
	}
	if s := p.scene; s != nil {
		out["tick"] = int(s.Tick)
		out["self"] = int(s.Self)
		for i := range s.Ships {
			if sh := &s.Ships[i]; sh.Own {
				out["ship"] = map[string]any{"x": sh.Pos.X, "y": sh.Pos.Y, "energy": sh.Energy}
			}
		}
		addPeople(out, s)
	}
	return out
}

// addPeople adds what the screen says of people: the scoreboard and the chat.
func addPeople(out map[string]any, s *replica.Scene) {
	var lines, chat []any
	for _, l := range s.Players {
		lines = append(lines, map[string]any{
			"id": int(l.ID), "name": l.Name, "bot": l.Bot, "score": l.Score, "kills": l.Kills, "deaths": l.Deaths,
		})
	}
	for _, c := range s.Chat {
		chat = append(chat, map[string]any{"name": c.Name, "text": c.Text})
	}
	var ships []any
	for i := range s.Ships {
		sh := &s.Ships[i]
		ships = append(ships, map[string]any{"id": int(sh.ID), "x": sh.Pos.X, "y": sh.Pos.Y})
	}
	out["scoreboard"], out["chat"], out["ships"] = lines, chat, ships
}
