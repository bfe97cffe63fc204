package wire

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	"ionwake/proto/gamepb"
	"ionwake/shared/belief"
)

// msg builds the bytes of a message field by field, valid or not.
type msg []byte

func (m msg) number(num protowire.Number, v uint64) msg {
	return protowire.AppendVarint(protowire.AppendTag(m, num, protowire.VarintType), v)
}

func (m msg) data(num protowire.Number, b []byte) msg {
	return protowire.AppendBytes(protowire.AppendTag(m, num, protowire.BytesType), b)
}

func (m msg) text(num protowire.Number, s string) msg { return m.data(num, []byte(s)) }

func (m msg) raw(b ...byte) msg { return append(m, b...) }

// The numbers of the parts of a frame.
const (
	inChunk, inOwn, inForget, inKill, inMatch       = 2, 3, 4, 5, 6
	inPlayer, inGone, inChat, inWelcome, inRejected = 7, 8, 9, 17, 11
	inObjective, inItem, inDeed, inShout, inVote    = 12, 13, 14, 15, 16
)

// input, hello and chat are bodies within a message of a client; part is one of a
// frame.
func input(body msg) msg                             { return msg{}.data(2, body) }
func hello(body msg) msg                             { return msg{}.data(1, body) }
func chat(text string) msg                           { return msg{}.data(3, msg{}.text(1, text)) }
func part(num protowire.Number, body ...byte) []byte { return msg{}.data(num, body) }

func refusesClient(t *testing.T, name string, data []byte) {
	t.Helper()
	var m Client
	if err := DecodeClient(data, &m); !errors.Is(err, ErrMessage) {
		t.Errorf("%s: got %v and %+v, want ErrMessage", name, err, m)
	}
	compareClient(t, data)
}

func acceptsClient(t *testing.T, name string, data []byte, want Client) {
	t.Helper()
	var m Client
	if err := DecodeClient(data, &m); err != nil {
		t.Errorf("%s: %v", name, err)
	} else if diff := differ(m, want); diff != "" {
		t.Errorf("%s: %s", name, diff)
	}
	compareClient(t, data)
}

func refusesFrame(t *testing.T, name string, data []byte) {
	t.Helper()
	var d Decoder
	var f Frame
	if err := d.Decode(data, &f); !errors.Is(err, ErrMessage) {
		t.Errorf("%s: got %v and %+v, want ErrMessage", name, err, f)
	}
	compareFrame(t, data)
}

func acceptsFrame(t *testing.T, name string, data []byte, want Frame) {
	t.Helper()
	var d Decoder
	var f Frame
	if err := d.Decode(data, &f); err != nil {
		t.Errorf("%s: %v", name, err)
	} else if diff := differ(f, want); diff != "" {
		t.Errorf("%s: %s", name, diff)
	}
	compareFrame(t, data)
}

// TestFault_B1_TruncatedAtEveryByte cuts each message at every offset. A message of
// a client has one body, so no cut of it is a message. A frame cut between two of
// its parts is a shorter frame; anywhere else it is refused.
func TestFault_B1_TruncatedAtEveryByte(t *testing.T) {
	for _, data := range validClient() {
		for cut := range data {
			refusesClient(t, "cut", data[:cut])
		}
	}
	for _, data := range validFrames() {
		between := map[int]bool{0: true}
		for at := 0; at < len(data); {
			_, n := field(data[at:])
			at += n
			between[at] = true
		}
		for cut := range data {
			if accepted := compareFrame(t, data[:cut]); accepted != between[cut] {
				t.Errorf("% x cut at %d: accepted %t", data, cut, accepted)
			}
		}
	}
}

// TestFault_B1_NoPartialEffect reads a good message and then a bad one into the same
// place: nothing of either may be left.
func TestFault_B1_NoPartialEffect(t *testing.T) {
	var m Client
	if err := DecodeClient(AppendHello(nil, Hello{Version: 1, Name: "Ann", Resume: token}), &m); err != nil {
		t.Fatal(err)
	}
	bad := hello(msg{}.number(1, 1).text(2, "Bob").number(4, 5).raw(0x0f))
	if err := DecodeClient(bad, &m); err == nil || differ(m, Client{}) != "" {
		t.Errorf("got %v and %+v", err, m)
	}
	var d Decoder
	var f Frame
	for _, s := range frameSamples() {
		if err := d.Decode(frameBytes(&s.frame), &f); err != nil {
			t.Fatal(err)
		}
		bad := append(frameBytes(&s.frame), 0x0f)
		if err := d.Decode(bad, &f); err == nil || differ(f, Frame{}) != "" {
			t.Errorf("%s: got %v and %+v", s.name, err, f)
		}
	}
}

// unknown is n bytes or a few more of fields of no schema of ours.
func unknown(n int) msg {
	var m msg
	for i := 0; len(m) < n; i++ {
		m = m.number(protowire.Number(1000+i%7), uint64(i)).text(2000, "xyz").raw(0xfd, 0x3e, 1, 2, 3, 4)
	}
	return m
}

