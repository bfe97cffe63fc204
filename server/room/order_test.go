package room

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// watchman is a Guard that bars and silences by the name of a device.
type watchman struct {
	barred, silent map[PersonID]string
	locked         bool
	came           []string
	heard          []Said
}

func newWatchman() *watchman {
	return &watchman{barred: map[PersonID]string{}, silent: map[PersonID]string{}}
}

func (w *watchman) Person(device []byte) (id PersonID) {
	copy(id[:], device)
	return id
}

func (w *watchman) Barred(who Who, newcomer bool) (wire.Reject, bool) {
	if why := w.barred[who.ID]; why != "" {
		return wire.Reject{Code: wire.CloseKicked, Message: why}, true
	}
	return wire.Reject{Code: wire.CloseOverload, Message: "Locked."}, newcomer && w.locked
}

func (w *watchman) Silenced(who Who, _ sim.Tick) string { return w.silent[who.ID] }
func (w *watchman) Came(_ Who, room, name string)       { w.came = append(w.came, room+" "+name) }
func (w *watchman) Heard(s Said)                        { w.heard = append(w.heard, s) }

func personOfDevice(b byte) (id PersonID) {
	for i := range id {
		id[i] = b
	}
	return id
}

func guarded(t *testing.T) (*Room, *watchman) {
	t.Helper()
	w := newWatchman()
	return New(Config{Rotation: []Ground{{Arena: arena(t, "closet")}, {Arena: arena(t, "foundry")}}, Guard: w}), w
}

// give has an order carried out.
func (r *Room) give(t *testing.T, order func(*Room)) {
	t.Helper()
	if !r.Do(order) {
		t.Fatal("the order is not taken")
	}
	r.Tick()
}

func TestGuardStandsAtTheDoor(t *testing.T) {
	r, w := guarded(t)
	w.barred[personOfDevice(7)] = "Banned."
	out := enterAs(t, r, "Eve", 7, "")
	in := enterAs(t, r, "Ann", 8, "")
	if out.closed != wire.CloseKicked || !strings.Contains(string(out.last), "Banned.") || in.closed != 0 {
		t.Errorf("closed with %d %q and %d", out.closed, out.last, in.closed)
	}
	if !slices.Equal(w.came, []string{"main Ann"}) {
		t.Errorf("came: %v", w.came)
	}
	w.locked = true
	if late := enterAs(t, r, "Cyd", 9, ""); late.closed != wire.CloseOverload {
		t.Errorf("a newcomer to a locked room: closed with %d", late.closed)
	}
	// Who lost the line is no newcomer.
	in.visit.Gone()
	play(r, 2)
	in.knock("Ann", false)
	play(r, 4)
	if people, _ := r.People(); people != 1 || in.closed != 0 || in.seat().away {
		t.Errorf("%d people; closed with %d", people, in.closed)
	}
}

func TestRecheckThrowsOut(t *testing.T) {
	r, w := guarded(t)
	eve, twin, ann := enterAs(t, r, "Eve", 7, ""), enterAs(t, r, "Zoe", 7, ""), enterAs(t, r, "Ann", 8, "")
	w.barred[personOfDevice(7)] = "Banned."
	gone := 0
	r.give(t, func(r *Room) { gone = r.Recheck() })
	if gone != 2 || eve.closed != wire.CloseKicked || twin.closed != wire.CloseKicked || ann.closed != 0 {
		t.Errorf("%d gone: %d, %d, %d", gone, eve.closed, twin.closed, ann.closed)
	}
}

func TestGuardSilences(t *testing.T) {
	r, w := guarded(t)
	eve, ann := enterAs(t, r, "Eve", 7, ""), enterAs(t, r, "Ann", 8, "")
	w.silent[personOfDevice(7)] = "Muted for a while."
	eve.chat("buy gold")
	ann.chat("good evening")
	play(r, 4)
	for _, g := range []*guest{eve, ann} {
		var lines []string
		for _, l := range g.rep.Scene(g.now()).Chat {
			lines = append(lines, l.Text)
		}
		want := []string{"good evening"}
		if g == eve {
			want = []string{"Muted for a while.", "good evening"}
		}
		if !slices.Equal(lines, want) {
			t.Errorf("%s hears %q, want %q", g.rep.Scene(g.now()).Players[0].Name, lines, want)
		}
	}
	if len(w.heard) != 1 || w.heard[0].Text != "good evening" || w.heard[0].Name != "Ann" || w.heard[0].Room != "main" {
		t.Errorf("the host reads %+v", w.heard)
	}
	// Being muted pays for talk like talking: the log of the others is not flooded.
	before := r.talk.total
	for range 300 {
		eve.chat("buy gold")
		r.Tick()
	}
	if said := r.talk.total - before; said > 10 {
		t.Errorf("%d lines of one who is muted", said)
	}
}

