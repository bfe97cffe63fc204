package view

import (
	"slices"
	"strings"
	"testing"
	"time"

	"ionwake/assets"
	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// arcade is a Session for tests: a real World in the same process, flown by
// simple pilots, seen whole and without a line.
type arcade struct {
	world    *sim.World
	inputs   []sim.Input
	eye      arcadeEye
	scene    replica.Scene
	names    []string
	status   Status
	said     []string
	played   []string
	places   []Place
	muted    []uint64
	left     int
	last     sim.Input
	self     sim.PlayerID
	watching bool                                            // shown without a ship of one's own
	fly      func(w *sim.World, self sim.PlayerID) sim.Input // in place of the player, if set
}

var pilotNames = []string{
	"Zoë", "Łukasz", "QuietComet", "AmberFox", "Ñandú", "Kestrel", "Señor Bolt", "Vesper", "Ångström", "Nimbus",
	"Paper Tiger", "Grażyna", "Orbit", "Bruno", "Hélène", "Tungsten", "Moth", "SixteenLettersX", "Ilse", "Döner",
}

func loadArena(t testing.TB, name string) *sim.Arena {
	t.Helper()
	data, err := assets.Maps.ReadFile("maps/" + name + ".arena")
	if err != nil {
		t.Fatal(err)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// newArcade returns a Brawl of n ships on foundry, already under way.
func newArcade(t testing.TB, n int) *arcade { return newArcadeIn(t, "brawl", "foundry", n) }

// newArcadeIn returns a match of n ships of all hulls in the named mode and arena.
func newArcadeIn(t testing.TB, mode, arena string, n int) *arcade {
	t.Helper()
	rules := sim.DefaultRules
	rules.Warmup = sim.TickRate
	m, ok := sim.ModeByName(mode)
	if !ok {
		t.Fatalf("there is no mode %q", mode)
	}
	a := &arcade{
		world: sim.New(loadArena(t, arena), m, rules, 7), inputs: make([]sim.Input, n), status: Status{Stage: Playing},
	}
	a.eye.init(n)
	for id := range n {
		a.world.Join(sim.PlayerID(id), sim.HullKind(id%len(sim.Hulls)), sim.NoTeam)
		a.names = append(a.names, pilotNames[id%len(pilotNames)])
	}
	a.scene.Mode, a.scene.Teams, a.scene.ScoreLimit = mode, m.Teams(), int(rules.ScoreLimit)
	a.fly = ace
	return a
}

func (a *arcade) Play(name string, place Place) {
	a.played = append(a.played, name)
	a.places = append(a.places, place)
	a.status = Status{Stage: Playing}
}
func (a *arcade) Leave() { a.left++; a.status = Status{Stage: Menu} }
func (a *arcade) Say(text string, scope replica.Scope, _ sim.PlayerID) {
	a.said = append(a.said, text)
	a.scene.Chat = append(a.scene.Chat, replica.ChatView{From: a.self, Name: a.names[a.self], Text: text, Scope: scope, Own: true})
}
func (a *arcade) Choose(hull sim.HullKind, team sim.Team) { a.world.Choose(a.self, hull, team) }
func (a *arcade) Look(sim.PlayerID, replica.Point)        {}
func (a *arcade) CallVote(kind replica.VoteKind, who sim.PlayerID, name string) {
	a.scene.Vote = &replica.VoteView{Kind: kind, Target: who, Name: name, Caller: a.names[a.self], Yes: 1, Needed: 3, Left: 20 * time.Second, Voted: true}
}
func (a *arcade) CastVote(bool) {}
func (a *arcade) Signal(kind replica.SignalKind) {
	a.scene.Signals = append(a.scene.Signals[:0], replica.SignalView{Who: a.self, Kind: kind})
}
func (a *arcade) Mute(tag uint64, _ bool) { a.muted = append(a.muted, tag) }
func (a *arcade) Status() Status          { return a.status }

// Step plays on to now, a tick for each sixtieth of a second.
func (a *arcade) Step(now time.Duration, in sim.Input) *replica.Scene {
	a.last = in
	if a.status.Stage != Playing && a.status.Stage != Spectating {
		return nil
	}
	a.scene.Effects = a.scene.Effects[:0]
	for a.world.Tick < sim.Tick(now*sim.TickRate/time.Second) {
		for id := range a.inputs {
			a.inputs[id] = ace(a.world, sim.PlayerID(id))
		}
		a.inputs[a.self] = in
		if a.fly != nil {
			a.inputs[a.self] = a.fly(a.world, a.self)
		}
		a.world.Step(a.inputs)
		a.eye.watch(a.world, a.self, &a.scene)
		a.tellKills()
	}
	a.show()
	return &a.scene
}

func (a *arcade) tellKills() {
	for i := range a.scene.Kills {
		a.scene.Kills[i].Age += time.Second / sim.TickRate
	}
	for _, e := range a.world.Events {
		if e.Kind != sim.Killed || e.By == sim.NoPlayer {
			continue
		}
		a.scene.Kills = append(a.scene.Kills, replica.KillView{
			Killer: a.names[e.By], Victim: a.names[e.Who], KillerID: e.By, VictimID: e.Who, Weapon: e.With,
			OwnKill: e.By == a.self, OwnDeath: e.Who == a.self,
		})
		if e.Who == a.self {
			a.scene.Death = &replica.DeathView{
				By: e.By, Name: a.names[e.By], Weapon: e.With, Pos: point(a.world.Ships[a.self].Pos), From: point(a.world.Ships[e.By].Pos),
				Hull: a.world.Ships[e.By].Hull, Energy: 0.6,
			}
		}
	}
	a.scene.Kills = a.scene.Kills[max(0, len(a.scene.Kills)-6):]
}

// show fills the scene.
func (a *arcade) show() {
	w, s := a.world, &a.scene
	s.Tick, s.Arena, s.Match, s.Self = float64(w.Tick), w.Arena, w.Match, a.self
	s.Left = time.Duration(w.Match.Ends-w.Tick) * time.Second / sim.TickRate
	s.Alive, s.Team = w.Alive(a.self), w.Players[a.self].Team
	s.Respawn = time.Duration(max(0, int(w.Players[a.self].SpawnAt)-int(w.Tick))) * time.Second / sim.TickRate
	s.Ships, s.Players = s.Ships[:0], s.Players[:0]
	for id := range w.Players {
		p, q := sim.PlayerID(id), &w.Players[id]
		if o := w.Ship(p); o != nil {
			s.Ships = append(s.Ships, shipView(w.Arena, o, p == a.self))
		}
		s.Players = append(s.Players, replica.PlayerView{
			ID: p, Name: a.names[id], Tag: uint64(id%4+1) % 4, Bot: id%4 == 3, Away: id == 6, Team: q.Team, Hull: q.Next.Hull,
			Score: int(q.Score), Kills: int(q.Kills), Deaths: int(q.Deaths), Ping: time.Duration(12+id*17) * time.Millisecond,
		})
	}
	if a.watching {
		s.Self, s.Alive, s.Team = sim.NoPlayer, false, sim.NoTeam
		for i := range s.Ships {
			s.Ships[i].Own = false
		}
	}
	slices.SortStableFunc(s.Players, func(x, y replica.PlayerView) int { return y.Score - x.Score })
	showThings(w, s)
	s.Net = replica.NetView{
		RTT: time.Duration(48+int(s.Tick/30)%20) * time.Millisecond, Jitter: 6 * time.Millisecond, Lead: 4.2, Margin: 1.3,
		SendRate: 30, FramesIn: int(s.Tick / 2), BytesIn: int(s.Tick) * 52, BytesOut: int(s.Tick) * 9, Entities: len(s.Ships) + len(s.Bolts),
		Players: 15, Bots: 5, Corrections: 0.31,
	}
}

// chatter fills the chat.
func (a *arcade) chatter() {
	a.scene.Chat = append(a.scene.Chat,
		replica.ChatView{Text: "Grażyna joined", Age: 8 * time.Second},
		replica.ChatView{From: 1, Name: "Łukasz", Text: "dzień dobry, źdźbło żółte", Age: 6 * time.Second},
		replica.ChatView{From: 0, Name: "Zoë", Text: "hi all - " + strings.Repeat("that was a very long chase ", 3), Age: 4 * time.Second},
		replica.ChatView{From: 4, Name: "Ñandú", Text: "gg", Age: 2 * time.Second},
	)
}
