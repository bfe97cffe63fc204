package wire

import (
	"fmt"
	"unicode/utf8"

	"ionwake/proto/gamepb"
	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// Caps of what one frame may hold: more than any honest server sends.
const (
	maxChunks  = 64 * 1024
	maxKills   = 4096
	maxChats   = 256
	maxBack    = 64
	maxCellIDs = 1 << 16
)

// Decoder turns bytes into frames. It reuses its messages: what DecodeFrame fills
// in is valid until the next call.
type Decoder struct {
	msg gamepb.ServerMessage
}

// Decode reads one message of a server into f. The slices of f, Chunk.Data among
// them, are valid until the next call. Errors wrap ErrMessage.
func (d *Decoder) Decode(data []byte, f *Frame) error {
	if len(data) > MaxServerMessage {
		return fmt.Errorf("%w: %d bytes", ErrMessage, len(data))
	}
	m := &d.msg
	m.ResetVT()
	if err := m.UnmarshalVT(data); err != nil {
		return fmt.Errorf("%w: %w", ErrMessage, err)
	}
	f.reset()
	f.Tick = sim.Tick(m.Tick)
	if err := f.takeChunks(m); err != nil {
		return err
	}
	f.takeOwn(m.Own)
	if err := f.takeLists(m); err != nil {
		return err
	}
	return f.takeTalk(m)
}

func (f *Frame) reset() {
	*f = Frame{
		Chunks: f.Chunks[:0], Forget: f.Forget[:0], Kills: f.Kills[:0],
		Players: f.Players[:0], Gone: f.Gone[:0], Chat: f.Chat[:0],
	}
}

func (f *Frame) takeChunks(m *gamepb.ServerMessage) error {
	if len(m.Chunks) > maxChunks {
		return fmt.Errorf("%w: %d chunks", ErrMessage, len(m.Chunks))
	}
	for _, c := range m.Chunks {
		if c.Cell >= maxCellIDs || c.Back > maxBack {
			return fmt.Errorf("%w: chunk of cell %d, %d sends back", ErrMessage, c.Cell, c.Back)
		}
		f.Chunks = append(f.Chunks, Chunk{Cell: belief.CellID(c.Cell), Back: int(c.Back), Key: c.Key, Data: c.Data})
	}
	for _, c := range m.Forget {
		if c >= maxCellIDs {
			return fmt.Errorf("%w: cell %d", ErrMessage, c)
		}
		f.Forget = append(f.Forget, belief.CellID(c))
	}
	return nil
}

func (f *Frame) takeOwn(m *gamepb.Own) {
	if m == nil {
		return
	}
	o := &f.Own
	o.HasShip = m.Hash&(1<<hashBits) != 0
	o.Hash = uint16(m.Hash) & (1<<hashBits - 1)
	if m.Early != 0 {
		o.HasEarly, o.Early = true, int(m.Early)
		if o.Early > 0 {
			o.Early--
		}
	}
	o.Echo, o.EchoHeld = m.Echo, m.EchoHeld
	o.Skipped, o.Spawn = int(m.Skipped), sim.Tick(m.Spawn)
}

func (f *Frame) takeLists(m *gamepb.ServerMessage) error {
	if len(m.Kills) > maxKills || len(m.Players) > sim.MaxPlayers || len(m.Gone) > sim.MaxPlayers {
		return fmt.Errorf("%w: too many lines", ErrMessage)
	}
	for _, k := range m.Kills {
		if k.Who >= sim.MaxPlayers || k.By > uint32(sim.NoPlayer) || int(k.Weapon) >= len(sim.Shots) {
			return fmt.Errorf("%w: kill out of range", ErrMessage)
		}
		f.Kills = append(f.Kills, Kill{
			Who: sim.PlayerID(k.Who), By: sim.PlayerID(k.By), With: sim.BoltKind(k.Weapon), Ago: sim.Tick(k.Ago), Idle: k.Idle,
		})
	}
	if m.Match != nil {
		if m.Match.Phase > uint32(sim.Results) {
			return fmt.Errorf("%w: phase %d", ErrMessage, m.Match.Phase)
		}
		f.HasMatch = true
		f.Match = sim.Match{Phase: sim.Phase(m.Match.Phase), Ends: sim.Tick(m.Match.Ends), Number: m.Match.Number}
	}
	for _, p := range m.Players {
		if p.Id >= sim.MaxPlayers || len(p.Name) > MaxName || !utf8.ValidString(p.Name) {
			return fmt.Errorf("%w: player out of range", ErrMessage)
		}
		f.Players = append(f.Players, Player{
			ID: sim.PlayerID(p.Id), Name: p.Name, Bot: p.Bot, Away: p.Away, Spectator: p.Spectator,
			Score: int16(p.Score), Kills: int16(p.Kills), Deaths: int16(p.Deaths), Ping: uint16(p.Ping),
		})
	}
	for _, id := range m.Gone {
		if id >= sim.MaxPlayers {
			return fmt.Errorf("%w: seat %d", ErrMessage, id)
		}
		f.Gone = append(f.Gone, sim.PlayerID(id))
	}
	return nil
}

func (f *Frame) takeTalk(m *gamepb.ServerMessage) error {
	if len(m.Chat) > maxChats {
		return fmt.Errorf("%w: %d lines of chat", ErrMessage, len(m.Chat))
	}
	for _, c := range m.Chat {
		if c.From > sim.MaxPlayers || len(c.Text) > MaxChat || len(c.Name) > MaxName ||
			!utf8.ValidString(c.Text) || !utf8.ValidString(c.Name) {
			return fmt.Errorf("%w: chat out of range", ErrMessage)
		}
		f.Chat = append(f.Chat, ChatLine{From: sim.PlayerID(c.From), Name: c.Name, Text: c.Text})
	}
	if w := m.Welcome; w != nil {
		if w.Id >= sim.MaxPlayers || len(w.Resume) != TokenSize || w.TickRate == 0 ||
			w.SendInterval == 0 || w.SendInterval > belief.MaxSteps || w.CellSide > 1<<15 {
			return fmt.Errorf("%w: welcome out of range", ErrMessage)
		}
		f.Welcome = &Welcome{
			Version: w.Version, ID: sim.PlayerID(w.Id), Name: w.Name, Resume: append([]byte(nil), w.Resume...),
			Room: w.Room, Mode: w.Mode, Server: w.Server,
			Arena: w.Arena, ArenaHash: sim.Hash(w.ArenaHash), CellSide: w.CellSide,
			TickRate: w.TickRate, SendInterval: w.SendInterval, Resumed: w.Resumed, KillPoints: w.KillPoints, Continues: w.Continues,
		}
	}
	if r := m.Reject; r != nil {
		f.Reject = &Reject{Code: uint16(r.Code), Message: r.Message, RetryAfterMS: r.RetryAfterMs}
	}
	return nil
}
