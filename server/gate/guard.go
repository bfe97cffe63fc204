package gate

import (
	"encoding/binary"
	"time"
)

// What a client may send. A frame's own limit is maxHello or maxMessage, given to scan.
const (
	maxHello   = 3 << 10 // bytes of one message before Conn.Admit: room for a signed ticket
	maxMessage = 4 << 10 // bytes of one message after it
	maxPieces  = 16      // frames of one fragmented message
	maxControl = 125     // bytes of a control frame (RFC 6455 section 5.5)
	// controlRate is pings and pongs a second, and as many at once. A browser sends none but its answer to our ping every ten seconds.
	controlRate = 10
)

// Frame opcodes (RFC 6455 section 11.8).
const (
	opContinuation = 0x0
	opText         = 0x1
	opBinary       = 0x2
	opClose        = 0x8
	opPing         = 0x9
	opPong         = 0xA
)

// guard validates a client's frame headers against RFC 6455 section 5 and our limits before the library sees them.
// It is fed the raw bytes in pieces of any size, keeps no payload (but a close frame's), and has no clock of its own.
type guard struct {
	have   int    // bytes of the header being gathered, so far; 0 outside headers
	left   int    // payload bytes of the current frame still to come, known before its mask has come
	pieces int    // frames so far of the message in progress; 0 between messages
	closed bool   // a valid close frame has passed whole
	bytes  bucket // data frames' payload

	messages bucket // data frames, so that fragments count too
	control  bucket // pings and pongs

	head  [14]byte  // the header being gathered
	size  int       // payload bytes promised so far by the message in progress
	since time.Time // first byte of the message or frame in progress; zero between them

	note     [maxControl]byte // the close frame's payload, unmasked
	noteLen  int
	peerCode uint16 // what it said
}

// newGuard makes a guard that lets through messageRate data frames and byteRate payload bytes a second. One second's worth of frames
// and two of bytes may come at once: a stall of the line by a second or two delivers what was held up in one piece.
func newGuard(messageRate, byteRate int) guard {
	return guard{
		control:  newBucket(controlRate, controlRate),
		messages: newBucket(messageRate, messageRate),
		bytes:    newBucket(byteRate, max(2*byteRate, maxMessage)),
	}
}

// scan checks the next bytes of the stream and says how many of them may be passed on. With a fault the byte that completes the offence
// and all after it are held back, so no reader ever sees a whole invalid header or a whole invalid close frame.
// What follows a valid close frame is swallowed: n is then short without a fault.
func (g *guard) scan(p []byte, limit int, now time.Time) (n int, fault *CloseError) {
	for n < len(p) && !g.closed {
		if g.have > 0 || g.left == 0 {
			if g.have == 0 && g.pieces == 0 {
				g.since = now
			}
			if fault = g.header(p[n], limit, now); fault != nil {
				return n, fault
			}
			n++
			continue
		}
		k := min(g.left, len(p)-n)
		if fault = g.body(p[n : n+k]); fault != nil {
			return n, fault
		}
		n += k
	}
	return n, nil
}

// idle reports that the bytes so far end with a whole message, or with nothing.
func (g *guard) idle() bool { return g.have == 0 && g.left == 0 && g.pieces == 0 && !g.closed }

// header takes one byte of a frame header (RFC 6455 section 5.2):
//
//	FIN RSV1-3 opcode | MASK length | 0, 2 or 8 bytes of length | 4 bytes of mask
func (g *guard) header(b byte, limit int, now time.Time) *CloseError {
	g.head[g.have] = b
	g.have++
	extra := 0
	if g.have >= 2 {
		extra = g.lengthBytes()
	}
	switch {
	case g.have == 1:
		return g.first(b)
	case g.have == 2:
		if fault := g.second(b); fault != nil || extra > 0 {
			return fault
		}
		return g.length(uint64(b&0x7F), limit, now)
	case g.have == 2+extra:
		return g.length(g.longLength(), limit, now)
	case g.have == 2+extra+4:
		g.have = 0
		if g.left == 0 {
			return g.frameDone()
		}
	}
	return nil
}

func (g *guard) opcode() byte    { return g.head[0] & 0x0F }
func (g *guard) final() bool     { return g.head[0]&0x80 != 0 }
func (g *guard) isControl() bool { return g.head[0]&0x08 != 0 }

// lengthBytes is how many bytes of extended length follow the second byte.
func (g *guard) lengthBytes() int {
	switch g.head[1] & 0x7F {
	case 126:
		return 2
	case 127:
		return 8
	default:
		return 0
	}
}

func (g *guard) longLength() uint64 {
	if g.lengthBytes() == 2 {
		return uint64(binary.BigEndian.Uint16(g.head[2:]))
	}
	return binary.BigEndian.Uint64(g.head[2:])
}

