//go:build !js

package sound

import (
	"encoding/binary"
	"math"
	"sync"
)

// mixer is an output that adds everything up itself, for devices that want samples.
type mixer struct {
	mu    sync.Mutex
	rate  int // frames a second of what it makes
	clips [cues + 1]*tape
	want  state
	heads [voices]head
	gone  [voices]head // what each voice played before, fading
	music head
	limit float32 // gain that keeps the sum within bounds
	bus   [2][chunk]float32

	coming [cues + 1]*tape // being filled by the loader
}

// tape is a clip in memory.
type tape struct {
	rate    int
	samples [][]float32
}

// head is where a voice reads.
type head struct {
	serial      int32
	tape        *tape
	round       bool
	pos         float64 // in frames of the tape
	rate        float32
	left, right float32 // gains at the end of the last chunk
}

const (
	chunk   = 128   // frames that gains glide over
	ceiling = 0.891 // -1 dB: what devices do with more is their own affair
	release = 0.004 // share of the way back that the limiter goes in a chunk
)

func newMixer(rate int) *mixer {
	m := &mixer{rate: rate, limit: 1}
	for i := range m.want.voices {
		m.want.voices[i].clip = noClip
	}
	return m
}

func (m *mixer) begin(clip, rate, channels, frames int) {
	t := &tape{rate: rate, samples: make([][]float32, channels)}
	for i := range t.samples {
		t.samples[i] = make([]float32, frames)
	}
	m.coming[clip] = t
}

func (m *mixer) fill(clip, at int, samples [][]float32) {
	for i := range samples {
		copy(m.coming[clip].samples[i][min(at, len(m.coming[clip].samples[i])):], samples[i])
	}
}

func (m *mixer) done(clip int) {
	m.mu.Lock()
	m.clips[clip], m.coming[clip] = m.coming[clip], nil
	m.mu.Unlock()
}

func (m *mixer) show(s *state) {
	m.mu.Lock()
	m.want = *s
	m.mu.Unlock()
}

func (m *mixer) alone(bool)     {} // a desktop's windows are updated always
func (m *mixer) trouble() error { return nil }

// Read fills p with stereo frames of two 32-bit floats, little endian. It never
// fails and never ends.
func (m *mixer) Read(p []byte) (int, error) {
	const frame = 8
	n := len(p) / frame
	for done := 0; done < n; done += chunk {
		count := min(chunk, n-done)
		m.mix(count)
		for i := range count {
			at := p[(done+i)*frame:]
			binary.LittleEndian.PutUint32(at, math.Float32bits(m.bus[0][i]))
			binary.LittleEndian.PutUint32(at[4:], math.Float32bits(m.bus[1][i]))
		}
	}
	return n * frame, nil
}

// mix makes the next frames, at most a chunk.
func (m *mixer) mix(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.bus[0][:n])
	clear(m.bus[1][:n])
	for i := range m.heads {
		m.turn(i)
		m.add(&m.gone[i], n, 0, 0)
		m.gone[i].tape = nil
		v := &m.want.voices[i]
		s, c := math.Sincos(math.Pi / 4 * (1 + float64(v.pan)))
		m.heads[i].rate = v.rate
		m.add(&m.heads[i], n, v.gain*float32(c)*math.Sqrt2, v.gain*float32(s)*math.Sqrt2)
	}
	if m.music.tape == nil {
		m.music = head{tape: m.clips[musicClip], round: true, rate: 1}
	}
	m.add(&m.music, n, m.want.music, m.want.music)
	m.bound(n)
}

// turn puts on what voice i should play now; what it played fades within a chunk.
func (m *mixer) turn(i int) {
	v, h := &m.want.voices[i], &m.heads[i]
	if v.clip == noClip || m.clips[v.clip] == nil {
		if h.tape != nil {
			m.gone[i], h.tape = *h, nil
		}
		return
	}
	round := i >= voices-hums
	if h.serial == v.serial && (h.tape != nil || !round) {
		return
	}
	m.gone[i] = *h
	*h = head{serial: v.serial, tape: m.clips[v.clip], round: round}
	if !round { // what goes round glides in
		s, c := math.Sincos(math.Pi / 4 * (1 + float64(v.pan)))
		h.left, h.right = v.gain*float32(c)*math.Sqrt2, v.gain*float32(s)*math.Sqrt2
	}
}

// add adds n frames of what h reads, its gains gliding to left and right.
func (m *mixer) add(h *head, n int, left, right float32) {
	if h.tape == nil {
		return
	}
	step := float64(h.rate) * float64(h.tape.rate) / float64(m.rate)
	dl, dr := (left-h.left)/float32(n), (right-h.right)/float32(n)
	first, last := h.tape.samples[0], h.tape.samples[len(h.tape.samples)-1]
	stereo := len(h.tape.samples) == 2
	frames := float64(len(first))
	for i := range n {
		if h.pos >= frames {
			if !h.round {
				h.tape = nil
				break
			}
			h.pos -= frames
		}
		h.left += dl
		h.right += dr
		l := between(first, h.pos, h.round)
		r := l
		if stereo {
			r = between(last, h.pos, h.round)
		}
		m.bus[0][i] += l * h.left
		m.bus[1][i] += r * h.right
		h.pos += step
	}
	h.left, h.right = left, right
}

// between reads a tape between its samples: a cubic through four of them
// (Catmull and Rom, 1974), which leaves the upper sounds more of their strength
// than a straight line.
func between(t []float32, pos float64, round bool) float32 {
	i := int(pos)
	f := float32(pos - float64(i))
	if i < 1 || i+2 >= len(t) {
		return edge(t, i, f, round)
	}
	return cubic(t[i-1], t[i], t[i+1], t[i+2], f)
}

// edge is between near the ends.
func edge(t []float32, i int, f float32, round bool) float32 {
	var s [4]float32
	for k := range s {
		at := i - 1 + k
		if round {
			at = (at + len(t)) % len(t)
		}
		if at >= 0 && at < len(t) {
			s[k] = t[at]
		}
	}
	return cubic(s[0], s[1], s[2], s[3], f)
}

func cubic(a, b, c, d, f float32) float32 {
	return b + f*0.5*(c-a+f*(2*a-5*b+4*c-d+f*(3*(b-c)+d-a)))
}

// bound keeps the sum within the ceiling: down at once, up again slowly.
func (m *mixer) bound(n int) {
	peak := float32(0)
	for side := range m.bus {
		for _, v := range m.bus[side][:n] {
			peak = max(peak, max(v, -v))
		}
	}
	before, want := m.limit, m.limit+(1-m.limit)*release
	if peak*want > ceiling {
		want = ceiling / peak
	}
	m.limit = want
	step := (want - before) / float32(n)
	for i := range n {
		gain := before + step*float32(i+1)
		for side := range m.bus {
			m.bus[side][i] = min(max(m.bus[side][i]*gain, -ceiling), ceiling)
		}
	}
}