func TestRemoveAndSeated(t *testing.T) {
	r, _ := guarded(t)
	eve, ann := enterAs(t, r, "Eve", 7, "net"), enterAs(t, r, "Ann", 8, "")
	play(r, 60)
	var all []Seated
	r.give(t, func(r *Room) { all = r.Seated() })
	if len(all) != 2 || all[0].Name != "Eve" || all[0].Who.Peer != "net" || all[0].Who.ID != personOfDevice(7) || all[0].Here < 60 || all[0].Spectator {
		t.Fatalf("seated: %+v", all)
	}
	gone := 0
	r.give(t, func(r *Room) { gone = r.Remove(all[0].Who.Tag, wire.Reject{Code: wire.CloseKicked, Message: "Go."}) })
	if gone != 1 || eve.closed != wire.CloseKicked || ann.closed != 0 {
		t.Errorf("%d gone: %d, %d", gone, eve.closed, ann.closed)
	}
	r.give(t, func(r *Room) { gone = r.Remove(all[0].Who.Tag, wire.Reject{}) })
	if gone != 0 {
		t.Error("gone twice")
	}
}

func TestOrdersAboutWhatIsPlayed(t *testing.T) {
	r, _ := guarded(t)
	ann := enterAs(t, r, "Ann", 8, "")
	programme := func() (p Programme) {
		r.give(t, func(r *Room) { p = r.Programme() })
		return p
	}
	harbour := Ground{Arena: arena(t, "harbour"), Mode: sim.Squads{}}
	r.give(t, func(r *Room) {
		if !r.PlayNext(harbour) || r.PlayNext(Ground{Arena: arena(t, "closet"), Mode: sim.Relay{}}) {
			t.Error("harbour fits squads, and the closet no relay")
		}
	})
	if p := programme(); len(p.Rotation) != 3 || p.Now != 0 || p.Rotation[p.Next].Arena.Name != "harbour" {
		t.Errorf("the programme is %+v", p)
	}
	r.give(t, (*Room).EndMatch) // the warm-up gives way
	play(r, 3)
	if now := r.ground(); now.Arena.Name != "harbour" || now.Mode.Name() != "squads" || r.world.Match.Phase != sim.Warmup {
		t.Errorf("played is %s %s, %v", now.Arena.Name, now.Mode.Name(), r.world.Match)
	}
	for r.world.Match.Phase == sim.Warmup {
		r.Tick()
	}
	r.give(t, (*Room).EndMatch)
	if r.world.Match.Phase != sim.Results {
		t.Errorf("the match goes on: %+v", r.world.Match)
	}
	r.give(t, func(r *Room) {
		if !r.SetRotation([]Ground{{Arena: arena(t, "closet")}, harbour, {Arena: arena(t, "closet"), Mode: sim.Relay{}}}) {
			t.Error("the rotation is refused")
		}
	})
	if p := programme(); len(p.Rotation) != 2 || p.Rotation[p.Now].Arena.Name != "harbour" || p.Rotation[p.Next].Arena.Name != "closet" {
		t.Errorf("the programme is %+v", p)
	}
	if ann.closed != 0 {
		t.Errorf("closed with %d", ann.closed)
	}
}

func TestOrdersAreBounded(t *testing.T) {
	r, _ := guarded(t)
	for range orderQueue {
		if !r.Do(func(*Room) {}) {
			t.Fatal("there is room for more")
		}
	}
	if r.Do(func(*Room) {}) {
		t.Error("any number of orders waits")
	}
	r.Tick()
	if !r.Do(func(*Room) {}) {
		t.Error("a tick carries none out")
	}
}

// TestBarredFromTheOwnSeat: who is barred does not come back to a kept seat either, by
// showing another device than the one it was taken with, or none.
func TestBarredFromTheOwnSeat(t *testing.T) {
	for _, device := range []byte{0, 1, 2} {
		r, w := guarded(t)
		g := newGuest(t, r)
		g.device = bytes.Repeat([]byte{1}, wire.DeviceSize)
		g.knock("Ann", false)
		play(r, 3)
		g.input(sim.Input{})
		play(r, 2)
		g.seat().narrow.level = 2
		g.visit.Gone()
		play(r, 2)
		if g.device = bytes.Repeat([]byte{device}, wire.DeviceSize); device == 0 {
			g.device = nil
		}
		g.knock("Ann", false)
		if play(r, 2); g.closed != 0 || g.seat().away || g.seat().narrow.level != 0 {
			t.Fatalf("device %d: not barred, and back with %d; %+v is held against the new line", device, g.closed, g.seat().narrow)
		}
		g.visit.Gone()
		play(r, 2)
		w.barred[personOfDevice(1)] = "Banned."
		g.knock("Ann", false)
		if play(r, 2); g.closed != wire.CloseKicked || !g.seat().away {
			t.Errorf("device %d: barred, and back with %d", device, g.closed)
		}
	}
}
