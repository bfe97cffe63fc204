package gate

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"slices"
	"testing"
	"time"
	"unicode/utf8"
)

// judged is what the slow reference makes of a whole stream.
type judged struct {
	code   uint16 // 0: nothing wrong
	before int    // where the frame with the offence begins
	end    int    // where that frame's header (a close frame: its payload) ends, as far as the stream goes
	passed int    // without an offence: how much of the stream may be passed on
}

// reference reads a stream frame by frame from RFC 6455 section 5, with everything before it, and stops at the first offence. It knows no rates.
func reference(stream []byte, limit int) judged {
	pos, pieces, size := 0, 0, 0
	for pos < len(stream) {
		rest := stream[pos:]
		wide := 0
		if len(rest) > 1 {
			wide = map[byte]int{126: 2, 127: 8}[rest[1]&0x7F]
		}
		headLen := min(2+wide+4, len(rest))
		if code := referenceHeader(rest, wide, pieces, size, limit); code != 0 {
			return judged{code: code, before: pos, end: pos + headLen}
		}
		if len(rest) < 2+wide+4 {
			break
		}
		n := referenceLength(rest, wide)
		if len(rest) < headLen+int(n) {
			break
		}
		payload, mask := bytes.Clone(rest[headLen:headLen+int(n)]), rest[headLen-4:headLen]
		for i := range payload {
			payload[i] ^= mask[i%4]
		}
		switch op := rest[0] & 15; {
		case op == 8 && !referenceClose(payload):
			return judged{code: 1002, before: pos, end: pos + headLen + int(n)}
		case op == 8:
			return judged{passed: pos + headLen + int(n)}
		case op < 8 && rest[0] >= 128:
			pieces, size = 0, 0
		case op < 8:
			pieces, size = pieces+1, size+int(n)
		}
		pos += headLen + int(n)
	}
	return judged{passed: len(stream)}
}

// referenceHeader gives the close code for the part of a header that is there, or 0.
func referenceHeader(rest []byte, wide, pieces, size, limit int) uint16 {
	op, last := rest[0]&15, rest[0] >= 128
	switch {
	case rest[0]&0b0111_0000 != 0, op > 10, op > 2 && op < 8:
		return 1002
	case op == 1:
		return 1003
	case op == 0 && pieces == 0, op == 2 && pieces > 0, op >= 8 && !last:
		return 1002
	case len(rest) < 2:
		return 0
	case rest[1] < 128, op >= 8 && rest[1]&127 > 125:
		return 1002
	case len(rest) < 2+wide:
		return 0
	}
	n := referenceLength(rest, wide)
	switch {
	case n >= 1<<63, wide == 2 && n < 126, wide == 8 && n < 65536:
		return 1002
	case op >= 8:
		return 0
	case n > 1<<20 || size+int(n) > limit:
		return 1009
	case n == 0 && !last, pieces+1 > 16:
		return 1002
	}
	return 0
}

func referenceLength(rest []byte, wide int) uint64 {
	if wide == 0 {
		return uint64(rest[1] & 127)
	}
	n := uint64(0)
	for _, b := range rest[2 : 2+wide] {
		n = n*256 + uint64(b)
	}
	return n
}

func referenceClose(payload []byte) bool {
	if len(payload) == 0 {
		return true
	}
	if len(payload) == 1 || !utf8.Valid(payload[2:]) {
		return false
	}
	switch code := int(payload[0])*256 + int(payload[1]); code {
	case 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014:
		return true
	default:
		return code/1000 == 3 || code/1000 == 4
	}
}

