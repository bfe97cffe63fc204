package wire

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"google.golang.org/protobuf/proto"

	"ionwake/proto/gamepb"
	"ionwake/shared/sim"
)

// differ says where two values differ; a nil slice is an empty one.
func differ(got, want any) string {
	if reflect.DeepEqual(got, want) { // the quick way
		return ""
	}
	return cmp.Diff(want, got, cmpopts.EquateEmpty())
}

// compareClient reads data with our reader and with google.golang.org/protobuf.
// Ours may be stricter; it may never accept what theirs refuses, nor read another
// value. It reports whether ours accepted.
func compareClient(t testing.TB, data []byte) bool {
	t.Helper()
	var got Client
	err := DecodeClient(data, &got)
	var message gamepb.ClientMessage
	theirs := proto.Unmarshal(data, &message)
	switch {
	case err != nil:
		if diff := differ(got, Client{}); diff != "" {
			t.Errorf("% x: refused, but leaves %s", data, diff)
		}
	case theirs != nil:
		t.Errorf("% x: accepted as %+v, protobuf says %v", data, got, theirs)
	default:
		if diff := differ(got, clientOf(&message)); diff != "" {
			t.Errorf("% x: %s", data, diff)
		}
		checkClient(t, data, &got)
	}
	return err == nil
}

// checkClient demands that an accepted message is in range, as proto/ionwake/v1
// states it.
func checkClient(t testing.TB, data []byte, m *Client) {
	t.Helper()
	h := &m.Hello
	if m.Kind == KindHello && (h.Version < 1 || len(h.Name) > MaxName || len(h.Resume)%TokenSize != 0 || len(h.Resume) > TokenSize) ||
		!m.Input.Held.Valid() || !validWish(m) {
		t.Errorf("% x: accepted out of range: %+v", data, m)
	}
}

func validWish(m *Client) bool {
	c, l, v := &m.Chat, &m.Look, &m.Vote
	return (m.Kind != KindChat || len(c.Text) >= 1) && len(c.Text) <= MaxChat && c.Scope <= ToOne && c.To < sim.MaxPlayers &&
		(len(m.Hello.Device) == 0 || len(m.Hello.Device) == DeviceSize) && validLoadout(m.Loadout) && validLoadout(m.Hello.Loadout) &&
		somebody(l.Follow) && l.At.X >= 0 && l.At.X <= 1<<25 && l.At.Y >= 0 && l.At.Y <= 1<<25 &&
		v.Call <= VoteMap && somebody(v.Target) && len(v.Name) <= MaxName && m.Signal < Signals
}

func validLoadout(l Loadout) bool { return l.Hull <= sim.Bastion && l.Team <= sim.Teams }

func somebody(id sim.PlayerID) bool { return id < sim.MaxPlayers || id == sim.NoPlayer }

// compareFrame does for frames what compareClient does for messages of clients.
func compareFrame(t testing.TB, data []byte) bool {
	t.Helper()
	var d Decoder
	var got Frame
	err := d.Decode(data, &got)
	var message gamepb.ServerMessage
	theirs := proto.Unmarshal(data, &message)
	switch {
	case err != nil:
		if diff := differ(got, Frame{}); diff != "" {
			t.Errorf("% x: refused, but leaves %s", data, diff)
		}
	case theirs != nil:
		t.Errorf("% x: accepted as %+v, protobuf says %v", data, got, theirs)
	default:
		if diff := differ(got, frameOf(&message)); diff != "" {
			t.Errorf("% x: %s", data, diff)
		}
		checkFrame(t, data, &got)
	}
	return err == nil
}

// checkFrame demands that an accepted frame is in range.
func checkFrame(t testing.TB, data []byte, f *Frame) {
	t.Helper()
	ok := len(f.Chunks) <= maxChunks && len(f.Forget) <= maxForget && len(f.Kills) <= maxKills &&
		len(f.Players) <= sim.MaxPlayers && len(f.Gone) <= sim.MaxPlayers && len(f.Chat) <= maxChats &&
		f.Match.Phase <= sim.Results && f.Own.Skipped >= 0 && f.Own.Hash < 1<<hashBits
	for i := range f.Chunks {
		ok = ok && f.Chunks[i].Back >= 0 && f.Chunks[i].Back <= maxBack && (i == 0 || f.Chunks[i-1].before(&f.Chunks[i]))
	}
	for _, k := range f.Kills {
		ok = ok && k.Who < sim.MaxPlayers && (k.By < sim.MaxPlayers || k.By == sim.NoPlayer) && int(k.With) < len(sim.Shots)
	}
	for _, p := range f.Players {
		ok = ok && p.ID < sim.MaxPlayers && p.Kills >= 0 && p.Deaths >= 0 && p.Place <= sim.MaxPlayers && len(p.Name) <= MaxName && validLoadout(Loadout{p.Hull, p.Team})
	}
	for _, c := range f.Chat {
		ok = ok && c.From <= ServerVoice && len(c.Text) <= maxLine && len(c.Name) <= MaxName && c.Scope <= ToOne && c.To < sim.MaxPlayers
	}
	if w := f.Welcome; w != nil {
		ok = ok && w.ID < sim.MaxPlayers && len(w.Resume)%TokenSize == 0 && len(w.Resume) <= TokenSize && w.TickRate > 0 && w.SendInterval > 0 &&
			w.CellSide <= maxCellSide && w.KillPoints <= maxInt16 && w.Teams <= sim.Teams && w.ScoreLimit <= maxInt16 && w.ArenaSize <= sim.MaxArenaBytes
	}
	if !ok || !validGame(f) {
		t.Errorf("% x: accepted out of range: %+v", data, f)
	}
}

func validGame(f *Frame) bool {
	ok := len(f.Objectives) <= 8 && len(f.Items) <= 64 && len(f.Deeds) <= 256 && len(f.Signals) <= 64
	for _, o := range f.Objectives {
		ok = ok && o.Index < 8 && o.Kind <= sim.Beacon && o.State <= sim.Contested && o.Team <= sim.Teams && somebody(o.Carrier)
		for _, at := range []sim.Unit{o.Pos.X, o.Pos.Y, o.Home.X, o.Home.Y} {
			ok = ok && at >= 0 && at <= 1<<25
		}
	}
	for _, i := range f.Items {
		ok = ok && i.Index < 64 && i.Kind <= sim.Afterburner
	}
	for _, d := range f.Deeds {
		ok = ok && d.Kind >= sim.ItemTaken && d.Kind <= sim.BeaconChanged && somebody(d.Who) && d.Team <= sim.Teams && d.Index < 64
	}
	for _, s := range f.Signals {
		ok = ok && s.Who < sim.MaxPlayers && s.Kind < Signals
	}
	if v := f.Vote; v != nil {
		ok = ok && v.Call <= VoteMap && somebody(v.Target) && somebody(v.Caller) && len(v.Name) <= MaxName
	}
	return ok
}
