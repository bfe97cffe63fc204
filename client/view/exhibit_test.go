package view

import (
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// exhibit is a Session that shows a scene made by hand.
type exhibit struct {
	scene  replica.Scene
	status Status
	play   func(s *replica.Scene, t, dt float64) // moves it on to t seconds; nil: nothing moves
	now    time.Duration
}

func (e *exhibit) Play(string, Place)                              {}
func (e *exhibit) Leave()                                          {}
func (e *exhibit) Say(string, replica.Scope, sim.PlayerID)         {}
func (e *exhibit) Choose(sim.HullKind, sim.Team)                   {}
func (e *exhibit) Look(sim.PlayerID, replica.Point)                {}
func (e *exhibit) CallVote(replica.VoteKind, sim.PlayerID, string) {}
func (e *exhibit) CastVote(bool)                                   {}
func (e *exhibit) Signal(replica.SignalKind)                       {}
func (e *exhibit) Mute(uint64, bool)                               {}
func (e *exhibit) Status() Status                                  { return e.status }

func (e *exhibit) Step(now time.Duration, _ sim.Input) *replica.Scene {
	e.scene.Effects = e.scene.Effects[:0]
	if e.play != nil {
		e.play(&e.scene, now.Seconds(), (now - e.now).Seconds())
	}
	e.now = now
	e.scene.Tick = now.Seconds() * sim.TickRate
	return &e.scene
}

// newExhibit returns a scene on an arena, or in nowhere without one, whose own
// ship, if any, is the first.
func newExhibit(a *sim.Arena, teams int) *exhibit {
	e := &exhibit{status: Status{Stage: Playing}}
	s := &e.scene
	s.Arena, s.Teams, s.Mode, s.Alive, s.ScoreLimit = a, teams, "brawl", true, 50
	s.Match = sim.Match{Phase: sim.Live, Number: 1, Scores: [sim.Teams]int16{12, 9}}
	s.Left = 3 * time.Minute
	if teams != 0 {
		s.Mode, s.Team = "squads", sim.TeamIon
	}
	return e
}

// ship adds a ship with a line on the scoreboard; the first is one's own.
func (e *exhibit) ship(v replica.ShipView) {
	s := &e.scene
	v.ID = sim.PlayerID(len(s.Ships))
	v.Own = v.ID == s.Self
	if v.Energy == 0 {
		v.Energy = 0.8
	}
	s.Ships = append(s.Ships, v)
	s.Players = append(s.Players, replica.PlayerView{ID: v.ID, Name: pilotNames[int(v.ID)%len(pilotNames)], Team: v.Team, Hull: v.Hull})
}

// openArena is a bare field of the given size in tiles, with what a plan adds.
func openArena(w, h int, add func(p *sim.Plan)) *sim.Arena {
	p := sim.Plan{Name: "exhibit", Width: w, Height: h, Walls: make([]bool, w*h), Spawns: []sim.Spawn{{Pos: sim.Vec{X: sim.Units(64), Y: sim.Units(64)}}}}
	for i := range p.Walls {
		x, y := i%w, i/w
		p.Walls[i] = x == 0 || y == 0 || x == w-1 || y == h-1
	}
	if add != nil {
		add(&p)
	}
	a, err := sim.NewArena(p)
	if err != nil {
		panic(err)
	}
	return a
}
