package wire

import (
	"fmt"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// Caps of what one frame may hold: more than any honest server sends. They are
// checked before room for another is made, so that no frame costs its reader more
// than 4 MiB, once.
const (
	maxChunks  = 16 << 10 // 32 sends of 500 cells in sight
	maxForget  = 4096
	maxKills   = 1024
	maxChats   = 256
	maxBack    = 31 // a server remembers 32 sends
	maxCellIDs = 1 << 16
	maxLine    = 4 * 200 // bytes of a line of chat: 200 runes
	maxWords   = 1024    // bytes of a name of a thing, or of a reason
)

// Decoder turns bytes into frames. It allocates nothing for a frame of chunks and
// the own part once the slices of the Frame have grown; it must not be used by two
// goroutines.
type Decoder struct {
	seen uint32 // parts of this message that may come once, by field number
}

// The parts of a frame that may come once.
const single = 1<<3 | 1<<6 | 1<<10 | 1<<11 | 1<<16 | 1<<17

// Decode reads one message of a server into f. Chunk.Data lies within data; the
// slices of f are valid until the next call. Unknown fields are skipped; groups,
// wrong wire types, numbers out of range, text that is not UTF-8 and chunks out of
// order are refused with an error that wraps ErrMessage, and f is empty then.
func (d *Decoder) Decode(data []byte, f *Frame) error {
	f.reset()
	if len(data) > MaxServerMessage {
		return fmt.Errorf("%w: %d bytes", ErrMessage, len(data))
	}
	d.seen = 0
	for rest := data; len(rest) > 0; {
		v, n := field(rest)
		if n < 0 {
			f.reset()
			return fmt.Errorf("%w: cut or malformed", ErrMessage)
		}
		if !d.once(v.num) || !f.take(v) {
			f.reset()
			return fmt.Errorf("%w: field %d", ErrMessage, v.num)
		}
		rest = rest[n:]
	}
	return nil
}

func (d *Decoder) once(num protowire.Number) bool {
	if num > 31 || single>>num&1 == 0 {
		return true
	}
	again := d.seen>>num&1 == 1
	d.seen |= 1 << num
	return !again
}

func (f *Frame) reset() {
	*f = Frame{
		Chunks: f.Chunks[:0], Forget: f.Forget[:0], Kills: f.Kills[:0],
		Players: f.Players[:0], Gone: f.Gone[:0], Chat: f.Chat[:0],
		Objectives: f.Objectives[:0], Items: f.Items[:0], Deeds: f.Deeds[:0], Signals: f.Signals[:0],
	}
}

func (f *Frame) take(v value) bool {
	switch v.num {
	case 1:
		f.Tick = sim.Tick(v.number)
		return v.uint32()
	case 2:
		return v.data() && f.takeChunk(v.bytes)
	case 3:
		return v.data() && each(v.bytes, f.Own.take)
	case 4:
		return v.numbers(f.takeForget)
	case 5:
		return v.data() && f.takeKill(v.bytes)
	case 6:
		f.HasMatch = true
		return v.data() && each(v.bytes, f.takeMatch)
	case 7:
		return v.data() && f.takePlayer(v.bytes)
	case 8:
		return v.numbers(f.takeGone)
	case 9:
		return v.data() && f.takeChat(v.bytes)
	case 10:
		f.Changes = v.bytes
		return v.data()
	case 11:
		f.Reject = &Reject{}
		return v.data() && each(v.bytes, f.Reject.take)
	case 17:
		f.Welcome = &Welcome{}
		return v.data() && each(v.bytes, f.Welcome.take) && f.Welcome.valid()
	}
	return f.takeGame(v)
}

// takeChunk also checks the order of chunks, so that no cell and send comes twice.
func (f *Frame) takeChunk(data []byte) bool {
	var c Chunk
	if len(f.Chunks) >= maxChunks || !each(data, c.take) || c.Key && c.Back != 0 {
		return false
	}
	if n := len(f.Chunks); n > 0 && !f.Chunks[n-1].before(&c) {
		return false
	}
	f.Chunks = append(f.Chunks, c)
	return true
}

// before reports whether c may stand before o: older sends first, keyframes last,
// within them in order of cells.
func (c *Chunk) before(o *Chunk) bool {
	if c.Key != o.Key {
		return o.Key
	}
	return c.Back > o.Back || c.Back == o.Back && c.Cell < o.Cell
}

func (f *Frame) takeForget(number uint64) bool {
	if number >= maxCellIDs || len(f.Forget) >= maxForget {
		return false
	}
	f.Forget = append(f.Forget, belief.CellID(number))
	return true
}

func (f *Frame) takeKill(data []byte) bool {
	var k Kill
	if len(f.Kills) >= maxKills || !each(data, k.take) {
		return false
	}
	f.Kills = append(f.Kills, k)
	return true
}

func (f *Frame) takeMatch(v value) bool {
	m := &f.Match
	switch v.num {
	case 1:
		m.Phase = sim.Phase(v.number)
		return v.upTo(uint64(sim.Results))
	case 2:
		m.Ends = sim.Tick(v.number)
		return v.uint32()
	case 3:
		m.Number = uint32(v.number)
		return v.uint32()
	case 4:
		return v.score(&m.Scores[sim.TeamIon-1])
	case 5:
		return v.score(&m.Scores[sim.TeamEmber-1])
	}
	return true
}

func (f *Frame) takePlayer(data []byte) bool {
	var p Player
	if len(f.Players) >= sim.MaxPlayers || !each(data, p.take) {
		return false
	}
	f.Players = append(f.Players, p)
	return true
}

func (f *Frame) takeGone(number uint64) bool {
	if number >= sim.MaxPlayers || len(f.Gone) >= sim.MaxPlayers {
		return false
	}
	f.Gone = append(f.Gone, sim.PlayerID(number))
	return true
}

func (f *Frame) takeChat(data []byte) bool {
	var c ChatLine
	if len(f.Chat) >= maxChats || !each(data, c.take) {
		return false
	}
	f.Chat = append(f.Chat, c)
	return true
}

func (w *Welcome) valid() bool {
	return w.TickRate > 0 && w.SendInterval > 0
}

func (w *Welcome) take(v value) bool {
	switch v.num {
	case 1:
		w.Version = uint32(v.number)
		return v.uint32()
	case 2:
		w.ID = sim.PlayerID(v.number)
		return v.upTo(sim.MaxPlayers - 1)
	case 3:
		return v.string(&w.Name, MaxName)
	case 4:
		w.Resume = slices.Clone(v.bytes)
		return v.data() && (len(v.bytes) == 0 || len(v.bytes) == TokenSize)
	case 5:
		return v.string(&w.Room, maxWords)
	case 6:
		return v.string(&w.Mode, maxWords)
	case 7:
		return v.string(&w.Server, maxWords)
	case 8:
		return v.string(&w.Arena, maxWords)
	case 9:
		w.ArenaHash = sim.Hash(v.number)
		return v.typ == protowire.Fixed64Type
	case 10:
		w.CellSide = uint32(v.number)
		return v.upTo(maxCellSide)
	case 11:
		w.TickRate = uint32(v.number)
		return v.upTo(maxTickRate)
	case 12:
		w.SendInterval = uint32(v.number)
		return v.upTo(belief.MaxSteps)
	case 13:
		w.Resumed = v.number != 0
		return v.bool()
	case 14:
		w.KillPoints = uint32(v.number)
		return v.upTo(maxInt16)
	case 15:
		w.Continues = v.number != 0
		return v.bool()
	case 16:
		w.Teams = uint32(v.number)
		return v.upTo(sim.Teams)
	case 17:
		w.ScoreLimit = uint32(v.number)
		return v.upTo(maxInt16)
	case 18:
		w.ArenaSize = uint32(v.number)
		return v.upTo(sim.MaxArenaBytes)
	case 19:
		return v.string(&w.NextArena, maxWords)
	}
	return true
}
