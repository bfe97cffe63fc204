package clip

// Decoder decodes one clip, a block at a time: a program with one thread can do
// something else in between, and none has to hold the clip twice.
type Decoder struct {
	entry  *Entry
	in     coder
	models []*model
	t      *transform
	units  [maxCoarse + 1]float64
	block  int  // to be read next
	closed bool // the first block, which needs the last one, has been handed out

	head [2][Block]float64 // first half of the first block
	last [2][Block]float64 // second half of the last block read
	full [2][Block]float64
	out  [2][Block]float32
	view [2][]float32
}

// Decoder returns a decoder at the beginning of the clip.
func (e *Entry) Decoder() *Decoder {
	d := &Decoder{entry: e, in: newReader(e.body), t: newTransform()}
	for range e.Channels {
		d.models = append(d.models, newModel())
	}
	for i := range d.units {
		d.units[i] = unitOf(i) / fullScale
	}
	return d
}

// Next returns up to Block frames of each channel and the frame of the clip they
// begin at; the clip's beginning comes last. The samples are valid until the next
// call. Without any, the clip is complete.
func (d *Decoder) Next() (at int, samples [][]float32) {
	all := blocks(d.entry.Frames, d.entry.Loop)
	for d.block < all {
		d.read()
		d.block++
		if d.block > 1 {
			return d.frames(d.block - 1)
		}
	}
	if d.closed {
		return 0, nil
	}
	d.closed = true
	for i := range d.models {
		for j := range Block {
			d.full[i][j] = d.head[i][j] + d.last[i][j]
		}
	}
	return d.frames(0)
}

// read reads a block: its first half completes the one before.
func (d *Decoder) read() {
	for i, m := range d.models {
		var coarse [bands]int
		var q [Block]int32
		var x [Block]float64
		var both [2 * Block]float64
		m.block(&d.in, &coarse, &q)
		for b := range bands {
			unit := d.units[coarse[b]]
			for k := edges[b]; k < edges[b+1]; k++ {
				x[k] = float64(q[k]) * unit
			}
		}
		d.t.inverse(x[:], both[:])
		if d.block == 0 {
			copy(d.head[i][:], both[:Block])
		}
		for j := range Block {
			d.full[i][j] = d.last[i][j] + both[j]
		}
		copy(d.last[i][:], both[Block:])
	}
}

// frames hands out what is in full as the samples of a block.
func (d *Decoder) frames(block int) (at int, samples [][]float32) {
	at = block * Block
	n := min(max(d.entry.Frames-at, 0), Block)
	for j := range n {
		if l := d.full[0][j]; len(d.models) == 2 {
			s := d.full[1][j]
			d.out[0][j], d.out[1][j] = sample(l+s), sample(l-s)
		} else {
			d.out[0][j] = sample(l)
		}
	}
	for i := range d.models {
		d.view[i] = d.out[i][:n]
	}
	return at, d.view[:len(d.models)]
}

func sample(v float64) float32 { return float32(min(max(v, -1), 1)) }

// Decode returns the whole clip at once.
func (e *Entry) Decode() Clip {
	c := Clip{Name: e.Name, Rate: e.Rate, Loop: e.Loop, Samples: make([][]float32, e.Channels)}
	for i := range c.Samples {
		c.Samples[i] = make([]float32, e.Frames)
	}
	d := e.Decoder()
	for at, samples := d.Next(); samples != nil; at, samples = d.Next() {
		for i := range samples {
			copy(c.Samples[i][min(at, e.Frames):], samples[i])
		}
	}
	return c
}
