package room

import (
	"cmp"
	"math"
	"slices"
	"testing"
	"time"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// TestBillIsWhatWasSpent holds the estimate to the whole: the bytes that were sent,
// and each field's bits of the same match with every chunk counted.
func TestBillIsWhatWasSpent(t *testing.T) {
	var all belief.Meter
	var estimated *Room
	for _, meter := range []*belief.Meter{&all, nil} {
		r := New(Config{Arena: arena(t, "foundry"), Bots: 32, MaxPlayers: 64, Seed: 3, Profile: true, Meter: meter})
		for range 12 {
			if _, ok := r.Enter(sink{}, wire.Hello{Version: wire.Version, Name: "Ann", Spectate: true}); !ok {
				t.Fatal("the door is shut")
			}
		}
		for range 180 * sim.TickRate {
			r.Tick()
		}
		estimated = r
	}
	st := estimated.Stats()
	bytes := 0.0
	for _, b := range st.Bill.Parts {
		bytes += b
	}
	if want := float64(st.PayloadBytes); math.Abs(bytes-want) > 0.1*want {
		t.Errorf("parts are %.0f bytes together, want about %.0f", bytes, want)
	}
	fields := all.Spent()
	for f, want := range fields {
		got := st.Bill.Changes[f] + st.Bill.Keys[f]
		if want > 20_000 && math.Abs(got-want) > 0.25*want {
			t.Errorf("%v %v: estimated %.0f bits, it was %.0f", belief.Field(f).Kind(), belief.Field(f), got, want)
		}
	}
	for f := range belief.FieldCount {
		if keys := st.Bill.Keys[f]; keys > 0 && f.Kind() != belief.KindNewShip && f.Kind() != belief.KindNewBolt {
			t.Errorf("%v %v: %.0f bits of keyframes", f.Kind(), f, keys)
		}
	}
	for _, p := range []Part{PartChunks, PartEnvelope, PartKills} {
		if st.Bill.Parts[p] == 0 {
			t.Errorf("%v cost nothing", p)
		}
	}
	if st.Bill.Parts[PartOwn] != 0 {
		t.Errorf("ships of people who only watch cost %.0f bytes", st.Bill.Parts[PartOwn])
	}
}

// TestBillOfAFight prints what 64 fighting ships cost a player, field by field, as a
// mode's own meter counts it (-v), and demands that what they do is dearer than what
// becomes of them: it is that which a client cannot know.
func TestBillOfAFight(t *testing.T) {
	meter := &belief.Meter{}
	r := New(Config{Arena: arena(t, "foundry"), Bots: 64, BotsAlways: true, MaxPlayers: 64, Seed: 7, Meter: meter, Rules: &sim.Rules{Live: 1 << 30}})
	const seconds = 40
	for tick := range seconds * sim.TickRate {
		if tick == 10*sim.TickRate {
			*meter = belief.Meter{}
		}
		r.Tick()
	}
	spent := meter.Spent()
	order, total, kinds := make([]belief.Field, 0, len(spent)), 0.0, [belief.KindCount]float64{}
	for f, bits := range spent {
		order = append(order, belief.Field(f))
		kinds[belief.Field(f).Kind()] += bits
		total += bits
	}
	slices.SortFunc(order, func(a, b belief.Field) int { return cmp.Compare(spent[b], spent[a]) })
	for _, f := range order {
		if spent[f] > 0 {
			t.Logf("%-20s %8.1f bit/s %5.1f %%", f.Kind().String()+"."+f.String(), spent[f]/(seconds-10), 100*spent[f]/total)
		}
	}
	if kinds[belief.KindInput] < kinds[belief.KindShip]+kinds[belief.KindBolt] {
		t.Errorf("inputs cost %.0f bits, corrections %.0f and %.0f", kinds[belief.KindInput], kinds[belief.KindShip], kinds[belief.KindBolt])
	}
}

// A room that nobody profiles makes no bill and asks no clock.
func TestNoProfileNoBill(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet"), Bots: 4, BotsAlways: true, Now: func() time.Time { t.Fatal("asked for the time"); return time.Time{} }})
	for range 200 {
		r.Tick()
	}
	if st := r.Stats(); st.Bill != (Bill{}) || *r.Laps() != (Laps{}) {
		t.Error("something was profiled")
	}
}

// Every call of this clock takes a microsecond: each stage that there is takes just
// that, and the parts of a send are timed at one send in billEvery.
func TestLapsOfATick(t *testing.T) {
	var now time.Time
	r := New(Config{Arena: arena(t, "closet"), Bots: 4, BotsAlways: true, Profile: true, Now: func() time.Time {
		now = now.Add(time.Microsecond)
		return now
	}})
	if _, ok := r.Enter(sink{}, wire.Hello{Version: wire.Version, Name: "Ann", Spectate: true}); !ok {
		t.Fatal("the door is shut")
	}
	fine := 0
	for tick := 1; tick <= 2*billEvery*10; tick++ {
		r.Tick()
		for s, took := range r.Laps() {
			stage, want := Stage(s), time.Microsecond
			switch {
			case stage == StageCompose || stage == StageWrite:
				if took == want && stage == StageWrite {
					fine++
				}
				continue
			case stage == StageSend:
				took = min(took, want) // more clocks are asked in a fine one
				fallthrough
			case stage == StageEncode || stage == StageThink:
				if tick%2 != 0 {
					want = 0
				}
			}
			if took != want {
				t.Fatalf("tick %d: %v took %v, want %v", tick, stage, took, want)
			}
		}
	}
	if fine != 10 {
		t.Errorf("%d sends were looked at closely, want 10", fine)
	}
}

// Frames that lines do not take are a gap in the next one, and too long a gap begins
// anew.
func TestGapsAreCounted(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet"), Bots: 4, BotsAlways: true})
	l := &line{}
	if _, ok := r.Enter(l, wire.Hello{Version: wire.Version, Name: "Ann", Spectate: true}); !ok {
		t.Fatal("the door is shut")
	}
	pass := func(sends int) {
		for range 2 * sends {
			r.Tick()
		}
	}
	pass(10)
	before := r.Stats()
	for _, stall := range []int{1, 6, remembered + 3} {
		l.busy = true
		pass(stall)
		l.busy = false
		pass(1)
	}
	st := r.Stats()
	var gaps []uint32
	for class, n := range st.Gaps.Of {
		for range n - before.Gaps.Of[class] {
			gaps = append(gaps, GapTicks[min(class, len(GapTicks)-1)])
		}
	}
	// 2 sends are 4 ticks, 7 are 14, and beyond the last bound.
	if len(gaps) != 3 || gaps[0] != 4 || gaps[1] != 15 || gaps[2] != 60 {
		t.Errorf("got gaps of up to %v ticks, want 4, 15 and 60 or more", gaps)
	}
	if got := st.Restarted - before.Restarted; got != 1 {
		t.Errorf("%d began anew, want 1", got)
	}
}
