package wire

import (
	"google.golang.org/protobuf/encoding/protowire"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// Ranges of numbers in the parts of a frame.
const (
	maxInt16    = 1<<15 - 1
	maxInt32    = 1<<31 - 1
	maxTickRate = 1000
	maxCellSide = 1 << 15 // world units: the largest arena is not wider
	maxOwnHash  = 1<<(hashBits+1) - 1
)

func (c *Chunk) take(v value) bool {
	switch v.num {
	case 1:
		c.Cell = belief.CellID(v.number)
		return v.upTo(maxCellIDs - 1)
	case 2:
		c.Back = int(v.number)
		return v.upTo(maxBack)
	case 3:
		c.Key = v.number != 0
		return v.bool()
	case 4:
		c.Data = v.bytes
		return v.data()
	}
	return true
}

func (o *Own) take(v value) (ok bool) {
	switch v.num {
	case 1:
		o.HasShip = v.number>>hashBits != 0
		o.Hash = uint16(v.number) & (1<<hashBits - 1)
		return v.upTo(maxOwnHash)
	case 2:
		var early int32
		early, ok = v.zigzag()
		o.Early, o.HasEarly = int(early), early != 0
		if early > 0 {
			o.Early--
		}
		return ok && early >= -MaxLate && early <= MaxAhead+1
	case 3:
		o.Echo = uint32(v.number)
		return v.uint32()
	case 4:
		o.EchoHeld = uint32(v.number)
		return v.uint32()
	case 5:
		o.Skipped = int(v.number)
		return v.upTo(maxInt32)
	case 6:
		o.Spawn = sim.Tick(v.number)
		return v.uint32()
	}
	return true
}

func (k *Kill) take(v value) bool {
	switch v.num {
	case 1:
		return v.seat(&k.Who)
	case 2:
		return v.seatOrNobody(&k.By)
	case 3:
		k.With = sim.BoltKind(v.number)
		return v.upTo(uint64(len(sim.Shots) - 1))
	case 4:
		k.Ago = sim.Tick(v.number)
		return v.uint32()
	case 5:
		k.Idle = v.number != 0
		return v.bool()
	}
	return true
}

func (p *Player) take(v value) bool {
	switch v.num {
	case 1:
		return v.seat(&p.ID)
	case 2:
		return v.string(&p.Name, MaxName)
	case 3:
		p.Bot = v.number != 0
		return v.bool()
	case 4:
		p.Away = v.number != 0
		return v.bool()
	case 5:
		p.Spectator = v.number != 0
		return v.bool()
	case 6:
		return v.score(&p.Score)
	case 7:
		p.Kills = int16(v.number)
		return v.upTo(maxInt16)
	case 8:
		p.Deaths = int16(v.number)
		return v.upTo(maxInt16)
	case 9:
		return v.uint16(&p.Ping)
	case 10:
		return v.team(&p.Team)
	case 11:
		return v.hull(&p.Hull)
	case 12:
		p.Tag = v.number
		return v.typ == protowire.Fixed64Type
	case 13:
		p.Uncounted = v.number != 0
		return v.bool()
	case 14:
		p.Place = uint16(v.number)
		return v.upTo(sim.MaxPlayers)
	}
	return true
}

func (c *ChatLine) take(v value) bool {
	switch v.num {
	case 1:
		c.From = sim.PlayerID(v.number)
		return v.upTo(uint64(ServerVoice))
	case 2:
		return v.string(&c.Name, MaxName)
	case 3:
		return v.string(&c.Text, maxLine)
	case 4:
		c.Scope = Scope(v.number)
		return v.upTo(uint64(scopes - 1))
	case 5:
		return v.seat(&c.To)
	}
	return c.Notice.take(v)
}

func (n *Notice) take(v value) bool {
	switch v.num {
	case 6:
		n.Kind = NoticeKind(v.number)
		return v.upTo(maxUint8)
	case 7:
		return v.string(&n.About, MaxName)
	case 8:
		return v.string(&n.Also, MaxName)
	case 9:
		n.Number = uint16(v.number)
		return v.upTo(maxUint16)
	}
	return true
}

// score reads points.
func (v value) score(to *int16) bool {
	score, ok := v.zigzag()
	*to = int16(score)
	return ok && int32(*to) == score
}

func (r *Reject) take(v value) bool {
	switch v.num {
	case 1:
		r.Code = uint16(v.number)
		return v.upTo(maxUint16)
	case 2:
		return v.string(&r.Message, maxWords)
	case 3:
		r.RetryAfterMS = uint32(v.number)
		return v.uint32()
	}
	return true
}
