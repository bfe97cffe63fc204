package sound

import (
	"math"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// desk decides what is heard: which voice plays what, how loud and from where. It
// has no clock and makes no sound.
type desk struct {
	volumes Volumes
	muted   bool
	at      replica.Point // where one listens
	now     float64       // seconds of play
	chance  sim.Rand
	playing [voices - hums]playing
	hum     [hums]hum
	last    [2][cues]float64 // when a cue began, of others and of oneself
	lengths [cues]float32    // seconds; 0: not there yet
	room    float32          // that the music leaves, 0..1
	serial  int32
	out     state
}

// playing is what a voice plays.
type playing struct {
	cue   Cue
	who   sim.PlayerID // whose sound it is
	own   bool
	pos   replica.Point
	gain  float32 // without distance and volumes
	rate  float32
	began float64
	left  float32 // seconds
}

// hum is a sound that goes round: it is always there, mostly silent.
type hum struct {
	cue  Cue
	gain float32 // what it is now, 0..1
	want float32
	rate float32
}

// heard is one sound to be played.
type heard struct {
	cue  Cue
	who  sim.PlayerID
	own  bool
	pos  replica.Point
	gain float32 // decibels more than the cue's own
}

// How what lies away is heard, in world units. A screen is 1280 x 720.
const (
	nearby  = 220.0  // as loud as beside one
	halfway = 330.0  // behind that: 6 dB less
	earshot = 1400.0 // nothing from further away
	width   = 900.0  // to the side that is heard on one side
	widest  = 0.8    // of it
)

const (
	ownGain  = 2.0 // decibels that own sounds are louder
	ownRank  = 2   // ranks that they matter more
	duckMost = 0.6 // of the music, at most
	duckIn   = 25.0
	duckOut  = 1.6 // rates per second
)

func newDesk(seed uint64) *desk {
	d := &desk{volumes: FullVolumes(), chance: sim.Rand(seed)}
	for i := range d.playing {
		d.playing[i].cue = noCue
	}
	for side := range d.last {
		for c := range d.last[side] {
			d.last[side][c] = math.Inf(-1)
		}
	}
	d.hum = [hums]hum{{cue: Thrust, rate: 1}, {cue: Draft, rate: 1}}
	return d
}

// play begins a sound, unless there are more important ones.
func (d *desk) play(h heard) {
	r := &rows[h.cue]
	side := 0
	if h.own {
		side = 1
	}
	if d.lengths[h.cue] == 0 || d.now-d.last[side][h.cue] < float64(r.gap) {
		return
	}
	p := playing{cue: h.cue, who: h.who, own: h.own, pos: h.pos, began: d.now}
	p.gain = decibels(r.gain + h.gain + clipGain)
	if h.own {
		p.gain *= decibels(ownGain)
	}
	if away, _ := d.place(&p); away == 0 {
		return
	}
	p.rate = float32(math.Exp2(float64(r.vary) * (float64(d.chance.Intn(2001))/1000 - 1) / 12))
	p.left = d.lengths[h.cue] / p.rate
	if i := d.free(&p); i >= 0 {
		d.last[side][h.cue] = d.now
		d.start(i, p)
	}
}

func (d *desk) start(i int, p playing) {
	d.playing[i] = p
	d.serial++
	d.out.voices[i] = voice{serial: d.serial, clip: int16(p.cue), rate: p.rate}
}

// free returns the voice for p: an idle one, or one that matters less. A cue that
// has all the voices it may have takes one of its own.
func (d *desk) free(p *playing) int {
	idle, same, least, weakest := -1, 0, -1, -1
	for i := range d.playing {
		o := &d.playing[i]
		switch {
		case o.cue == noCue:
			idle = i
			continue
		case o.cue == p.cue:
			same++
			if weakest < 0 || d.matters(o) < d.matters(&d.playing[weakest]) {
				weakest = i
			}
		}
		if least < 0 || d.matters(o) < d.matters(&d.playing[least]) {
			least = i
		}
	}
	if same >= rows[p.cue].most {
		idle, least = -1, weakest
	}
	if idle >= 0 {
		return idle
	}
	if d.matters(&d.playing[least]) > d.matters(p) {
		return -1
	}
	return least
}

// matters is what decides which of two sounds is heard: rank, then loudness, and
// what is nearly over least.
func (d *desk) matters(p *playing) float32 {
	rank := rows[p.cue].rank
	if p.own {
		rank += ownRank
	}
	away, _ := d.place(p)
	rest := min(p.left/d.lengths[p.cue]*p.rate, 1)
	return float32(rank) + 0.99*min(p.gain*away*rest, 1)
}

// place is how much of a sound is left over the distance, and from which side it
// comes.
func (d *desk) place(p *playing) (away, pan float32) {
	if rows[p.cue].anywhere || p.own {
		return 1, 0
	}
	dx, dy := p.pos.X-d.at.X, p.pos.Y-d.at.Y
	far := math.Hypot(dx, dy)
	if far > earshot {
		return 0, 0
	}
	pan = float32(min(max(dx/width, -widest), widest))
	beyond := max(far-nearby, 0) / halfway
	// The last stretch fades to nothing, so that nothing begins with a jump.
	return float32(min(1, (earshot-far)/200) / (1 + beyond*beyond)), pan
}

// stop ends the newest sound of a cue by who, if it began within the last seconds.
func (d *desk) stop(cue Cue, who sim.PlayerID, within float64) {
	newest := -1
	for i := range d.playing {
		p := &d.playing[i]
		if p.cue == cue && p.who == who && d.now-p.began <= within && (newest < 0 || p.began > d.playing[newest].began) {
			newest = i
		}
	}
	if newest >= 0 {
		d.playing[newest].cue = noCue
	}
}

// silence ends everything but the interface's own sounds and the music.
func (d *desk) silence() {
	for i := range d.playing {
		if p := &d.playing[i]; p.cue != noCue && rows[p.cue].of != ofInterface {
			p.cue = noCue
		}
	}
	for i := range d.hum {
		d.hum[i].want = 0
	}
}

// step lets dt seconds pass and works out what should be heard.
func (d *desk) step(dt float64) *state {
	d.now += dt
	master := curve(d.volumes.Master)
	if d.muted {
		master = 0
	}
	effects := master * curve(d.volumes.Effects)
	inter := master * curve(d.volumes.Interface)
	duck := float32(0)
	for i := range d.playing {
		p, v := &d.playing[i], &d.out.voices[i]
		if p.left -= float32(dt); p.left <= 0 {
			p.cue = noCue
		}
		if p.cue == noCue {
			v.clip = noClip
			continue
		}
		r := &rows[p.cue]
		away, pan := d.place(p)
		v.pan, v.gain = pan, p.gain*away*effects
		if r.of == ofInterface {
			v.gain = p.gain * inter
		}
		duck += r.duck * away * min(p.left/d.lengths[p.cue]*1.5, 1)
	}
	d.humming(float32(dt), effects)
	d.makeRoom(min(duck, 1)*duckMost, float32(dt))
	d.out.music = master * curve(d.volumes.Music) * decibels(musicGain) * (1 - d.room)
	return &d.out
}

// humming moves the hums towards what they should be.
func (d *desk) humming(dt, volume float32) {
	for i := range d.hum {
		h, v := &d.hum[i], &d.out.voices[len(d.playing)+i]
		h.gain += (h.want - h.gain) * min(1, dt*9)
		if v.clip = int16(h.cue); d.lengths[h.cue] == 0 || h.want == 0 && h.gain < 0.001 {
			h.gain, v.clip = 0, noClip
		} else if v.serial == 0 {
			d.serial++
			v.serial = d.serial
		}
		v.gain, v.rate = h.gain*decibels(rows[h.cue].gain+clipGain)*volume, h.rate
	}
}

func (d *desk) makeRoom(want, dt float32) {
	rate := float32(duckOut)
	if want > d.room {
		rate = duckIn
	}
	d.room += (want - d.room) * min(1, dt*rate)
}

// curve turns a slider into a gain: half of it sounds half as loud.
func curve(v float64) float32 {
	v = min(max(v, 0), 1)
	return float32(v * v)
}

func decibels(db float32) float32 { return float32(math.Pow(10, float64(db)/20)) }
