package clip

// edges are where the bands begin, in coefficients, about as wide as the ear's
// critical bands at 32,000 frames a second.
var edges = [...]int{
	0, 2, 4, 6, 8, 10, 13, 16, 20, 24, 29, 35, 42, 51, 62, 76, 93, 114, 140, 172, 212, 262, 324, 400, Block,
}

const (
	bands     = len(edges) - 1
	maxCoarse = 63 // a unit is 2^(coarse/4) / 32768
	zones     = 3  // parts of the spectrum with probabilities of their own
	crowds    = 10 // how much there is around a coefficient
	longUnary = 14 // larger numbers are written out
	maxDigits = 20 // of a number that is written out; a body of noise ends there
)

// model is what both ends know of one channel.
type model struct {
	coarse [bands]int       // of each band when it last had something
	filled [bands]bool      // the band had something in the block before
	was    [Block + 2]int32 // sizes in the block before, from index 1 on
	now    [Block + 2]int32

	some  [bands][4]chance
	move  [bands][2 * maxCoarse]chance
	empty [zones][crowds]chance
	more  [crowds][longUnary]chance
	digit [maxDigits]chance
}

func newModel() *model {
	m := new(model)
	for b := range bands {
		m.coarse[b] = 24
		fresh(m.some[b][:])
		fresh(m.move[b][:])
	}
	for z := range zones {
		fresh(m.empty[z][:])
	}
	for c := range crowds {
		fresh(m.more[c][:])
	}
	fresh(m.digit[:])
	return m
}

func fresh(cs []chance) {
	for i := range cs {
		cs[i] = newChance()
	}
}

// block passes one block through the stream: coarse and q are read when writing
// and filled when reading. A band without anything has all zeros in q.
func (m *model) block(c *coder, coarse *[bands]int, q *[Block]int32) {
	m.now = [Block + 2]int32{}
	before := 0
	for b := range bands {
		from, to := edges[b], edges[b+1]
		context := before
		if m.filled[b] {
			context += 2
		}
		before = c.bit(&m.some[b][context], anything(q[from:to]))
		m.filled[b] = before == 1
		if before == 0 {
			clear(q[from:to])
			continue
		}
		m.coarse[b] = m.step(c, b, coarse[b])
		coarse[b] = m.coarse[b]
		for k := from; k < to; k++ {
			q[k] = m.coefficient(c, k, b*zones/bands, q[k])
		}
	}
	m.was = m.now
}

func anything(q []int32) int {
	for _, v := range q {
		if v != 0 {
			return 1
		}
	}
	return 0
}

// step passes how coarse band b is: the change folded to a number from 0, in
// unary.
func (m *model) step(c *coder, b, coarse int) int {
	folded := (coarse - m.coarse[b]) * 2
	if folded < 0 {
		folded = -folded - 1
	}
	n := 0
	for ; n < len(m.move[b]); n++ {
		if c.bit(&m.move[b][n], flag(n < folded)) == 0 {
			break
		}
	}
	change := n / 2
	if n%2 == 1 {
		change = -(n + 1) / 2
	}
	return min(max(m.coarse[b]+change, 0), maxCoarse)
}

// coefficient passes one coefficient, with the sizes of those around it, earlier in
// this block and in the block before, as its context.
func (m *model) coefficient(c *coder, k, zone int, v int32) int32 {
	size := max(v, -v)
	around := 2*m.now[k] + m.was[k] + 2*m.was[k+1] + m.was[k+2]
	if k > 0 {
		around += m.now[k-1]
	}
	crowd := crowded(around)
	if c.bit(&m.empty[zone][crowd], flag(size > 0)) == 0 {
		return 0
	}
	n := int32(1)
	for n <= longUnary && c.bit(&m.more[crowd][n-1], flag(size > n)) == 1 {
		n++
	}
	if n > longUnary {
		n += m.large(c, size-n)
	}
	m.now[k+1] = n
	if c.flat(flag(v < 0)) == 1 {
		return -n
	}
	return n
}

// large passes a number of any size: how many digits, then the digits
// (exponential Golomb code).
func (m *model) large(c *coder, v int32) int32 {
	v = max(v, 0) + 1 // reading, it means nothing
	digits := 0
	for v>>(digits+1) != 0 {
		digits++
	}
	n := 0
	for n < maxDigits-1 && c.bit(&m.digit[n], flag(n < digits)) == 1 {
		n++
	}
	out := int32(1)
	for i := n - 1; i >= 0; i-- {
		out = out<<1 | int32(c.flat(int(v>>i&1)))
	}
	return out - 1
}

func crowded(around int32) int {
	switch {
	case around < 4:
		return int(around)
	case around < 6:
		return 4
	case around < 9:
		return 5
	case around < 14:
		return 6
	case around < 22:
		return 7
	case around < 40:
		return 8
	}
	return 9
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
