package clip

// Decoder decodes one clip, a block at a time: a program with one thread can do
// something else in between.
type Decoder struct {
	entry  *Entry
	in     coder
	models []*model
	t      *transform
	block  int
	lanes  [][]float64
	units  [maxCoarse + 1]float64
}

// Decoder returns a decoder at the beginning of the clip. It holds 8 bytes per
// sample until Clip is called.
func (e *Entry) Decoder() *Decoder {
	d := &Decoder{entry: e, in: newReader(e.body), t: newTransform()}
	for range e.Channels {
		d.models = append(d.models, newModel())
		// One block more than there are: the last one's second half belongs to the
		// first block and is added there at the end.
		d.lanes = append(d.lanes, make([]float64, (blocks(e.Frames, e.Loop)+1)*Block))
	}
	for i := range d.units {
		d.units[i] = unitOf(i) / fullScale
	}
	return d
}

// Step decodes the next block and reports whether there are more.
func (d *Decoder) Step() (more bool) {
	all := blocks(d.entry.Frames, d.entry.Loop)
	if d.block >= all {
		return false
	}
	for i, m := range d.models {
		var coarse [bands]int
		var q [Block]int32
		var x [Block]float64
		m.block(&d.in, &coarse, &q)
		for b := range bands {
			unit := d.units[coarse[b]]
			for k := edges[b]; k < edges[b+1]; k++ {
				x[k] = float64(q[k]) * unit
			}
		}
		d.t.inverse(x[:], d.lanes[i][d.block*Block:])
	}
	d.block++
	return d.block < all
}

// Clip returns what was decoded. It ends the decoder.
func (d *Decoder) Clip() Clip {
	c := Clip{Name: d.entry.Name, Rate: d.entry.Rate, Loop: d.entry.Loop}
	all := blocks(d.entry.Frames, d.entry.Loop) * Block
	for _, lane := range d.lanes {
		for i := range Block {
			lane[i] += lane[all+i]
		}
	}
	for i := range d.lanes {
		out := make([]float32, d.entry.Frames)
		for j := range out {
			v := d.lanes[i][j]
			if len(d.lanes) == 2 {
				v = d.lanes[0][j] + [...]float64{1, -1}[i]*d.lanes[1][j]
			}
			out[j] = float32(min(max(v, -1), 1))
		}
		c.Samples = append(c.Samples, out)
	}
	d.lanes = nil
	return c
}

// Decode returns the whole clip at once.
func (e *Entry) Decode() Clip {
	d := e.Decoder()
	for d.Step() {
	}
	return d.Clip()
}