// seedStreams are each valid frame and each violation of the catalogue, alone and behind a valid message.
func seedStreams() [][]byte {
	seeds := [][]byte{
		{},
		binaryFrame(nil), binaryFrame([]byte("input")), binaryFrame(make([]byte, 126)), binaryFrame(make([]byte, maxMessage)),
		append(frame(opBinary, []byte("a")), frame(fin|opContinuation, nil)...),
		bytes.Join([][]byte{frame(opBinary, []byte("a")), frame(fin|opPing, []byte("p")), frame(opContinuation, []byte("b")), frame(fin|opContinuation, []byte("c"))}, nil),
		frame(fin|opPing, nil), frame(fin|opPong, make([]byte, maxControl)),
		closeFrame(1000, "bye"), closeFrame(4999, ""), frame(fin|opClose, nil),
		append(closeFrame(1000, ""), 0xFF, 0xFF),
		binaryFrame(make([]byte, maxHello+1)), binaryFrame(make([]byte, maxMessage+1)),
		append(frame(opBinary, []byte("a")), bytes.Repeat(frame(opContinuation, []byte("a")), 17)...),
		append(frame(opBinary, []byte("a")), frame(opContinuation, nil)...),
		frame(fin|opPing, make([]byte, 126)),
	}
	for _, row := range breaches() {
		for _, b := range row {
			seeds = append(seeds, b.bytes, append(binaryFrame([]byte("hello")), b.bytes...))
		}
	}
	return seeds
}

// unhurried is a guard without rates, which the reference does not know.
func unhurried() guard {
	g := newGuard(1, 1)
	g.control, g.messages, g.bytes = bucket{}, bucket{}, bucket{} // where nothing costs anything
	return g
}

// feed gives a stream to a guard in pieces whose sizes follow from cut, and collects what it lets through.
func feed(g *guard, stream []byte, limit int, cut uint64) (passed []byte, fault *CloseError) {
	now := time.Unix(0, 0)
	for len(stream) > 0 && fault == nil && !g.closed {
		cut = cut*6364136223846793005 + 1442695040888963407
		n := min(1+int(cut>>58), len(stream))
		var k int
		k, fault = g.scan(stream[:n], limit, now)
		passed = append(passed, stream[:k]...)
		stream = stream[n:]
	}
	return passed, fault
}

// FuzzGuard compares the guard, fed in pieces, with the reference: the same code at the same frame, all that comes before passed on unchanged, and
// never a whole header (or whole close frame) of an offence. In any case the cut into pieces makes no difference.
func FuzzGuard(f *testing.F) {
	for _, seed := range seedStreams() {
		f.Add(seed, uint64(1), true)
		f.Add(seed, uint64(2), false)
	}
	f.Fuzz(func(t *testing.T, stream []byte, cut uint64, admitted bool) {
		limit := maxHello
		if admitted {
			limit = maxMessage
		}
		want := reference(stream, limit)
		g := unhurried()
		passed, fault := feed(&g, stream, limit, cut)
		if !bytes.HasPrefix(stream, passed) {
			t.Fatal("what was passed on is not what came")
		}
		if want.code == 0 {
			if fault != nil || len(passed) != want.passed {
				t.Fatalf("got %v after %d bytes, want none and %d bytes", fault, len(passed), want.passed)
			}
			return
		}
		if fault == nil || fault.Code != want.code {
			t.Fatalf("got %v, want close %d", fault, want.code)
		}
		if len(passed) < want.before || len(passed) >= want.end {
			t.Fatalf("%d bytes passed, want all %d before the offence and less than %d", len(passed), want.before, want.end)
		}
	})
}

// scripted is a connection whose bytes are all there, to be read in pieces whose sizes follow from cut, and whose writes go nowhere.
type scripted struct {
	net.Conn
	in    *bytes.Reader
	cut   uint64
	first int // the size of the first piece instead; the second is the rest
}

func (s *scripted) Read(p []byte) (int, error) {
	if s.first > 0 {
		p, s.first = p[:min(len(p), s.first)], -1
		return s.in.Read(p)
	}
	if s.first < 0 {
		return s.in.Read(p)
	}
	s.cut = s.cut*6364136223846793005 + 1442695040888963407
	return s.in.Read(p[:min(len(p), 1+int(s.cut>>(54+s.cut%6)))])
}

func (s *scripted) Write(p []byte) (int, error)      { return len(p), nil }
func (s *scripted) Close() error                     { return nil }
func (s *scripted) SetDeadline(time.Time) error      { return nil }
func (s *scripted) SetReadDeadline(time.Time) error  { return nil }
func (s *scripted) SetWriteDeadline(time.Time) error { return nil }

