package sim

// Hash is a 64-bit fingerprint, FNV-1a over 64-bit words: for telling states
// apart, not for secrets.
type Hash uint64

const (
	hashSeed  Hash = 0xcbf29ce484222325
	hashPrime Hash = 0x100000001b3
)

func (h *Hash) add(v uint64) {
	*h = (*h ^ Hash(v)) * hashPrime
	*h ^= *h >> 29
}

func (h *Hash) addVec(v Vec) { h.add(uint64(uint32(v.X)) | uint64(uint32(v.Y))<<32) }

func hashBytes(data []byte) Hash {
	h := hashSeed
	for _, b := range data {
		h.add(uint64(b))
	}
	return h
}

// Hash returns the fingerprint of every field of s.
func (s *Ship) Hash() Hash {
	h := hashSeed
	h.add(uint64(s.ID) | uint64(s.Hull)<<16 | uint64(s.Held.Buttons)<<24 | uint64(s.Held.Aim)<<32)
	h.addVec(s.Pos)
	h.addVec(s.Vel)
	h.add(uint64(uint32(s.Energy)) | uint64(s.Reload)<<32 | uint64(s.Shield)<<40 | uint64(s.NextSeq)<<48)
	return h
}

// Hash returns the fingerprint of every field of b.
func (b *Bolt) Hash() Hash {
	h := hashSeed
	h.add(uint64(b.Key()) | uint64(b.Kind)<<32 | uint64(b.Life)<<40 | uint64(b.Bounces)<<48)
	h.addVec(b.Pos)
	h.addVec(b.Vel)
	return h
}

// Hash returns the fingerprint of the whole World but for its mode: two Worlds of
// one mode with the same fingerprint will, given the same inputs, stay the same
// for ever.
func (w *World) Hash() Hash {
	h := hashSeed
	h.add(uint64(w.Tick))
	h.add(uint64(w.Arena.Hash))
	h.add(uint64(w.Rand))
	h.add(uint64(w.Rules.Warmup) | uint64(w.Rules.Live)<<32)
	h.add(uint64(w.Rules.Results) | uint64(uint16(w.Rules.ScoreLimit))<<32)
	h.add(uint64(w.Match.Phase) | uint64(w.Match.Ends)<<8 | uint64(w.Match.Number)<<40)
	for id := range w.Players {
		p := &w.Players[id]
		h.add(uint64(id) | uint64(p.Status)<<16 | uint64(p.NextSeq)<<24 | uint64(p.SpawnAt)<<32)
		h.add(uint64(uint16(p.Score)) | uint64(uint16(p.Kills))<<16 | uint64(uint16(p.Deaths))<<32 | uint64(p.Hull)<<48)
		if p.Status == Flying {
			h.add(uint64(w.Ships[id].Hash()))
		}
	}
	for i := range w.Bolts {
		h.add(uint64(w.Bolts[i].Hash()))
	}
	return h
}
