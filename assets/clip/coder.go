package clip

// The binary range coder with carry of LZMA, with probabilities of 16 bits.

const (
	chanceBits  = 16
	chanceFloor = 1 << 6 // no bit ever costs more than 10
	rangeTop    = 1 << 24
)

// chance is the probability that the next bit of a context is 0: the mean of a
// quick and a slow learner, in 1/65536.
type chance struct{ quick, slow uint16 }

func newChance() chance { return chance{1 << 15, 1 << 15} }

func (c *chance) of(width uint32) uint32 {
	p := (uint32(c.quick) + uint32(c.slow)) / 2
	p = min(max(p, chanceFloor), 1<<chanceBits-chanceFloor)
	return width >> chanceBits * p
}

func (c *chance) saw(bit int) {
	if bit == 0 {
		c.quick += (0xffff - c.quick) >> 4
		c.slow += (0xffff - c.slow) >> 7
	} else {
		c.quick -= c.quick >> 4
		c.slow -= c.slow >> 7
	}
}

// coder is either end of the stream: exactly one of out and in is used. Sharing
// the model's walk between both ends keeps them from drifting apart.
type coder struct {
	width uint32

	writing bool
	out     []byte
	low     uint64
	held    byte // kept back until no carry can reach it
	pending int  // 0xff bytes behind held

	in    []byte
	value uint32
}

func newWriter() coder { return coder{width: 0xffffffff, writing: true} }

func newReader(in []byte) coder {
	c := coder{width: 0xffffffff, in: in}
	for range 5 {
		c.value = c.value<<8 | uint32(c.next())
	}
	return c
}

// next returns zeros behind the end: a body that was cut decodes to noise, not to
// a fault.
func (c *coder) next() byte {
	if len(c.in) == 0 {
		return 0
	}
	b := c.in[0]
	c.in = c.in[1:]
	return b
}

// bit passes one bit of a context through the stream and returns it.
func (c *coder) bit(p *chance, bit int) int {
	bound := p.of(c.width)
	bit = c.narrow(bound, bit)
	p.saw(bit)
	return bit
}

// flat passes one bit through that is as likely 0 as 1.
func (c *coder) flat(bit int) int { return c.narrow(c.width/2, bit) }

func (c *coder) narrow(bound uint32, bit int) int {
	if !c.writing {
		bit = 0
		if c.value >= bound {
			bit = 1
			c.value -= bound
		}
	}
	if bit == 0 {
		c.width = bound
	} else {
		c.low += uint64(bound)
		c.width -= bound
	}
	for c.width < rangeTop {
		c.width <<= 8
		if c.writing {
			c.shift()
		} else {
			c.value = c.value<<8 | uint32(c.next())
		}
	}
	return bit
}

// shift moves the top byte of low out.
func (c *coder) shift() {
	if c.low < 0xff000000 || c.low > 0xffffffff {
		carry := byte(c.low >> 32)
		c.out = append(c.out, c.held+carry)
		for ; c.pending > 0; c.pending-- {
			c.out = append(c.out, 0xff+carry)
		}
		c.held = byte(c.low >> 24)
	} else {
		c.pending++
	}
	c.low = c.low << 8 & 0xffffffff
}

// finish returns the whole stream.
func (c *coder) finish() []byte {
	for range 5 {
		c.shift()
	}
	return c.out
}
