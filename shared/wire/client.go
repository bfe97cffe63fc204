package wire

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"

	"ionwake/shared/sim"
)

// DecodeClient reads one message of a client into m. It does not allocate for an
// Input, walks the bytes once, and leaves m empty when it returns an error (which
// wraps ErrMessage). Unknown fields are skipped; groups, wrong wire types, numbers
// out of range and text that is not UTF-8 are refused, and there must be exactly
// one body.
func DecodeClient(data []byte, m *Client) error {
	*m = Client{}
	if m.Input.short(data) {
		m.Kind = KindInput
		return nil
	}
	*m = Client{}
	if err := m.decode(data); err != nil {
		*m = Client{}
		return err
	}
	return nil
}

// short reads a message of an input as our own clients write it, of which there are
// dozens a second: without unknown fields, and with tags and a length of one byte. Of
// anything else it reports false, whether that is wrong or not.
func (in *Input) short(data []byte) bool {
	const tag = byte(KindInput)<<3 | byte(protowire.BytesType)
	if len(data) < 2 || data[0] != tag || data[1] >= 1<<7 || len(data) != 2+int(data[1]) {
		return false
	}
	for data = data[2:]; len(data) > 0; {
		num, rest := data[0], data[1:]
		number, n := uint64(0), 0
		for shift := 0; ; shift += 7 {
			if n == len(rest) || shift > 28 {
				return false
			}
			number |= uint64(rest[n]&0x7F) << shift
			if n++; rest[n-1] < 1<<7 {
				break
			}
		}
		if num&7 != byte(protowire.VarintType) || num >= 1<<7 || !in.set(num>>3, number) {
			return false
		}
		data = rest[n:]
	}
	return true
}

// set takes one field; false: it is unknown or out of range.
func (in *Input) set(num byte, number uint64) bool {
	limit := uint64(maxUint32)
	switch num {
	case 1:
		in.Tick = sim.Tick(number)
	case 2:
		in.Held.Buttons, limit = sim.Buttons(number), uint64(sim.AllButtons)
	case 3:
		in.Held.Aim, limit = sim.Angle(number), sim.AngleSteps-1
	case 4:
		in.Echo = uint32(number)
	case 5:
		in.Seen = sim.Tick(number)
	case 6:
		in.Ping, limit = uint16(number), maxUint16
	default:
		return false
	}
	return number <= limit
}

func (m *Client) decode(data []byte) error {
	if len(data) > MaxClientMessage {
		return fmt.Errorf("%w: %d bytes", ErrMessage, len(data))
	}
	for len(data) > 0 {
		v, n := field(data)
		if n < 0 {
			return fmt.Errorf("%w: cut or malformed", ErrMessage)
		}
		data = data[n:]
		if v.num > protowire.Number(KindSignal) {
			continue
		}
		if !v.data() || m.Kind != 0 {
			return fmt.Errorf("%w: not exactly one body", ErrMessage)
		}
		m.Kind = Kind(v.num)
		if !m.body(v.bytes) {
			return fmt.Errorf("%w: body %d cut, malformed or out of range", ErrMessage, m.Kind)
		}
	}
	if m.Kind == 0 {
		return fmt.Errorf("%w: no body", ErrMessage)
	}
	return nil
}

func (m *Client) body(data []byte) bool {
	switch m.Kind {
	case KindHello:
		return m.Hello.read(data)
	case KindInput:
		return each(data, m.Input.take)
	case KindChat:
		return each(data, m.Chat.take) && len(m.Chat.Text) > 0
	case KindLoadout:
		return each(data, m.Loadout.take)
	case KindLook:
		return each(data, m.Look.take)
	case KindVote:
		return each(data, m.Vote.take)
	case KindSignal:
		return each(data, m.takeSignal)
	default:
		return each(data, func(value) bool { return true })
	}
}

// read reads the body of a Hello. The texts are copied once, when they stand.
func (h *Hello) read(data []byte) bool {
	var name, password, ticket []byte
	ok := each(data, func(v value) bool {
		switch v.num {
		case 2:
			name = v.bytes
		case 8:
			password = v.bytes
		case 9:
			ticket = v.bytes
		}
		return h.take(v)
	})
	h.Name, h.Password, h.Ticket = string(name), string(password), string(ticket)
	return ok && h.Version >= 1
}

func (h *Hello) take(v value) bool {
	switch v.num {
	case 1:
		h.Version = uint32(v.number)
		return v.uint32()
	case 2:
		return v.text(MaxName)
	case 3:
		h.Resume = v.bytes
		return v.data() && (len(v.bytes) == 0 || len(v.bytes) == TokenSize)
	case 4:
		h.Tick = sim.Tick(v.number)
		return v.uint32()
	case 5:
		h.Spectate = v.number != 0
		return v.bool()
	case 6:
		h.Device = v.bytes
		return v.data() && (len(v.bytes) == 0 || len(v.bytes) == DeviceSize)
	case 7:
		return v.data() && each(v.bytes, h.Loadout.take)
	case 8:
		return v.text(MaxPassword)
	case 9:
		return v.text(MaxTicket)
	}
	return true
}

func (in *Input) take(v value) bool {
	return v.num > 6 || v.typ == protowire.VarintType && in.set(byte(v.num), v.number)
}

// AppendHello appends h as a message.
func AppendHello(dst []byte, h Hello) []byte {
	var b []byte
	b = appendNumber(b, 1, uint64(h.Version))
	b = appendBytes(b, 2, []byte(h.Name))
	b = appendBytes(b, 3, h.Resume)
	b = appendNumber(b, 4, uint64(h.Tick))
	b = appendBool(b, 5, h.Spectate)
	b = appendBytes(b, 6, h.Device)
	b = appendBytes(b, 7, h.Loadout.append(nil))
	b = appendBytes(b, 8, []byte(h.Password))
	b = appendBytes(b, 9, []byte(h.Ticket))
	return appendBody(dst, KindHello, b)
}

// AppendInput appends in as a message.
func AppendInput(dst []byte, in Input) []byte {
	var buf [40]byte
	b := appendNumber(buf[:0], 1, uint64(in.Tick))
	b = appendNumber(b, 2, uint64(in.Held.Buttons))
	b = appendNumber(b, 3, uint64(in.Held.Aim))
	b = appendNumber(b, 4, uint64(in.Echo))
	b = appendNumber(b, 5, uint64(in.Seen))
	b = appendNumber(b, 6, uint64(in.Ping))
	return appendBody(dst, KindInput, b)
}

// AppendLeave appends a farewell.
func AppendLeave(dst []byte) []byte { return appendBody(dst, KindLeave, nil) }

func appendBody(dst []byte, k Kind, body []byte) []byte {
	dst = protowire.AppendTag(dst, protowire.Number(k), protowire.BytesType)
	return protowire.AppendBytes(dst, body)
}

func appendNumber(dst []byte, num protowire.Number, v uint64) []byte {
	if v == 0 {
		return dst
	}
	return protowire.AppendVarint(protowire.AppendTag(dst, num, protowire.VarintType), v)
}

func appendBool(dst []byte, num protowire.Number, v bool) []byte {
	if !v {
		return dst
	}
	return appendNumber(dst, num, 1)
}

func appendBytes(dst []byte, num protowire.Number, b []byte) []byte {
	if len(b) == 0 {
		return dst
	}
	return protowire.AppendBytes(protowire.AppendTag(dst, num, protowire.BytesType), b)
}
