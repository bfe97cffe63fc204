package sim

// ItemKind is a kind of pick-up.
type ItemKind uint8

// The pick-ups. Surge is energy at once; the others are a ship's Boost for a while.
const (
	NoItem      ItemKind = iota
	Surge                // energy
	Overdrive            // guns reload faster
	Aegis                // absorbs one burst of hits
	Afterburner          // more thrust and top speed
	itemKinds
)

// Item is the state of one pick-up point of the arena, in the arena's order. It is
// public.
type Item struct {
	Kind ItemKind // what lies there, or will
	Back Tick     // when it lies there again; 0: it does now
}
