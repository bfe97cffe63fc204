package room

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// openGuard is a Guard that knows who is who and lets everybody do everything.
type openGuard struct{}

func (openGuard) Person(device []byte) (id PersonID) {
	if len(device) > 0 {
		sum := sha256.Sum256(device)
		copy(id[:], sum[:])
	}
	return id
}
func (openGuard) Barred(Who, bool) (why wire.Reject, barred bool) { return why, false }
func (openGuard) Silenced(Who, sim.Tick) string                   { return "" }
func (openGuard) Came(Who, string, string)                        {}
func (openGuard) Heard(Said)                                      {}

func deviceOf(name string) []byte { return bytes.Repeat([]byte(name), wire.DeviceSize) }

// league is a room with short matches and what it has reported.
type league struct {
	*Room
	t       *testing.T
	reports []Report
}

func newLeague(t *testing.T, mode sim.Mode, live sim.Tick, bots int) *league {
	l := &league{t: t}
	l.Room = New(l.config(mode, live, bots))
	return l
}

func (l *league) config(mode sim.Mode, live sim.Tick, bots int) Config {
	return Config{
		Name: "cup", Arena: arena(l.t, "foundry"), Mode: mode, Bots: bots, Guard: openGuard{},
		Rules: &sim.Rules{Warmup: 5, Live: live, Results: 5},
		Ended: func(r Report) { l.reports = append(l.reports, r) },
		Now:   func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
	}
}

// enter brings the owner of a device in.
func (l *league) enter(name, device string) *guest {
	l.t.Helper()
	g := newGuest(l.t, l.Room)
	g.device = deviceOf(device)
	g.knock(name, false)
	play(l.Room, 3) // until it knows its seat
	return g
}

func (l *league) leave(g *guest) {
	l.t.Helper()
	g.tell(&wire.Client{Kind: wire.KindLeave})
	l.Tick()
}

// until passes ticks until the match is in a phase.
func (l *league) until(phase sim.Phase) {
	l.t.Helper()
	for range 10_000 {
		if l.world.Match.Phase == phase {
			return
		}
		l.Tick()
	}
	l.t.Fatalf("it never comes to phase %v", phase)
}

// score counts something for a guest, as a tick would, which then passes.
func (l *league) score(g *guest, score, kills, deaths int16) {
	p := &l.world.Players[g.seat().id]
	sim.AddPoints(&p.Score, score)
	sim.AddPoints(&p.Kills, kills)
	sim.AddPoints(&p.Deaths, deaths)
	l.Tick()
}

// of returns the result of the owner of a device in the newest report.
func (l *league) of(device string) *Result {
	l.t.Helper()
	if len(l.reports) == 0 {
		l.t.Fatal("nothing is reported")
	}
	id := openGuard{}.Person(deviceOf(device))
	var found *Result
	for i := range l.reports[len(l.reports)-1].Results {
		if r := &l.reports[len(l.reports)-1].Results[i]; r.Person == id {
			if found != nil {
				l.t.Fatalf("%s has two results", device)
			}
			found = r
		}
	}
	return found
}

func (l *league) want(device string, want Result) {
	l.t.Helper()
	got := l.of(device)
	if got == nil {
		l.t.Fatalf("%s has no result", device)
	}
	want.Person, want.Played = got.Person, got.Played
	if *got != want {
		l.t.Errorf("%s: got %+v, want %+v", device, *got, want)
	}
}

