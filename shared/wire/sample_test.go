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

// device is what a player's device draws once.
var device = bytes.Repeat([]byte{0x5a}, DeviceSize)

// clientSample is a valid message of a client and what it means.
type clientSample struct {
	name string
	data []byte
	want Client
}

func clientSamples() []clientSample {
	hello := Hello{
		Version: 2, Name: "Ann", Resume: token, Tick: 123456, Spectate: true,
		Device: device, Loadout: Loadout{Hull: sim.Bastion, Team: sim.TeamEmber},
	}
	plain := Hello{Version: 7}
	locked := Hello{Version: 2, Name: "Ann", Password: "sesame ✓"}
	signed := Hello{Version: 3, Name: "Ann", Ticket: "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmVk"}
	input := Input{
		Tick: 90000, Held: sim.Input{Buttons: sim.Up | sim.Fire | sim.Dash, Aim: 1023}, Echo: 77, Seen: 89990, Ping: 65535,
	}
	return append([]clientSample{
		{"hello", AppendHello(nil, hello), Client{Kind: KindHello, Hello: hello}},
		{"hello-plain", AppendHello(nil, plain), Client{Kind: KindHello, Hello: plain}},
		{"hello-password", AppendHello(nil, locked), Client{Kind: KindHello, Hello: locked}},
		{"hello-ticket", AppendHello(nil, signed), Client{Kind: KindHello, Hello: signed}},
		{"input", AppendInput(nil, input), Client{Kind: KindInput, Input: input}},
		{"input-rest", AppendInput(nil, Input{}), Client{Kind: KindInput}},
		{"leave", AppendLeave(nil), Client{Kind: KindLeave}},
	}, wishSamples()...)
}

func wishSamples() []clientSample {
	line := Chat{Text: []byte("gg, wow ✓")}
	whisper := Chat{Text: []byte("psst"), Scope: ToOne, To: 1023}
	loadout := Loadout{Hull: sim.Lancer, Team: sim.TeamIon}
	look := Look{Follow: sim.NoPlayer, At: sim.Vec{X: sim.Units(32768), Y: sim.Units(7)}}
	kick := Vote{Call: VoteKick, Target: 9}
	arena := Vote{Call: VoteMap, Target: sim.NoPlayer, Name: []byte("foundry")}
	return []clientSample{
		{"chat", AppendChat(nil, line), Client{Kind: KindChat, Chat: line}},
		{"chat-whisper", AppendChat(nil, whisper), Client{Kind: KindChat, Chat: whisper}},
		{"loadout", AppendLoadout(nil, loadout), Client{Kind: KindLoadout, Loadout: loadout}},
		{"loadout-plain", AppendLoadout(nil, Loadout{}), Client{Kind: KindLoadout}},
		{"look-at", AppendLook(nil, look), Client{Kind: KindLook, Look: look}},
		{"look-follow", AppendLook(nil, Look{Follow: 3}), Client{Kind: KindLook, Look: Look{Follow: 3}}},
		{"vote-kick", AppendVote(nil, kick), Client{Kind: KindVote, Vote: kick}},
		{"vote-map", AppendVote(nil, arena), Client{Kind: KindVote, Vote: arena}},
		{"vote-yes", AppendVote(nil, Vote{Yes: true}), Client{Kind: KindVote, Vote: Vote{Yes: true}}},
		{"signal", AppendSignal(nil, Signals-1), Client{Kind: KindSignal, Signal: Signals - 1}},
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
		Version: 2, ID: 1023, Name: "Ann", Resume: token, Room: "main", Mode: "brawl", Server: "here",
		Arena: "foundry", ArenaHash: 0x0123456789abcdef, CellSide: 1024, TickRate: 60, SendInterval: 2,
		Resumed: true, KillPoints: 1, Continues: true,
		Teams: 2, ScoreLimit: 50, ArenaSize: 1 << 20, NextArena: "delta",
	}
	return append([]frameSample{
		{"empty", Frame{}},
		{"steady", Frame{Changes: []byte{1, 2, 3, 4}, Own: Own{Hash: 5, HasShip: true}}},
		{"chunks", Frame{Tick: 90002, Chunks: chunks}},
		{"changes", Frame{Changes: AppendChange(AppendChange(nil, nil, false), []byte{9, 8}, true)}},
		{"own", Frame{Own: own}},
		{"own-early", Frame{Own: Own{HasEarly: true}}},
		{"own-late", Frame{Own: Own{HasEarly: true, Early: -4, Spawn: 91000}}},
		{"forget", Frame{Forget: []belief.CellID{0, 1, 65535}}},
		{"kills", Frame{Kills: []Kill{{Who: 3, By: 1023, Ago: 2}, {Who: 0, By: sim.NoPlayer, Idle: true}}}},
		{"match", Frame{Match: sim.Match{Phase: sim.Results, Ends: 12345, Number: 9, Scores: [sim.Teams]int16{3, -32768}}, HasMatch: true}},
		{"players", Frame{Players: []Player{
			{ID: 0, Name: "Ann", Away: true, Score: -3, Kills: 12, Deaths: 32767, Ping: 65535, Team: sim.TeamEmber, Hull: sim.Corsair, Tag: 0xfedcba9876543210},
			{ID: 1023, Bot: true, Spectator: true, Score: 32767},
			{ID: 7, Name: "Bob", Uncounted: true}, {ID: 8, Score: 2, Place: 1024},
		}}},
		{"gone", Frame{Gone: []sim.PlayerID{0, 1023}}},
		{"chat", Frame{Chat: []ChatLine{{From: 4, Name: "Ann", Text: "gg ✓"}, {From: ServerVoice, Text: "bye"}, {From: 1, Name: "Bob", Text: "psst", Scope: ToOne, To: 4}}}},
		{"chat-notice", Frame{Chat: []ChatLine{{From: ServerVoice, Text: "Next: closet, relay.", Notice: Notice{Kind: NoticeNext, About: "closet", Also: "relay", Number: 65535}}}}},
		{"welcome", Frame{Tick: 90000, Welcome: welcome, Chunks: []Chunk{{Key: true, Data: []byte{7}}}}},
		{"reject", Frame{Reject: &Reject{Code: 4004, Message: "The room is full.", RetryAfterMS: 5000}}},
	}, gameSamples()...)
}

