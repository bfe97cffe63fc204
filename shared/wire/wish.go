package wire

import "ionwake/shared/sim"

// maxPlace is how far right or down a place in an arena may be, in world units.
const maxPlace = sim.MaxArenaSide * int(sim.TileSize/sim.One)

// seat reads a seat's number.
func (v value) seat(to *sim.PlayerID) bool {
	*to = sim.PlayerID(v.number)
	return v.upTo(sim.MaxPlayers - 1)
}

// seatOrNobody reads a seat's number or that of nobody.
func (v value) seatOrNobody(to *sim.PlayerID) bool {
	return v.seat(to) || v.upTo(maxUint16) && *to == sim.NoPlayer
}

func (v value) team(to *sim.Team) bool {
	*to = sim.Team(v.number)
	return v.upTo(sim.Teams)
}

func (v value) hull(to *sim.HullKind) bool {
	*to = sim.HullKind(v.number)
	return v.upTo(uint64(sim.Bastion))
}

func (c *Chat) take(v value) bool {
	switch v.num {
	case 1:
		c.Text = v.bytes
		return v.text(MaxChat)
	case 2:
		c.Scope = Scope(v.number)
		return v.upTo(uint64(scopes - 1))
	case 3:
		return v.seat(&c.To)
	}
	return true
}

func (l *Loadout) take(v value) bool {
	switch v.num {
	case 1:
		return v.hull(&l.Hull)
	case 2:
		return v.team(&l.Team)
	}
	return true
}

func (l *Look) take(v value) bool {
	switch v.num {
	case 1:
		return v.seatOrNobody(&l.Follow)
	case 2:
		l.At.X = sim.Units(int(v.number))
		return v.upTo(uint64(maxPlace))
	case 3:
		l.At.Y = sim.Units(int(v.number))
		return v.upTo(uint64(maxPlace))
	}
	return true
}

func (o *Vote) take(v value) bool {
	switch v.num {
	case 1:
		o.Call = VoteKind(v.number)
		return v.upTo(uint64(voteKinds - 1))
	case 2:
		return v.seatOrNobody(&o.Target)
	case 3:
		o.Name = v.bytes
		return v.text(MaxName)
	case 4:
		o.Yes = v.number != 0
		return v.bool()
	}
	return true
}

func (m *Client) takeSignal(v value) bool {
	if v.num != 1 {
		return true
	}
	m.Signal = uint8(v.number)
	return v.upTo(Signals - 1)
}

// AppendChat appends a line of chat as a message.
func AppendChat(dst []byte, c Chat) []byte {
	b := appendBytes(nil, 1, c.Text)
	b = appendNumber(b, 2, uint64(c.Scope))
	b = appendNumber(b, 3, uint64(c.To))
	return appendBody(dst, KindChat, b)
}

// AppendLoadout appends l as a message.
func AppendLoadout(dst []byte, l Loadout) []byte {
	return appendBody(dst, KindLoadout, l.append(nil))
}

func (l *Loadout) append(dst []byte) []byte {
	return appendNumber(appendNumber(dst, 1, uint64(l.Hull)), 2, uint64(l.Team))
}

// AppendLook appends l as a message; At is drawn into the largest arena there may
// be and told in whole world units.
func AppendLook(dst []byte, l Look) []byte {
	b := appendNumber(nil, 1, uint64(l.Follow))
	b = appendNumber(b, 2, uint64(place(l.At.X)))
	b = appendNumber(b, 3, uint64(place(l.At.Y)))
	return appendBody(dst, KindLook, b)
}

func place(u sim.Unit) int { return min(max(int(u/sim.One), 0), maxPlace) }

// AppendVote appends v as a message.
func AppendVote(dst []byte, v Vote) []byte {
	b := appendNumber(nil, 1, uint64(v.Call))
	b = appendNumber(b, 2, uint64(v.Target))
	b = appendBytes(b, 3, v.Name)
	b = appendBool(b, 4, v.Yes)
	return appendBody(dst, KindVote, b)
}

// AppendSignal appends a signal, 0 to Signals-1, as a message.
func AppendSignal(dst []byte, kind uint8) []byte {
	return appendBody(dst, KindSignal, appendNumber(nil, 1, uint64(kind)))
}
