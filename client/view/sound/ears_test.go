//go:build !js

package sound

import (
	"testing"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// says reports which cues begin when after follows before.
func says(before, after *replica.Scene) map[Cue]bool {
	r := newRig(FullVolumes())
	r.Step(before, replica.Point{}, frameTime)
	for i := range r.desk.playing {
		r.desk.playing[i].cue = noCue
	}
	r.Step(after, replica.Point{}, frameTime)
	out := map[Cue]bool{}
	for i := range r.desk.playing {
		if c := r.desk.playing[i].cue; c != noCue {
			out[c] = true
		}
	}
	return out
}

func TestScenesAreHeard(t *testing.T) {
	const us, them = sim.TeamIon, sim.TeamEmber
	team := func(kind replica.EffectKind, team sim.Team) *replica.Scene {
		s := scene(replica.Effect{Kind: kind, Team: team, Who: 5, By: 5})
		s.Teams, s.Team = 2, us
		return s
	}
	with := func(change func(*replica.Scene)) *replica.Scene {
		s := scene()
		s.Ships = []replica.ShipView{{ID: 1, Own: true, Energy: 0.9}, {ID: 2, Energy: 1}}
		change(s)
		return s
	}
	plain := with(func(*replica.Scene) {})
	hit := func(who, by sim.PlayerID) *replica.Scene {
		return scene(replica.Effect{Kind: replica.ShotHit, Who: who, By: by, Own: who == 1 || by == 1})
	}
	cases := []struct {
		name          string
		before, after *replica.Scene
		want          Cue
	}{
		{"hit given", plain, hit(2, 1), HitGiven},
		{"hit taken", plain, hit(1, 2), HitTaken},
		{"hit among others", plain, hit(3, 2), Hit},
		{"own death", plain, scene(replica.Effect{Kind: replica.ShipDied, Who: 1, By: 2}), Death},
		{"another's end", plain, scene(replica.Effect{Kind: replica.ShipDied, Who: 2, By: 3}), BreakUp},
		{"bounce", plain, scene(replica.Effect{Kind: replica.ShotBounced}), Ricochet},
		{"fade", plain, scene(replica.Effect{Kind: replica.ShotFaded}), Fizzle},
		{"bump", plain, scene(replica.Effect{Kind: replica.ShipBounced, Who: 1, Size: 1}), Bump},
		{"entry", plain, scene(replica.Effect{Kind: replica.ShipEntered, Who: 1}), Enter},
		{"beam", plain, scene(replica.Effect{Kind: replica.BeamFired, Who: 2}), Beam},
		{"pulse", plain, scene(replica.Effect{Kind: replica.PulseFired, Who: 2}), Pulse},
		{"explosion", plain, scene(replica.Effect{Kind: replica.Exploded}), Explosion},
		{"block", plain, scene(replica.Effect{Kind: replica.ShotBlocked, Who: 2}), Blocked},
		{"dash", plain, scene(replica.Effect{Kind: replica.ShipDashed, Who: 2}), Dash},
		{"surge", plain, scene(replica.Effect{Kind: replica.ItemTaken, Who: 1, Item: sim.Surge}), Surge},
		{"aegis", plain, scene(replica.Effect{Kind: replica.ItemTaken, Who: 1, Item: sim.Aegis}), Aegis},
		{"overdrive", plain, scene(replica.Effect{Kind: replica.ItemTaken, Who: 1, Item: sim.Overdrive}), Overdrive},
		{"afterburner", plain, scene(replica.Effect{Kind: replica.ItemTaken, Who: 2, Item: sim.Afterburner}), Afterburner},
		{"their core taken", plain, team(replica.CoreTaken, them), Seized},
		{"our core taken", plain, team(replica.CoreTaken, us), Stolen},
		{"our core dropped", plain, team(replica.CoreDropped, us), LetGo},
		{"their core dropped", plain, team(replica.CoreDropped, them), Lost},
		{"our core home", plain, team(replica.CoreReturned, us), Home},
		{"their core home", plain, team(replica.CoreReturned, them), TheirsHome},
		{"their core captured", plain, team(replica.CoreCaptured, them), Captured},
		{"our core captured", plain, team(replica.CoreCaptured, us), Conceded},
		{"our beacon", plain, team(replica.BeaconTurned, us), BeaconOurs},
		{"their beacon", plain, team(replica.BeaconTurned, them), BeaconTheirs},
		{"nobody's beacon", plain, team(replica.BeaconTurned, sim.NoTeam), BeaconFree},
		{"began", plain, scene(replica.Effect{Kind: replica.MatchBegan}), Began},
		{"beaten", plain, scene(replica.Effect{Kind: replica.MatchEnded}), Beaten},
		{"won", plain, with(func(s *replica.Scene) {
			s.Effects = []replica.Effect{{Kind: replica.MatchEnded}}
			s.Players = []replica.PlayerView{{ID: 1, Score: 5}, {ID: 2}}
		}), Won},
		{"a minute left", with(func(s *replica.Scene) { s.Left = 60100 * time.Millisecond }), with(func(s *replica.Scene) { s.Left = 59900 * time.Millisecond }), Minute},
		{"three left", with(func(s *replica.Scene) { s.Left = 3100 * time.Millisecond }), with(func(s *replica.Scene) { s.Left = 2900 * time.Millisecond }), Count},
		{"vote", plain, with(func(s *replica.Scene) { s.Vote = &replica.VoteView{} }), VoteCalled},
		{"chat", plain, with(func(s *replica.Scene) { s.Chat = []replica.ChatView{{Name: "Ann", Text: "hi"}} }), Chat},
		{"second line", with(func(s *replica.Scene) { s.Chat = []replica.ChatView{{Name: "Ann", Age: time.Second}} }),
			with(func(s *replica.Scene) {
				s.Chat = []replica.ChatView{{Name: "Ann", Age: time.Second}, {Name: "Bob"}}
			}), Chat},
		{"signal", plain, with(func(s *replica.Scene) { s.Signals = []replica.SignalView{{Who: 2}} }), Signal},
		{"kill", plain, with(func(s *replica.Scene) { s.Kills = []replica.KillView{{OwnKill: true}} }), Kill},
		{"low energy", plain, with(func(s *replica.Scene) { s.Ships[0].Energy = 0.1 }), LowEnergy},
		{"guard", plain, with(func(s *replica.Scene) { s.Ships[1].Guard = true }), Guard},
		{"mine", plain, with(func(s *replica.Scene) {
			s.Bolts = []replica.BoltView{{Kind: sim.Mine, Owner: 2, Pos: replica.Point{X: 100}}}
		}), MineBeep},
	}
	for k := range guns {
		if guns[k] != Beam && guns[k] != Pulse {
			x := replica.Effect{Kind: replica.ShotFired, Who: 2, Weapon: sim.BoltKind(k)}
			cases = append(cases, struct {
				name          string
				before, after *replica.Scene
				want          Cue
			}{sim.Shots[k].Name, plain, scene(x), guns[k]})
		}
	}
	for _, c := range cases {
		before, after := *c.before, *c.after
		if got := says(&before, &after); !got[c.want] || len(got) != 1 {
			t.Errorf("%s: heard %v, want %d (%s)", c.name, got, c.want, rows[c.want].clip)
		}
	}
}

// What does not call for a sound makes none: own words, the server's voice, mates'
// mines, time that jumps, and everything that was there before one came.
func TestWhatIsNotHeard(t *testing.T) {
	full := scene()
	full.Team = sim.TeamIon
	full.Ships = []replica.ShipView{{ID: 1, Own: true, Energy: 0.9}, {ID: 2, Guard: true}}
	full.Chat = []replica.ChatView{{Name: "Me", Own: true}, {Text: "bye"}}
	full.Bolts = []replica.BoltView{{Kind: sim.Mine, Owner: 2, Team: sim.TeamIon}, {Kind: sim.Mine, Owner: 3, Pos: replica.Point{X: 500}}}
	if got := says(scene(), &replica.Scene{Self: 1, Chat: full.Chat, Bolts: full.Bolts, Team: full.Team, Left: 60 * time.Second}); len(got) > 0 {
		t.Errorf("heard %v", got)
	}
	r := newRig(FullVolumes())
	first := *full
	first.Vote, first.Kills = &replica.VoteView{}, []replica.KillView{{OwnKill: true}}
	first.Chat = append(first.Chat, replica.ChatView{Name: "Ann"})
	r.Step(&first, replica.Point{}, frameTime)
	for i := range r.desk.playing {
		if c := r.desk.playing[i].cue; c != noCue {
			t.Errorf("the first scene says %s", rows[c].clip)
		}
	}
}

func TestHumsFollowTheShip(t *testing.T) {
	r := newRig(effectsOnly())
	s := scene()
	s.Ships = []replica.ShipView{{ID: 1, Own: true, Energy: 0.9}}
	if got := r.listen(s, 30).peak(); got != 0 {
		t.Errorf("at rest the level is %v", got)
	}
	s.Ships[0].Buttons = sim.Up
	if got := r.listen(s, 60).level(); got < 0.001 || got > 0.05 {
		t.Errorf("under thrust the level is %v", got)
	}
	s.Ships[0].Buttons = 0
	r.listen(s, 90)
	if got := r.listen(s, 30).peak(); got != 0 {
		t.Errorf("after it the level is %v", got)
	}
	s.Ships[0].Drafts = true
	if got := r.listen(s, 60).level(); got < 0.001 {
		t.Errorf("in a wake the level is %v", got)
	}
	r.listen(nil, 90)
	if got := r.listen(nil, 30).peak(); got != 0 {
		t.Errorf("in the menu the level is %v", got)
	}
}

// Rapid fire of one kind is thinned out.
func TestSameSoundIsNotRepeatedAtOnce(t *testing.T) {
	r := newRig(FullVolumes())
	r.Step(scene(), replica.Point{}, frameTime)
	before := r.desk.serial
	s := scene()
	for id := sim.PlayerID(2); id < 40; id++ {
		s.Effects = append(s.Effects, fired(id, replica.Point{X: float64(id)}))
	}
	r.Step(s, replica.Point{}, frameTime)
	if began := r.desk.serial - before; began != 1 {
		t.Errorf("%d shots of one moment are heard, want 1", began)
	}
}

func TestNilPlayerIsSilent(t *testing.T) {
	var p *Player
	p.Step(scene(), replica.Point{}, frameTime)
	p.Play(Confirm)
	p.SetVolumes(FullVolumes())
	p.Mute(true)
	p.MuteHidden(true)
	if err := p.Trouble(); err != nil {
		t.Error(err)
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	r := newRig(FullVolumes())
	frame := 0
	scenes := make([]*replica.Scene, 64)
	for i := range scenes {
		scenes[i] = crowd(i)
	}
	if n := testing.AllocsPerRun(200, func() {
		r.Step(scenes[frame%len(scenes)], replica.Point{}, frameTime)
		frame++
	}); n != 0 {
		t.Errorf("a step allocates %v times", n)
	}
	buf := make([]byte, 6400)
	if n := testing.AllocsPerRun(50, func() { _, _ = r.m.Read(buf) }); n != 0 {
		t.Errorf("mixing allocates %v times", n)
	}
}

// BenchmarkStep is what the game's frame pays with 64 ships firing in every one.
func BenchmarkStep(b *testing.B) {
	r := newRig(FullVolumes())
	scenes := make([]*replica.Scene, 64)
	for i := range scenes {
		scenes[i] = crowd(i)
	}
	frame := 0
	for b.Loop() {
		r.Step(scenes[frame%len(scenes)], replica.Point{}, frameTime)
		frame++
	}
}

// BenchmarkMix is what 10 ms of sound with all voices cost, beside the game.
func BenchmarkMix(b *testing.B) {
	r := newRig(FullVolumes())
	buf := make([]byte, deviceRate/100*8)
	r.Step(crowd(1), replica.Point{}, frameTime)
	for b.Loop() {
		r.Step(crowd(2), replica.Point{}, 0)
		_, _ = r.m.Read(buf)
	}
}
