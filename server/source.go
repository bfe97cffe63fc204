package main

import (
	"cmp"
	"sync/atomic"

	"ionwake/server/account"
	"ionwake/server/admin"
	"ionwake/server/gate"
	"ionwake/server/hall"
	"ionwake/server/room"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// source tells the host's side what the other packages know.
type source struct {
	set      settings
	gate     *gate.Gate
	hall     *hall.Hall
	live     *atomic.Pointer[settings]
	memory   *memory
	draining atomic.Bool
	accounts *account.Store // nil: nothing is kept
	lock     *padlock       // nil: plain HTTP
}

// Status implements admin.Source.
func (s *source) Status() admin.Status {
	set := s.live.Load()
	first := set.rotation[0]
	st := admin.Status{
		Name: s.set.name, Version: version(), Wire: wire.Version,
		Play: admin.Play{Mode: first.Mode.Name(), Map: first.Arena.Name}, Locked: s.set.password != "",
	}
	for _, r := range s.hall.Stats() {
		st.Players += r.Players
		st.Bots += r.Bots
		st.Spectators += r.Watchers
		st.Max += set.maxPlayers
		// A room that has just opened has not said yet.
		mode, arena := cmp.Or(r.Mode, first.Mode.Name()), cmp.Or(r.Arena, first.Arena.Name)
		if r.Name == hall.MainRoom {
			st.Tick, st.Mode, st.Map = uint32(r.Tick), mode, arena
		}
		st.Rooms = append(st.Rooms, admin.Room{Name: r.Name, Tick: uint32(r.Tick), Locked: st.Locked, Play: admin.Play{
			Mode: mode, Map: arena, Players: r.Players, Bots: r.Bots, Spectators: r.Watchers, Max: set.maxPlayers,
		}})
	}
	return st
}

// Health implements admin.Source.
func (s *source) Health() admin.Health {
	h := admin.Health{LastTick: s.hall.LastTick(), Draining: s.draining.Load(), Full: s.memory.full.Load()}
	for _, r := range s.hall.Stats() {
		if r.Name == hall.MainRoom {
			h.Full = h.Full || r.Players >= s.live.Load().maxPlayers
		}
	}
	return h
}

// Scene implements admin.Source.
func (s *source) Scene() admin.Scene {
	c := s.gate.Coming()
	scene := admin.Scene{
		Sockets: c.Sockets, Connections: c.Open, Greeting: c.Greeting,
		Upgraded: c.Upgraded, Refused: c.Refused, TurnedAway: c.TurnedAway,
	}
	scene.RoomsOpened, scene.RoomsCrashed = s.hall.Rooms()
	return scene
}

// Flow implements admin.Source.
func (s *source) Flow() admin.Flow {
	in, out := s.gate.Flow()
	return admin.Flow{BytesIn: in, BytesOut: out}
}

// Counts implements admin.Source.
func (s *source) Counts() admin.Counts {
	c := admin.Counts{Version: version(), Wire: wire.Version}
	for _, r := range s.hall.Stats() {
		c.Rooms++
		c.Players += r.Players
		c.Spectators += r.Watchers
		c.Bots += r.Bots
		c.Ships += r.Ships
		if r.Slowed {
			c.RoomsSlowed++
		}
		if c.SendRate == 0 || r.SendRate < c.SendRate {
			c.SendRate = r.SendRate
		}
		c.Bolts += r.Bolts
	}
	t := s.hall.Totals()
	c.RoomsOpened, c.RoomsCrashed = t.Opened, t.Crashed
	c.FramesSent, c.FramesSkipped, c.PayloadBytes = t.FramesSent, t.FramesSkipped, t.PayloadBytes
	c.InputsLate, c.InputsDropped, c.ChatDropped = t.InputsLate, t.InputsDropped, t.ChatDropped
	c.FramesRestarted = t.Restarted
	c.Changes, c.Whole = histogramOf(&t.Changes, &room.FrameBytes, 1), histogramOf(&t.Whole, &room.FrameBytes, 1)
	c.Gaps, c.RTT = histogramOf(&t.Gaps, &room.GapTicks, 1.0/sim.TickRate), histogramOf(&t.Pings, &room.PingMillis, 0.001)
	c.Parts, c.Fields, c.KeyFields = billOf(&t.Bill)
	c.Accounts, c.Certificate = accountsOf(s.accounts), s.lock.certificate()
	g := s.gate.Stats()
	c.Connections, c.Greeting, c.Sockets = g.Open, g.Greeting, g.Sockets
	c.Upgraded, c.Refused, c.TurnedAway, c.Panics = g.Upgraded, g.Refused, g.TurnedAway, g.Faults
	c.MessagesIn, c.BytesIn, c.MessagesOut, c.BytesOut = g.MessagesIn, g.BytesIn, g.FramesOut, g.BytesOut
	c.Ended = g.Ended
	for _, e := range gate.Endings() {
		c.Ended[e.Code] += 0 // shown from the start: a rate needs a first value
	}
	return c
}

// Bill implements admin.Source.
func (s *source) Bill(name string) (admin.Bill, bool) {
	for _, r := range s.hall.Stats() {
		if r.Name == name {
			b := admin.Bill{Seconds: float64(r.Tick) / sim.TickRate, Frames: r.FramesSent, Bytes: r.PayloadBytes}
			b.Parts, b.Changes, b.Keyframes = billOf(&r.Bill)
			return b, true
		}
	}
	return admin.Bill{}, false
}
