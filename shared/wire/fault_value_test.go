package wire

import (
	"math"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// walkFields names each field of a message and of those below it, and its kind.
func walkFields(m protoreflect.MessageDescriptor, look func(name, kind string)) {
	for i := range m.Fields().Len() {
		field := m.Fields().Get(i)
		look(string(field.FullName()), field.Kind().String())
		if field.Message() != nil {
			walkFields(field.Message(), look)
		}
	}
}

// limit is the largest value of a number within a message.
type limit struct {
	name  string
	num   protowire.Number
	most  uint64
	build func(body msg) []byte
}

// in puts a number among what its message needs besides.
func in(num protowire.Number, rest ...byte) func(msg) []byte {
	return func(body msg) []byte { return part(num, append(rest, body...)...) }
}

func clientLimits() []limit {
	version := msg{}.number(1, 1)
	return []limit{
		{"hello version", 1, math.MaxUint32, in(1)},
		{"hello tick", 4, math.MaxUint32, in(1, version...)},
		{"hello spectate", 5, math.MaxUint64, in(1, version...)},
		{"input tick", 1, math.MaxUint32, in(2)},
		{"input buttons", 2, 127, in(2)},
		{"input aim", 3, 1023, in(2)},
		{"input echo", 4, math.MaxUint32, in(2)},
		{"input seen", 5, math.MaxUint32, in(2)},
		{"input ping", 6, math.MaxUint16, in(2)},
		{"chat scope", 2, 2, in(3, msg{}.text(1, "x")...)},
		{"chat to", 3, 1023, in(3, msg{}.text(1, "x")...)},
		{"loadout hull", 1, 3, in(5)},
		{"loadout team", 2, 2, in(5)},
		{"look x", 2, 1 << 15, in(6)},
		{"look y", 3, 1 << 15, in(6)},
		{"vote call", 1, 2, in(7)},
		{"vote yes", 4, math.MaxUint64, in(7)},
		{"signal", 1, 7, in(8)},
	}
}

func frameLimits() []limit {
	welcome := msg{}.data(4, token).number(11, 60).number(12, 2)
	bare := func(body msg) []byte { return body }
	return []limit{
		{"tick", 1, math.MaxUint32, bare},
		{"forget", inForget, math.MaxUint16, bare},
		{"gone", inGone, 1023, bare},
		{"chunk cell", 1, math.MaxUint16, in(inChunk)},
		{"chunk back", 2, maxBack, in(inChunk)},
		{"chunk key", 3, math.MaxUint64, in(inChunk)},
		{"own hash", 1, 1<<14 - 1, in(inOwn)},
		{"own early", 2, 2*MaxLate - 1, in(inOwn)},
		{"own echo", 3, math.MaxUint32, in(inOwn)},
		{"own echo held", 4, math.MaxUint32, in(inOwn)},
		{"own skipped", 5, math.MaxInt32, in(inOwn)},
		{"own spawn", 6, math.MaxUint32, in(inOwn)},
		{"kill who", 1, 1023, in(inKill)},
		{"kill weapon", 3, uint64(len(sim.Shots) - 1), in(inKill)},
		{"kill ago", 4, math.MaxUint32, in(inKill)},
		{"match phase", 1, 2, in(inMatch)},
		{"match ends", 2, math.MaxUint32, in(inMatch)},
		{"match number", 3, math.MaxUint32, in(inMatch)},
		{"player id", 1, 1023, in(inPlayer)},
		{"player score", 6, math.MaxUint16, in(inPlayer)}, // zigzag: -32768 is the last
		{"player kills", 7, math.MaxInt16, in(inPlayer)},
		{"player deaths", 8, math.MaxInt16, in(inPlayer)},
		{"player ping", 9, math.MaxUint16, in(inPlayer)},
		{"player uncounted", 13, math.MaxUint64, in(inPlayer)},
		{"player place", 14, sim.MaxPlayers, in(inPlayer)},
		{"match ion", 4, math.MaxUint16, in(inMatch)},
		{"match ember", 5, math.MaxUint16, in(inMatch)},
		{"player team", 10, 2, in(inPlayer)},
		{"player hull", 11, 3, in(inPlayer)},
		{"chat from", 1, 1024, in(inChat)},
		{"chat scope", 4, 2, in(inChat)},
		{"chat to", 5, 1023, in(inChat)},
		{"chat notice", 6, math.MaxUint8, in(inChat)},
		{"chat number", 9, math.MaxUint16, in(inChat)},
		{"welcome teams", 16, 2, in(inWelcome, welcome...)},
		{"welcome score limit", 17, math.MaxInt16, in(inWelcome, welcome...)},
		{"welcome arena size", 18, 1 << 20, in(inWelcome, welcome...)},
		{"welcome version", 1, math.MaxUint32, in(inWelcome, welcome...)},
		{"welcome id", 2, 1023, in(inWelcome, welcome...)},
		{"welcome cell side", 10, 1 << 15, in(inWelcome, welcome...)},
		{"welcome tick rate", 11, maxTickRate, in(inWelcome, welcome...)},
		{"welcome send interval", 12, belief.MaxSteps, in(inWelcome, welcome...)},
		{"welcome kill points", 14, math.MaxInt16, in(inWelcome, welcome...)},
		{"reject code", 1, math.MaxUint16, in(inRejected)},
		{"reject retry", 3, math.MaxUint32, in(inRejected)},
	}
}

func gameLimits() []limit {
	return []limit{
		{"objective index", 1, 7, in(inObjective)},
		{"objective kind", 2, 2, in(inObjective)},
		{"objective state", 3, 5, in(inObjective)},
		{"objective team", 4, 2, in(inObjective)},
		{"objective x", 6, 1 << 25, in(inObjective)},
		{"objective y", 7, 1 << 25, in(inObjective)},
		{"objective home x", 8, 1 << 25, in(inObjective)},
		{"objective home y", 9, 1 << 25, in(inObjective)},
		{"objective timer", 10, math.MaxUint16, in(inObjective)},
		{"item index", 1, 63, in(inItem)},
		{"item kind", 2, 4, in(inItem)},
		{"item back", 3, math.MaxUint32, in(inItem)},
		{"deed kind", 1, 5, in(inDeed)},
		{"deed team", 3, 2, in(inDeed)},
		{"deed index", 4, 63, in(inDeed)},
		{"deed ago", 5, math.MaxUint32, in(inDeed)},
		{"shout who", 1, 1023, in(inShout)},
		{"shout kind", 2, 7, in(inShout)},
		{"vote call", 1, 2, in(inVote)},
		{"vote yes", 5, math.MaxUint16, in(inVote)},
		{"vote no", 6, math.MaxUint16, in(inVote)},
		{"vote needed", 7, math.MaxUint16, in(inVote)},
		{"vote ends", 8, math.MaxUint32, in(inVote)},
		{"vote passed", 9, math.MaxUint64, in(inVote)},
	}
}

// TestFault_B7_Ranges gives every number its largest value and those beyond it: a
// number is never cut to fit.
func TestFault_B7_Ranges(t *testing.T) {
	beyond := []uint64{math.MaxUint16 + 1, math.MaxUint32, math.MaxUint32 + 1, math.MaxInt64, 1 << 63, math.MaxUint64}
	check := func(l limit, compare func(testing.TB, []byte) bool) {
		if data := l.build(msg{}.number(l.num, l.most)); !compare(t, data) {
			t.Errorf("%s: %d is refused", l.name, l.most)
		}
		if l.most == math.MaxUint64 {
			return
		}
		for _, v := range append(beyond, l.most+1) {
			if v > l.most && compare(t, l.build(msg{}.number(l.num, v))) {
				t.Errorf("%s: %d is accepted", l.name, v)
			}
		}
	}
	for _, l := range clientLimits() {
		check(l, compareClient)
	}
	for _, l := range append(frameLimits(), gameLimits()...) {
		check(l, compareFrame)
	}
	acceptsFrame(t, "nobody's kill", part(inKill, msg{}.number(2, 65535)...), Frame{Kills: []Kill{{By: sim.NoPlayer}}})
	refusesFrame(t, "a kill by seat 1024", part(inKill, msg{}.number(2, 1024)...))
	for _, at := range []struct{ part, num protowire.Number }{{inObjective, 5}, {inDeed, 2}, {inVote, 2}, {inVote, 4}} {
		for seat, fine := range map[uint64]bool{0: true, 1023: true, 1024: false, 65534: false, 65535: true, 65536: false, 1<<32 + 65535: false} {
			if compareFrame(t, part(at.part, msg{}.number(at.num, seat)...)) != fine {
				t.Errorf("field %d of part %d: seat %d: accepted is %t", at.num, at.part, seat, !fine)
			}
		}
	}
	for body, num := range map[protowire.Number]protowire.Number{6: 1, 7: 2} {
		for seat, fine := range map[uint64]bool{0: true, 1023: true, 1024: false, 65535: true, 65536: false} {
			if compareClient(t, part(body, msg{}.number(num, seat)...)) != fine {
				t.Errorf("body %d: seat %d: accepted is %t", body, seat, !fine)
			}
		}
	}
	refusesClient(t, "version 0", hello(nil))
	if !compareFrame(t, part(inWelcome, msg{}.number(11, 60).number(12, 2)...)) {
		t.Error("a welcome without a token, as when the room moves on, is refused")
	}
	refusesFrame(t, "a welcome without a rate", part(inWelcome, msg{}.data(4, token).number(12, 2)...))
	refusesFrame(t, "a welcome without an interval", part(inWelcome, msg{}.data(4, token).number(11, 60)...))
	for _, n := range []int{1, TokenSize - 1, TokenSize + 1} {
		refusesClient(t, "a token of a wrong size", hello(msg{}.number(1, 1).data(3, make([]byte, n))))
		refusesFrame(t, "a token of a wrong size", part(inWelcome, msg{}.data(4, make([]byte, n)).number(11, 60).number(12, 2)...))
	}
	for _, n := range []int{1, DeviceSize - 1, DeviceSize + 1, TokenSize} {
		refusesClient(t, "a device of a wrong size", hello(msg{}.number(1, 1).data(6, make([]byte, n))))
	}
	refusesClient(t, "a hull there is not", hello(msg{}.number(1, 1).data(7, msg{}.number(1, 4))))
	refusesClient(t, "a side there is not", hello(msg{}.number(1, 1).data(7, msg{}.number(2, 3))))
}

// TestFault_B8_ExactlyOneBody tries none, two, and the same one twice.
func TestFault_B8_ExactlyOneBody(t *testing.T) {
	refusesClient(t, "nothing", nil)
	refusesClient(t, "unknown fields alone", unknown(50))
	for _, first := range validClient() {
		for _, second := range validClient() {
			refusesClient(t, "two bodies", append(append([]byte{}, first...), second...))
		}
	}
	for _, num := range []protowire.Number{inOwn, inMatch, inVote} {
		refusesFrame(t, "a part twice", append(part(num), part(num)...))
	}
	refusesFrame(t, "two rejects", append(part(inRejected), part(inRejected)...))
	welcome := part(inWelcome, msg{}.data(4, token).number(11, 60).number(12, 2)...)
	refusesFrame(t, "two welcomes", append(append([]byte{}, welcome...), welcome...))
}

// TestFault_B9_WireTypes gives each known field every wire type that is not its
// own, and numbers that no field may have.
func TestFault_B9_WireTypes(t *testing.T) {
	payload := map[protowire.Type][]byte{
		protowire.VarintType: {1}, protowire.Fixed32Type: make([]byte, 4), protowire.Fixed64Type: make([]byte, 8),
		protowire.BytesType: {1, 'x'}, protowire.StartGroupType: nil, protowire.EndGroupType: nil, 6: nil, 7: {1},
	}
	for typ, body := range payload {
		for num, own := range map[protowire.Number]protowire.Type{1: 2, 2: 2, 3: 2, 4: 2, 5: 2, 6: 2, 7: 2, 8: 2} {
			if typ != own {
				refusesClient(t, "a body", append(protowire.AppendTag(nil, num, typ), body...))
			}
		}
		for num := protowire.Number(1); num <= 6; num++ {
			if typ != protowire.VarintType {
				refusesClient(t, "in an input", input(append(protowire.AppendTag(nil, num, typ), body...)))
			}
		}
		for num := protowire.Number(1); num <= 16; num++ {
			list := num == inForget || num == inGone
			if typ != protowire.BytesType && (!list && num != 1 || typ != protowire.VarintType) {
				refusesFrame(t, "a part", append(protowire.AppendTag(nil, num, typ), body...))
			}
		}
	}
	for _, num := range []uint64{0, 1 << 29, 1<<29 + 1, 1<<31 - 1, 1 << 31, 1<<32 + 2, 1<<61 - 1} {
		tag := protowire.AppendVarint(nil, num<<3)
		refusesClient(t, "a field number", append(append(tag, 1), AppendLeave(nil)...))
		refusesClient(t, "a field number, inside", input(append(tag, 1)))
		refusesFrame(t, "a field number", append(tag, 1))
		refusesFrame(t, "a field number, inside", part(inChunk, append(tag, 1)...))
	}
	acceptsClient(t, "the largest field number", append(msg{}.number(1<<29-1, 1), AppendLeave(nil)...), Client{Kind: KindLeave})
}

// TestFault_B10_LongWays writes numbers with more bytes than they need and fields
// twice: both mean the same to every reader.
func TestFault_B10_LongWays(t *testing.T) {
	long := msg{}.raw(0x88, 0x80, 0x80, 0x00, 0xe4, 0x80, 0x80, 0x00) // tick 100
	acceptsClient(t, "long numbers", input(long), Client{Kind: KindInput, Input: Input{Tick: 100}})
	twice := msg{}.number(1, 7).number(1, 100)
	acceptsClient(t, "a tick twice", input(twice), Client{Kind: KindInput, Input: Input{Tick: 100}})
	acceptsFrame(t, "a tick twice", twice, Frame{Tick: 100})
	refusesClient(t, "a number of 11 bytes", input(msg{}.raw(0x08).raw([]byte(strings.Repeat("\x80", 10))...).raw(0)))
	refusesClient(t, "more than 64 bits", input(msg{}.raw(0x20).raw([]byte(strings.Repeat("\xff", 9))...).raw(2)))
}

// TestFault_B11_Text tries text that is not UTF-8, too long, or strange: the first
// two are refused, the last is for the room to clean.
func TestFault_B11_Text(t *testing.T) {
	named := func(s string) []byte { return hello(msg{}.number(1, 1).text(2, s)) }
	for _, bad := range []string{"\xff", "\xc0\x80", "a\xed\xa0\x80", "\xf4\x90\x80\x80", "cut \xe2\x9c"} {
		refusesClient(t, "a name", named(bad))
		refusesClient(t, "a password", hello(msg{}.number(1, 1).text(8, bad)))
		refusesClient(t, "a ticket", hello(msg{}.number(1, 1).text(9, bad)))
		refusesClient(t, "chat", chat(bad))
		refusesClient(t, "an arena's name", part(7, msg{}.text(3, bad)...))
		for _, at := range []struct{ part, num protowire.Number }{{inPlayer, 2}, {inChat, 2}, {inChat, 3}, {inChat, 7}, {inChat, 8}, {inRejected, 2}, {inVote, 3}} {
			refusesFrame(t, "text", part(at.part, msg{}.text(at.num, bad)...))
		}
		for _, num := range []protowire.Number{3, 5, 6, 7, 8, 19} {
			refusesFrame(t, "a name in a welcome", part(inWelcome, msg{}.data(4, token).number(11, 60).number(12, 2).text(num, bad)...))
		}
	}
	for _, n := range []int{MaxName + 1, 4000} {
		refusesClient(t, "a long name", named(strings.Repeat("x", n)))
		refusesFrame(t, "a long name", part(inPlayer, msg{}.text(2, strings.Repeat("x", n))...))
		refusesFrame(t, "a long name in a vote", part(inVote, msg{}.text(3, strings.Repeat("x", n))...))
		refusesClient(t, "a long name of an arena", part(7, msg{}.text(3, strings.Repeat("x", n))...))
	}
	refusesClient(t, "a long password", hello(msg{}.number(1, 1).text(8, strings.Repeat("x", MaxPassword+1))))
	refusesClient(t, "a long ticket", hello(msg{}.number(1, 1).text(9, strings.Repeat("x", MaxTicket+1))))
	refusesFrame(t, "a long name in a notice", part(inChat, msg{}.text(7, strings.Repeat("x", MaxName+1))...))
	refusesFrame(t, "another long name in a notice", part(inChat, msg{}.text(8, strings.Repeat("x", MaxName+1))...))
	refusesClient(t, "long chat", chat(strings.Repeat("x", MaxChat+1)))
	refusesClient(t, "empty chat", chat(""))
	refusesFrame(t, "long chat", part(inChat, msg{}.text(3, strings.Repeat("x", maxLine+1))...))
	refusesFrame(t, "a long reason", part(inRejected, msg{}.text(2, strings.Repeat("x", maxWords+1))...))
	acceptsClient(t, "chat with NUL", chat("a\x00b"), Client{Kind: KindChat, Chat: Chat{Text: []byte("a\x00b")}})
	acceptsClient(t, "a name of NUL", named("\x00"), Client{Kind: KindHello, Hello: Hello{Version: 1, Name: "\x00"}})
	wide := strings.Repeat("\U0001F680", 200) // as many runes as a line may have, as wide as they come
	acceptsFrame(t, "the widest line", part(inChat, msg{}.text(3, wide)...), Frame{Chat: []ChatLine{{Text: wide}}})
}

// TestFault_C6_ChunkOrder refuses chunks that come twice or out of order: each cell
// and send costs a client at most one.
func TestFault_C6_ChunkOrder(t *testing.T) {
	for name, chunks := range map[string][]Chunk{
		"the same cell twice":       {{Cell: 1}, {Cell: 1}},
		"cells backwards":           {{Cell: 2}, {Cell: 1}},
		"newer before older":        {{Cell: 1}, {Cell: 1, Back: 1}},
		"key before change":         {{Cell: 1, Key: true}, {Cell: 2}},
		"the same key twice":        {{Cell: 1, Key: true}, {Cell: 1, Key: true}},
		"keys backwards":            {{Cell: 2, Key: true}, {Cell: 1, Key: true}},
		"a keyframe of an old send": {{Cell: 1, Back: 1, Key: true}},
	} {
		refusesFrame(t, name, frameBytes(&Frame{Chunks: chunks}))
	}
}
