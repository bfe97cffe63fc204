package wire

import (
	"bytes"
	"testing"

	"ionwake/proto/gamepb"
	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// token is what a resume token looks like.
var token = bytes.Repeat([]byte{0xa5}, TokenSize)

// clientSample is a valid message of a client and what it means.
type clientSample struct {
	name string
	data []byte
	want Client
}

func clientSamples() []clientSample {
	hello := Hello{Version: 1, Name: "Ann", Resume: token, Tick: 123456, Spectate: true}
	plain := Hello{Version: 7}
	input := Input{
		Tick: 90000, Held: sim.Input{Buttons: sim.Up | sim.Fire, Aim: 1023}, Echo: 77, Seen: 89990, Ping: 65535,
	}
	return []clientSample{
		{"hello", AppendHello(nil, hello), Client{Kind: KindHello, Hello: hello}},
		{"hello-plain", AppendHello(nil, plain), Client{Kind: KindHello, Hello: plain}},
		{"input", AppendInput(nil, input), Client{Kind: KindInput, Input: input}},
		{"input-rest", AppendInput(nil, Input{}), Client{Kind: KindInput}},
		{"chat", AppendChat(nil, "gg, wow ✓"), Client{Kind: KindChat, Text: []byte("gg, wow ✓")}},
		{"leave", AppendLeave(nil), Client{Kind: KindLeave}},
	}
}

// frameSample is a frame that an honest server could send.
type frameSample struct {
	name  string
	frame Frame
}

func frameSamples() []frameSample {
	chunks := []Chunk{
		{Cell: 9, Back: 31, Data: []byte{1}},
		{Cell: 3, Back: 1, Data: []byte{2, 3}}, {Cell: 4, Back: 1, Data: []byte{4}},
		{Cell: 3, Data: []byte{5, 0, 255}},
		{Cell: 1, Key: true, Data: []byte{6}}, {Cell: 65535, Key: true},
	}
	own := Own{Hash: 0x1fff, HasShip: true, Early: 3, HasEarly: true, Echo: 77, EchoHeld: 12, Skipped: 2}
	welcome := &Welcome{
		Version: 1, ID: 1023, Name: "Ann", Resume: token, Room: "main", Mode: "brawl", Server: "here",
		Arena: "foundry", ArenaHash: 0x0123456789abcdef, CellSide: 1024, TickRate: 60, SendInterval: 2,
		Resumed: true, KillPoints: 1, Continues: true,
	}
	return []frameSample{
		{"empty", Frame{}},
		{"steady", Frame{Chunks: []Chunk{{Data: []byte{1, 2, 3, 4}}}, Own: Own{Hash: 5, HasShip: true}}},
		{"chunks", Frame{Tick: 90002, Chunks: chunks}},
		{"own", Frame{Own: own}},
		{"own-early", Frame{Own: Own{HasEarly: true}}},
		{"own-late", Frame{Own: Own{HasEarly: true, Early: -4, Spawn: 91000}}},
		{"forget", Frame{Forget: []belief.CellID{0, 1, 65535}}},
		{"kills", Frame{Kills: []Kill{{Who: 3, By: 1023, Ago: 2}, {Who: 0, By: sim.NoPlayer, Idle: true}}}},
		{"match", Frame{Match: sim.Match{Phase: sim.Results, Ends: 12345, Number: 9}, HasMatch: true}},
		{"players", Frame{Players: []Player{
			{ID: 0, Name: "Ann", Away: true, Score: -3, Kills: 12, Deaths: 32767, Ping: 65535},
			{ID: 1023, Bot: true, Spectator: true, Score: 32767},
		}}},
		{"gone", Frame{Gone: []sim.PlayerID{0, 1023}}},
		{"chat", Frame{Chat: []ChatLine{{From: 4, Name: "Ann", Text: "gg ✓"}, {From: ServerVoice, Text: "bye"}}}},
		{"welcome", Frame{Tick: 90000, Welcome: welcome, Chunks: []Chunk{{Key: true, Data: []byte{7}}}}},
		{"reject", Frame{Reject: &Reject{Code: 4004, Message: "The room is full.", RetryAfterMS: 5000}}},
	}
}

func frameBytes(f *Frame) []byte {
	var e Encoder
	return e.Append(nil, f)
}

// validClient and validFrames return the bytes of every sample, for fuzzing and
// mutation.
func validClient() (all [][]byte) {
	for _, s := range clientSamples() {
		all = append(all, s.data)
	}
	return all
}

func validFrames() (all [][]byte) {
	for _, s := range frameSamples() {
		all = append(all, frameBytes(&s.frame))
	}
	return all
}

// clientOf is what a message read by google.golang.org/protobuf means.
func clientOf(m *gamepb.ClientMessage) Client {
	switch b := m.GetBody().(type) {
	case *gamepb.ClientMessage_Hello:
		h := b.Hello
		return Client{Kind: KindHello, Hello: Hello{
			Version: h.Version, Name: h.Name, Resume: h.Resume, Tick: sim.Tick(h.Tick), Spectate: h.Spectate,
		}}
	case *gamepb.ClientMessage_Input:
		i := b.Input
		return Client{Kind: KindInput, Input: Input{
			Tick: sim.Tick(i.Tick), Held: sim.Input{Buttons: sim.Buttons(i.Buttons), Aim: sim.Angle(i.Aim)},
			Echo: i.Echo, Seen: sim.Tick(i.Seen), Ping: uint16(i.Ping),
		}}
	case *gamepb.ClientMessage_Chat:
		return Client{Kind: KindChat, Text: []byte(b.Chat.Text)}
	case *gamepb.ClientMessage_Leave:
		return Client{Kind: KindLeave}
	}
	return Client{}
}

// frameOf is what a frame read by google.golang.org/protobuf means.
func frameOf(m *gamepb.ServerMessage) Frame {
	f := Frame{Tick: sim.Tick(m.Tick)}
	for _, c := range m.Chunks {
		f.Chunks = append(f.Chunks, Chunk{Cell: belief.CellID(c.Cell), Back: int(c.Back), Key: c.Key, Data: c.Data})
	}
	if o := m.Own; o != nil {
		f.Own = Own{
			Hash: uint16(o.Hash & 0x1fff), HasShip: o.Hash&0x2000 != 0, Early: int(o.Early), HasEarly: o.Early != 0,
			Echo: o.Echo, EchoHeld: o.EchoHeld, Skipped: int(o.Skipped), Spawn: sim.Tick(o.Spawn),
		}
		if o.Early > 0 {
			f.Own.Early = int(o.Early) - 1
		}
	}
	for _, c := range m.Forget {
		f.Forget = append(f.Forget, belief.CellID(c))
	}
	for _, k := range m.Kills {
		f.Kills = append(f.Kills, Kill{
			Who: sim.PlayerID(k.Who), By: sim.PlayerID(k.By), With: sim.BoltKind(k.Weapon), Ago: sim.Tick(k.Ago), Idle: k.Idle,
		})
	}
	if m.Match != nil {
		f.HasMatch = true
		f.Match = sim.Match{Phase: sim.Phase(m.Match.Phase), Ends: sim.Tick(m.Match.Ends), Number: m.Match.Number}
	}
	talkOf(m, &f)
	return f
}

func talkOf(m *gamepb.ServerMessage, f *Frame) {
	for _, p := range m.Players {
		f.Players = append(f.Players, Player{
			ID: sim.PlayerID(p.Id), Name: p.Name, Bot: p.Bot, Away: p.Away, Spectator: p.Spectator,
			Score: int16(p.Score), Kills: int16(p.Kills), Deaths: int16(p.Deaths), Ping: uint16(p.Ping),
		})
	}
	for _, id := range m.Gone {
		f.Gone = append(f.Gone, sim.PlayerID(id))
	}
	for _, c := range m.Chat {
		f.Chat = append(f.Chat, ChatLine{From: sim.PlayerID(c.From), Name: c.Name, Text: c.Text})
	}
	if w := m.Welcome; w != nil {
		f.Welcome = &Welcome{
			Version: w.Version, ID: sim.PlayerID(w.Id), Name: w.Name, Resume: w.Resume, Room: w.Room, Mode: w.Mode,
			Server: w.Server, Arena: w.Arena, ArenaHash: sim.Hash(w.ArenaHash), CellSide: w.CellSide, TickRate: w.TickRate,
			SendInterval: w.SendInterval, Resumed: w.Resumed, KillPoints: w.KillPoints, Continues: w.Continues,
		}
	}
	if r := m.Reject; r != nil {
		f.Reject = &Reject{Code: uint16(r.Code), Message: r.Message, RetryAfterMS: r.RetryAfterMs}
	}
}

// TestSamplesAreValid keeps the seeds of everything else honest.
func TestSamplesAreValid(t *testing.T) {
	for _, s := range clientSamples() {
		var got Client
		if err := DecodeClient(s.data, &got); err != nil {
			t.Errorf("%s: %v", s.name, err)
		} else if diff := differ(got, s.want); diff != "" {
			t.Errorf("%s: %s", s.name, diff)
		}
	}
	for _, s := range frameSamples() {
		var d Decoder
		var got Frame
		if err := d.Decode(frameBytes(&s.frame), &got); err != nil {
			t.Errorf("%s: %v", s.name, err)
		} else if diff := differ(got, s.frame); diff != "" {
			t.Errorf("%s: %s", s.name, diff)
		}
	}
}
