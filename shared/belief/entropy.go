package belief

// The binary range coder behind every chunk: the carry-propagating coder of LZMA
// (Pavlov; see also Martin, Range encoding, 1979), with 12-bit probabilities; its
// reader is stated in the package's comment. Two things differ, because a chunk is
// about a hundred bytes long: the leading zero byte is not written, and up to maxTrim
// trailing zero bytes are not either: a reader finds zeros behind the end.

const (
	probBits  = 12
	probOne   = 1 << probBits
	probRate  = 5  // a probability moves 1/32 of the way to what was seen
	probFloor = 31 // and so never goes below this, nor above probOne minus this
	rangeTop  = 1 << 24
	maxTrim   = 32 // trailing zero bytes left out at most
)

// prob is the probability that the next bit of a context is 0, in 1/4096.
type prob uint16

func (p *prob) saw(bit int) {
	is := *p + (probOne-*p)>>probRate
	if bit != 0 {
		is = *p - *p>>probRate
	}
	*p = is
}

// split returns the part of the range that stands for a 0.
func (p prob) split(width uint32) uint32 { return (width >> probBits) * uint32(p) }

// encoder turns bits and their probabilities into bytes.
type encoder struct {
	out     []byte
	low     uint64
	width   uint32
	held    byte // last byte, kept back until no carry can reach it
	pending int  // 0xff bytes behind held
	started bool // held is a byte of the stream, not the leading zero
}

func (e *encoder) reset(out []byte) { *e = encoder{out: out, width: 0xffffffff} }

// encode takes the lower part of the range for a 0 and the upper one for a 1. Which it is
// no processor can guess, so that there is no branch on it.
func (e *encoder) encode(p prob, bit int) {
	bound, upper := p.split(e.width), -uint32(bit)
	e.low += uint64(bound & upper)
	e.width = bound + (e.width-2*bound)&upper
	for e.width < rangeTop {
		e.width <<= 8
		e.shift()
	}
}

// raw encodes the low n bits of v, highest first, each under an even probability: what
// encode would write, bit by bit.
func (e *encoder) raw(n uint, v uint32) {
	for n > 0 {
		n--
		bound, upper := probOne/2*(e.width>>probBits), -(v >> n & 1)
		e.low += uint64(bound & upper)
		e.width = bound + (e.width-2*bound)&upper
		if e.width < rangeTop { // once is enough: it has halved
			e.width <<= 8
			e.shift()
		}
	}
}

// shift moves the top byte of low out.
func (e *encoder) shift() {
	if e.low < 0xff000000 || e.low > 0xffffffff {
		carry := byte(e.low >> 32)
		if e.started {
			e.out = append(e.out, e.held+carry)
		}
		for ; e.pending > 0; e.pending-- {
			e.out = append(e.out, 0xff+carry)
		}
		e.held, e.started = byte(e.low>>24), true
	} else {
		e.pending++
	}
	e.low = e.low << 8 & 0xffffffff
}

// finish ends the stream with the fewest bytes that name a number in the range.
func (e *encoder) finish(start int) []byte {
	for keep := uint(32); ; keep -= 8 { // zero as many low bits as fit
		mask := uint64(1)<<keep - 1
		if v := (e.low + mask) &^ mask; v < e.low+uint64(e.width) {
			e.low = v
			break
		}
	}
	for range 5 {
		e.shift()
	}
	least := max(start, len(e.out)-maxTrim)
	for len(e.out) > least && e.out[len(e.out)-1] == 0 {
		e.out = e.out[:len(e.out)-1]
	}
	return e.out
}

// decoder reads what encoder wrote.
type decoder struct {
	in    []byte
	code  uint32
	width uint32
	over  int // zero bytes read behind the end
}

// maxOver is how far behind the end of an honest chunk a decoder looks at most:
// the bytes left out and the four it always holds.
const maxOver = maxTrim + 4

func (d *decoder) reset(in []byte) {
	*d = decoder{in: in, width: 0xffffffff}
	for range 4 {
		d.code = d.code<<8 | d.next()
	}
}

func (d *decoder) next() uint32 {
	if len(d.in) == 0 {
		d.over++
		return 0
	}
	b := d.in[0]
	d.in = d.in[1:]
	return uint32(b)
}

// spent reports whether more was read than an honest chunk holds.
func (d *decoder) spent() bool { return d.over > maxOver }

func (d *decoder) decode(p prob) (bit int) {
	bound := p.split(d.width)
	if d.code < bound {
		d.width = bound
	} else {
		d.code -= bound
		d.width -= bound
		bit = 1
	}
	for d.width < rangeTop {
		d.width <<= 8
		d.code = d.code<<8 | d.next()
	}
	return bit
}
