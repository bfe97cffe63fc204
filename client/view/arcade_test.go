package view

import (
	"math"
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
	before   []sim.Ship
	alive    []bool
	shots    map[sim.BoltKey]replica.Point // where each bolt was last
	dice     chance
	scene    replica.Scene
	names    []string
	status   Status
	said     []string
	played   []string
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

// newArcade returns a match of n ships on foundry, already under way.
func newArcade(t testing.TB, n int) *arcade {
	t.Helper()
	rules := sim.DefaultRules
	rules.Warmup = sim.TickRate
	a := &arcade{
		world: sim.New(loadArena(t, "foundry"), sim.Brawl{}, rules, 7), dice: 11,
		inputs: make([]sim.Input, n), before: make([]sim.Ship, n), alive: make([]bool, n),
		shots: map[sim.BoltKey]replica.Point{}, status: Status{Stage: Playing},
	}
	for id := range n {
		a.world.Join(sim.PlayerID(id), sim.Dart)
		a.names = append(a.names, pilotNames[id%len(pilotNames)])
	}
	a.fly = ace
	return a
}

func (a *arcade) Play(name string, place Place) {
	a.played = append(a.played, name)
	a.status = Status{Stage: Playing}
}
func (a *arcade) Leave() { a.left++; a.status = Status{Stage: Menu} }
func (a *arcade) Say(text string, _ replica.Scope, _ sim.PlayerID) {
	a.said = append(a.said, text)
	a.scene.Chat = append(a.scene.Chat, replica.ChatView{From: a.self, Name: a.names[a.self], Text: text})
}
func (a *arcade) Choose(sim.HullKind, sim.Team)                   {}
func (a *arcade) Look(sim.PlayerID, replica.Point)                {}
func (a *arcade) CallVote(replica.VoteKind, sim.PlayerID, string) {}
func (a *arcade) CastVote(bool)                                   {}
func (a *arcade) Signal(replica.SignalKind)                       {}
func (a *arcade) Mute(uint64, bool)                               {}
func (a *arcade) Status() Status                                  { return a.status }

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
		a.watch()
	}
	a.show()
	return &a.scene
}

// ace chases the nearest ship and fires when it points at it.
func ace(w *sim.World, self sim.PlayerID) sim.Input {
	s := w.Ship(self)
	if s == nil {
		return sim.Input{}
	}
	var prey *sim.Ship
	best := int64(math.MaxInt64)
	for id := range w.Players {
		o := w.Ship(sim.PlayerID(id))
		if o == nil || o.ID == self {
			continue
		}
		if d := o.Pos.Sub(s.Pos).Len2(); d < best {
			best, prey = d, o
		}
	}
	if prey == nil {
		return sim.Input{Aim: s.Held.Aim}
	}
	to := prey.Pos.Sub(s.Pos)
	swirl := math.Sin(float64(w.Tick)/40+float64(self)) * 1.2
	if best < int64(sim.Units(230))*int64(sim.Units(230)) {
		swirl += 1.4
	}
	angle := math.Atan2(float64(to.Y), float64(to.X)) + swirl
	in := sim.Input{Aim: to.Angle(), Buttons: eightWays(math.Cos(angle), math.Sin(angle), 0.1)}
	in.Aim = in.Aim.Turn(int(30 * math.Sin(float64(w.Tick)/17+float64(self)*2)))
	if best < int64(sim.Units(420))*int64(sim.Units(420)) && s.Energy > 4000 && (int(w.Tick)/30+int(self))%3 != 0 {
		in.Buttons |= sim.Fire
	}
	return in
}

func point(v sim.Vec) replica.Point { return replica.Point{X: v.X.Float(), Y: v.Y.Float()} }