// messagesOf puts a stream's messages together, up to what is wrong with it or its close frame.
func messagesOf(stream []byte, limit int) (messages []string) {
	want := reference(stream, limit)
	stream = stream[:max(want.before, want.passed)]
	var message []byte
	for len(stream) >= 2 {
		wide := map[byte]int{126: 2, 127: 8}[stream[1]&0x7F]
		head := 2 + wide + 4
		if len(stream) < head || uint64(len(stream)-head) < referenceLength(stream, wide) {
			break
		}
		end := head + int(referenceLength(stream, wide))
		payload, mask := bytes.Clone(stream[head:end]), stream[head-4:head]
		for i := range payload {
			payload[i] ^= mask[i%4]
		}
		if op := stream[0] & 15; op < 8 {
			if message = append(message, payload...); stream[0] >= 128 {
				messages, message = append(messages, string(message)), nil
			}
		}
		stream = stream[end:]
	}
	return messages
}

// FuzzReadLoop runs all that reads, the library behind the guard too, on any bytes in pieces of any size: no panic may come out of it, and the peer gets
// exactly the messages that the reference finds, whether they took the short way or the library's.
func FuzzReadLoop(f *testing.F) {
	for i, seed := range seedStreams() {
		f.Add(seed, uint64(i))
		f.Add(bytes.Join([][]byte{binaryFrame([]byte("one")), binaryFrame([]byte("two")), seed, binaryFrame([]byte("end"))}, nil), uint64(1+i))
	}
	f.Fuzz(func(t *testing.T, stream []byte, cut uint64) {
		checkReading(t, stream, &scripted{in: bytes.NewReader(stream), cut: cut})
	})
}

// A stream cut in two at any place gives the same messages, also where what is inside one looks like another.
func TestReadingCutAnywhere(t *testing.T) {
	var unmasked [4]byte
	stream := bytes.Join([][]byte{
		binaryFrame([]byte("short")), frameMasked(fin|opBinary, frameMasked(fin|opBinary, []byte("inner"), unmasked), unmasked),
		frame(opBinary, []byte("in ")), frame(fin|opPing, []byte("p")),
		frameMasked(fin|opContinuation, frameMasked(fin|opBinary, []byte("pieces"), unmasked), unmasked),
		frameMasked(fin|opPing, frameMasked(fin|opBinary, nil, unmasked), unmasked),
		binaryFrame(nil), binaryFrame(make([]byte, 130)), closeFrame(1000, "bye"), binaryFrame([]byte("late")),
	}, nil)
	for first := 1; first <= len(stream); first++ {
		checkReading(t, stream, &scripted{in: bytes.NewReader(stream), first: first})
	}
}

// checkReading reads a stream as a connection does and wants the reference's messages, in order, and its end.
func checkReading(t *testing.T, stream []byte, conn net.Conn) {
	t.Helper()
	g := New(Config{})
	request := &http.Request{Header: http.Header{"Sec-Websocket-Key": {sampleKey}}}
	place, _ := g.players.enter(prefixOf(addrOf("")))
	c := newConn(g, place, prefixOf(addrOf("")))
	s := newSocket(c, conn, nil)
	s.guard = unhurried()
	ws, err := g.mute.UpgradeFromConn(s, bufio.NewReaderSize(s, readBuffer), cleanRequest(request, ""))
	if err != nil {
		t.Fatal(err)
	}
	s.upgraded = true
	p := newPeer(c)
	c.Admit()
	var got []string
	p.does(func(data []byte) error { got = append(got, string(data)); return nil })
	s.peer = p
	ws.ReadLoop()
	want := reference(stream, maxMessage)
	if code, _ := s.why(); want.code != 0 && code != want.code {
		t.Errorf("ended with %d, want %d", code, want.code)
	}
	if s.fault == nil || s.fault == io.ErrUnexpectedEOF {
		t.Errorf("the library stopped reading by itself: %v", s.fault)
	}
	if messages := messagesOf(stream, maxMessage); !slices.Equal(got, messages) {
		t.Errorf("got messages %.40q, want %.40q", got, messages)
	}
}
