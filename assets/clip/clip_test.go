package clip

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"ionwake/shared/sim"
)

// tune is a sound with something for every part of the codec: tones, noise, a
// sudden beginning in the middle, and silence.
func tune(frames, channels int, loop bool) Clip {
	c := Clip{Name: "tune", Rate: 32000, Loop: loop}
	for ch := range channels {
		r := sim.Rand(uint64(7 + ch))
		lane := make([]float32, frames)
		for i := range lane {
			at := 2 * math.Pi * float64(i) / float64(frames)
			v := 0.3*math.Sin(at*10) + 0.1*math.Sin(at*400+float64(ch))
			if i > frames/2 {
				v += 0.3 * (float64(r.Intn(2001))/1000 - 1) * math.Exp(-float64(i-frames/2)/3000)
			}
			lane[i] = float32(v)
		}
		c.Samples = append(c.Samples, lane)
	}
	return c
}

// The definition of the transform, straight from the paper.
func TestTransformIsWhatItIsCalled(t *testing.T) {
	tr := newTransform()
	r := sim.Rand(3)
	var in [2 * Block]float64
	for i := range in {
		in[i] = float64(r.Intn(2001))/1000 - 1
	}
	var got [Block]float64
	tr.forward(in[:], got[:])
	for k := range got {
		want := 0.0
		for n, v := range in {
			want += v * tr.window[n] * math.Cos(math.Pi/Block*(float64(n)+0.5+Block/2)*(float64(k)+0.5))
		}
		want *= math.Sqrt(2.0 / Block)
		if math.Abs(got[k]-want) > 1e-9 {
			t.Fatalf("coefficient %d is %v, want %v", k, got[k], want)
		}
	}
}

func TestTransformComesBack(t *testing.T) {
	tr := newTransform()
	r := sim.Rand(5)
	in, out := make([]float64, 8*Block), make([]float64, 8*Block)
	for i := range in {
		in[i] = float64(r.Intn(2001))/1000 - 1
	}
	var x [Block]float64
	for b := range 7 {
		tr.forward(in[b*Block:], x[:])
		tr.inverse(x[:], out[b*Block:])
	}
	for i := Block; i < 7*Block; i++ {
		if math.Abs(in[i]-out[i]) > 1e-9 {
			t.Fatalf("sample %d comes back as %v, was %v", i, out[i], in[i])
		}
	}
}

// What a listener gets is near what was made, for all kinds of clips, and nearer
// where more quality was asked for.
func TestSoundComesBack(t *testing.T) {
	for _, c := range []Clip{tune(20*Block, 2, true), tune(20*Block, 1, true), tune(20*Block+77, 1, false), tune(1, 1, false)} {
		t.Run(fmt.Sprintf("%d frames of %d channels", len(c.Samples[0]), len(c.Samples)), func(t *testing.T) {
			before := 0.0
			for _, quality := range []float64{0, 20} {
				got := roundTrip(t, c, quality)
				if got.Name != c.Name || got.Rate != c.Rate || got.Loop != c.Loop || len(got.Samples) != len(c.Samples) || len(got.Samples[0]) != len(c.Samples[0]) {
					t.Fatalf("comes back as %d frames of %d channels of %s", len(got.Samples[0]), len(got.Samples), got.Name)
				}
				ratio := likeness(c, got)
				if len(c.Samples[0]) > 1 && ratio < 9+quality/2 || ratio < before {
					t.Errorf("at quality %v the sound stands %.1f dB above the error, %.1f before", quality, ratio, before)
				}
				before = ratio
			}
		})
	}
}

func roundTrip(t *testing.T, c Clip, quality float64) Clip {
	t.Helper()
	pack, err := Pack([]Clip{c}, quality)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := Parse(pack)
	if err != nil {
		t.Fatal(err)
	}
	return entries[0].Decode()
}

