package wire

import (
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"ionwake/proto/gamepb"
	"ionwake/shared/sim"
)

// special are the values of fields for which 1, "x" and true will not do.
func special(field protoreflect.FieldDescriptor) (protoreflect.Value, bool) {
	switch field.FullName() {
	case "ionwake.v1.Hello.resume", "ionwake.v1.Welcome.resume":
		return protoreflect.ValueOfBytes(token), true
	case "ionwake.v1.Hello.device":
		return protoreflect.ValueOfBytes(device), true
	case "ionwake.v1.Own.hash":
		return protoreflect.ValueOfUint32(1<<hashBits | 1), true
	case "ionwake.v1.Kill.weapon":
		if len(sim.Shots) == 1 { // number 0, which is not told
			return protoreflect.Value{}, true
		}
	case "ionwake.v1.Chunk.back": // not in a keyframe
		return protoreflect.Value{}, true
	}
	return protoreflect.Value{}, false
}

// sample returns a value of field other than its default.
func sample(field protoreflect.FieldDescriptor) protoreflect.Value {
	switch field.Kind() {
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(true)
	case protoreflect.StringKind:
		return protoreflect.ValueOfString("x")
	case protoreflect.BytesKind:
		return protoreflect.ValueOfBytes([]byte("x"))
	case protoreflect.Sint32Kind, protoreflect.Int32Kind:
		return protoreflect.ValueOfInt32(1)
	case protoreflect.Sint64Kind, protoreflect.Int64Kind:
		return protoreflect.ValueOfInt64(1)
	case protoreflect.Fixed64Kind, protoreflect.Uint64Kind:
		return protoreflect.ValueOfUint64(1)
	default:
		return protoreflect.ValueOfUint32(1)
	}
}

// fill sets every field of m, and of what is below it, but for the other members
// of a oneof.
func fill(m protoreflect.Message, body protoreflect.Name) {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		field := fields.Get(i)
		value, is := special(field)
		switch {
		case field.ContainingOneof() != nil && field.Name() != body:
		case is && !value.IsValid():
		case is:
			m.Set(field, value)
		case field.IsList() && field.Message() != nil:
			fill(m.Mutable(field).List().AppendMutable().Message(), body)
		case field.IsList():
			m.Mutable(field).List().Append(sample(field))
		case field.Message() != nil:
			fill(m.Mutable(field).Message(), body)
		default:
			m.Set(field, sample(field))
		}
	}
}

// eachField clears one set field of m after the other, lets look see what is left,
// and puts it back.
func eachField(m protoreflect.Message, look func(protoreflect.FieldDescriptor)) {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		field := fields.Get(i)
		if !m.Has(field) {
			continue
		}
		value := m.Get(field)
		if field.IsList() && field.Message() != nil {
			eachField(value.List().Get(0).Message(), look)
		} else if !field.IsList() && field.Message() != nil {
			eachField(value.Message(), look)
		}
		m.Clear(field)
		look(field)
		m.Set(field, value)
	}
}

func marshal(t *testing.T, m proto.Message) []byte {
	t.Helper()
	data, err := proto.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestEveryClientField walks the schema: each field a client may send changes what
// is read, and what we write has each. It fails for a field that is new in the
// schema and unknown here.
func TestEveryClientField(t *testing.T) {
	for _, body := range []protoreflect.Name{"hello", "input", "chat", "leave", "loadout", "look", "vote", "signal"} {
		m := &gamepb.ClientMessage{}
		fill(m.ProtoReflect(), body)
		var whole Client
		if err := DecodeClient(marshal(t, m), &whole); err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		var again gamepb.ClientMessage
		if err := proto.Unmarshal(appendClient(&whole), &again); err != nil || !proto.Equal(m, &again) {
			t.Errorf("%s: what we write (%v) is %v, want %v", body, err, &again, m)
		}
		eachField(m.ProtoReflect(), func(field protoreflect.FieldDescriptor) {
			var got Client
			if err := DecodeClient(marshal(t, m), &got); err == nil && differ(got, whole) == "" {
				t.Errorf("%s makes no difference", field.FullName())
			}
		})
	}
	if n := (&gamepb.ClientMessage{}).ProtoReflect().Descriptor().Fields().Len(); n != int(KindSignal) {
		t.Errorf("the schema has %d bodies, this test %d", n, KindSignal)
	}
}

func appendClient(m *Client) []byte {
	switch m.Kind {
	case KindHello:
		return AppendHello(nil, m.Hello)
	case KindInput:
		return AppendInput(nil, m.Input)
	case KindChat:
		return AppendChat(nil, m.Chat)
	case KindLoadout:
		return AppendLoadout(nil, m.Loadout)
	case KindLook:
		return AppendLook(nil, m.Look)
	case KindVote:
		return AppendVote(nil, m.Vote)
	case KindSignal:
		return AppendSignal(nil, m.Signal)
	}
	return AppendLeave(nil)
}

// TestEveryFrameField does for frames what TestEveryClientField does for clients.
func TestEveryFrameField(t *testing.T) {
	m := &gamepb.ServerMessage{}
	fill(m.ProtoReflect(), "")
	var d Decoder
	var whole Frame
	if err := d.Decode(marshal(t, m), &whole); err != nil {
		t.Fatal(err)
	}
	var again gamepb.ServerMessage
	if err := proto.Unmarshal(frameBytes(&whole), &again); err != nil || !proto.Equal(m, &again) {
		t.Errorf("what we write (%v) is %v, want %v", err, &again, m)
	}
	eachField(m.ProtoReflect(), func(field protoreflect.FieldDescriptor) {
		var got Frame
		if err := d.Decode(marshal(t, m), &got); err == nil && differ(got, whole) == "" {
			t.Errorf("%s makes no difference", field.FullName())
		}
	})
	old := Frame{Chunks: []Chunk{{Back: 1}}} // what a frame full of keyframes cannot have
	var got Frame
	if err := d.Decode(frameBytes(&old), &got); err != nil || differ(got, old) != "" {
		t.Errorf("Chunk.back: %v, %s", err, differ(got, old))
	}
}
