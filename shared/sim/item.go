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

// String returns the word for k.
func (k ItemKind) String() string {
	return [...]string{"nothing", "surge", "overdrive", "aegis", "afterburner"}[min(k, itemKinds-1)]
}

// Item is the state of one pick-up point of the arena, in the arena's order. It is
// public, an event on the wire: it changes when somebody takes what lies there.
type Item struct {
	Kind ItemKind // what lies there, or will
	Back Tick     // when it lies there again; 0: it does now
}

// layItems puts something onto every pick-up point.
func (w *World) layItems() {
	for i := range w.Items {
		w.Items[i] = Item{Kind: w.itemFor(i)}
	}
}

// itemFor draws what lies at point i next.
func (w *World) itemFor(i int) ItemKind {
	if k := w.Arena.Items[i].Kind; k != NoItem {
		return k
	}
	return Surge + ItemKind(w.Rand.Intn(int(itemKinds-Surge)))
}

// stepItems lets ships take what they fly over, and brings back what was taken.
func (w *World) stepItems() {
	for i := range w.Items {
		it := &w.Items[i]
		if it.Back != 0 && w.Tick >= it.Back {
			it.Back = 0
		}
		if it.Back != 0 {
			continue
		}
		if s := w.toucher(w.Arena.Items[i].Pos, itemReach, NoTeam); s != nil {
			s.Boosted(it.Kind)
			w.emit(Event{Kind: ItemTaken, Who: s.ID, By: NoPlayer, Index: uint8(i)})
			*it = Item{Kind: w.itemFor(i), Back: w.Tick + itemAway}
		}
	}
}

// Boosted gives s what a pick-up gives.
func (s *Ship) Boosted(k ItemKind) {
	if k == Surge {
		s.Energy = min(s.Energy+surge, Hulls[s.Hull].EnergyMax)
		return
	}
	s.Boost, s.BoostFor = k, boostTime[k]
}

// BoostTime returns how long a boost lasts that has just been taken, in ticks.
func BoostTime(k ItemKind) uint16 { return boostTime[min(k, itemKinds-1)] }

// toucher returns the ship with the lowest id that is at most reach from p, of the
// given team if that is one, or nil.
func (w *World) toucher(p Vec, reach Unit, team Team) *Ship {
	first := NoPlayer
	for id := range w.grid.within(p, reach) {
		if id < first && w.Alive(id) && (team == NoTeam || w.Ships[id].Team == team) &&
			w.Ships[id].Pos.Sub(p).Len2() <= int64(reach)*int64(reach) {
			first = id
		}
	}
	return w.Ship(first)
}