// likeness is the ratio of signal to error, in decibels.
func likeness(want, got Clip) float64 {
	signal, trouble := 0.0, 1e-12
	for ch := range want.Samples {
		for i, v := range want.Samples[ch] {
			signal += float64(v) * float64(v)
			d := float64(v - got.Samples[ch][i])
			trouble += d * d
		}
	}
	return 10 * math.Log10((signal+1e-12)/trouble)
}

// A clip that goes round has no seam: its error across the end is no larger than
// elsewhere.
func TestLoopHasNoSeam(t *testing.T) {
	const frames = 16 * Block
	c := Clip{Name: "hum", Rate: 32000, Loop: true, Samples: [][]float32{make([]float32, frames)}}
	for i := range frames {
		c.Samples[0][i] = float32(0.5 * math.Sin(2*math.Pi*57*float64(i)/frames+1))
	}
	got := roundTrip(t, c, 10)
	inside, seam := 0.0, 0.0
	for i := range frames {
		e := math.Abs(float64(c.Samples[0][i] - got.Samples[0][i]))
		if i < 200 || i > frames-200 {
			seam = max(seam, e)
		} else {
			inside = max(inside, e)
		}
	}
	if seam > inside*1.5 {
		t.Errorf("at the seam the error is %v, elsewhere %v", seam, inside)
	}
}

func TestSameSoundSameBytes(t *testing.T) {
	one, err := Pack([]Clip{tune(4000, 1, false)}, 3)
	if err != nil {
		t.Fatal(err)
	}
	two, err := Pack([]Clip{tune(4000, 1, false)}, 3)
	if err != nil || !slices.Equal(one, two) {
		t.Errorf("two packs of one sound differ (%v)", err)
	}
}

func TestPackRefuses(t *testing.T) {
	flat := func(n int) []float32 { return make([]float32, n) }
	cases := map[string]Clip{
		"no name":        {Rate: 32000, Samples: [][]float32{flat(9)}},
		"no channel":     {Name: "x", Rate: 32000},
		"three channels": {Name: "x", Rate: 32000, Samples: [][]float32{flat(9), flat(9), flat(9)}},
		"no frames":      {Name: "x", Rate: 32000, Samples: [][]float32{{}}},
		"uneven":         {Name: "x", Rate: 32000, Samples: [][]float32{flat(9), flat(8)}},
		"odd rate":       {Name: "x", Rate: 1, Samples: [][]float32{flat(9)}},
		"odd loop":       {Name: "x", Rate: 32000, Loop: true, Samples: [][]float32{flat(Block + 1)}},
	}
	for name, c := range cases {
		if _, err := Pack([]Clip{c}, 0); err == nil {
			t.Errorf("a clip with %s is packed without an error", name)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	pack, err := Pack([]Clip{tune(3000, 1, false), tune(2*Block, 2, true)}, 0)
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(pack) {
		if _, err := Parse(pack[:n]); !errors.Is(err, ErrBad) {
			t.Fatalf("a pack cut to %d of %d bytes: %v", n, len(pack), err)
		}
	}
	if _, err := Parse(append(pack, 0)); !errors.Is(err, ErrBad) {
		t.Errorf("a byte behind the end: %v", err)
	}
}

// Whatever comes, decoding ends, and gives samples between -1 and 1.
func FuzzDecode(f *testing.F) {
	for _, c := range []Clip{tune(3000, 1, false), tune(2*Block, 2, true)} {
		pack, err := Pack([]Clip{c}, 0)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(pack)
	}
	f.Fuzz(func(t *testing.T, pack []byte) {
		entries, err := Parse(pack)
		if err != nil {
			return
		}
		for i := range entries {
			if entries[i].Frames > 1<<14 {
				continue // only slow
			}
			for _, lane := range entries[i].Decode().Samples {
				for _, v := range lane {
					if !(v >= -1 && v <= 1) {
						t.Fatalf("a sample is %v", v)
					}
				}
			}
		}
	})
}