// TestFault_B2_UnknownFields adds nearly 4 KiB of unknown fields, half outside and
// half inside of every body: they change nothing and cost nothing.
func TestFault_B2_UnknownFields(t *testing.T) {
	noise := unknown(1800)
	if _, n := field(noise); n < 0 {
		t.Fatal("the noise is not valid")
	}
	for _, s := range clientSamples() {
		v, _ := field(s.data)
		inner := msg{}.data(v.num, append(bytes.Clone(v.bytes), noise...))
		whole := append(bytes.Clone(noise), inner...)
		acceptsClient(t, s.name, whole, s.want)
		if s.want.Kind == KindInput {
			demandNoAllocation(t, "an input among unknown fields", func() error { return DecodeClient(whole, new(Client)) })
		}
	}
	for _, s := range frameSamples() {
		data := append(frameBytes(&s.frame), noise...)
		acceptsFrame(t, s.name, append(bytes.Clone(noise), data...), s.frame)
	}
	var d Decoder
	var f Frame
	noise = unknown(MaxServerMessage - 4096)
	demandNoAllocation(t, "a frame of unknown fields", func() error { return d.Decode(noise, &f) })
}

// TestFault_B3_Nesting nests messages and groups in fields that are unknown, and
// groups in those that are known: there is no recursion to exhaust.
func TestFault_B3_Nesting(t *testing.T) {
	for _, depth := range []int{100, 1000, 2000} {
		var deep []byte
		for range depth {
			if next := part(9, deep...); len(next) < MaxClientMessage-64 {
				deep = next
			}
		}
		acceptsClient(t, "messages", append(bytes.Clone(deep), AppendLeave(nil)...), Client{Kind: KindLeave})
		groups := append(bytes.Repeat([]byte{0x4b}, depth), bytes.Repeat([]byte{0x4c}, depth)...)
		refusesClient(t, "groups", append(groups, AppendLeave(nil)...))
		refusesFrame(t, "groups", groups)
		refusesFrame(t, "groups in a chunk", part(inChunk, groups...))
	}
}

// TestFault_B4_Amplification measures what the most costly messages of a client make
// the server allocate: never more than the bytes that came.
func TestFault_B4_Amplification(t *testing.T) {
	names, resumes := msg{}.number(1, 1), msg{}.number(1, 1)
	for len(names) < MaxClientMessage-16 {
		names = names.text(2, "ab")
	}
	for len(resumes) < MaxClientMessage-64 {
		resumes = resumes.data(3, token)
	}
	for name, data := range map[string][]byte{
		"empty bodies": bytes.Repeat([]byte{0x12, 0}, MaxClientMessage/2),
		"empty fields": input(bytes.Repeat([]byte{0x08, 0}, MaxClientMessage/2-2)),
		"names":        hello(names),
		"tokens":       hello(resumes),
		"loadouts":     hello(append(msg{}.number(1, 1), bytes.Repeat([]byte{0x3a, 0}, MaxClientMessage/2-4)...)),
		"arenas":       part(7, bytes.Repeat(msg{}.text(3, "ab"), MaxClientMessage/4-2)...),
		"tags alone":   bytes.Repeat([]byte{0x48}, MaxClientMessage),
		"noise":        bytes.Repeat([]byte{0xff}, MaxClientMessage),
	} {
		count, size := allocated(func() { _ = DecodeClient(data, new(Client)) })
		if count > 8 || size > 1024 {
			t.Errorf("%s: %d allocations, %d bytes for %d", name, count, size, len(data))
		}
	}
	refusesClient(t, "more than a message may have", chat(strings.Repeat("x", MaxClientMessage)))
	refusesClient(t, "more, of unknown fields", append(unknown(MaxClientMessage), AppendLeave(nil)...))
}

// TestFault_B4_FrameAmplification measures the same for a client that meets a
// hostile server: a frame of MaxServerMessage may cost a few MB, once.
func TestFault_B4_FrameAmplification(t *testing.T) {
	const limit = 4 << 20
	for name, tiny := range map[string][]byte{
		"chunks": part(inChunk), "keys": part(inChunk, 0x18, 1), "kills": part(inKill), "players": part(inPlayer),
		"named players": part(inPlayer, msg{}.text(2, "ab").text(2, "cd").text(2, "ef")...),
		"chat":          part(inChat), "forget": {0x20, 0}, "gone": {0x40, 0}, "own": part(inOwn), "match": part(inMatch),
		"votes": part(inVote), "shouts": part(inShout), "deeds": part(inDeed), "items": part(inItem), "objectives": part(inObjective),
		"rejects": part(inRejected), "words": part(inRejected, msg{}.text(2, "ab").text(2, "cd")...),
	} {
		data := bytes.Repeat(tiny, MaxServerMessage/len(tiny))
		count, size := allocated(func() { _ = new(Decoder).Decode(data, new(Frame)) })
		if size > limit {
			t.Errorf("%s: %d allocations, %d bytes", name, count, size)
		}
	}
	for name, data := range map[string][]byte{
		"ordered chunks": orderedChunks(), "packed forget": part(inForget, make([]byte, MaxServerMessage-8)...),
		"packed gone":       part(inGone, make([]byte, MaxServerMessage-8)...),
		"words in a reject": part(inRejected, bytes.Repeat(msg{}.text(2, "ab"), MaxServerMessage/4-4)...),
		"names in a player": part(inPlayer, bytes.Repeat(msg{}.text(2, "ab"), MaxServerMessage/4-4)...),
	} {
		count, size := allocated(func() { _ = new(Decoder).Decode(data, new(Frame)) })
		t.Logf("%s: %d allocations, %d bytes for %d", name, count, size, len(data))
		if size > limit {
			t.Errorf("%s: %d allocations, %d bytes for %d", name, count, size, len(data))
		}
	}
}

