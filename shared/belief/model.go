package belief

// context is the place of a probability in a model: the table "Places" of the
// package's comment, in its order.
type context int

// Contexts of single bits take one place for each state named, numbers take
// numberSize.
const (
	ctxHarmless context = iota // hits do no damage in this span

	ctxInput                      // +firing+2*(not the span's first tick): a ship's input changes
	ctxButtons = ctxInput + 4     // +firing: the buttons change, not only the aim
	ctxAim     = ctxButtons + 2   // the aim changes too, the buttons having changed
	ctxPressed = ctxAim + 1       // +2*button+held: this button flips
	ctxTurn    = ctxPressed + 7*2 // number: by how much the aim turns

	ctxShipHere    = ctxTurn + numberSize      // +predicted: the ship is in the cell
	ctxShipTouched = ctxShipHere + 2           // something no rule foresaw
	ctxShipField   = ctxShipTouched + 1        // +field: which
	ctxShipPos     = ctxShipField + shipFields // numbers
	ctxShipVel     = ctxShipPos + numberSize
	ctxShipEnergy  = ctxShipVel + numberSize
	ctxShipReload  = ctxShipEnergy + numberSize
	ctxShipCharge  = ctxShipReload + numberSize
	ctxShipDash    = ctxShipCharge + numberSize
	ctxShipShield  = ctxShipDash + numberSize
	ctxShipBoost   = ctxShipShield + numberSize
	ctxShipSeq     = ctxShipBoost + numberSize

	ctxBoltHere    = ctxShipSeq + numberSize // +predicted
	ctxBoltTouched = ctxBoltHere + 2
	ctxBoltPos     = ctxBoltTouched + 1 // numbers
	ctxBoltVel     = ctxBoltPos + numberSize
	ctxBoltLife    = ctxBoltVel + numberSize
	ctxBoltBounces = ctxBoltLife + numberSize

	ctxShipMore   = ctxBoltBounces + numberSize // another ship enters
	ctxEnterBit   = ctxShipMore + 1             // +which: aims elsewhere, boosted, drafts, carries
	ctxShipID     = ctxEnterBit + 4             // numbers of a ship that enters
	ctxEnterVel   = ctxShipID + numberSize
	ctxEnterFull  = ctxEnterVel + numberSize  // missing energy
	ctxEnterCount = ctxEnterFull + numberSize // timers

	ctxBoltMore  = ctxEnterCount + numberSize // another bolt enters
	ctxBoltOwner = ctxBoltMore + 1            // numbers of a bolt that enters
	ctxBoltSpeed = ctxBoltOwner + numberSize
	ctxBoltAge   = ctxBoltSpeed + numberSize
	ctxBoltLeft  = ctxBoltAge + numberSize // bounces gone

	ctxAstray = ctxBoltLeft + numberSize // a beam struck another than the cell says
	ctxVictim = ctxAstray + 1            // number: the place of whom it struck, from 1

	contexts = ctxVictim + numberSize
)

// Places of raw bits that stand beside no context of their field, for the meter.
const (
	rawHull = contexts + iota
	rawShipTeam
	rawButtons
	rawAim
	rawShipPos
	rawNextShot
	rawBoltSeq
	rawBoltKind
	rawBoltTeam
	rawBoltPos

	placeCount
)

// shipFields is how many groups of fields of a ship are corrected separately.
const shipFields = 9

// A number takes a zero flag, a sign, a unary exponent and, for each exponent, the
// two bits below the leading one.
const (
	numberExps = 26
	numberSize = 2 + numberExps + 3*numberExps
)

// model is a set of adaptive probabilities.
type model [contexts]prob

// coder writes or reads one chunk. The same calls, in the same order, do both, so
// that the two directions cannot drift apart: each takes the value to write and
// returns the value, written or read.
type coder struct {
	writing   bool
	enc       encoder
	dec       decoder
	model     model
	surprised bool // something was written that the rules did not foresee
	meter     *Meter
}

// bit codes one bit under an adaptive probability.
func (c *coder) bit(at context, bit int) int {
	p := &c.model[at]
	if c.writing {
		c.enc.encode(*p, bit)
		if c.meter != nil {
			c.meter.add(at, *p, bit)
		}
	} else {
		bit = c.dec.decode(*p)
	}
	p.saw(bit)
	return bit
}

// flag codes a truth value.
func (c *coder) flag(at context, v bool) bool {
	bit := 0
	if v {
		bit = 1
	}
	return c.bit(at, bit) == 1
}

// raw codes the low n bits of v as they are, highest first. The meter counts them at
// a place.
func (c *coder) raw(at context, n uint, v uint32) (out uint32) {
	if c.writing {
		if c.meter != nil {
			c.meter.addRaw(at, n)
		}
		c.enc.raw(n, v)
		return v & (1<<n - 1)
	}
	for range n {
		out = out<<1 | uint32(c.dec.decode(probOne/2))
	}
	return out
}

// number codes a signed number of at most 26 bits, small ones cheaply: zero flag,
// sign, unary exponent, two modelled bits, the rest raw.
func (c *coder) number(at context, v int32) int32 {
	if !c.flag(at, v != 0) {
		return 0
	}
	negative := c.flag(at+1, v < 0)
	if v < 0 {
		v = -v
	}
	m := c.magnitude(at+2, uint32(v))
	if negative {
		return -int32(m)
	}
	return int32(m)
}

// magnitude codes 1 <= v < 1<<26.
func (c *coder) magnitude(at context, v uint32) uint32 {
	exp := context(0)
	for exp < numberExps-1 && c.flag(at+exp, v>>(uint(exp)+1) != 0) {
		exp++
	}
	out, low := uint32(1), uint(exp)
	tops := at + numberExps + 3*exp
	for i := context(0); i < 2 && low > 0; i++ {
		low--
		place := tops
		if i == 1 {
			place = tops + 1 + context(out&1)
		}
		out = out<<1 | uint32(c.bit(place, int(v>>low&1)))
	}
	return out<<low | c.raw(at, low, v&(1<<low-1))
}
