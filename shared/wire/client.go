package wire

import (
	"fmt"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"

	"ionwake/shared/sim"
)

// DecodeClient reads one message of a client into m. It does not allocate for an
// Input, walks the bytes once, and has no effect on m that matters when it returns
// an error (which wraps ErrMessage). Unknown fields are skipped, groups and wrong
// wire types are refused, and there must be exactly one body.
func DecodeClient(data []byte, m *Client) error {
	*m = Client{}
	for len(data) > 0 {
		num, typ, body, n := field(data)
		if n < 0 {
			return fmt.Errorf("%w: cut or malformed", ErrMessage)
		}
		data = data[n:]
		if num < 1 || num > 4 {
			continue
		}
		if typ != protowire.BytesType || m.Kind != 0 {
			return fmt.Errorf("%w: not exactly one body", ErrMessage)
		}
		m.Kind = Kind(num)
		if err := m.body(body.bytes); err != nil {
			return err
		}
	}
	if m.Kind == 0 {
		return fmt.Errorf("%w: no body", ErrMessage)
	}
	return nil
}

func (m *Client) body(data []byte) error {
	for len(data) > 0 {
		num, typ, v, n := field(data)
		if n < 0 {
			return fmt.Errorf("%w: cut or malformed body", ErrMessage)
		}
		data = data[n:]
		ok := true
		switch m.Kind {
		case KindHello:
			ok = m.Hello.take(num, typ, v)
		case KindInput:
			ok = m.Input.take(num, typ, v)
		case KindChat:
			ok = num != 1 || typ == protowire.BytesType
			if num == 1 {
				m.Text = v.bytes
			}
		}
		if !ok {
			return fmt.Errorf("%w: field %d of body %d", ErrMessage, num, m.Kind)
		}
	}
	return m.check()
}

func (m *Client) check() error {
	ok := true
	switch m.Kind {
	case KindHello:
		h := &m.Hello
		ok = h.Version >= 1 && len(h.Name) <= MaxName && utf8.ValidString(h.Name) &&
			(len(h.Resume) == 0 || len(h.Resume) == TokenSize)
	case KindInput:
		ok = m.Input.Held.Valid()
	case KindChat:
		ok = len(m.Text) >= 1 && len(m.Text) <= MaxChat && utf8.Valid(m.Text)
	}
	if !ok {
		return fmt.Errorf("%w: body %d out of range", ErrMessage, m.Kind)
	}
	return nil
}

func (h *Hello) take(num protowire.Number, typ protowire.Type, v value) bool {
	switch num {
	case 1:
		h.Version = uint32(v.number)
		return typ == protowire.VarintType
	case 2:
		h.Name = string(v.bytes)
		return typ == protowire.BytesType
	case 3:
		h.Resume = v.bytes
		return typ == protowire.BytesType
	case 4:
		h.Tick = sim.Tick(v.number)
		return typ == protowire.VarintType
	case 5:
		h.Spectate = v.number != 0
		return typ == protowire.VarintType
	}
	return true
}

func (in *Input) take(num protowire.Number, typ protowire.Type, v value) bool {
	switch num {
	case 1:
		in.Tick = sim.Tick(v.number)
	case 2:
		in.Held.Buttons = sim.Buttons(v.number)
		if v.number > uint64(sim.AllButtons) {
			return false
		}
	case 3:
		in.Held.Aim = sim.Angle(v.number)
		if v.number >= sim.AngleSteps {
			return false
		}
	case 4:
		in.Echo = uint32(v.number)
	case 5:
		in.Seen = sim.Tick(v.number)
	case 6:
		in.Ping = uint16(v.number)
		if v.number > 0xffff {
			return false
		}
	default:
		return true
	}
	return typ == protowire.VarintType
}

// value is one field's value in whichever form its wire type has.
type value struct {
	number uint64
	bytes  []byte
}

// field reads one field; n is negative for malformed bytes and for groups.
func field(data []byte) (num protowire.Number, typ protowire.Type, v value, n int) {
	num, typ, n = protowire.ConsumeTag(data)
	if n < 0 {
		return num, typ, v, n
	}
	m := -1
	switch rest := data[n:]; typ {
	case protowire.VarintType:
		v.number, m = protowire.ConsumeVarint(rest)
	case protowire.BytesType:
		v.bytes, m = protowire.ConsumeBytes(rest)
	case protowire.Fixed32Type:
		_, m = protowire.ConsumeFixed32(rest)
	case protowire.Fixed64Type:
		_, m = protowire.ConsumeFixed64(rest)
	}
	if m < 0 {
		return num, typ, v, -1
	}
	return num, typ, v, n + m
}

// AppendHello appends h as a message.
func AppendHello(dst []byte, h Hello) []byte {
	var b []byte
	b = appendNumber(b, 1, uint64(h.Version))
	b = appendBytes(b, 2, []byte(h.Name))
	b = appendBytes(b, 3, h.Resume)
	b = appendNumber(b, 4, uint64(h.Tick))
	if h.Spectate {
		b = appendNumber(b, 5, 1)
	}
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

// AppendChat appends a line of chat as a message.
func AppendChat(dst []byte, text string) []byte {
	return appendBody(dst, KindChat, appendBytes(nil, 1, []byte(text)))
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

func appendBytes(dst []byte, num protowire.Number, b []byte) []byte {
	if len(b) == 0 {
		return dst
	}
	return protowire.AppendBytes(protowire.AppendTag(dst, num, protowire.BytesType), b)
}