func gameSamples() []frameSample {
	core := sim.Objective{Kind: sim.Core, State: sim.Dropped, Team: sim.TeamEmber, Carrier: sim.NoPlayer, Pos: sim.Vec{X: 1 << 25, Y: 5}, Home: sim.Vec{X: 7, Y: 8}, Timer: 65535}
	beacon := sim.Objective{Kind: sim.Beacon, State: sim.Contested, Carrier: 3}
	again := &Welcome{Version: 2, Name: "Ann", Arena: "delta", TickRate: 60, SendInterval: 2}
	vote := &VoteState{Call: VoteKick, Target: 3, Name: "Bob", Caller: sim.NoPlayer, Yes: 2, No: 65535, Needed: 4, Ends: 91000}
	return []frameSample{
		{"objectives", Frame{Objectives: []Objective{{Index: 0, Objective: core}, {Index: 7, Objective: beacon}}}},
		{"items", Frame{Items: []Item{{Index: 63, Item: sim.Item{Kind: sim.Afterburner, Back: 91000}}, {Index: 2, Item: sim.Item{Kind: sim.Surge}}}}},
		{"deeds", Frame{Deeds: []Deed{{Kind: sim.ItemTaken, Who: 4, Index: 63, Ago: 3}, {Kind: sim.BeaconChanged, Who: sim.NoPlayer, Team: sim.TeamIon}}}},
		{"shouts", Frame{Signals: []Signal{{Who: 1023, Kind: Signals - 1}, {}}}},
		{"vote", Frame{Vote: vote}},
		{"vote-over", Frame{Vote: &VoteState{Passed: true}}},
		{"welcome-again", Frame{Tick: 90000, Welcome: again}},
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
			Device: h.Device, Loadout: loadoutOf(h.Loadout), Password: h.Password, Ticket: h.Ticket,
		}}
	case *gamepb.ClientMessage_Input:
		i := b.Input
		return Client{Kind: KindInput, Input: Input{
			Tick: sim.Tick(i.Tick), Held: sim.Input{Buttons: sim.Buttons(i.Buttons), Aim: sim.Angle(i.Aim)},
			Echo: i.Echo, Seen: sim.Tick(i.Seen), Ping: uint16(i.Ping),
		}}
	case *gamepb.ClientMessage_Chat:
		return Client{Kind: KindChat, Chat: Chat{Text: []byte(b.Chat.Text), Scope: Scope(b.Chat.Scope), To: sim.PlayerID(b.Chat.To)}}
	case *gamepb.ClientMessage_Loadout:
		return Client{Kind: KindLoadout, Loadout: loadoutOf(b.Loadout)}
	case *gamepb.ClientMessage_Look:
		return Client{Kind: KindLook, Look: Look{Follow: sim.PlayerID(b.Look.Follow), At: sim.Vec{X: sim.Units(int(b.Look.X)), Y: sim.Units(int(b.Look.Y))}}}
	case *gamepb.ClientMessage_Vote:
		v := b.Vote
		return Client{Kind: KindVote, Vote: Vote{Call: VoteKind(v.Call), Target: sim.PlayerID(v.Target), Name: []byte(v.Name), Yes: v.Yes}}
	case *gamepb.ClientMessage_Signal:
		return Client{Kind: KindSignal, Signal: uint8(b.Signal.Kind)}
	case *gamepb.ClientMessage_Leave:
		return Client{Kind: KindLeave}
	}
	return Client{}
}

