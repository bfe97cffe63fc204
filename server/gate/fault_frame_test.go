package gate

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"
)

// breach is a piece of a client's stream and the code it must end with.
type breach struct {
	name  string
	bytes []byte
	code  uint16
}

// header is a masked frame header with a length field written by hand.
func header(b0, b1 byte, extended ...byte) []byte {
	return append(append([]byte{b0, 0x80 | b1}, extended...), 1, 2, 3, 4)
}

func long(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// breaches is what a guard must stop, by row of the fault catalogue. The connection has been admitted.
func breaches() map[string][]breach {
	rows := map[string][]breach{
		"F1": {
			{"top bit", header(fin|opBinary, 127, long(1<<63)...), CloseBroken},
			{"all bits", header(fin|opBinary, 127, long(1<<64-1)...), CloseBroken},
			{"2^62", header(fin|opBinary, 127, long(1<<62)...), CloseTooBig},
			{"2^32+1", header(fin|opBinary, 127, long(1<<32+1)...), CloseTooBig},
			{"65535 in 64 bits", header(fin|opBinary, 127, long(65535)...), CloseBroken},
			{"0 in 64 bits", header(fin|opBinary, 127, long(0)...), CloseBroken},
			{"125 in 16 bits", header(fin|opBinary, 126, 0, 125), CloseBroken},
			{"top bit on a continuation", bytes.Join([][]byte{frame(opBinary, []byte("a")), header(fin|opContinuation, 127, long(1<<63)...)}, nil), CloseBroken},
			{"top bit on a ping", header(fin|opPing, 127, long(1<<63)...), CloseBroken},
			{"top bit on a text", header(fin|opText, 127, long(1<<63)...), CloseText},
			{"top bit unmasked", append([]byte{fin | opBinary, 127}, long(1<<63)...), CloseBroken},
		},
		"F2": {
			{"data", []byte{fin | opBinary, 1, 'a'}, CloseBroken},
			{"empty data", []byte{fin | opBinary, 0}, CloseBroken},
			{"ping", []byte{fin | opPing, 0}, CloseBroken},
			{"close", []byte{fin | opClose, 0}, CloseBroken},
		},
		"F7": {
			{"data between fragments", bytes.Join([][]byte{frame(opBinary, []byte("a")), binaryFrame([]byte("b"))}, nil), CloseBroken},
			{"second first fragment", bytes.Join([][]byte{frame(opBinary, []byte("a")), frame(opBinary, []byte("b"))}, nil), CloseBroken},
			{"continuation first", frame(opContinuation, []byte("a")), CloseBroken},
			{"last continuation first", frame(fin|opContinuation, []byte("a")), CloseBroken},
		},
		"F10": {
			{"text", frame(fin|opText, []byte("hi")), CloseText},
			{"text that is not UTF-8", frame(fin|opText, []byte{0xC0}), CloseText},
			{"first text fragment", frame(opText, []byte("hi")), CloseText},
		},
		"F13": {
			{"one byte", frame(fin|opClose, []byte{3}), CloseBroken},
			{"reason not UTF-8", closeFrame(1000, "\xff\xfe"), CloseBroken},
			{"reason cut in a rune", closeFrame(1000, "ok \xe2\x82"), CloseBroken},
			{"reason of 124 bytes", frame(fin|opClose, make([]byte, 126)), CloseBroken},
			{"fragmented", frame(opClose, nil), CloseBroken},
		},
	}
	for bit := range 3 {
		rsv := byte(0x40) >> bit
		for _, op := range []byte{opBinary, opPing, opPong, opClose} {
			rows["F8"] = append(rows["F8"], breach{fmt.Sprintf("RSV%d opcode %d", bit+1, op), frame(fin|rsv|op, nil), CloseBroken})
		}
	}
	for _, op := range []byte{3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF} {
		rows["F9"] = append(rows["F9"],
			breach{fmt.Sprintf("opcode %X", op), frame(fin|op, nil), CloseBroken},
			breach{fmt.Sprintf("opcode %X in fragments", op), frame(op, []byte("a")), CloseBroken})
	}
	for _, code := range []uint16{0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535} {
		rows["F13"] = append(rows["F13"], breach{fmt.Sprintf("code %d", code), closeFrame(code, ""), CloseBroken})
	}
	return rows
}

// testBreaches sends each breach of a row on a connection of its own and wants its close code, no message delivered, and a witness untouched.
func testBreaches(t *testing.T, row string) {
	t.Helper()
	s := startServer(t, Config{})
	done := s.witness(t)
	for _, b := range breaches()[row] {
		t.Run(b.name, func(t *testing.T) {
			c := s.admitted(t)
			c.send(t, b.bytes)
			if code, reason := c.ended(t); code != b.code {
				t.Errorf("got close %d %q, want %d", code, reason, b.code)
			}
		})
	}
	done()
	for _, p := range s.list()[1:] {
		<-p.closed
		if got := p.got.Load(); got != 1 {
			t.Errorf("a breach reached the peer: %d messages, want the greeting only", got)
		}
	}
	if n := s.gate.Stats().Faults; n != 0 {
		t.Errorf("%d panics recovered, want none", n)
	}
}

// Frame headers are validated against RFC 6455 before the library sees them.
func TestFault_F1_LengthForms(t *testing.T)       { testBreaches(t, "F1") }
func TestFault_F2_Unmasked(t *testing.T)          { testBreaches(t, "F2") }
func TestFault_F7_FragmentOrder(t *testing.T)     { testBreaches(t, "F7") }
func TestFault_F8_ReservedBits(t *testing.T)      { testBreaches(t, "F8") }
func TestFault_F9_ReservedOpcodes(t *testing.T)   { testBreaches(t, "F9") }
func TestFault_F10_TextFrame(t *testing.T)        { testBreaches(t, "F10") }
func TestFault_F13_BadClosePayloads(t *testing.T) { testBreaches(t, "F13") }

func TestFault_F3_MessageLimit(t *testing.T) { onEachPath(t, testFault_F3_MessageLimit) }

func testFault_F3_MessageLimit(t *testing.T, start starter) {
	s := start(t, Config{})
	hello := s.connect(t)
	hello.send(t, binaryFrame(make([]byte, maxHello)))
	if got := hello.message(t); len(got) != maxHello {
		t.Errorf("greeting at the limit: got %d bytes back, want %d", len(got), maxHello)
	}
	hello.send(t, binaryFrame(make([]byte, maxMessage)))
	if got := hello.message(t); len(got) != maxMessage {
		t.Errorf("message at the limit: got %d bytes back, want %d", len(got), maxMessage)
	}
	hello.send(t, frame(opBinary, make([]byte, maxMessage-1)), frame(fin|opContinuation, []byte("a")))
	if got := hello.message(t); len(got) != maxMessage {
		t.Errorf("fragments at the limit: got %d bytes back, want %d", len(got), maxMessage)
	}
	hello.send(t, binaryFrame(make([]byte, maxMessage+1)))
	if code, _ := hello.ended(t); code != CloseTooBig {
		t.Errorf("message over the limit: got close %d, want %d", code, CloseTooBig)
	}

	early := s.connect(t)
	early.send(t, binaryFrame(make([]byte, maxHello+1)))
	if code, _ := early.ended(t); code != CloseTooBig {
		t.Errorf("greeting over the limit: got close %d, want %d", code, CloseTooBig)
	}
	pieces := s.admitted(t)
	pieces.send(t, frame(opBinary, make([]byte, maxMessage)), frame(fin|opContinuation, []byte("a")))
	if code, _ := pieces.ended(t); code != CloseTooBig {
		t.Errorf("fragments over the limit: got close %d, want %d", code, CloseTooBig)
	}
}

func TestFault_F13_GoodClosePayloads(t *testing.T) { onEachPath(t, testFault_F13_GoodClosePayloads) }

func testFault_F13_GoodClosePayloads(t *testing.T, start starter) {
	s := start(t, Config{})
	for _, code := range []uint16{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999} {
		c := s.admitted(t)
		c.send(t, closeFrame(code, "grüße"))
		if got, _ := c.ended(t); got != code {
			t.Errorf("close %d was answered with %d", code, got)
		}
		_ = c.Close()
	}
	c := s.admitted(t)
	c.send(t, frame(fin|opClose, nil))
	if got, _ := c.ended(t); got != CloseLeft {
		t.Errorf("empty close was answered with %d, want %d", got, CloseLeft)
	}
	_ = c.Close()
	c = s.admitted(t)
	c.send(t, closeFrame(1000, string(bytes.Repeat([]byte("x"), maxReason))))
	if got, _ := c.ended(t); got != 1000 {
		t.Errorf("reason of %d bytes was answered with %d, want 1000", maxReason, got)
	}
	_ = c.Close()
	eventually(t, "all ended", func() bool { return s.gate.Stats().Open == 0 })
	if ended := s.gate.Stats().Ended; ended[CloseLeft] != 18 || len(ended) != 1 {
		t.Errorf("counted %v, want 18 that left", ended)
	}
}

func TestFault_F21_MaskZeroAndReused(t *testing.T) { onEachPath(t, testFault_F21_MaskZeroAndReused) }

func testFault_F21_MaskZeroAndReused(t *testing.T, start starter) {
	s := start(t, Config{})
	c := s.admitted(t)
	for i := range 8 {
		want := bytes.Repeat([]byte{byte(i)}, 100)
		c.send(t, frameMasked(fin|opBinary, want, [4]byte{}))
		if got := c.message(t); !bytes.Equal(got, want) {
			t.Fatalf("mask zero: got %x, want %x", got, want)
		}
		c.send(t, frameMasked(fin|opBinary, want, [4]byte{9, 9, 9, 9}))
		if got := c.message(t); !bytes.Equal(got, want) {
			t.Fatalf("mask reused: got %x, want %x", got, want)
		}
	}
}
