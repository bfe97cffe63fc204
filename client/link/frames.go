//go:build !js

package link

import (
	"encoding/binary"
	"time"
	"unicode/utf8"
)

// Bounds of what a server may put into frames, beyond MaxMessage.
const (
	maxFragments = 64  // of one message; a proxy may cut messages, but not to dust
	maxControl   = 125 // bytes of a control frame (RFC 6455 section 5.5)
	controlRate  = 10  // control frames a second
	controlBurst = 30  // and so many at once, after a stall
)

// The opcodes of RFC 6455 section 5.2.
const (
	opContinuation = 0x0
	opText         = 0x1
	opBinary       = 0x2
	opClose        = 0x8
	opPing         = 0x9
	opPong         = 0xA
)

// violation is a breach of RFC 6455 or of our limits: the code and the words of
// the close frame that answers it.
type violation struct {
	code   Code
	reason string
}

func (v *violation) Error() string { return v.reason }

// frames follows a server's stream of WebSocket frames through any cutting into
// reads. It looks at headers and at the payload of close frames only, and never
// needs more memory than itself.
type frames struct {
	header  [10]byte // of the frame that is being read; a server's has no mask
	have    int      // bytes of header that are there
	left    uint64   // payload bytes of the frame that are still to come
	opcode  byte     // of the frame whose payload is being read
	open    bool     // a fragmented message is under way
	size    uint64   // payload of that message so far
	pieces  int      // and its fragments
	closing [maxControl]byte
	told    int  // bytes of closing that are there
	ended   bool // a close frame has passed: nothing after it counts
	tokens  float64
	refill  time.Time // when tokens was right
}

// scan looks at the next bytes of the stream and returns how many of them may be
// seen by others: all of them, or those before the byte that completes a breach,
// or those up to the end of a close frame.
func (f *frames) scan(p []byte, now time.Time) (ok int, v *violation) {
	for ok < len(p) && !f.ended {
		if f.left > 0 {
			n := min(f.left, uint64(len(p)-ok))
			if f.opcode == opClose {
				if v := f.closePayload(p[ok:ok+int(n)], f.left == n); v != nil {
					return ok, v
				}
			}
			f.left -= n
			ok += int(n)
			f.ended = f.opcode == opClose && f.left == 0
			continue
		}
		f.header[f.have] = p[ok]
		f.have++
		if v := f.headerByte(now); v != nil {
			return ok, v
		}
		ok++
	}
	return ok, nil
}

// headerByte judges the header as far as it is there, and opens the payload when
// it is complete.
func (f *frames) headerByte(now time.Time) *violation {
	switch f.have {
	case 1:
		return f.firstByte(now)
	case 2:
		return f.secondByte()
	}
	length := f.header[1]
	switch {
	case length == 126 && f.have == 4:
		n := uint64(binary.BigEndian.Uint16(f.header[2:4]))
		if n < 126 {
			return &violation{CodeProtocol, "length not in its shortest form"}
		}
		return f.begin(n)
	case length == 127 && f.have == 10:
		n := binary.BigEndian.Uint64(f.header[2:10])
		if n>>63 != 0 || n < 1<<16 {
			return &violation{CodeProtocol, "length not in a valid form"}
		}
		return f.begin(n)
	}
	return nil
}

// firstByte judges FIN, RSV and opcode (RFC 6455 sections 5.2, 5.4 and 5.5).
func (f *frames) firstByte(now time.Time) *violation {
	b := f.header[0]
	fin, opcode := b&0x80 != 0, b&0x0F
	switch {
	case b&0x70 != 0:
		return &violation{CodeProtocol, "reserved bit set"}
	case opcode == opText:
		return &violation{CodeKind, "text frame"}
	case opcode > opBinary && opcode < opClose, opcode > opPong:
		return &violation{CodeProtocol, "unknown opcode"}
	case opcode >= opClose && !fin:
		return &violation{CodeProtocol, "fragmented control frame"}
	case opcode >= opClose && !f.allowControl(now):
		return &violation{CodePolicy, "too many control frames"}
	case opcode == opContinuation && !f.open:
		return &violation{CodeProtocol, "continuation of nothing"}
	case opcode == opBinary && f.open:
		return &violation{CodeProtocol, "message inside a message"}
	}
	return nil
}

// secondByte judges mask and short length.
func (f *frames) secondByte() *violation {
	masked, length := f.header[1]&0x80 != 0, f.header[1]&0x7F
	control := f.header[0]&0x0F >= opClose
	switch {
	case masked:
		return &violation{CodeProtocol, "masked frame from a server"}
	case control && length > maxControl:
		return &violation{CodeProtocol, "long control frame"}
	case f.header[0]&0x0F == opClose && length == 1:
		return &violation{CodeProtocol, "close code cut in half"}
	case length < 126:
		return f.begin(uint64(length))
	}
	return nil
}

// begin opens a payload of n bytes: the header is complete and well formed.
func (f *frames) begin(n uint64) *violation {
	fin, opcode := f.header[0]&0x80 != 0, f.header[0]&0x0F
	if opcode < opClose {
		if opcode == opBinary {
			f.size, f.pieces = 0, 0
		}
		f.pieces++
		switch {
		case n > MaxMessage-f.size:
			return &violation{CodeTooBig, "message too big"}
		case !fin && n == 0:
			return &violation{CodeProtocol, "empty fragment"}
		case f.pieces > maxFragments:
			return &violation{CodeProtocol, "too many fragments"}
		}
		f.size += n
		f.open = !fin
	}
	f.have, f.left, f.opcode, f.told = 0, n, opcode, 0
	f.ended = opcode == opClose && n == 0
	return nil
}

// closePayload judges code and reason of a close frame (RFC 6455 sections 5.5.1
// and 7.4); last says that the frame ends with p.
func (f *frames) closePayload(p []byte, last bool) *violation {
	before := f.told
	f.told += copy(f.closing[f.told:], p)
	if before < 2 && f.told >= 2 && !validCode(binary.BigEndian.Uint16(f.closing[:2])) {
		return &violation{CodeProtocol, "close code that may not be sent"}
	}
	if last && !utf8.Valid(f.closing[2:f.told]) {
		return &violation{CodeProtocol, "close reason is not UTF-8"}
	}
	return nil
}

// validCode says whether a close frame may carry a code: those of RFC 6455 and
// its registry, and the ranges for libraries and programs.
func validCode(code uint16) bool {
	switch {
	case code >= 1000 && code <= 1003, code >= 1007 && code <= 1014:
		return true
	}
	return code >= 3000 && code <= 4999
}

// allowControl takes a token from the bucket of control frames.
func (f *frames) allowControl(now time.Time) bool {
	if f.refill.IsZero() {
		f.tokens, f.refill = controlBurst, now
	}
	f.tokens = min(controlBurst, f.tokens+now.Sub(f.refill).Seconds()*controlRate)
	f.refill = now
	if f.tokens < 1 {
		return false
	}
	f.tokens--
	return true
}