func loadoutOf(l *gamepb.Loadout) Loadout {
	return Loadout{Hull: sim.HullKind(l.GetHull()), Team: sim.Team(l.GetTeam())}
}

// frameOf is what a frame read by google.golang.org/protobuf means.
func frameOf(m *gamepb.ServerMessage) Frame {
	f := Frame{Tick: sim.Tick(m.Tick)}
	for _, c := range m.Chunks {
		f.Chunks = append(f.Chunks, Chunk{Cell: belief.CellID(c.Cell), Back: int(c.Back), Key: c.Key, Data: c.Data})
	}
	f.Changes = m.Changes
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
		f.Match = sim.Match{
			Phase: sim.Phase(m.Match.Phase), Ends: sim.Tick(m.Match.Ends), Number: m.Match.Number,
			Scores: [sim.Teams]int16{int16(m.Match.Ion), int16(m.Match.Ember)},
		}
	}
	talkOf(m, &f)
	gameOf(m, &f)
	return f
}

func talkOf(m *gamepb.ServerMessage, f *Frame) {
	for _, p := range m.Players {
		f.Players = append(f.Players, Player{
			ID: sim.PlayerID(p.Id), Name: p.Name, Bot: p.Bot, Away: p.Away, Spectator: p.Spectator,
			Score: int16(p.Score), Kills: int16(p.Kills), Deaths: int16(p.Deaths), Ping: uint16(p.Ping),
			Uncounted: p.Uncounted, Place: uint16(p.Place),
			Team: sim.Team(p.Team), Hull: sim.HullKind(p.Hull), Tag: p.Tag,
		})
	}
	for _, id := range m.Gone {
		f.Gone = append(f.Gone, sim.PlayerID(id))
	}
	for _, c := range m.Chat {
		f.Chat = append(f.Chat, ChatLine{From: sim.PlayerID(c.From), Name: c.Name, Text: c.Text, Scope: Scope(c.Scope), To: sim.PlayerID(c.To), Notice: Notice{
			Kind: NoticeKind(c.Notice), About: c.About, Also: c.Also, Number: uint16(c.Number),
		}})
	}
	if w := m.Welcome; w != nil {
		f.Welcome = &Welcome{
			Version: w.Version, ID: sim.PlayerID(w.Id), Name: w.Name, Resume: w.Resume, Room: w.Room, Mode: w.Mode,
			Server: w.Server, Arena: w.Arena, ArenaHash: sim.Hash(w.ArenaHash), CellSide: w.CellSide, TickRate: w.TickRate,
			SendInterval: w.SendInterval, Resumed: w.Resumed, KillPoints: w.KillPoints, Continues: w.Continues,
			Teams: w.Teams, ScoreLimit: w.ScoreLimit, ArenaSize: w.ArenaSize, NextArena: w.NextArena,
		}
	}
	if r := m.Reject; r != nil {
		f.Reject = &Reject{Code: uint16(r.Code), Message: r.Message, RetryAfterMS: r.RetryAfterMs}
	}
}

func gameOf(m *gamepb.ServerMessage, f *Frame) {
	vec := func(x, y uint32) sim.Vec { return sim.Vec{X: sim.Unit(x), Y: sim.Unit(y)} }
	for _, o := range m.Objectives {
		f.Objectives = append(f.Objectives, Objective{Index: uint8(o.Index), Objective: sim.Objective{
			Kind: sim.ObjectiveKind(o.Kind), State: sim.ObjectiveState(o.State), Team: sim.Team(o.Team), Carrier: sim.PlayerID(o.Carrier),
			Pos: vec(o.X, o.Y), Home: vec(o.HomeX, o.HomeY), Timer: uint16(o.Timer),
		}})
	}
	for _, i := range m.Items {
		f.Items = append(f.Items, Item{Index: uint8(i.Index), Item: sim.Item{Kind: sim.ItemKind(i.Kind), Back: sim.Tick(i.Back)}})
	}
	for _, d := range m.Deeds {
		f.Deeds = append(f.Deeds, Deed{
			Kind: sim.ItemTaken + sim.EventKind(d.Kind), Who: sim.PlayerID(d.Who), Team: sim.Team(d.Team), Index: uint8(d.Index), Ago: sim.Tick(d.Ago),
		})
	}
	for _, s := range m.Shouts {
		f.Signals = append(f.Signals, Signal{Who: sim.PlayerID(s.Who), Kind: uint8(s.Kind)})
	}
	if v := m.Vote; v != nil {
		f.Vote = &VoteState{
			Call: VoteKind(v.Call), Target: sim.PlayerID(v.Target), Name: v.Name, Caller: sim.PlayerID(v.Caller),
			Yes: uint16(v.Yes), No: uint16(v.No), Needed: uint16(v.Needed), Ends: sim.Tick(v.Ends), Passed: v.Passed,
		}
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
