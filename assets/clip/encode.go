package clip

import "math"

const fullScale = 32768.0

// roundUp is the fraction from which a coefficient is rounded up. Less than half
// would be: small ones cost more than they are worth.
const roundUp = 0.62

// encode returns the body of c.
func encode(c *Clip, quality float64) []byte {
	lanes := split(c)
	w := newWriter()
	t := newTransform()
	models, ears := make([]*model, len(lanes)), make([]ear, len(lanes))
	for i := range lanes {
		models[i] = newModel()
		ears[i] = newEar(c.Rate, quality)
	}
	var in [2 * Block]float64
	var out [Block]float64
	for b := range blocks(len(c.Samples[0]), c.Loop) {
		var aside [bands]float64
		for i, lane := range lanes {
			for j := range in {
				in[j] = lane[(b*Block+j)%len(lane)]
			}
			t.forward(in[:], out[:])
			coarse := ears[i].listen(&out, &aside)
			var q [Block]int32
			quantise(&out, &coarse, &q)
			models[i].block(&w, &coarse, &q)
		}
	}
	return w.finish()
}

// split returns the channels as they are coded, in full scale and padded with
// silence to whole blocks.
func split(c *Clip) [][]float64 {
	n := blocks(len(c.Samples[0]), c.Loop) * Block
	lanes := make([][]float64, len(c.Samples))
	for i := range lanes {
		lanes[i] = make([]float64, n)
	}
	for i := range c.Samples[0] {
		if len(lanes) == 1 {
			lanes[0][i] = float64(c.Samples[0][i]) * fullScale
			continue
		}
		l, r := float64(c.Samples[0][i]), float64(c.Samples[1][i])
		lanes[0][i], lanes[1][i] = (l+r)/2*fullScale, (l-r)/2*fullScale
	}
	return lanes
}

func quantise(x *[Block]float64, coarse *[bands]int, q *[Block]int32) {
	for b := range bands {
		unit := unitOf(coarse[b])
		for k := edges[b]; k < edges[b+1]; k++ {
			n := int32(math.Abs(x[k])/unit + 1 - roundUp)
			if x[k] < 0 {
				n = -n
			}
			q[k] = n
		}
	}
}

// unitOf is the size of 1 in a band, in full scale.
func unitOf(coarse int) float64 { return math.Exp2(float64(coarse) / 4) }

// ear says how much noise each band of a channel bears: less than what is there by
// some decibels, more beside something loud, not more than a moment before (what
// begins suddenly must not be announced by its own noise), and always what nobody
// hears in silence. The scheme is that of the first perceptual coders (Johnston,
// Transform coding of audio signals using perceptual noise criteria, 1988), with
// fixed figures.
type ear struct {
	below  [bands]float64 // share of the power in a band that noise may have
	quiet  [bands]float64 // power per coefficient that nobody hears
	before [bands]float64 // what was borne in the last block
}

const (
	maskUp, maskDown  = 0.10, 0.0063 // per band: 10 dB towards high, 22 dB towards low
	sideLow, sideHigh = 0.1, 0.5     // share of the middle's noise that the side may have at least, by band
	suddenly          = 4.0          // noise may grow so much in power per block
	loudest           = 92.0         // decibels of sound pressure of a full-scale sine
)

func newEar(rate int, quality float64) ear {
	var e ear
	for b := range bands {
		middle := float64(edges[b]+edges[b+1]) / 2 * float64(rate) / (2 * Block) / 1000 // kHz
		// Pure tones are more common below, and hide less than noise does.
		margin := 11 + 5*math.Exp(-middle/2) + quality
		e.below[b] = math.Pow(10, -margin/10)
		share := float64(edges[b+1]-edges[b]) / Block
		e.quiet[b] = fullScale * fullScale / 2 / share * math.Pow(10, (silence(middle)-loudest)/10)
		e.before[b] = e.quiet[b]
	}
	return e
}

// silence is the threshold of hearing in quiet, in decibels of sound pressure, at a
// frequency in kHz (Terhardt, Calculating virtual pitch, 1979).
func silence(f float64) float64 {
	f = max(f, 0.05)
	return 3.64*math.Pow(f, -0.8) - 6.5*math.Exp(-0.6*(f-3.3)*(f-3.3)) + 0.001*math.Pow(f, 4)
}

// listen returns how coarse each band may be. Noise up to aside is hidden by another
// channel; what this one hides of the next is left there.
func (e *ear) listen(x *[Block]float64, aside *[bands]float64) (coarse [bands]int) {
	var power [bands]float64
	for b := range bands {
		for k := edges[b]; k < edges[b+1]; k++ {
			power[b] += x[k] * x[k]
		}
		power[b] /= float64(edges[b+1] - edges[b])
	}
	for b := range bands {
		most := 0.0
		for other := range bands {
			fade := math.Pow(maskUp, float64(b-other))
			if other > b {
				fade = math.Pow(maskDown, float64(other-b))
			}
			most = max(most, power[other]*fade)
		}
		borne := min(most*e.below[b], e.before[b]*suddenly)
		borne = max(borne, e.quiet[b], aside[b])
		aside[b] = borne * (sideLow + (sideHigh-sideLow)*float64(b)/float64(bands-1))
		e.before[b] = max(most*e.below[b], e.quiet[b])
		// The noise of rounding to multiples of u has the power u*u/12.
		c := math.Floor(4 * math.Log2(math.Sqrt(12*borne)))
		coarse[b] = int(min(max(c, 0), maxCoarse))
	}
	return coarse
}
