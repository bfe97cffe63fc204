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
	h.add(uint64(s.ID) | uint64(s.Hull)<<16 | uint64(s.Held.Buttons)<<24 | uint64(s.Held.Aim)<<32 | uint64(s.Aim)<<48)
	h.addVec(s.Pos)
	h.addVec(s.Vel)
	h.add(uint64(uint32(s.Energy)) | uint64(s.Reload)<<32 | uint64(s.Shield)<<40 | uint64(s.NextSeq)<<48 | uint64(s.Team)<<56)
	h.add(uint64(s.Recharge) | uint64(s.DashIn)<<8 | uint64(s.Boost)<<16 | uint64(s.BoostFor)<<24 |
		bit(s.Drafts)<<40 | bit(s.Carries)<<41)
	return h
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// Hash returns the fingerprint of every field of b.
func (b *Bolt) Hash() Hash {
	h := hashSeed
	h.add(uint64(b.Key()) | uint64(b.Kind)<<32 | uint64(b.Life)<<40 | uint64(b.Bounces)<<56)
	h.add(uint64(b.Team))
	h.addVec(b.Pos)
	h.addVec(b.Vel)
	return h
}

// Hash returns the fingerprint of every field of o.
func (o *Objective) Hash() Hash {
	h := hashSeed
	h.add(uint64(o.Kind) | uint64(o.State)<<8 | uint64(o.Team)<<16 | uint64(o.Carrier)<<24 | uint64(o.Timer)<<40)
	h.addVec(o.Pos)
	h.addVec(o.Home)
	return h
}

// Hash returns the fingerprint of the whole World but for its mode: two Worlds of
// one mode with the same fingerprint will, given the same inputs, stay the same
// for ever.
func (w *World) Hash() Hash {
	h := w.Outline()
	for i := range w.wakes {
		h.addWake(i, &w.wakes[i])
	}
	return h
}

// Outline is Hash without the wakes, which show in who drafts: it costs no look at
// every tile, and a World that was restored from a State has that of its original.
func (w *World) Outline() Hash {
	h := hashSeed
	h.add(uint64(w.Tick))
	h.add(uint64(w.Arena.Hash))
	h.add(uint64(w.Rand))
	h.add(uint64(w.Rules.Warmup) | uint64(w.Rules.Live)<<32)
	h.add(uint64(w.Rules.Results) | uint64(uint16(w.Rules.ScoreLimit))<<32)
	h.add(uint64(w.Match.Phase) | uint64(w.Match.Ends)<<8 | uint64(w.Match.Number)<<40)
	h.add(uint64(uint16(w.Match.Scores[0])) | uint64(uint16(w.Match.Scores[1]))<<16)
	for id := range w.Players {
		p := &w.Players[id]
		h.add(uint64(id) | uint64(p.Status)<<16 | uint64(p.NextSeq)<<24 | uint64(p.SpawnAt)<<32)
		h.add(uint64(uint16(p.Score)) | uint64(uint16(p.Kills))<<16 | uint64(uint16(p.Deaths))<<32 |
			uint64(p.Next.Hull)<<48 | uint64(p.Next.Team)<<52 | uint64(p.Team)<<56)
		if p.Status == Flying {
			h.add(uint64(w.Ships[id].Hash()))
		}
	}
	for i := range w.Bolts {
		h.add(uint64(w.Bolts[i].Hash()))
	}
	for _, it := range w.Items {
		h.add(uint64(it.Kind) | uint64(it.Back)<<32)
	}
	for i := range w.Objectives {
		h.add(uint64(w.Objectives[i].Hash()))
	}
	return h
}

// addWake adds a tile that somebody has passed.
func (h *Hash) addWake(tile int, k *wake) {
	for _, t := range [...]*trail{&k.last, &k.before} {
		if t.since != 0 {
			h.add(uint64(tile) | uint64(t.who)<<32)
			h.add(uint64(t.since))
			h.addVec(t.way)
		}
	}
}