// watch turns one tick into effects.
func (a *arcade) watch() {
	tell := func(kind replica.EffectKind, who, by sim.PlayerID, at, along replica.Point) {
		a.scene.Effects = append(a.scene.Effects, replica.Effect{
			Kind: kind, Who: who, By: by, Pos: at, Dir: along, Size: 0.6, Own: who == a.self || by == a.self,
		})
	}
	for id := range a.before {
		p, s := sim.PlayerID(id), a.world.Ship(sim.PlayerID(id))
		switch {
		case s != nil && !a.alive[id]:
			tell(replica.ShipEntered, p, sim.NoPlayer, point(s.Pos), replica.Point{})
		case s == nil && a.alive[id]:
			tell(replica.ShipDied, p, sim.NoPlayer, point(a.before[id].Pos), replica.Point{})
		case s != nil && s.Energy < a.before[id].Energy-1000:
			tell(replica.ShotHit, p, (p+1)%sim.PlayerID(len(a.before)), point(s.Pos), replica.Point{X: 1})
		}
		if a.alive[id] = s != nil; s != nil {
			a.before[id] = *s
		}
	}
	for i := range a.world.Bolts {
		b := &a.world.Bolts[i]
		if _, old := a.shots[b.Key()]; !old {
			l := math.Hypot(b.Vel.X.Float(), b.Vel.Y.Float())
			tell(replica.ShotFired, b.Owner, sim.NoPlayer, point(b.Pos), replica.Point{X: b.Vel.X.Float() / l, Y: b.Vel.Y.Float() / l})
		}
	}
	for k, at := range a.shots {
		if !slices.ContainsFunc(a.world.Bolts, func(b sim.Bolt) bool { return b.Key() == k }) {
			tell(replica.ShotFaded, sim.PlayerID(k>>8), sim.NoPlayer, at, replica.Point{})
		}
	}
	clear(a.shots)
	for i := range a.world.Bolts {
		a.shots[a.world.Bolts[i].Key()] = point(a.world.Bolts[i].Pos)
	}
	for i := range a.scene.Kills {
		a.scene.Kills[i].Age += time.Second / sim.TickRate
	}
	for _, e := range a.world.Events {
		if e.Kind == sim.Killed && e.By != sim.NoPlayer {
			a.scene.Kills = append(a.scene.Kills, replica.KillView{
				Killer: a.names[e.By], Victim: a.names[e.Who], KillerID: e.By, VictimID: e.Who,
				OwnKill: e.By == a.self, OwnDeath: e.Who == a.self,
			})
		}
	}
	a.scene.Kills = a.scene.Kills[max(0, len(a.scene.Kills)-6):]
}

// show fills the scene.
func (a *arcade) show() {
	w, s := a.world, &a.scene
	s.Tick, s.Arena, s.Match, s.Self = float64(w.Tick), w.Arena, w.Match, a.self
	s.Left = time.Duration(w.Match.Ends-w.Tick) * time.Second / sim.TickRate
	s.Alive = w.Alive(a.self)
	s.Respawn = time.Duration(max(0, int(w.Players[a.self].SpawnAt)-int(w.Tick))) * time.Second / sim.TickRate
	s.Ships, s.Bolts, s.Players = s.Ships[:0], s.Bolts[:0], s.Players[:0]
	for id := range w.Players {
		p := sim.PlayerID(id)
		if o := w.Ship(p); o != nil {
			v := point(o.Vel)
			s.Ships = append(s.Ships, replica.ShipView{
				ID: p, Pos: point(o.Pos), Vel: replica.Point{X: v.X * sim.TickRate, Y: v.Y * sim.TickRate},
				Aim: float64(o.Held.Aim) * 2 * math.Pi / sim.AngleSteps, Buttons: o.Held.Buttons,
				Energy: float64(o.Energy) / float64(sim.Hulls[o.Hull].EnergyMax), Shielded: o.Shield > 0, Own: p == a.self,
			})
		}
		q := &w.Players[id]
		s.Players = append(s.Players, replica.PlayerView{
			ID: p, Name: a.names[id], Bot: id%4 == 3, Away: id == 6, Score: int(q.Score), Kills: int(q.Kills), Deaths: int(q.Deaths),
			Ping: time.Duration(12+id*17) * time.Millisecond,
		})
	}
	if a.watching {
		s.Self, s.Alive = sim.NoPlayer, false
		for i := range s.Ships {
			s.Ships[i].Own = false
		}
	}
	slices.SortStableFunc(s.Players, func(x, y replica.PlayerView) int { return y.Score - x.Score })
	for i := range w.Bolts {
		b := &w.Bolts[i]
		v := point(b.Vel)
		s.Bolts = append(s.Bolts, replica.BoltView{
			Key: b.Key(), Owner: b.Owner, Kind: b.Kind, Pos: point(b.Pos),
			Vel: replica.Point{X: v.X * sim.TickRate, Y: v.Y * sim.TickRate}, Life: float64(b.Life) / float64(sim.Shots[b.Kind].Life),
		})
	}
	s.Net = replica.NetView{
		RTT: time.Duration(48+20*math.Sin(s.Tick/30)) * time.Millisecond, Jitter: 6 * time.Millisecond, Lead: 4.2, Margin: 1.3,
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