func TestMatchIsReported(t *testing.T) {
	l := newLeague(t, sim.Brawl{}, 120, 3)
	ann, bob := l.enter("Ann", "a"), l.enter("Bob", "b")
	watcher := newGuest(t, l.Room)
	watcher.device = deviceOf("w")
	watcher.knock("Will", true)
	nobody := newGuest(t, l.Room) // shows no device
	nobody.knock("Nora", false)
	l.until(sim.Live)
	l.score(ann, 3, 3, 0)
	l.score(bob, 1, 1, 2)
	l.until(sim.Results)

	if len(l.reports) != 1 {
		t.Fatalf("%d reports, want 1", len(l.reports))
	}
	r := l.reports[0]
	if id, err := hex.DecodeString(r.ID); err != nil || len(id) != 16 || bytes.Equal(id, make([]byte, 16)) {
		t.Errorf("the match has the id %q, want 32 hexadecimal digits", r.ID)
	}
	if r.Room != "cup" || r.Mode != "brawl" || r.Arena != l.ground().Arena.Name {
		t.Errorf("got room %q, mode %q, arena %q", r.Room, r.Mode, r.Arena)
	}
	if took := r.Ended.Sub(r.Began); took != 2*time.Second || !r.Ended.Equal(l.cfg.Now()) {
		t.Errorf("it lasted %v to %v, want 2s to now", took, r.Ended)
	}
	if len(r.Results) != 2 {
		t.Fatalf("got %d results, want Ann's and Bob's alone: %+v", len(r.Results), r.Results)
	}
	l.want("a", Result{Name: "Ann", Place: 1, Won: true, Score: 3, Kills: 3})
	l.want("b", Result{Name: "Bob", Place: 2, Score: 1, Kills: 1, Deaths: 2})
	if played := l.of("a").Played; played < 1900*time.Millisecond || played > 2100*time.Millisecond {
		t.Errorf("Ann played %v, want the whole match", played)
	}

	l.until(sim.Live)
	l.until(sim.Results)
	if len(l.reports) != 2 || l.reports[1].ID == r.ID {
		t.Fatalf("the next match: %d reports, ids %q and %q", len(l.reports), r.ID, l.reports[len(l.reports)-1].ID)
	}
	l.want("a", Result{Name: "Ann", Place: 1}) // equals share the place, and nobody wins
	l.want("b", Result{Name: "Bob", Place: 1})
}

func TestMatchWithoutPeopleIsNotReported(t *testing.T) {
	l := newLeague(t, sim.Brawl{}, 60, 4)
	l.until(sim.Results)
	nobody := newGuest(t, l.Room)
	nobody.knock("Nora", false)
	l.until(sim.Live)
	l.until(sim.Results)
	if len(l.reports) != 0 {
		t.Errorf("reported: %+v", l.reports)
	}
}

func TestWhoLeavesIsReported(t *testing.T) {
	l := newLeague(t, sim.Brawl{}, 200, 0)
	ann, bob, eve := l.enter("Ann", "a"), l.enter("Bob", "b"), l.enter("Eve", "e")
	l.until(sim.Live)
	l.score(ann, 5, 5, 1)
	l.score(bob, 2, 2, 0)
	l.leave(ann)
	l.leave(eve) // who has done nothing
	if got := l.world.Players[0].Score; got != 0 {
		t.Fatalf("the World still knows a score of %d", got)
	}
	cat := l.enter("Cat", "c") // sits where Ann did
	l.score(cat, 1, 1, 0)
	l.leave(bob)
	bob = l.enter("Robert", "b") // is back under another name
	l.score(bob, 0, 0, 4)
	l.until(sim.Results)
	l.want("a", Result{Name: "Ann", Abandoned: true, Score: 5, Kills: 5, Deaths: 1})
	l.want("b", Result{Name: "Robert", Place: 2, Score: 2, Kills: 2, Deaths: 4})
	l.want("c", Result{Name: "Cat", Place: 1, Won: true, Score: 1, Kills: 1})
	if r := l.of("e"); r != nil {
		t.Errorf("who only looked in has a result: %+v", *r)
	}
	if last := l.reports[0].Results[2]; last.Name != "Ann" {
		t.Errorf("the last is %q, want who left", last.Name)
	}
}

func TestLostLineIsNotAbandonment(t *testing.T) {
	l := newLeague(t, sim.Brawl{}, 200, 0)
	ann, bob := l.enter("Ann", "a"), l.enter("Bob", "b")
	l.cfg.ResumeFor = 40
	l.until(sim.Live)
	l.score(ann, 1, 1, 0)
	l.score(bob, 2, 2, 0)
	bob.visit.Gone() // and never comes back
	for l.world.Match.Ends-l.world.Tick > 20 {
		l.Tick()
	}
	ann.visit.Gone() // may still come back at the end
	l.until(sim.Results)
	l.want("a", Result{Name: "Ann", Place: 1, Won: true, Score: 1, Kills: 1})
	l.want("b", Result{Name: "Bob", Abandoned: true, Score: 2, Kills: 2})
	if a, b := l.of("a").Played, l.of("b").Played; b >= 2*time.Second || a <= b {
		t.Errorf("Ann played %v and Bob %v, who was away for most of it", a, b)
	}
}

