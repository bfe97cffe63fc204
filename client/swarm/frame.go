//go:build !js

package main

import (
	"encoding/binary"
	"errors"
)

// What a socket of the crowd speaks of RFC 6455: whole unmasked frames come, whole
// masked ones go (sections 5.2 and 5.3).
const (
	opBinary = 0x2
	opClose  = 0x8
	opPing   = 0x9
	opPong   = 0xA

	final      = 0x80
	masked     = 0x80
	maxControl = 125
)

// errFrames is the end of a connection whose server sends what the crowd cannot read.
var errFrames = errors.New("frames that cannot be read")

// cutFrame takes the first frame off data. It returns an opcode of 0 when data does not
// hold a whole frame, and an error for one that a fair server does not send. limit
// bounds its payload.
func cutFrame(data []byte, limit int) (opcode byte, payload, rest []byte, err error) {
	if len(data) < 2 {
		return 0, nil, data, nil
	}
	opcode = data[0] &^ final
	size, head := uint64(data[1]), 2
	switch {
	case data[0]&final == 0 || data[1]&masked != 0:
		return 0, nil, nil, errFrames
	case opcode != opBinary && (opcode < opClose || opcode > opPong || size > maxControl):
		return 0, nil, nil, errFrames
	case size == 126:
		head = 4
	case size == 127:
		head = 10
	}
	if len(data) < head {
		return 0, nil, data, nil
	}
	switch head {
	case 4:
		size = uint64(binary.BigEndian.Uint16(data[2:]))
	case 10:
		size = binary.BigEndian.Uint64(data[2:])
	}
	if size > uint64(limit) {
		return 0, nil, nil, errFrames
	}
	end := head + int(size)
	if len(data) < end {
		return 0, nil, data, nil
	}
	return opcode, data[head:end], data[end:], nil
}

// appendFrame adds a masked frame to out.
func appendFrame(out []byte, opcode byte, mask uint32, payload []byte) []byte {
	out = append(out, final|opcode)
	switch n := len(payload); {
	case n <= maxControl:
		out = append(out, masked|byte(n))
	case n < 1<<16:
		out = binary.BigEndian.AppendUint16(append(out, masked|126), uint16(n))
	default:
		out = binary.BigEndian.AppendUint64(append(out, masked|127), uint64(n))
	}
	out = binary.BigEndian.AppendUint32(out, mask)
	for i, b := range payload {
		out = append(out, b^byte(mask>>(24-8*(i%4))))
	}
	return out
}

// closing reads the payload of a close frame (section 5.5.1): 1005 for none.
func closing(payload []byte) (code uint16, reason string) {
	if len(payload) < 2 {
		return 1005, ""
	}
	return binary.BigEndian.Uint16(payload), string(payload[2:])
}
