package sound

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// ears turn scenes into cues: what a scene says happened, and what is otherwise
// than in the scene before.
type ears struct {
	there   bool // there was a scene before
	second  int  // of the phase's time left
	phase   sim.Phase
	low     bool    // energy was
	warned  float64 // when, by the desk; 0: never
	beeped  float64
	vote    bool
	chat    time.Duration // age of the newest line
	kill    time.Duration // age of the newest own kill
	signal  time.Duration
	guarded [sim.MaxPlayers]bool
}

// never is the age of what there is none of.
const never = time.Duration(math.MaxInt64)

// hear plays what the scene has to say.
func (e *ears) hear(d *desk, s *replica.Scene, dt float64) {
	if s == nil {
		if e.there {
			d.silence()
		}
		*e = ears{}
		return
	}
	for i := range s.Effects {
		effect(d, s, &s.Effects[i])
	}
	e.clock(d, s)
	e.words(d, s)
	e.ship(d, s)
	e.guards(d, s)
	e.there = true
}

// clock counts down.
func (e *ears) clock(d *desk, s *replica.Scene) {
	second := int(math.Ceil(s.Left.Seconds()))
	if e.there && s.Match.Phase == e.phase && second == e.second-1 {
		switch {
		case second == 60 && s.Match.Phase == sim.Live:
			d.play(heard{cue: Minute})
		case second >= 1 && second <= 5 && s.Match.Phase == sim.Live,
			second >= 1 && second <= 3 && s.Match.Phase == sim.Warmup:
			d.play(heard{cue: Count})
		}
	}
	e.second, e.phase = second, s.Match.Phase
}

// words are what people say, and kills, which are told rather than seen.
func (e *ears) words(d *desk, s *replica.Scene) {
	chat, kill, signal := never, never, never
	for i := range s.Chat {
		if c := &s.Chat[i]; c.Name != "" && !c.Own {
			chat = min(chat, c.Age)
		}
	}
	for i := range s.Kills {
		if k := &s.Kills[i]; k.OwnKill && !k.OwnDeath {
			kill = min(kill, k.Age)
		}
	}
	for i := range s.Signals {
		if g := &s.Signals[i]; g.Who != s.Self {
			signal = min(signal, g.Age)
		}
	}
	if e.there {
		e.newer(d, Chat, chat, e.chat)
		e.newer(d, Kill, kill, e.kill)
		e.newer(d, Signal, signal, e.signal)
		if s.Vote != nil && !e.vote {
			d.play(heard{cue: VoteCalled})
		}
	}
	e.chat, e.kill, e.signal, e.vote = chat, kill, signal, s.Vote != nil
}

// newer plays a cue when the newest of something is younger than it was.
func (e *ears) newer(d *desk, c Cue, age, before time.Duration) {
	if age < before {
		d.play(heard{cue: c})
	}
}

// Shares of the energy, and seconds.
const (
	lowBelow, lowAgain = 0.22, 0.38
	lowPause           = 3.0
	mineNear           = 260.0 // units
)

// ship is what the own ship says of itself.
func (e *ears) ship(d *desk, s *replica.Scene) {
	own := s.Ship(s.Self)
	d.hum[0].want, d.hum[1].want = 0, 0
	if own == nil || !s.Alive {
		e.low = false
		return
	}
	if own.Buttons.Thrusting() {
		d.hum[0].want = 1
	}
	if own.Boost == sim.Afterburner {
		d.hum[0].want *= 1.6
	}
	speed := math.Hypot(own.Vel.X, own.Vel.Y)
	d.hum[0].rate = float32(0.9 + 0.3*min(speed/600, 1))
	if own.Drafts {
		d.hum[1].want = 1
	}
	switch {
	case own.Energy < lowBelow && !e.low:
		e.low = true
		if e.warned == 0 || d.now-e.warned > lowPause {
			d.play(heard{cue: LowEnergy, own: true})
			e.warned = d.now
		}
	case own.Energy > lowAgain:
		e.low = false
	}
	e.mines(d, s, own)
}

// mines beep when they are near, quicker the nearer.
func (e *ears) mines(d *desk, s *replica.Scene, own *replica.ShipView) {
	var nearest *replica.BoltView
	near := mineNear
	for i := range s.Bolts {
		b := &s.Bolts[i]
		if b.Kind != sim.Mine || b.Owner == s.Self || b.Team.Mates(s.Team) {
			continue
		}
		if far := math.Hypot(b.Pos.X-own.Pos.X, b.Pos.Y-own.Pos.Y); far < near {
			nearest, near = b, far
		}
	}
	if nearest != nil && (e.beeped == 0 || d.now-e.beeped > 0.16+0.7*near/mineNear) {
		e.beeped = d.now
		d.play(heard{cue: MineBeep, who: nearest.Owner, pos: nearest.Pos})
	}
}

// guards are heard when they go up.
func (e *ears) guards(d *desk, s *replica.Scene) {
	for i := range s.Ships {
		v := &s.Ships[i]
		if int(v.ID) >= len(e.guarded) {
			continue
		}
		if v.Guard && !e.guarded[v.ID] && e.there {
			d.play(heard{cue: Guard, who: v.ID, own: v.Own, pos: v.Pos})
		}
		e.guarded[v.ID] = v.Guard
	}
}
