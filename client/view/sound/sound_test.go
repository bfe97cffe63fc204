//go:build !js

package sound

import (
	"encoding/binary"
	"math"
	"sync"
	"testing"
	"time"

	"ionwake/assets/clip"
	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// stock is the real packs, decoded once for all tests.
var stock = sync.OnceValue(func() *mixer {
	m, b := newMixer(deviceRate), new(bank)
	b.load(m)
	if b.fault != nil {
		panic(b.fault)
	}
	return m
})

// rig is a player whose device is memory.
type rig struct {
	*Player
	m *mixer
}

func newRig(v Volumes) *rig {
	m := newMixer(deviceRate)
	m.clips = stock().clips
	r := &rig{m: m, Player: &Player{desk: newDesk(7), out: m, bank: new(bank)}}
	r.desk.volumes = v
	for c := range cues {
		t := m.clips[c]
		r.bank.long[c] = float32(len(t.samples[0])) / float32(t.rate)
	}
	return r
}

const frameTime = 1.0 / 60

// effectsOnly leaves the music out.
func effectsOnly() Volumes { return Volumes{Master: 1, Effects: 1, Interface: 1} }

// listen plays so many frames of a scene and returns what was heard. Effects of the
// scene happen in the first frame only.
func (r *rig) listen(s *replica.Scene, frames int) tape {
	out := tape{rate: deviceRate, samples: make([][]float32, 2)}
	buf := make([]byte, deviceRate/60*8)
	for range frames {
		r.Step(s, replica.Point{}, frameTime)
		if s != nil {
			s.Effects = nil
		}
		n, _ := r.m.Read(buf)
		for i := 0; i < n; i += 8 {
			for side := range 2 {
				v := math.Float32frombits(binary.LittleEndian.Uint32(buf[i+4*side:]))
				out.samples[side] = append(out.samples[side], v)
			}
		}
	}
	return out
}

// level is the power of both sides as an amplitude.
func (t tape) level() float64 {
	sum := 0.0
	for _, lane := range t.samples {
		for _, v := range lane {
			sum += float64(v) * float64(v)
		}
	}
	return math.Sqrt(sum / float64(2*len(t.samples[0])))
}

func (t tape) peak() float64 {
	most := 0.0
	for _, lane := range t.samples {
		for _, v := range lane {
			most = max(most, math.Abs(float64(v)))
		}
	}
	return most
}

func fired(who sim.PlayerID, at replica.Point) replica.Effect {
	return replica.Effect{Kind: replica.ShotFired, Who: who, By: who, Weapon: sim.LightBolt, Pos: at}
}

func scene(effects ...replica.Effect) *replica.Scene {
	return &replica.Scene{Self: 1, Alive: true, Left: 100 * time.Second, Match: sim.Match{Phase: sim.Live}, Effects: effects}
}

// Every row has a clip in the packs, and every clip a row that plays it.
func TestEveryCueHasItsClip(t *testing.T) {
	data, err := read("effects.pack")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := clip.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != int(cues) {
		t.Errorf("the pack has %d clips, there are %d cues", len(entries), cues)
	}
	for i := range entries {
		if indexOf(entries[i].Name) < 0 {
			t.Errorf("nothing plays %s", entries[i].Name)
		}
	}
	for c := range cues {
		if rows[c].clip == "" || rows[c].most == 0 || rows[c].gain > 0 {
			t.Errorf("cue %d has an empty or too loud row: %+v", c, rows[c])
		}
		if tape := stock().clips[c]; tape == nil {
			t.Errorf("cue %d has no clip %q", c, rows[c].clip)
		} else if tape.peak() > 0.95 || tape.level() < 0.01 {
			t.Errorf("%s has the peak %.2f and the level %.3f", rows[c].clip, tape.peak(), tape.level())
		}
	}
}

// Every cue is heard at full volume, within bounds, and then over: nothing rings
// for ever.
func TestEveryCueIsHeard(t *testing.T) {
	for c := range cues {
		if c == Thrust || c == Draft {
			continue
		}
		r := newRig(effectsOnly())
		r.listen(nil, 1)
		r.Play(c)
		if got := r.listen(nil, 12).level(); got < 0.001 {
			t.Errorf("%s: level %.5f in the first fifth of a second", rows[c].clip, got)
		}
		r.listen(nil, 200)
		if got := r.listen(nil, 30).peak(); got > 0 {
			t.Errorf("%s still sounds after 3.5 s: %.5f", rows[c].clip, got)
		}
	}
}

// crowd is 64 ships that fire everything they have at once, around the listener.
func crowd(frame int) *replica.Scene {
	s := scene()
	own := replica.ShipView{ID: 1, Own: true, Energy: 0.5, Buttons: sim.Up}
	s.Ships = append(s.Ships, own)
	r := sim.Rand(uint64(frame))
	for id := sim.PlayerID(1); id <= 64; id++ {
		at := replica.Point{X: float64(r.Intn(1600)) - 800, Y: float64(r.Intn(1000)) - 500}
		x := fired(id, at)
		x.Weapon = sim.BoltKind(r.Intn(7))
		s.Effects = append(s.Effects, x)
		switch r.Intn(4) {
		case 0:
			s.Effects = append(s.Effects, replica.Effect{Kind: replica.Exploded, Who: id, Pos: at, Size: 1})
		case 1:
			s.Effects = append(s.Effects, replica.Effect{Kind: replica.ShotHit, Who: 1, By: id, Pos: at, Own: true})
		case 2:
			s.Effects = append(s.Effects, replica.Effect{Kind: replica.ShipDied, Who: id, By: 1, Pos: at, Own: id == 1})
		}
	}
	return s
}

func TestCrowdNeitherClipsNorRunsOutOfVoices(t *testing.T) {
	r := newRig(FullVolumes())
	loudest := 0.0
	for frame := range 240 {
		got := r.listen(crowd(frame), 1)
		loudest = max(loudest, got.peak())
		busy := 0
		for i := range r.desk.out.voices {
			if r.desk.out.voices[i].clip != noClip {
				busy++
			}
		}
		if busy > voices {
			t.Fatalf("%d voices", busy)
		}
		same := map[Cue]int{}
		for i := range r.desk.playing {
			if c := r.desk.playing[i].cue; c != noCue {
				same[c]++
			}
		}
		for c, n := range same {
			if n > rows[c].most {
				t.Fatalf("%s sounds %d times at once, at most %d are meant", rows[c].clip, n, rows[c].most)
			}
		}
	}
	if loudest > 1 || loudest < 0.3 {
		t.Errorf("the loudest sample of the crowd is %.3f", loudest)
	}
}

// In the crowd the own ship is heard: what it does has a voice whatever the others
// do.
func TestOwnShotIsHeardInTheCrowd(t *testing.T) {
	r := newRig(FullVolumes())
	for frame := range 60 {
		r.listen(crowd(frame), 1)
	}
	r.listen(scene(), 6)
	s := crowd(99)
	s.Effects = append(s.Effects, fired(1, replica.Point{}))
	r.Step(s, replica.Point{}, frameTime)
	for i := range r.desk.playing {
		if p := &r.desk.playing[i]; p.cue == Bolt && p.own && p.began > r.desk.now-2*frameTime {
			return
		}
	}
	t.Errorf("the own shot has no voice")
}

func TestVolumesScale(t *testing.T) {
	shot := func(v Volumes) float64 { return newRig(v).listen(scene(fired(1, replica.Point{})), 10).level() }
	full := shot(effectsOnly())
	if half := shot(Volumes{Master: 1, Effects: 0.5, Interface: 1}); math.Abs(half/full-0.25) > 0.02 {
		t.Errorf("half the effects leave %.2f of the level, want a quarter", half/full)
	}
	if half := shot(Volumes{Master: 0.5, Effects: 1, Interface: 1}); math.Abs(half/full-0.25) > 0.02 {
		t.Errorf("half the master leaves %.2f of the level, want a quarter", half/full)
	}
	if none := shot(Volumes{Master: 1, Interface: 1, Music: 0}); none != 0 {
		t.Errorf("without effects a shot has the level %v", none)
	}
	press := func(v Volumes) float64 {
		r := newRig(v)
		r.listen(nil, 1)
		r.Play(Confirm)
		return r.listen(nil, 10).level()
	}
	if press(Volumes{Master: 1, Effects: 1}) != 0 || press(Volumes{Master: 1, Interface: 1}) == 0 {
		t.Errorf("the menu's sounds do not follow the interface's volume")
	}
	music := func(v float64) float64 { return newRig(Volumes{Master: 1, Music: v}).listen(nil, 120).level() }
	if ratio := music(0.5) / music(1); music(0) != 0 || math.Abs(ratio-0.25) > 0.02 {
		t.Errorf("half the music leaves %.2f, want a quarter", ratio)
	}
}

func TestMuteIsSilent(t *testing.T) {
	r := newRig(FullVolumes())
	r.listen(crowd(1), 10)
	r.Mute(true)
	r.listen(crowd(2), 1)
	if got := r.listen(crowd(3), 30).peak(); got != 0 {
		t.Errorf("muted, the loudest sample is %v", got)
	}
	r.Mute(false)
	if got := r.listen(crowd(4), 30).level(); got < 0.001 {
		t.Errorf("no longer muted, the level is %v", got)
	}
}

func TestSoundsComeFromWhereTheyAre(t *testing.T) {
	level := func(at replica.Point) (l, r float64) {
		got := newRig(effectsOnly()).listen(scene(fired(9, at)), 10)
		return tape{samples: [][]float32{got.samples[0], got.samples[0]}}.level(), tape{samples: [][]float32{got.samples[1], got.samples[1]}}.level()
	}
	l, r := level(replica.Point{X: -600})
	if l < 2*r {
		t.Errorf("from the left, the left side has %.4f and the right %.4f", l, r)
	}
	near, _ := level(replica.Point{})
	far, _ := level(replica.Point{Y: 900})
	if far > near/3 || far == 0 {
		t.Errorf("nearby %.4f, 900 units away %.4f", near, far)
	}
	if gone, _ := level(replica.Point{Y: 2000}); gone != 0 {
		t.Errorf("2000 units away a shot has the level %.4f", gone)
	}
}

// What was foreseen and did not happen falls silent; others' shots go on.
func TestUndoneShotStops(t *testing.T) {
	undone := replica.Effect{Kind: replica.ShotUndone, Who: 1, Weapon: sim.LightBolt}
	r := newRig(effectsOnly())
	r.listen(scene(fired(1, replica.Point{})), 2)
	r.listen(scene(undone), 1)
	if got := r.listen(scene(), 6).peak(); got != 0 {
		t.Errorf("an undone shot still sounds: %v", got)
	}
	r = newRig(effectsOnly())
	r.listen(scene(fired(2, replica.Point{})), 2)
	r.listen(scene(undone), 1)
	if got := r.listen(scene(), 4).peak(); got == 0 {
		t.Errorf("another's shot fell silent")
	}
}

func TestMusicMakesRoomAndComesBack(t *testing.T) {
	r := newRig(Volumes{Master: 1, Music: 1})
	r.listen(scene(), 60)
	before := r.desk.out.music
	r.listen(scene(replica.Effect{Kind: replica.ShipDied, Who: 1, By: 2, Own: true}), 15)
	during := r.desk.out.music
	r.listen(scene(), 300)
	if after := r.desk.out.music; during > before*0.7 || after < before*0.97 {
		t.Errorf("the music has %.3f, during a death %.3f, afterwards %.3f", before, during, after)
	}
}

// The loop has no seam: across it, samples do not jump more than elsewhere.
func TestMusicGoesRound(t *testing.T) {
	for side, lane := range stock().clips[musicClip].samples {
		jump := func(i, j int) float64 { return math.Abs(float64(lane[i] - lane[j])) }
		usual := 0.0
		for i := 1; i < len(lane); i++ {
			usual = max(usual, jump(i, i-1))
		}
		if got := jump(0, len(lane)-1); got > usual/2 {
			t.Errorf("side %d jumps by %.3f at the seam, by %.3f at most elsewhere", side, got, usual)
		}
	}
	r := newRig(Volumes{Master: 1, Music: 1})
	r.listen(nil, 1)
	r.m.music.pos = float64(len(stock().clips[musicClip].samples[0]) - 3000)
	if got := r.listen(nil, 30).level(); got < 0.01 {
		t.Errorf("across the seam the level is %v", got)
	}
}
