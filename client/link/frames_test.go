//go:build !js

package link

import (
	"bytes"
	"encoding/binary"
	"testing"
	"time"
	"unicode/utf8"
)

// frame builds a frame as a server sends it: first byte, payload, shortest length.
func frame(first byte, payload []byte) []byte {
	n := len(payload)
	switch {
	case n < 126:
		return append([]byte{first, byte(n)}, payload...)
	case n < 1<<16:
		return append([]byte{first, 126, byte(n >> 8), byte(n)}, payload...)
	}
	head := binary.BigEndian.AppendUint64([]byte{first, 127}, uint64(n))
	return append(head, payload...)
}

func closing(code uint16, reason string) []byte {
	return frame(0x88, append(binary.BigEndian.AppendUint16(nil, code), reason...))
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// streams are good and bad streams of frames: the code of the breach, 0 for none,
// and how many of the bytes may pass.
var streams = []struct {
	name  string
	bytes []byte
	code  Code
	pass  int // -1: all
}{
	{"empty message", frame(0x82, nil), 0, -1},
	{"message", frame(0x82, make([]byte, 100)), 0, -1},
	{"length in 16 bits", frame(0x82, make([]byte, 126)), 0, -1},
	{"length in 64 bits", frame(0x82, make([]byte, 1<<16)), 0, -1},
	{"largest", frame(0x82, make([]byte, MaxMessage)), 0, -1},
	{"one more", frame(0x82, make([]byte, MaxMessage+1)), CodeTooBig, 9},
	{"fragments", join(frame(0x02, []byte("a")), frame(0x00, []byte("b")), frame(0x80, nil)), 0, -1},
	{"ping between fragments", join(frame(0x02, []byte("a")), frame(0x89, []byte("?")), frame(0x80, []byte("b"))), 0, -1},
	{"largest in fragments", join(frame(0x02, make([]byte, MaxMessage-1)), frame(0x80, []byte("b"))), 0, -1},
	{"one more in fragments", join(frame(0x02, make([]byte, MaxMessage)), frame(0x80, []byte("b"))), CodeTooBig, 10 + MaxMessage + 1},
	{"close", closing(1000, "bye"), 0, -1},
	{"close without code", frame(0x88, nil), 0, -1},
	{"game's close", closing(4010, "room ended"), 0, -1},
	{"after close", join(closing(1000, ""), []byte{0xFF, 0xFF}), 0, 4},
	{"reserved bit 1", frame(0xC2, nil), CodeProtocol, 0},
	{"reserved bit 2", frame(0xA2, nil), CodeProtocol, 0},
	{"reserved bit 3", frame(0x92, nil), CodeProtocol, 0},
	{"text", frame(0x81, []byte("hi")), CodeKind, 0},
	{"opcode 3", frame(0x83, nil), CodeProtocol, 0},
	{"opcode 7", frame(0x87, nil), CodeProtocol, 0},
	{"opcode B", frame(0x8B, nil), CodeProtocol, 0},
	{"opcode F", frame(0x8F, nil), CodeProtocol, 0},
	{"masked", []byte{0x82, 0x81, 1, 2, 3, 4, 5}, CodeProtocol, 1},
	{"length 1 in 16 bits", []byte{0x82, 126, 0, 1, 9}, CodeProtocol, 3},
	{"length 125 in 16 bits", []byte{0x82, 126, 0, 125}, CodeProtocol, 3},
	{"length 65535 in 64 bits", []byte{0x82, 127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, CodeProtocol, 9},
	{"top bit", []byte{0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0}, CodeProtocol, 9},
	{"all bits", append([]byte{0x82, 127}, bytes.Repeat([]byte{0xFF}, 8)...), CodeProtocol, 9},
	{"2^62", []byte{0x82, 127, 0x40, 0, 0, 0, 0, 0, 0, 0}, CodeTooBig, 9},
	{"long ping", frame(0x89, make([]byte, 126)), CodeProtocol, 1},
	{"fragmented ping", frame(0x09, nil), CodeProtocol, 0},
	{"continuation of nothing", frame(0x80, nil), CodeProtocol, 0},
	{"message in a message", join(frame(0x02, []byte("a")), frame(0x82, nil)), CodeProtocol, 3},
	{"empty first fragment", frame(0x02, nil), CodeProtocol, 1},
	{"empty middle fragment", join(frame(0x02, []byte("a")), frame(0x00, nil)), CodeProtocol, 4},
	{"fragments without end", bytes.Repeat(frame(0x00, []byte("a")), 100), CodeProtocol, 0},
	{"too many fragments", join(frame(0x02, []byte("a")), bytes.Repeat(frame(0x00, []byte("a")), 64)), CodeProtocol, 64*3 + 1},
	{"half a close code", frame(0x88, []byte{3}), CodeProtocol, 1},
	{"close 0", closing(0, ""), CodeProtocol, 2},
	{"close 999", closing(999, ""), CodeProtocol, 2},
	{"close 1004", closing(1004, ""), CodeProtocol, 2},
	{"close 1005", closing(1005, ""), CodeProtocol, 2},
	{"close 1006", closing(1006, ""), CodeProtocol, 2},
	{"close 1015", closing(1015, ""), CodeProtocol, 2},
	{"close 2999", closing(2999, ""), CodeProtocol, 2},
	{"close 5000", closing(5000, ""), CodeProtocol, 2},
	{"close reason not UTF-8", closing(1000, "a\xff"), CodeProtocol, 2},
	{"longest reason", closing(1000, string(bytes.Repeat([]byte("x"), 123))), 0, -1},
	{"reason too long", closing(1000, string(bytes.Repeat([]byte("x"), 124))), CodeProtocol, 1},
	{"pings in a burst", bytes.Repeat(frame(0x89, nil), controlBurst), 0, -1},
	{"flood of pings", bytes.Repeat(frame(0x89, nil), 1000), CodePolicy, 2 * controlBurst},
}

// scanAll feeds a stream in cuts of the given size, and stops at a breach.
func scanAll(stream []byte, cut int) (pass int, v *violation) {
	var f frames
	for len(stream) > 0 {
		n := min(cut, len(stream))
		ok, v := f.scan(stream[:n], noon)
		pass += ok
		if v != nil || ok < n {
			return pass, v
		}
		stream = stream[n:]
	}
	return pass, nil
}

func TestFault_C1_FrameHeaders(t *testing.T) {
	for _, row := range streams {
		for _, cut := range []int{1, 2, 3, 7, 1 << 30} {
			pass, v := scanAll(row.bytes, cut)
			code := Code(0)
			if v != nil {
				code = v.code
			}
			if code != row.code {
				t.Errorf("%s in cuts of %d: code %d, want %d", row.name, cut, code, row.code)
			}
			if v != nil && v.reason != plain(v.reason) {
				t.Errorf("%s: reason %q may not stand in a close frame", row.name, v.reason)
			}
			checkPass(t, row.name, row.bytes, pass, row.pass, v)
		}
	}
}

// checkPass wants no header with a breach to pass completely. A close frame's
// reason is judged at its end, so its bytes may pass when they come one by one.
func checkPass(t *testing.T, name string, stream []byte, pass, want int, v *violation) {
	t.Helper()
	switch {
	case want < 0 && pass != len(stream):
		t.Errorf("%s: %d of %d bytes pass", name, pass, len(stream))
	case v != nil && pass >= len(stream):
		t.Errorf("%s: everything passes", name)
	case want >= 0 && pass < want:
		t.Errorf("%s: %d bytes pass, want at least %d", name, pass, want)
	case v != nil && stream[0]&0x0F != opClose && pass != want:
		t.Errorf("%s: %d bytes pass, want %d", name, pass, want)
	}
}

func TestControlRate(t *testing.T) {
	var f frames
	ping := frame(0x89, nil)
	now := noon
	for i := range 10_000 {
		if _, v := f.scan(ping, now); v != nil {
			t.Fatalf("ping %d at 10 a second: %v", i, v)
		}
		now = now.Add(100 * time.Millisecond)
	}
	for i := range 1_000 {
		if _, v := f.scan(ping, now); v != nil {
			if i < controlBurst-1 || v.code != CodePolicy {
				t.Errorf("ping %d at once: %d %v", i, v.code, v)
			}
			return
		}
	}
	t.Error("1,000 pings at once pass")
}

// reference judges a whole stream the slow way, frame by frame: RFC 6455 read
// again, with nothing of the parser under test. It returns the code of the first
// breach and the offset of the frame that has it.
func reference(stream []byte) (code Code, at int) {
	open, size, pieces, controls := false, uint64(0), 0, 0
	for at < len(stream) {
		b := stream[at:]
		fin, rsv, op := b[0]>>7 == 1, b[0]>>4&7, b[0]&15
		isControl := op >= 8
		switch {
		case rsv != 0:
			return 1002, at
		case op == 1:
			return 1003, at
		case op != 0 && op != 2 && op != 8 && op != 9 && op != 10:
			return 1002, at
		case isControl && !fin:
			return 1002, at
		}
		if isControl {
			if controls++; controls > controlBurst {
				return 1008, at
			}
		} else if (op == 0) != open {
			return 1002, at
		}
		if len(b) < 2 {
			return 0, at
		}
		if b[1]&128 != 0 {
			return 1002, at
		}
		n, head := uint64(b[1]), 2
		if isControl && (n > 125 || op == 8 && n == 1) {
			return 1002, at
		}
		if n == 126 {
			if head = 4; len(b) < head {
				return 0, at
			}
			if n = uint64(b[2])<<8 | uint64(b[3]); n < 126 {
				return 1002, at
			}
		} else if n == 127 {
			if head = 10; len(b) < head {
				return 0, at
			}
			n = 0
			for _, x := range b[2:10] {
				n = n<<8 | uint64(x)
			}
			if n < 65536 || n >= 1<<63 {
				return 1002, at
			}
		}
		if !isControl {
			if op == 2 {
				size, pieces = 0, 0
			}
			if pieces++; n > 256<<10 || size+n > 256<<10 {
				return 1009, at
			}
			if (!fin && n == 0) || pieces > 64 {
				return 1002, at
			}
			size, open = size+n, !fin
		}
		payload := b[head:]
		whole := uint64(len(payload)) >= n
		if whole {
			payload = payload[:n]
		}
		if op == 8 {
			if len(payload) >= 2 {
				c := int(payload[0])<<8 | int(payload[1])
				if c < 1000 || c == 1004 || c == 1005 || c == 1006 || (c > 1014 && c < 3000) || c > 4999 {
					return 1002, at
				}
			}
			if whole && n > 2 && !utf8.Valid(payload[2:]) {
				return 1002, at
			}
			if whole {
				return 0, at + head + int(n)
			}
		}
		if !whole {
			return 0, at
		}
		at += head + int(n)
	}
	return 0, at
}

// FuzzFrames compares the parser, at any cutting, with the slow reference: the
// same verdict, nothing of a bad frame's header passed on whole, and nothing
// sound held back.
func FuzzFrames(f *testing.F) {
	for _, row := range streams {
		if len(row.bytes) < 5_000 {
			f.Add(row.bytes, byte(3))
		}
	}
	f.Fuzz(func(t *testing.T, stream []byte, cut byte) {
		pass, v := scanAll(stream, int(cut)+1)
		want, at := reference(stream)
		got := Code(0)
		if v != nil {
			got = v.code
		}
		if got != want {
			t.Fatalf("verdict %d, the reference says %d at %d", got, want, at)
		}
		if pass < at || (v != nil && pass >= len(stream)) {
			t.Errorf("%d bytes pass, the bad frame begins at %d of %d", pass, at, len(stream))
		}
		if v != nil && stream[at]&15 != opClose && pass-at > 9 {
			t.Errorf("%d bytes of a bad frame pass", pass-at)
		}
	})
}

// BenchmarkScan is what the validation costs for a usual server frame.
func BenchmarkScan(b *testing.B) {
	var f frames
	stream := frame(0x82, make([]byte, 400))
	b.SetBytes(int64(len(stream)))
	for b.Loop() {
		if _, v := f.scan(stream, noon); v != nil {
			b.Fatal(v)
		}
	}
}
