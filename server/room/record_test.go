package room

import (
	"testing"
	"time"

	"ionwake/shared/bot"
	"ionwake/shared/replay"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// shelf is a Recorder that makes files.
type shelf struct {
	packer replay.Packer
	files  [][]byte // as far as they are
	ends   []replay.End
	spare  chan *replay.Piece
	full   bool // it has no memory any more
	raw    int
	spent  time.Duration // on packing
}

func newShelf() *shelf {
	s := &shelf{spare: make(chan *replay.Piece, 2)}
	s.spare <- new(replay.Piece)
	s.spare <- new(replay.Piece)
	return s
}

func (s *shelf) Begin(h replay.Head) Reel {
	h.Program = "test"
	s.files = append(s.files, s.packer.AppendHead(nil, &h))
	return s
}

func (s *shelf) Spare() *replay.Piece {
	if s.full {
		return nil
	}
	return <-s.spare
}

// Saw implements Reel.
func (*shelf) Saw([16]byte) {}

func (s *shelf) Keep(p *replay.Piece) {
	began := time.Now()
	f := &s.files[len(s.files)-1]
	*f = s.packer.AppendPiece(*f, p)
	s.raw += len(p.Ticks)
	s.spent += time.Since(began)
	s.spare <- p
}

func (s *shelf) End(p *replay.Piece, e replay.End) {
	s.Keep(p)
	f := &s.files[len(s.files)-1]
	*f = s.packer.AppendEnd(*f, &e)
	s.ends = append(s.ends, e)
}

// verify plays file n again.
func (s *shelf) verify(t *testing.T, n int) (*replay.Record, int) {
	t.Helper()
	rec, err := replay.Open(s.files[n])
	if err != nil {
		t.Fatal(err)
	}
	ticks, err := replay.Verify(rec)
	if err != nil {
		t.Fatal(err)
	}
	if ticks != rec.Ticks() {
		t.Errorf("%d ticks of %d were played", ticks, rec.Ticks())
	}
	return rec, ticks
}

// TestRecord records matches in every mode with two people among bots that
// come and go, beams that are judged on pictures, choices, and the bell rung by order;
// all of it plays again as it was, and ends as it did.
func TestRecord(t *testing.T) {
	for _, name := range sim.ModeNames() {
		mode, _ := sim.ModeByName(name)
		rules := sim.Rules{Warmup: 60, Live: 25 * sim.TickRate, Results: 300}
		s := newShelf()
		r := New(Config{
			Name: "den", Server: "Here", Mode: mode, Rules: &rules, Bots: 12, BotLevel: bot.Hard, Seed: 5, Recorder: s,
			Rotation: []Ground{{Arena: arena(t, "foundry"), Mode: mode, Rules: &rules}, {Arena: arena(t, "switchyard"), Mode: mode, Rules: &rules}},
		})
		g := newGuest(t, r)
		g.loadout.Hull = sim.Lancer
		g.knock("Ann", false)
		sighted := 0
		for i := range 60 * sim.TickRate {
			switch {
			case i == 5*sim.TickRate:
				r.Enter(sink{}, wire.Hello{Version: wire.Version, Name: "Bob", Loadout: wire.Loadout{Hull: sim.Dart}})
			case i == 30*sim.TickRate:
				r.choose(g.seat(), sim.Loadout{Hull: sim.Bastion})
			case i == 35*sim.TickRate:
				r.choose(g.seat(), sim.Loadout{Hull: sim.Lancer})
			case i == 50*sim.TickRate:
				r.EndMatch()
			}
			r.Tick()
			for _, strike := range r.world.Strikes {
				if r.record.tape.Running() && r.world.Sighted(strike.By) {
					sighted++
				}
			}
			g.shoot()
		}
		r.Close(wire.Reject{Code: wire.CloseRestart})
		want := []struct {
			why   replay.Ending
			ticks int
		}{{replay.Over, 28 * sim.TickRate}, {replay.Over, 21 * sim.TickRate}, {replay.Closed, 3 * sim.TickRate}}
		if len(s.files) != len(want) || len(s.ends) != len(want) {
			t.Fatalf("%s: %d files with %d ends, want %d", name, len(s.files), len(s.ends), len(want))
		}
		for n := range s.files {
			rec, ticks := s.verify(t, n)
			if !rec.Whole || rec.End.Why != want[n].why || len(rec.End.Lines) < 12 {
				t.Errorf("%s: match %d ends with %+v", name, n, rec.End)
			}
			if ticks < want[n].ticks-sim.TickRate || ticks > want[n].ticks+sim.TickRate {
				t.Errorf("%s: match %d has %d ticks, want %d", name, n, ticks, want[n].ticks)
			}
			p, err := replay.NewPlayer(rec)
			if err == nil {
				err = p.Seek(ticks)
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := p.World().Match.Scores; got != rec.End.Scores {
				t.Errorf("%s: match %d ends %v, recorded is %v", name, n, got, rec.End.Scores)
			}
			for id, pl := range p.World().Players {
				if who := p.Person(sim.PlayerID(id)); (who.Name != "") != (pl.Status != sim.Absent) {
					t.Errorf("%s: %q sits in seat %d, which is %v", name, who.Name, id, pl.Status)
				}
			}
		}
		if sighted < 10 {
			t.Errorf("%s: %d beams were judged on pictures, want 10", name, sighted)
		}
	}
}

// shoot fires at the nearest ship, as it was some time ago.
func (g *guest) shoot() {
	w := g.room.world
	own, nearest := w.Ship(g.rep.Self()), (*sim.Ship)(nil)
	if own == nil {
		return
	}
	for id := range w.Ships {
		s := w.Ship(sim.PlayerID(id))
		if s != nil && s != own && (nearest == nil || s.Pos.Sub(own.Pos).Len2() < nearest.Pos.Sub(own.Pos).Len2()) {
			nearest = s
		}
	}
	held := sim.Input{Buttons: sim.Fire | sim.Buttons(1<<(w.Tick/40%4))}
	if nearest != nil {
		held.Aim = nearest.Pos.Sub(own.Pos).Angle()
	}
	g.tell(&wire.Client{Kind: wire.KindInput, Input: wire.Input{Tick: w.Tick + 1, Seen: (w.Tick - 6) &^ 1, Held: held}})
}

// tin is a Reel that throws everything away.
type tin struct{ a, b *replay.Piece }

func (k *tin) Begin(replay.Head) Reel        { return k }
func (k *tin) Spare() *replay.Piece          { k.a, k.b = k.b, k.a; return k.a }
func (k *tin) Saw([16]byte)                  {}
func (k *tin) Keep(*replay.Piece)            {}
func (k *tin) End(*replay.Piece, replay.End) {}

// recorded is a busy room in which one of the 64 is a person.
func recorded(tb testing.TB, rec Recorder) *Room {
	r := busyRoom(tb, 63, sim.Brawl{})
	r.cfg.Recorder = rec
	if _, ok := r.Enter(sink{}, wire.Hello{Version: wire.Version, Name: "Bob"}); !ok {
		tb.Fatal("the door is shut")
	}
	play(r, 30*sim.TickRate) // all memory there is has been used once
	if rec != nil && !r.record.tape.Running() {
		tb.Fatal("nothing is recorded")
	}
	return r
}

// TestRecordingAllocatesNothing: a tick that is recorded takes no more from the heap
// than one that is not.
func TestRecordingAllocatesNothing(t *testing.T) {
	r := recorded(t, &tin{new(replay.Piece), new(replay.Piece)})
	if got := testing.AllocsPerRun(1300, r.Tick); got > 0 { // over two keyframes
		t.Errorf("got %.3f allocations a tick, want 0", got)
	}
}

// BenchmarkRecord is what being recorded adds to a tick of 64.
func BenchmarkRecord(b *testing.B) {
	rec := &tin{new(replay.Piece), new(replay.Piece)}
	r := recorded(b, rec)
	var tick, record time.Duration
	for b.Loop() {
		r.cfg.Recorder = nil
		begin := time.Now()
		r.Tick()
		ticked := time.Now()
		r.cfg.Recorder = rec
		r.keepRecord()
		record += time.Since(ticked)
		tick += ticked.Sub(begin)
	}
	b.ReportMetric(float64(tick)/float64(b.N), "tick-ns")
	b.ReportMetric(float64(record)/float64(b.N), "record-ns")
}

// BenchmarkRecordSize is five minutes of 64, made a file and played again.
func BenchmarkRecordSize(b *testing.B) {
	for b.Loop() {
		s := newShelf()
		r := recorded(b, s)
		play(r, 5*60*sim.TickRate-30*sim.TickRate)
		r.Close(wire.Reject{})
		rec, err := replay.Open(s.files[0])
		if err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		ticks, err := replay.Verify(rec)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(s.files[0])), "bytes")
		b.ReportMetric(float64(s.raw), "raw-bytes")
		b.ReportMetric(float64(s.spent.Milliseconds()), "packing-ms")
		b.ReportMetric(float64(ticks)/time.Since(began).Seconds(), "ticks/s-played")
	}
}
