// Package sound is the player's ears: it turns what happens in a scene into what
// is heard. The sounds themselves are made by assets/synth.
//
// It never stands in the game's way: without a sound device, without the files, or
// in a browser that waits for a first key or tap, everything works but nothing is
// heard, and Trouble says why.
package sound

import (
	"ionwake/client/replica"
)

// Volumes are what a player can set, each 0 silent to 1 full; in the middle it
// sounds about half as loud.
type Volumes struct {
	Master, Effects, Music, Interface float64
}

// FullVolumes leaves everything as loud as it was made.
func FullVolumes() Volumes { return Volumes{1, 1, 1, 1} }

// Config says how a Player begins.
type Config struct {
	// Volumes at the beginning; the zero value is silence, see FullVolumes.
	Volumes Volumes
	// Seed varies pitches.
	Seed uint64
}

// Player plays the game's sounds. A nil Player plays none: all its methods may be
// called. They belong to the goroutine that runs the game.
type Player struct {
	desk *desk
	ears ears
	out  output
	bank *bank
}

// New opens the sound device and begins to load the sounds; both take place beside
// the game. A program can do this once.
func New(cfg Config) *Player { return newPlayer(cfg, open()) }

func newPlayer(cfg Config, out output) *Player {
	p := &Player{desk: newDesk(cfg.Seed), out: out, bank: new(bank)}
	p.desk.volumes = cfg.Volumes
	go p.bank.load(out)
	return p
}

// Step lets dt seconds pass. What happened in the scene is heard as from at, the
// middle of what is seen, in world units. Without a scene there is only music and
// what Play was asked for: call it in menus too.
func (p *Player) Step(scene *replica.Scene, at replica.Point, dt float64) {
	if p == nil {
		return
	}
	p.bank.lengths(&p.desk.lengths)
	p.desk.at = at
	p.ears.hear(p.desk, scene, dt)
	p.out.show(p.desk.step(dt))
}

// Play plays a sound that no scene knows of, such as Move, Confirm, Back or Wrong.
func (p *Player) Play(c Cue) {
	if p == nil || c >= cues {
		return
	}
	p.desk.play(heard{cue: c, own: rows[c].of != ofInterface})
}

// SetVolumes is heard from the next Step on.
func (p *Player) SetVolumes(v Volumes) {
	if p != nil {
		p.desk.volumes = v
	}
}

// Mute silences everything, or no longer does, from the next Step on.
func (p *Player) Mute(mute bool) {
	if p != nil {
		p.desk.muted = mute
	}
}

// MuteHidden says whether a browser's tab that nobody sees is silent: there no
// Step comes that could say so.
func (p *Player) MuteHidden(mute bool) {
	if p != nil {
		p.out.alone(mute)
	}
}

// Trouble is why nothing is heard, in words for somebody who looks into it, or
// nil.
func (p *Player) Trouble() error {
	if p == nil {
		return nil
	}
	if err := p.out.trouble(); err != nil {
		return err
	}
	return p.bank.trouble()
}