func TestChangingSidesKeepsTheScore(t *testing.T) {
	l := newLeague(t, sim.Squads{}, 200, 0)
	ann, bob := l.enter("Ann", "a"), l.enter("Bob", "b")
	l.until(sim.Live)
	l.Tick()
	from := l.world.Players[ann.seat().id].Team
	l.score(ann, 4, 4, 1)
	p := &l.world.Players[ann.seat().id]
	p.Next.Team, p.Status, p.SpawnAt = from.Other(), sim.Waiting, l.world.Tick
	l.Tick()
	if p = &l.world.Players[ann.seat().id]; p.Team == from || p.Score != 0 {
		t.Fatalf("on side %v with %d points: she has not changed sides", p.Team, p.Score)
	}
	l.score(ann, 2, 1, 0)
	l.score(bob, 1, 0, 0)
	l.world.Match.Scores[from.Other()-1] = 7
	l.until(sim.Results)
	l.want("a", Result{Name: "Ann", Team: from.Other(), Place: 1, Won: true, Score: 6, Kills: 5, Deaths: 1})
	l.want("b", Result{Name: "Bob", Team: from.Other(), Place: 2, Won: true, Score: 1})
}

func TestSideThatLosesHasNotWon(t *testing.T) {
	for _, score := range []int16{0, 3} { // a draw, a defeat
		l := newLeague(t, sim.Squads{}, 60, 0)
		ann := l.enter("Ann", "a")
		l.until(sim.Live)
		l.score(ann, 9, 9, 0)
		l.world.Match.Scores[l.world.Players[ann.seat().id].Team.Other()-1] = score
		l.until(sim.Results)
		if r := l.of("a"); r.Won || r.Place != 1 {
			t.Errorf("with %d points of the others: %+v, want place 1 and no victory", score, *r)
		}
	}
}

func TestNobodyPlaysForTwo(t *testing.T) {
	l := newLeague(t, sim.Brawl{}, 200, 0)
	one, two := l.enter("Ann", "a"), l.enter("Ann", "a")
	l.until(sim.Live)
	l.score(one, 1, 1, 0)
	l.score(two, 10, 10, 0) // beside the first: does not count
	l.leave(one)
	l.score(two, 2, 2, 1) // alone: counts
	l.until(sim.Results)
	r := l.of("a")
	if r == nil || r.Score != 3 || r.Kills != 3 || r.Deaths != 1 || r.Abandoned {
		t.Errorf("got %+v, want score 3, kills 3, deaths 1", r)
	}
	if most := 200 * time.Second / sim.TickRate; r.Played > most {
		t.Errorf("played %v of a match of %v", r.Played, most)
	}
}

func TestWhoComesAnewCountsBesideTheirLostLine(t *testing.T) {
	l := newLeague(t, sim.Brawl{}, 200, 0)
	ann := l.enter("Ann", "a")
	l.until(sim.Live)
	l.score(ann, 2, 2, 0)
	ann.visit.Gone() // the seat is kept for longer than the match
	l.Tick()
	again := l.enter("Ann", "a")
	l.score(again, 3, 3, 1)
	l.until(sim.Results)
	l.want("a", Result{Name: "Ann", Place: 1, Won: true, Score: 5, Kills: 5, Deaths: 1})
}

func TestScorebookForgetsTheLeast(t *testing.T) {
	var l scorebook
	l.of = make(map[PersonID]*page)
	id := func(i int) PersonID { return PersonID{byte(i), byte(i >> 8), 1} }
	for i := range maxPages {
		p := l.page(id(i))
		p.played = sim.Tick(1000 + i)
		if i%2 == 0 {
			p.seat = &seat{}
		}
	}
	l.page(id(maxPages)).played = 5000
	if len(l.pages) != maxPages || len(l.of) != maxPages {
		t.Fatalf("%d pages and %d in the index, want %d", len(l.pages), len(l.of), maxPages)
	}
	if l.of[id(1)] != nil || l.of[id(0)] == nil || l.of[id(3)] == nil || l.of[id(maxPages)] == nil {
		t.Error("forgotten was somebody else than who played the least of those who left")
	}
}

