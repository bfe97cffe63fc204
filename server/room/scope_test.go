package room

import (
	"bytes"
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// tap keeps every byte that a guest is sent.
type tap struct {
	*guest
	bytes []byte
}

func (p *tap) Send(data []byte) bool {
	p.bytes = append(p.bytes, data...)
	return p.guest.Send(data)
}

// TestFault_G10_TalkIsForItsHearers says a word to everybody, to a side and to one
// person, from every place: in the bytes of who may not hear it there is nothing of
// it. So with signals.
func TestFault_G10_TalkIsForItsHearers(t *testing.T) {
	r := squads(t, 0)
	taps := make(map[string]*tap)
	for i, name := range []string{"Ion1", "Ember1", "Ion2", "Ember2", "Eye1", "Eye2"} {
		p := &tap{guest: newGuest(t, r)}
		hello := wire.Hello{Version: wire.Version, Name: name, Spectate: i >= 4}
		var ok bool
		if p.visit, ok = r.Enter(p, hello); !ok {
			t.Fatal("the door is shut")
		}
		play(r, 2)
		taps[name] = p
	}
	play(r, 2)
	for _, c := range []struct {
		by    string
		scope wire.Scope
		to    string
		heard []string
	}{
		{"Ion1", wire.ToAll, "", []string{"Ion1", "Ember1", "Ion2", "Ember2", "Eye1", "Eye2"}},
		{"Ion1", wire.ToTeam, "", []string{"Ion1", "Ion2"}},
		{"Ember2", wire.ToTeam, "", []string{"Ember1", "Ember2"}},
		{"Ion1", wire.ToOne, "Ember1", []string{"Ion1", "Ember1"}},
		{"Ion2", wire.ToOne, "Eye1", []string{"Ion2", "Eye1"}},
		{"Eye1", wire.ToTeam, "", []string{"Eye1", "Eye2"}},
		{"Eye2", wire.ToOne, "Ion1", []string{"Ion1", "Eye2"}},
		{"Ion1", wire.ToOne, "Ion1", []string{"Ion1"}},
	} {
		for _, p := range taps {
			p.bytes = nil
		}
		line := wire.Chat{Text: []byte("xyzzy"), Scope: c.scope}
		if c.to != "" {
			line.To = taps[c.to].rep.Self()
		}
		taps[c.by].tell(&wire.Client{Kind: wire.KindChat, Chat: line})
		play(r, 6*sim.TickRate)
		heard := make(map[string]bool)
		for _, name := range c.heard {
			heard[name] = true
		}
		for name, p := range taps {
			if got := bytes.Contains(p.bytes, line.Text); got != heard[name] {
				t.Errorf("%+v: %s hears it: %t", c, name, got)
			}
		}
	}
	seen := make(map[string]int)
	for name, p := range taps {
		p.sent = func(f *wire.Frame) { seen[name] += len(f.Signals) }
	}
	taps["Ember1"].tell(&wire.Client{Kind: wire.KindSignal, Signal: 3})
	play(r, 4)
	if len(seen) != 6 || seen["Ember1"] != 1 || seen["Ember2"] != 1 || seen["Ion1"]+seen["Ion2"]+seen["Eye1"]+seen["Eye2"] != 0 {
		t.Errorf("the signal is seen by %v", seen)
	}
}

// TestFault_G9_WhispersToAnybody whispers to every number there is: nothing breaks,
// and the words reach nobody but their hearer.
func TestFault_G9_WhispersToAnybody(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet"), Bots: 3})
	eve, ann := enter(t, r, "Eve", false), enter(t, r, "Ann", false)
	play(r, 2)
	for id := range sim.PlayerID(sim.MaxPlayers) {
		eve.seat().chatty = 0
		before := r.talk.total
		eve.tell(&wire.Client{Kind: wire.KindChat, Chat: wire.Chat{Text: []byte{'a' + byte(id%20)}, Scope: wire.ToOne, To: id}})
		r.Tick()
		line := r.talk.ring[before%uint32(len(r.talk.ring))]
		if there := id == eve.rep.Self() || id == ann.rep.Self(); there != (line.From == eve.rep.Self()) || r.talk.total != before+1 {
			t.Fatalf("to %d: %+v", id, line)
		}
	}
	if ann.closed != 0 {
		t.Error("another was thrown out")
	}
}

// TestTeamTalkWithoutSides is heard by everybody, and says so.
func TestTeamTalkWithoutSides(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet")})
	ann, bob := enter(t, r, "Ann", false), enter(t, r, "Bob", false)
	play(r, 2)
	ann.tell(&wire.Client{Kind: wire.KindChat, Chat: wire.Chat{Text: []byte("hi"), Scope: wire.ToTeam}})
	play(r, 2)
	if l := r.talk.ring[0]; l.Scope != wire.ToAll || bob.told() != "hi" {
		t.Errorf("%+v, heard %q", l, bob.told())
	}
}

// TestSignals shows signals as often as the line takes: three at once, then one each
// two seconds, and none from the dead.
func TestSignals(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet")})
	ann, bob := enter(t, r, "Ann", false), enter(t, r, "Bob", false)
	play(r, 2)
	seen := 0
	bob.sent = func(f *wire.Frame) { seen += len(f.Signals) }
	for range 10 * sim.TickRate {
		ann.tell(&wire.Client{Kind: wire.KindSignal, Signal: 1})
		r.Tick()
	}
	if seen < 7 || seen > 8 {
		t.Errorf("%d signals in 10 s, want 3 and one each 2 s", seen)
	}
	play(r, 10*sim.TickRate)
	die(r, ann)
	seen = 0
	ann.tell(&wire.Client{Kind: wire.KindSignal})
	play(r, 4)
	if seen != 0 {
		t.Error("the dead signal")
	}
	bob.busy = true
	bob.tell(&wire.Client{Kind: wire.KindSignal})
	play(r, 3*sim.TickRate)
	bob.busy = false
	play(r, 2)
	if seen != 0 {
		t.Error("an old signal is told")
	}
}
