package synth

import (
	"math"

	"ionwake/assets/clip"
)

// track is one player of the music, in stereo and as long as the song: what rings
// on past the end is heard at the beginning.
type track struct{ l, r line }

func newTrack() track { return track{make(line, songFrames), make(line, songFrames)} }

// put adds a sound from a frame on, pan -1 left to 1 right.
func (t track) put(sound line, from int, gain, pan float64) {
	s, c := math.Sincos(math.Pi / 4 * (1 + pan))
	for i, v := range sound {
		at := (from + i) % songFrames
		t.l[at] += v * gain * c * math.Sqrt2
		t.r[at] += v * gain * s * math.Sqrt2
	}
}

// band is the tracks, by how they are treated together.
type band struct {
	kick, drums, bass, arp, pad, lead, air track
}

// Music returns the loop.
func Music() clip.Clip {
	b := &band{newTrack(), newTrack(), newTrack(), newTrack(), newTrack(), newTrack(), newTrack()}
	bar := 0
	for i := range song {
		b.perform(&song[i], bar)
		bar += len(song[i].chords)
	}
	out := b.mixdown()
	return clip.Clip{Name: "music", Rate: Rate, Loop: true, Samples: [][]float32{out.l.short(), out.r.short()}}
}

// perform plays a part from a bar on.
func (b *band) perform(p *part, from int) {
	bars := len(p.chords)
	for bar, c := range p.chords {
		at := (from + bar) * barFrames
		b.beat(p, bar, at)
		// Filters open through a part.
		bright := p.bright * (0.65 + 0.35*float64(bar+1)/float64(bars))
		b.bassline(pick(p.bass, bar), c, at, bright)
		b.arpeggio(pick(p.arp, bar), c, at, bright)
		b.chords(c, at, p.pad, bright)
	}
	before := 0.0
	for _, m := range p.lead {
		pitch := float64(m.pitch)
		if before == 0 {
			before = pitch
		}
		length := float64(m.length*stepFrames) / Rate
		b.lead.put(leadNote(before, pitch, length), from*barFrames+m.step*stepFrames, 1, 0)
		before = pitch
	}
	if p.rise {
		b.air.put(riser(float64(bars*barFrames)/Rate), from*barFrames, 0.5, 0)
	}
	if p.crash {
		b.air.put(crashCymbal(), from*barFrames, 0.5, 0.15)
	}
}

func pick(patterns []string, bar int) string {
	if len(patterns) == 0 {
		return ""
	}
	return patterns[bar%len(patterns)]
}

// beat plays one bar of drums.
func (b *band) beat(p *part, bar, at int) {
	struck(pick(p.kick, bar), func(step int, hard float64) { b.kick.put(kickDrum(hard), at+step, 1, 0) })
	struck(pick(p.snare, bar), func(step int, hard float64) { b.drums.put(snareDrum(hard), at+step, 0.8, 0) })
	struck(pick(p.hat, bar), func(step int, hard float64) { b.drums.put(hatCymbal(hard, 0.018), at+step, 0.75, 0.25) })
	struck(pick(p.open, bar), func(step int, hard float64) { b.drums.put(hatCymbal(hard, 0.06), at+step, 0.55, -0.2) })
	struck(pick(p.tom, bar), func(step int, hard float64) { b.drums.put(tomDrum(hard), at+step, 0.8, 0.9-1.8*hard) })
}

// struck calls hit for each digit of a pattern, with the frame of its step and how
// hard it is, 0..1.
func struck(pattern string, hit func(step int, hard float64)) {
	for i, c := range pattern {
		if c >= '1' && c <= '9' {
			hit(i*stepFrames, float64(c-'0')/9)
		}
	}
}

func (b *band) bassline(pattern string, c chord, at int, bright float64) {
	for i, k := range pattern {
		up, ok := map[rune]int{'r': 0, 'o': 12, 'q': 7, 's': 10}[k]
		if !ok {
			continue
		}
		length := 0.85
		if i%2 == 0 && i+1 < len(pattern) && pattern[i+1] == '.' {
			length = 1.6
		}
		if pattern[1:8] == "......." && i == 0 {
			length = 14 // a held note
		}
		b.bass.put(bassNote(float64(c.bass+up), length*stepFrames/Rate, bright), at+i*stepFrames, 1, 0)
	}
}

func (b *band) arpeggio(pattern string, c chord, at int, bright float64) {
	for i, k := range pattern {
		if k < '0' || k > '5' {
			continue
		}
		n := int(k - '0')
		pitch := c.notes[n%3] + 12*(n/3) + 12
		b.arp.put(arpNote(float64(pitch), bright), at+i*stepFrames, 1, 0.35*math.Sin(float64(i)*1.9))
	}
}

func (b *band) chords(c chord, at int, loud, bright float64) {
	for _, n := range c.notes {
		l, r := padNote(float64(n), float64(barFrames)/Rate, 400+900*bright, 500+1800*bright)
		b.pad.put(l, at, loud, -0.8)
		b.pad.put(r, at, loud, 0.8)
	}
	low, _ := padNote(float64(c.notes[0]-12), float64(barFrames)/Rate, 500, 700)
	b.pad.put(low, at, loud*0.8, 0)
}