// first judges FIN, RSV bits and opcode, and whether such a frame may come now.
func (g *guard) first(b byte) *CloseError {
	if b&0x70 != 0 {
		return &CloseError{CloseBroken, "reserved bits without an extension"}
	}
	switch g.opcode() {
	case opContinuation:
		if g.pieces == 0 {
			return &CloseError{CloseBroken, "continuation of nothing"}
		}
	case opText:
		return &CloseError{Code: CloseText}
	case opBinary:
		if g.pieces > 0 {
			return &CloseError{CloseBroken, "new message inside a fragmented one"}
		}
	case opClose, opPing, opPong:
		if !g.final() {
			return &CloseError{CloseBroken, "fragmented control frame"}
		}
	default:
		return &CloseError{CloseBroken, "unknown opcode"}
	}
	return nil
}

// second judges the mask bit and, for control frames, the length.
func (g *guard) second(b byte) *CloseError {
	if b&0x80 == 0 {
		return &CloseError{CloseBroken, "unmasked frame"}
	}
	if g.isControl() && b&0x7F > maxControl {
		return &CloseError{CloseBroken, "control frame over 125 bytes"}
	}
	return nil
}

// length judges the frame's length and the rates, and books the frame.
func (g *guard) length(n uint64, limit int, now time.Time) *CloseError {
	extra := g.lengthBytes()
	if n>>63 != 0 || (extra == 2 && n < 126) || (extra == 8 && n <= 0xFFFF) {
		return &CloseError{CloseBroken, "length not in its shortest form"}
	}
	if g.isControl() {
		g.left = int(n)
		if g.opcode() != opClose && !g.control.take(1, now) {
			return &CloseError{CloseFlood, "too many pings or pongs"}
		}
		return nil
	}
	if n > uint64(limit) || g.size+int(n) > limit {
		return &CloseError{Code: CloseTooBig}
	}
	if n == 0 && !g.final() {
		return &CloseError{CloseBroken, "empty fragment"}
	}
	if g.pieces++; g.pieces > maxPieces {
		return &CloseError{CloseBroken, "too many fragments"}
	}
	if !g.messages.take(1, now) || !g.bytes.take(int(n), now) {
		return &CloseError{Code: CloseFlood}
	}
	g.size += int(n)
	g.left = int(n)
	return nil
}

// body takes payload bytes, of which only a close frame's are looked at.
func (g *guard) body(p []byte) *CloseError {
	if g.opcode() == opClose {
		mask := g.head[2:6]
		for _, b := range p {
			g.note[g.noteLen] = b ^ mask[g.noteLen&3]
			g.noteLen++
		}
	}
	if g.left -= len(p); g.left == 0 {
		return g.frameDone()
	}
	return nil
}

// frameDone ends the frame whose last byte has come.
func (g *guard) frameDone() *CloseError {
	switch {
	case g.opcode() == opClose:
		code, fault := parseClose(g.note[:g.noteLen])
		if fault != nil {
			return fault
		}
		g.closed, g.peerCode = true, code
	case !g.isControl() && g.final():
		g.pieces, g.size = 0, 0
	}
	if g.pieces == 0 {
		g.since = time.Time{}
	}
	return nil
}

// wholeMessage looks at the front of a stream, between two messages, for a binary message in one frame that has come whole and is well-formed, and
// gives the size of its header and of the frame; 0, 0 for anything else.
func wholeMessage(p []byte) (head, size int) {
	if len(p) < 6 || p[0] != 0x80|opBinary || p[1]&0x80 == 0 {
		return 0, 0
	}
	head, size = 6, int(p[1]&0x7F)
	switch {
	case size == 127:
		return 0, 0
	case size == 126:
		if head, size = 8, int(binary.BigEndian.Uint16(p[2:])); size < 126 {
			return 0, 0
		}
	}
	if len(p) < head+size {
		return 0, 0
	}
	return head, head + size
}

// book books such a message of n bytes, as scan would byte by byte. It reports false, and books nothing, if the message may not come; scan then
// says why.
func (g *guard) book(n, limit int, now time.Time) bool {
	return n <= limit && g.messages.has(1, now) && g.bytes.take(n, now) && g.messages.take(1, now)
}

// wholePong looks there for a pong that has come whole and is well-formed, and gives its size; 0 for anything else.
func wholePong(p []byte) (size int) {
	if len(p) < 6 || p[0] != 0x80|opPong || p[1] < 0x80 || p[1] > 0x80|maxControl || len(p) < 6+int(p[1]&0x7F) {
		return 0
	}
	return 6 + int(p[1]&0x7F)
}

// unmask undoes a client's masking (RFC 6455 section 5.3).
func unmask(p, mask []byte) {
	key := binary.NativeEndian.Uint32(mask)
	wide := uint64(key)<<32 | uint64(key)
	for len(p) >= 8 {
		binary.NativeEndian.PutUint64(p, binary.NativeEndian.Uint64(p)^wide)
		p = p[8:]
	}
	for i := range p {
		p[i] ^= mask[i&3]
	}
}
