package wire

import (
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
)

// value is one field of a message as it stands on the wire.
type value struct {
	num    protowire.Number
	typ    protowire.Type
	number uint64 // of a varint or a fixed64
	bytes  []byte // of a length-delimited field, within the message
}

// field reads the first field of data; n is negative for malformed bytes, for
// groups and for field numbers that no schema may have (above 2^29-1).
func field(data []byte) (v value, n int) {
	v.num, v.typ, n = protowire.ConsumeTag(data)
	if n < 0 || v.num > protowire.MaxValidNumber {
		return v, -1
	}
	m := -1
	switch rest := data[n:]; v.typ {
	case protowire.VarintType:
		v.number, m = protowire.ConsumeVarint(rest)
	case protowire.BytesType:
		v.bytes, m = protowire.ConsumeBytes(rest)
	case protowire.Fixed64Type:
		v.number, m = protowire.ConsumeFixed64(rest)
	case protowire.Fixed32Type:
		_, m = protowire.ConsumeFixed32(rest)
	}
	if m < 0 {
		return v, -1
	}
	return v, n + m
}

// each gives every field of a message to take, in their order, until one is
// refused or malformed; it reports whether none was.
func each(data []byte, take func(value) bool) bool {
	for len(data) > 0 {
		v, n := field(data)
		if n < 0 || !take(v) {
			return false
		}
		data = data[n:]
	}
	return true
}

// The forms a field may have. A number wider than its limit is refused, not cut.
const (
	maxUint8  = 1<<8 - 1
	maxUint16 = 1<<16 - 1
	maxUint32 = 1<<32 - 1
)

func (v value) upTo(limit uint64) bool {
	return v.typ == protowire.VarintType && v.number <= limit
}

func (v value) uint32() bool { return v.upTo(maxUint32) }

// bool accepts any varint, as every protobuf reader does: not 0 is true.
func (v value) bool() bool { return v.typ == protowire.VarintType }

func (v value) data() bool { return v.typ == protowire.BytesType }

func (v value) text(limit int) bool {
	return v.data() && len(v.bytes) <= limit && utf8.Valid(v.bytes)
}

// string copies text of at most limit bytes to to.
func (v value) string(to *string, limit int) bool {
	if !v.text(limit) {
		return false
	}
	*to = string(v.bytes)
	return true
}

// zigzag reads a sint32.
func (v value) zigzag() (int32, bool) {
	return int32(protowire.DecodeZigZag(v.number)), v.uint32()
}

// numbers gives every element of a repeated number to take, packed or not: a
// reader has to know both forms.
func (v value) numbers(take func(uint64) bool) bool {
	if v.typ == protowire.VarintType {
		return take(v.number)
	}
	if !v.data() {
		return false
	}
	for rest := v.bytes; len(rest) > 0; {
		number, n := protowire.ConsumeVarint(rest)
		if n < 0 || !take(number) {
			return false
		}
		rest = rest[n:]
	}
	return true
}