// TestScorebookAgainstModel lets people score, leave, come back and lose their lines by
// chance, and compares with what was counted when it happened.
func TestScorebookAgainstModel(t *testing.T) {
	for seed := range uint64(5) {
		rng := sim.Rand(seed + 1)
		l := newLeague(t, sim.Brawl{}, 600, 4)
		l.cfg.ResumeFor = 30
		names := []string{"a", "b", "c", "d", "e", "f"}
		here, want := map[string]*guest{}, map[string]count{}
		l.until(sim.Live)
		for len(l.reports) == 0 && l.world.Match.Ends-l.world.Tick > 40 {
			who := names[rng.Intn(len(names))]
			g := here[who]
			switch what := rng.Intn(8); {
			case g == nil:
				here[who] = l.enter(who, who)
			case what == 0:
				l.leave(g)
				delete(here, who)
			case what == 1:
				g.visit.Gone()
				delete(here, who)
				play(l.Room, 32) // the seat is not kept
			default:
				c := count{rng.Intn(5) - 1, rng.Intn(3), rng.Intn(2)}
				l.score(g, int16(c.score), int16(c.kills), int16(c.deaths))
				want[who] = want[who].plus(c)
			}
		}
		l.until(sim.Results)
		for who, c := range want {
			r := l.of(who)
			if r == nil && c == (count{}) {
				continue
			}
			if r == nil || (count{r.Score, r.Kills, r.Deaths}) != c || r.Abandoned != (here[who] == nil) {
				t.Errorf("seed %d, %s: got %+v, want %+v, here at the end: %t", seed, who, r, c, here[who] != nil)
			}
		}
	}
}

// R13: a match that is taken up again after a restart, and ends a second time, is the
// same match with the same results, of those too who had left before.
func TestFault_R13_MatchTakenUpAgainIsOne(t *testing.T) {
	l := newLeague(t, sim.Squads{}, 200, 0)
	ann, bob := l.enter("Ann", "a"), l.enter("Bob", "b")
	second := l.enter("Ann", "a")
	l.until(sim.Live)
	l.score(ann, 3, 2, 1)
	l.score(bob, 2, 2, 2)
	l.score(second, 50, 50, 0) // beside the first
	l.leave(bob)
	var s Snapshot
	l.Save(&s)
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	l.until(sim.Results)

	var read Snapshot
	if err := json.Unmarshal(data, &read); err != nil {
		t.Fatal(err)
	}
	twin := &league{t: t}
	if twin.Room, err = Restore(twin.config(sim.Squads{}, 200, 0), &read); err != nil {
		t.Fatal(err)
	}
	twin.until(sim.Results)
	if len(twin.reports) != 1 {
		t.Fatalf("%d reports, want 1", len(twin.reports))
	}
	was, is := l.reports[0], twin.reports[0]
	if is.ID != was.ID || is.Ended.Sub(is.Began) != was.Ended.Sub(was.Began) {
		t.Errorf("match %s of %v, want %s of %v", is.ID, is.Ended.Sub(is.Began), was.ID, was.Ended.Sub(was.Began))
	}
	for _, who := range []string{"a", "b"} {
		a, b := *l.of(who), *twin.of(who)
		if who == "a" {
			b.Played = a.Played // her line was down
		}
		if a != b {
			t.Errorf("%s: got %+v, want %+v", who, b, a)
		}
	}
	for what, harm := range map[string]func(*SavedBook){
		"no id":         func(b *SavedBook) { b.ID = "" },
		"a foreign id":  func(b *SavedBook) { b.ID = "../x" },
		"nobody":        func(b *SavedBook) { b.Pages[0].Person = PersonID{} },
		"one twice":     func(b *SavedBook) { b.Pages[1].Person = b.Pages[0].Person },
		"a bad name":    func(b *SavedBook) { b.Pages[1].Name = "\x00" },
		"from tomorrow": func(b *SavedBook) { b.Since = read.World.Tick + 9 },
	} {
		var bad Snapshot
		if err := json.Unmarshal(data, &bad); err != nil {
			t.Fatal(err)
		}
		harm(&bad.Book)
		other := &league{t: t}
		if other.Room, err = Restore(other.config(sim.Squads{}, 200, 0), &bad); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		other.until(sim.Results)
		if len(other.reports) != 1 || other.reports[0].ID == was.ID || other.of("a") == nil {
			t.Errorf("with %s: %+v, want a match of its own", what, other.reports)
		}
	}
}

// BenchmarkScorebook is what a tick of a match of a thousand people costs.
func BenchmarkScorebook(b *testing.B) {
	r := New(Config{Arena: arena(b, "foundry"), MaxPlayers: 1000, Guard: openGuard{}, Ended: func(Report) {}})
	for i := range 1000 {
		s := r.newSeat()
		s.who.id = PersonID{byte(i), byte(i >> 8), 1}
		r.world.Join(s.id, 0, sim.NoTeam)
	}
	r.world.Match.Phase = sim.Live
	r.keepBook()
	b.ReportAllocs()
	for b.Loop() {
		r.keepBook()
	}
}