// orderedChunks is a frame of as many chunks as fit, in the order they must have.
func orderedChunks() (m msg) {
	for i := uint64(0); ; i++ {
		next := m.data(inChunk, msg{}.number(1, i%60000).number(2, maxBack-i/60000))
		if len(next) > MaxServerMessage {
			return m
		}
		m = next
	}
}

// TestFault_B4_NothingIsKept sends frame after frame that is large in another place:
// a decoder holds on to none of it.
func TestFault_B4_NothingIsKept(t *testing.T) {
	var d Decoder
	var f Frame
	large := make([]byte, 200<<10)
	kept := heldBy(func() {
		for small := range 100 {
			frame := Frame{}
			for i := range small {
				frame.Chunks = append(frame.Chunks, Chunk{Cell: belief.CellID(i)})
			}
			frame.Chunks = append(frame.Chunks, Chunk{Cell: 60000, Data: large})
			if err := d.Decode(frameBytes(&frame), &f); err != nil {
				t.Fatal(err)
			}
		}
	})
	if kept > 1<<20 {
		t.Errorf("%d bytes are held after a hundred frames of %d", kept, len(large))
	}
	if len(f.Chunks) != 100 {
		t.Errorf("%d chunks in the last frame, want 100", len(f.Chunks))
	}
}

// TestFault_B5_Counts fills every list to its cap and one beyond, and lies about
// lengths.
func TestFault_B5_Counts(t *testing.T) {
	for name, list := range map[string]struct {
		limit int
		make  func(n int) []byte
	}{
		"forget":        {maxForget, func(n int) []byte { return bytes.Repeat(msg{}.number(inForget, 1), n) }},
		"packed forget": {maxForget, func(n int) []byte { return part(inForget, make([]byte, n)...) }},
		"gone":          {1024, func(n int) []byte { return bytes.Repeat(msg{}.number(inGone, 1), n) }},
		"packed gone":   {1024, func(n int) []byte { return part(inGone, make([]byte, n)...) }},
		"kills":         {maxKills, func(n int) []byte { return bytes.Repeat(part(inKill), n) }},
		"players":       {1024, func(n int) []byte { return bytes.Repeat(part(inPlayer), n) }},
		"objectives":    {8, func(n int) []byte { return bytes.Repeat(part(inObjective), n) }},
		"items":         {64, func(n int) []byte { return bytes.Repeat(part(inItem), n) }},
		"deeds":         {256, func(n int) []byte { return bytes.Repeat(part(inDeed), n) }},
		"shouts":        {64, func(n int) []byte { return bytes.Repeat(part(inShout), n) }},
		"chat":          {maxChats, func(n int) []byte { return bytes.Repeat(part(inChat), n) }},
		"chunks":        {maxChunks, manyChunks},
	} {
		if !compareFrame(t, list.make(list.limit)) {
			t.Errorf("%s: %d are refused", name, list.limit)
		}
		refusesFrame(t, name, list.make(list.limit+1))
	}
	for name, length := range map[string][]byte{
		"behind the end": {0x7f}, "2^32": protowire.AppendVarint(nil, 1<<32), "2^63": protowire.AppendVarint(nil, 1<<63),
		"-1": protowire.AppendVarint(nil, 1<<64-1), "11 bytes": append(bytes.Repeat([]byte{0xff}, 10), 1),
	} {
		refusesClient(t, name, append([]byte{0x0a}, length...))
		refusesClient(t, name+", inside", hello(append([]byte{0x12}, length...)))
		refusesFrame(t, name, append([]byte{0x12}, length...))
		refusesFrame(t, name+", packed", append([]byte{0x22}, length...))
		refusesFrame(t, name+", inside", part(inChunk, append([]byte{0x22}, length...)...))
	}
	refusesFrame(t, "a cut number in a packed list", part(inForget, 1, 0x80))
}

func manyChunks(n int) []byte {
	var m msg
	for i := range n {
		m = m.data(inChunk, msg{}.number(1, uint64(i)))
	}
	return m
}

// TestFault_B6_NoFloats keeps floats, which have NaN and infinities, off the wire.
func TestFault_B6_NoFloats(t *testing.T) {
	for _, m := range []proto.Message{&gamepb.ClientMessage{}, &gamepb.ServerMessage{}} {
		walkFields(m.ProtoReflect().Descriptor(), func(name, kind string) {
			if kind == "float" || kind == "double" {
				t.Errorf("%s is a %s", name, kind)
			}
		})
	}
}
