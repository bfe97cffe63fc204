package wire

import (
	"slices"

	"google.golang.org/protobuf/encoding/protowire"

	"ionwake/proto/gamepb"
	"ionwake/shared/sim"
)

// roomyFrame is what there is room for from the start, in bytes: most frames of a fight.
const roomyFrame = 512

// Encoder turns frames into bytes. It reuses its messages, so that a frame of
// chunks alone allocates nothing; it must not be used by two goroutines.
type Encoder struct {
	msg   gamepb.ServerMessage
	own   gamepb.Own
	match gamepb.Match
}

// Append appends f as one message to dst.
func (e *Encoder) Append(dst []byte, f *Frame) []byte {
	m := &e.msg
	m.Tick = uint32(f.Tick)
	m.Chunks = m.Chunks[:0]
	for i := range f.Chunks {
		e.chunk(&f.Chunks[i])
	}
	m.Own = e.ownPart(&f.Own)
	m.Forget = m.Forget[:0]
	for _, c := range f.Forget {
		m.Forget = append(m.Forget, uint32(c))
	}
	m.Changes = f.Changes
	e.rare(f)
	e.game(f)
	size := m.SizeVT()
	start := len(dst)
	if cap(dst) < start+size { // amply: or it would grow with each frame larger than all before
		dst = slices.Grow(dst, max(2*size, roomyFrame))
	}
	dst = dst[:start+size]
	// The sized buffer fits by construction; anything else is our own bug.
	if _, err := m.MarshalToSizedBufferVT(dst[start:]); err != nil {
		panic(err)
	}
	return dst
}

// AppendChange appends to dst, the changes of a frame, the chunk of the next cell that
// was in sight before and stays so; last: there is none after it.
func AppendChange(dst, chunk []byte, last bool) []byte {
	if !last {
		dst = protowire.AppendVarint(dst, uint64(len(chunk)))
	}
	return append(dst, chunk...)
}

// NextChange takes the chunk of the next cell off changes; last: there is no cell after
// it. Behind the end of changes chunks are empty. false: these are no changes.
func NextChange(changes []byte, last bool) (chunk, rest []byte, ok bool) {
	if last || len(changes) == 0 {
		return changes, nil, true
	}
	size, n := protowire.ConsumeVarint(changes)
	if n < 0 || size > uint64(len(changes)-n) {
		return nil, nil, false
	}
	return changes[n : n+int(size)], changes[n+int(size):], true
}

// another lengthens a list of messages by one, using again what it held before.
func another[T any](list []*T) ([]*T, *T) {
	if n := len(list); n < cap(list) {
		list = list[:n+1]
	} else {
		list = append(list, nil)
	}
	last := &list[len(list)-1]
	if *last == nil {
		*last = new(T)
	}
	return list, *last
}

func (e *Encoder) chunk(c *Chunk) {
	var to *gamepb.Chunk
	e.msg.Chunks, to = another(e.msg.Chunks)
	to.Cell, to.Back, to.Key, to.Data = uint32(c.Cell), uint32(c.Back), c.Key, c.Data
}

func (e *Encoder) ownPart(o *Own) *gamepb.Own {
	if *o == (Own{}) {
		return nil
	}
	m := &e.own
	m.Hash, m.Early = 0, 0
	if o.HasShip {
		m.Hash = uint32(o.Hash) | 1<<hashBits
	}
	if o.HasEarly {
		m.Early = int32(o.Early)
		if m.Early >= 0 {
			m.Early++
		}
	}
	m.Echo, m.EchoHeld = o.Echo, o.EchoHeld
	m.Skipped, m.Spawn = uint32(o.Skipped), uint32(o.Spawn)
	return m
}

// rare fills what most frames do not have.
func (e *Encoder) rare(f *Frame) {
	m := &e.msg
	m.Kills, m.Players, m.Gone, m.Chat = m.Kills[:0], m.Players[:0], m.Gone[:0], m.Chat[:0]
	m.Match, m.Welcome, m.Reject = nil, nil, nil
	for i := range f.Kills {
		e.kill(&f.Kills[i])
	}
	if f.HasMatch {
		m.Match = e.matchPart(&f.Match)
	}
	for i := range f.Players {
		e.player(&f.Players[i])
	}
	for _, id := range f.Gone {
		m.Gone = append(m.Gone, uint32(id))
	}
	for _, c := range f.Chat {
		m.Chat = append(m.Chat, &gamepb.ChatLine{
			From: uint32(c.From), Name: c.Name, Text: c.Text, Scope: uint32(c.Scope), To: uint32(c.To),
			Notice: uint32(c.Kind), About: c.About, Also: c.Also, Number: uint32(c.Number),
		})
	}
	if f.Welcome != nil {
		m.Welcome = welcomePart(f.Welcome)
	}
	if r := f.Reject; r != nil {
		m.Reject = &gamepb.Reject{Code: uint32(r.Code), Message: r.Message, RetryAfterMs: r.RetryAfterMS}
	}
}

func (e *Encoder) matchPart(m *sim.Match) *gamepb.Match {
	to := &e.match
	to.Phase, to.Ends, to.Number = uint32(m.Phase), uint32(m.Ends), m.Number
	to.Ion, to.Ember = int32(m.Scores[sim.TeamIon-1]), int32(m.Scores[sim.TeamEmber-1])
	return to
}

func welcomePart(w *Welcome) *gamepb.Welcome {
	return &gamepb.Welcome{
		Version: w.Version, Id: uint32(w.ID), Name: w.Name, Resume: w.Resume,
		Room: w.Room, Mode: w.Mode, Server: w.Server,
		Arena: w.Arena, ArenaHash: uint64(w.ArenaHash), CellSide: w.CellSide,
		TickRate: w.TickRate, SendInterval: w.SendInterval,
		Resumed: w.Resumed, KillPoints: w.KillPoints, Continues: w.Continues,
		Teams: w.Teams, ScoreLimit: w.ScoreLimit, ArenaSize: w.ArenaSize, NextArena: w.NextArena,
	}
}

func (e *Encoder) kill(k *Kill) {
	var to *gamepb.Kill
	e.msg.Kills, to = another(e.msg.Kills)
	to.Who, to.By, to.Weapon, to.Ago, to.Idle = uint32(k.Who), uint32(k.By), uint32(k.With), uint32(k.Ago), k.Idle
}

func (e *Encoder) player(p *Player) {
	var to *gamepb.Player
	e.msg.Players, to = another(e.msg.Players)
	to.Id, to.Name, to.Bot, to.Away, to.Spectator = uint32(p.ID), p.Name, p.Bot, p.Away, p.Spectator
	to.Score, to.Kills, to.Deaths, to.Ping = int32(p.Score), uint32(p.Kills), uint32(p.Deaths), uint32(p.Ping)
	to.Team, to.Hull, to.Tag = uint32(p.Team), uint32(p.Hull), p.Tag
	to.Uncounted, to.Place = p.Uncounted, uint32(p.Place)
}

// AppendReject returns the one-off message that tells a player why the door stays
// shut.
func AppendReject(dst []byte, r Reject) []byte {
	var e Encoder
	return e.Append(dst, &Frame{Reject: &r})
}

// serial compares ticks that may have wrapped: negative when a is before b.
func serial(a, b sim.Tick) int32 { return int32(a - b) }

// Before reports whether a is earlier than b, across the wrap of the counter
// (RFC 1982).
func Before(a, b sim.Tick) bool { return serial(a, b) < 0 }
