package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ionwake/server/admin"
	"ionwake/server/ground"
	"ionwake/server/hall"
	"ionwake/server/room"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// house is the rooms as those who run the server reach them.
type house struct {
	server *server
	hall   *hall.Hall
	warden *warden
}

// roomPatience is how long rooms have for an answer, which takes them a tick.
const roomPatience = 500 * time.Millisecond

// Players implements admin.House.
func (h *house) Players(ctx context.Context) []admin.Player {
	ctx, cancel := context.WithTimeout(ctx, roomPatience)
	defer cancel()
	all := []admin.Player{}
	for _, some := range hall.Ask(ctx, h.hall, playersOf) {
		all = append(all, some...)
	}
	slices.SortStableFunc(all, func(a, b admin.Player) int { return strings.Compare(a.Room, b.Room) })
	return all
}

func playersOf(r *room.Room) (list []admin.Player) {
	for _, s := range r.Seated() {
		p := playerOf(s.Who, r.Name(), int(s.Seat), s.Name)
		p.Team, p.Ping, p.Here = teamText(s.Team), int(s.Ping), int(s.Here/sim.TickRate)
		p.Score, p.Kills, p.Deaths = int(s.Score), int(s.Kills), int(s.Deaths)
		p.Spectator, p.Away = s.Spectator, s.Away
		list = append(list, p)
	}
	return list
}

func playerOf(w room.Who, roomName string, seat int, name string) admin.Player {
	tag := tagText(w.Tag)
	return admin.Player{
		Key: roomName + "/" + strconv.Itoa(seat) + "/" + tag, Room: roomName, Name: name, Person: personText(w.ID), Network: w.Peer, Tag: tag,
	}
}

// Recent implements admin.House.
func (h *house) Recent() []admin.Player {
	ctx, cancel := context.WithTimeout(context.Background(), roomPatience)
	defer cancel()
	here := make(map[uint64]bool)
	for _, some := range hall.Ask(ctx, h.hall, (*room.Room).Seated) {
		for _, s := range some {
			here[s.Who.Tag] = true
		}
	}
	list := []admin.Player{}
	for _, v := range h.warden.visitors() {
		if !here[v.who.Tag] {
			p := playerOf(v.who, v.room, 0, v.name)
			p.Key, p.Left = "gone/"+p.Tag, v.at
			list = append(list, p)
		}
	}
	return list
}

// Places implements admin.House.
func (h *house) Places(ctx context.Context) []admin.Place {
	ctx, cancel := context.WithTimeout(ctx, roomPatience)
	defer cancel()
	return append([]admin.Place{}, hall.Ask(ctx, h.hall, placeOf)...)
}

func placeOf(r *room.Room) admin.Place {
	p := r.Programme()
	is := admin.Place{
		Room: r.Name(), Now: p.Now, Next: p.Next, Match: int(p.Match.Number),
		Phase: [...]string{sim.Warmup: "warm-up", sim.Live: "live", sim.Results: "results"}[p.Match.Phase],
	}
	if wire.Before(p.Tick, p.Match.Ends) {
		is.Left = int((p.Match.Ends - p.Tick) / sim.TickRate)
	}
	for _, g := range p.Rotation {
		is.Rotation = append(is.Rotation, g.Arena.Name+":"+g.Mode.Name())
	}
	return is
}

// Arenas implements admin.House.
func (h *house) Arenas() []string { return h.server.live.Load().grounds.Names() }

// Modes implements admin.House.
func (h *house) Modes() []string { return sim.ModeNames() }

// Kick implements admin.House.
func (h *house) Kick(p admin.Player, reason string) bool {
	tag, err := strconv.ParseUint(p.Tag, 16, 64)
	if err != nil {
		return false
	}
	why := wire.Reject{Code: wire.CloseKicked, Message: "You were removed by those who run this server: " + sentence(reason)}
	return h.hall.Tell(p.Room, func(r *room.Room) { r.Remove(tag, why) })
}

// Recheck implements admin.House.
func (h *house) Recheck() { recheck(h.hall) }

// Announce implements admin.House.
func (h *house) Announce(name, text string) bool {
	return h.tell(name, func(r *room.Room) { r.Announce(text) })
}

// tell has one room, or all without a name, carry out an order.
func (h *house) tell(name string, order func(*room.Room)) bool {
	if name == "" {
		return h.hall.TellAll(order) > 0
	}
	return h.hall.Tell(name, order)
}

// PlayNext implements admin.House.
func (h *house) PlayNext(name, arena, modeName string) error {
	var mode sim.Mode
	if modeName != "" {
		var err error
		if mode, err = ground.Mode(modeName); err != nil {
			return fmt.Errorf("there is no mode %.20q: %w", modeName, err)
		}
	}
	grounds := h.server.live.Load().grounds
	play := func(r *room.Room) error {
		if name != "" && r.Name() != name {
			return errOtherRoom
		}
		mode := mode
		if p := r.Programme(); mode == nil {
			mode = p.Rotation[p.Now].Mode
		}
		a, err := grounds.Find(arena, mode)
		if err != nil {
			return fmt.Errorf("%.40q cannot be played in %s as %s: %w", arena, r.Name(), mode.Name(), err)
		}
		r.PlayNext(room.Ground{Arena: a, Mode: mode})
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), roomPatience)
	defer cancel()
	answers := hall.Ask(ctx, h.hall, play)
	for _, err := range answers {
		if err != nil && !errors.Is(err, errOtherRoom) {
			return err
		}
	}
	if !slices.Contains(answers, nil) {
		return errors.New("there is no such room")
	}
	return nil
}

var errOtherRoom = errors.New("another room is meant")

// EndMatch implements admin.House.
func (h *house) EndMatch(name string) bool { return h.tell(name, (*room.Room).EndMatch) }

// SetRotation implements admin.House. It holds for rooms that are opened later too.
func (h *house) SetRotation(list []string) error {
	old := h.server.live.Load()
	entries, err := old.grounds.Rotation(list, old.rotation[0].Mode)
	if err != nil {
		return fmt.Errorf("the rotation stays as it is: %w", err)
	}
	if len(entries) == 0 {
		return errors.New("there has to be something to play")
	}
	next := *old
	next.rotation = nil
	for _, e := range entries {
		next.rotation = append(next.rotation, room.Ground{Arena: e.Arena, Mode: e.Mode})
	}
	if !h.server.live.CompareAndSwap(old, &next) {
		return errors.New("the settings are just being read again: try once more")
	}
	h.hall.TellAll(func(r *room.Room) { r.SetRotation(next.rotation) })
	return nil
}

// SetLimits implements admin.House.
func (h *house) SetLimits(l admin.Limits) { h.warden.limit(l) }
