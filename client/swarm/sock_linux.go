package main

import (
	"encoding/binary"
	"math/rand/v2"
	"syscall"
	"unsafe"

	"ionwake/client/link"
)

// sock is a socket of the crowd. The conductor alone uses it, once it has connected.
type sock struct {
	fd       int
	readable func()

	opened bool // since the last Poll
	in     []byte
	done   int    // bytes of in that Poll has handed out
	out    []byte // what the system has not taken
	end    *link.Event
	left   bool // our side has said goodbye
	told   bool // Closed was handed out
}

// Poll implements session.Socket.
func (s *sock) Poll() (link.Event, bool) {
	if s.opened {
		s.opened = false
		return link.Event{Kind: link.Opened}, true
	}
	for !s.told {
		opcode, payload, rest, err := cutFrame(s.in[s.done:], link.MaxMessage)
		if err != nil {
			s.broken(link.CodeProtocol, err)
		}
		if opcode == 0 || err != nil {
			break
		}
		s.done = len(s.in) - len(rest)
		switch opcode {
		case opBinary:
			return link.Event{Kind: link.Message, Data: payload}, true
		case opPing:
			s.write(opPong, payload)
		case opClose:
			code, reason := closing(payload)
			s.ended(&link.Event{Code: link.Code(code), Reason: reason})
			s.write(opClose, payload)
		}
	}
	s.in = append(s.in[:0], s.in[s.done:]...)
	s.done = 0
	if s.end != nil && !s.told {
		s.told = true
		return *s.end, true
	}
	return link.Event{}, false
}

// Send implements session.Socket.
func (s *sock) Send(data []byte) bool {
	if s.fd < 0 || s.end != nil || s.left {
		return false
	}
	s.flush()
	if len(s.out) > 0 && len(s.out)+len(data) > link.MaxBacklog {
		return false
	}
	s.write(opBinary, data)
	return s.end == nil
}

// Close implements session.Socket.
func (s *sock) Close(code link.Code, reason string) {
	if s.left {
		return
	}
	s.ended(&link.Event{Code: code, Reason: reason})
	if s.left = true; s.fd < 0 {
		return
	}
	if code < link.CodeNormal || code == link.CodeLost {
		code = link.CodeGoingAway
	}
	s.write(opClose, append(binary.BigEndian.AppendUint16(nil, uint16(code)), reason...))
	_ = syscall.Shutdown(s.fd, syscall.SHUT_WR)
}

// write sends a frame, or keeps what the system does not take of it.
func (s *sock) write(opcode byte, payload []byte) {
	if s.fd < 0 {
		return
	}
	s.out = appendFrame(s.out, opcode, rand.Uint32(), payload)
	s.flush()
}

// flush sends what is kept.
func (s *sock) flush() {
	if len(s.out) == 0 {
		return
	}
	n, _, no := syscall.RawSyscall6(syscall.SYS_SENDTO, uintptr(s.fd),
		uintptr(unsafe.Pointer(&s.out[0])), uintptr(len(s.out)), syscall.MSG_DONTWAIT|syscall.MSG_NOSIGNAL, 0, 0)
	switch {
	case no == syscall.EAGAIN || no == syscall.EINTR:
	case no != 0:
		s.broken(link.CodeLost, no)
	default:
		s.out = append(s.out[:0], s.out[n:]...)
	}
}

// broken notes that nothing can come or go any more.
func (s *sock) broken(code link.Code, err error) {
	s.ended(&link.Event{Code: code, Reason: code.Words(), Err: err})
}

// ended notes how the connection ends; the first reason counts.
func (s *sock) ended(ev *link.Event) {
	if s.end == nil {
		ev.Kind = link.Closed
		s.end = ev
	}
}
