package belief

import "math"

// Kind groups what chunks are spent on.
type Kind uint8

// What bits are spent on.
const (
	KindHead    Kind = iota // about the span as a whole
	KindInput               // buttons and aim of ships
	KindShip                // what happened to ships beyond the rules
	KindBolt                // what happened to bolts beyond the rules
	KindNewShip             // whole ships: spawns, keyframes, cell changes
	KindNewBolt             // whole bolts, likewise
	KindCount
)

// String returns a word for reports.
func (k Kind) String() string {
	return [...]string{"head", "input", "ship", "bolt", "new_ship", "new_bolt"}[k]
}

// Field is one thing that chunks tell, by the names of the layout in the package's
// comment.
type Field uint8

// FieldCount is how many fields there are.
const FieldCount = Field(len(fields))

// Kind returns what the field belongs to.
func (f Field) Kind() Kind { return fields[f].kind }

// String returns the field's name, which is its own within its kind.
func (f Field) String() string { return fields[f].name }

// fields are all fields, each with the places it takes. A flag that says whether a
// field follows belongs to that field.
var fields = [...]struct {
	kind   Kind
	name   string
	places []places
}{
	{KindHead, "harmless", []places{one(ctxHarmless)}},

	{KindInput, "changed", []places{{ctxInput, 4}}},
	{KindInput, "buttons", []places{{ctxButtons, 2}, {ctxPressed, 14}}},
	{KindInput, "aim", []places{one(ctxAim), number(ctxTurn)}},

	{KindShip, "here", []places{{ctxShipHere, 2}}},
	{KindShip, "corrected", []places{one(ctxShipTouched)}},
	{KindShip, "drafting", []places{one(ctxShipField)}},
	{KindShip, "energy", []places{one(ctxShipField + 1), number(ctxShipEnergy)}},
	{KindShip, "velocity", []places{one(ctxShipField + 2), number(ctxShipVel)}},
	{KindShip, "position", []places{one(ctxShipField + 3), number(ctxShipPos)}},
	{KindShip, "timers", []places{one(ctxShipField + 4)}},
	{KindShip, "reload", []places{number(ctxShipReload)}},
	{KindShip, "recharge", []places{number(ctxShipCharge)}},
	{KindShip, "dash", []places{number(ctxShipDash)}},
	{KindShip, "shield", []places{number(ctxShipShield)}},
	{KindShip, "boost", []places{one(ctxShipField + 5), number(ctxShipBoost)}},
	{KindShip, "carrying", []places{one(ctxShipField + 6)}},
	{KindShip, "next_shot", []places{one(ctxShipField + 7), number(ctxShipSeq)}},
	{KindShip, "renewed", []places{one(ctxShipField + 8)}},

	{KindBolt, "here", []places{{ctxBoltHere, 2}}},
	{KindBolt, "corrected", []places{one(ctxBoltTouched)}},
	{KindBolt, "position", []places{number(ctxBoltPos)}},
	{KindBolt, "velocity", []places{number(ctxBoltVel)}},
	{KindBolt, "life", []places{number(ctxBoltLife)}},
	{KindBolt, "bounces", []places{number(ctxBoltBounces)}},
	{KindBolt, "beam", []places{one(ctxAstray), number(ctxVictim)}},

	{KindNewShip, "more", []places{one(ctxShipMore)}},
	{KindNewShip, "id", []places{number(ctxShipID)}},
	{KindNewShip, "hull", []places{one(rawHull)}},
	{KindNewShip, "team", []places{one(rawShipTeam)}},
	{KindNewShip, "buttons", []places{one(rawButtons)}},
	{KindNewShip, "aim", []places{one(ctxEnterBit), one(rawAim)}},
	{KindNewShip, "position", []places{one(rawShipPos)}},
	{KindNewShip, "velocity", []places{number(ctxEnterVel)}},
	{KindNewShip, "energy", []places{number(ctxEnterFull)}},
	{KindNewShip, "timers", []places{number(ctxEnterCount)}},
	{KindNewShip, "boost", []places{one(ctxEnterBit + 1)}},
	{KindNewShip, "drafting", []places{one(ctxEnterBit + 2)}},
	{KindNewShip, "carrying", []places{one(ctxEnterBit + 3)}},
	{KindNewShip, "next_shot", []places{one(rawNextShot)}},

	{KindNewBolt, "more", []places{one(ctxBoltMore)}},
	{KindNewBolt, "owner", []places{number(ctxBoltOwner)}},
	{KindNewBolt, "number", []places{one(rawBoltSeq)}},
	{KindNewBolt, "kind", []places{one(rawBoltKind)}},
	{KindNewBolt, "team", []places{one(rawBoltTeam)}},
	{KindNewBolt, "position", []places{one(rawBoltPos)}},
	{KindNewBolt, "velocity", []places{number(ctxBoltSpeed)}},
	{KindNewBolt, "life", []places{number(ctxBoltAge)}},
	{KindNewBolt, "bounces", []places{number(ctxBoltLeft)}},
}

// places are some neighbouring places: contexts, or those of raw bits.
type places struct {
	from context
	n    int
}

func one(at context) places    { return places{at, 1} }
func number(at context) places { return places{at, numberSize} }

// Meter counts what chunks cost, in bits, and what each context saw. It is for
// reports and for training the priors; a nil Meter costs nothing. Its zero value is
// ready.
type Meter struct {
	bits [placeCount]float64 // by place
	raw  float64             // of them, bits without a model
	seen [contexts][2]uint32
}

// add counts a bit that was coded under p.
func (m *Meter) add(at context, p prob, bit int) {
	share := float64(p) / probOne
	if bit == 1 {
		share = 1 - share
	}
	m.bits[at] -= math.Log2(share)
	m.seen[at][bit]++
}

// addRaw counts n bits without a model.
func (m *Meter) addRaw(at context, n uint) {
	m.bits[at] += float64(n)
	m.raw += float64(n)
}

// Spent returns what was spent on each field, in bits. What ends and bounds a chunk, a
// byte or so each, is not in it.
func (m *Meter) Spent() (bits [FieldCount]float64) {
	for f := range fields {
		for _, p := range fields[f].places {
			for _, b := range m.bits[p.from : int(p.from)+p.n] {
				bits[f] += b
			}
		}
	}
	return bits
}
