package archive

import (
	"strconv"

	"ionwake/shared/replay"
)

// Reel takes one match down; see room.Reel. Its methods are called in the tick and do
// not block.
type Reel struct {
	archive *Archive
	head    replay.Head
	spare   chan *replay.Piece // memory that nobody uses
	seen    [][16]byte         // who came since the last piece
	made    int
	lost    bool // something found no place: nothing more of it is kept

	// The goroutine of the archive's alone:
	volume volume
}

// Begin begins a recording; nil: the archive is closed. A match that is recorded in
// parts, as over a restart, has a number behind its ID in each but the first.
func (a *Archive) Begin(h replay.Head) *Reel {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed || !validID(h.ID) {
		return nil
	}
	h.Program = a.cfg.Program
	id := h.ID
	for n := 2; a.taken[h.ID]; n++ {
		h.ID = id + "-" + strconv.Itoa(n)
	}
	a.taken[h.ID] = true
	r := &Reel{archive: a, head: h, spare: make(chan *replay.Piece, piecesEach)}
	a.reels[r] = struct{}{}
	return r
}

// Saw notes who is in the recording from now on.
func (r *Reel) Saw(person [16]byte) { r.seen = append(r.seen, person) }

// Spare returns memory for a piece; nil: the disk is too slow.
func (r *Reel) Spare() *replay.Piece {
	select {
	case p := <-r.spare:
		return p
	default:
	}
	if r.made == piecesEach || r.lost {
		return nil
	}
	r.made++
	return new(replay.Piece)
}

// Keep takes a piece.
func (r *Reel) Keep(p *replay.Piece) {
	if !r.lost {
		r.lost = !r.archive.hand(errand{reel: r, people: r.seen, piece: p})
	}
	if !r.lost {
		r.seen = nil
	}
}

// End takes the last piece. What finds no place is found at the next start, if it is in
// a folder.
func (r *Reel) End(p *replay.Piece, e replay.End) {
	if r.lost {
		p = nil
		e.Why = replay.Full
	}
	_ = r.archive.hand(errand{reel: r, people: r.seen, piece: p, end: &e})
}

// validID reports whether a replay may have the ID, which is the name of a file: 1 to 40
// letters a to f, digits and hyphens.
func validID(id string) bool {
	for _, c := range []byte(id) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') && c != '-' {
			return false
		}
	}
	return len(id) >= 1 && len(id) <= 40
}
