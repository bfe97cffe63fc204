package admin

import "sync"

// ring keeps the newest of something. Whoever adds is never held up for longer than
// it takes to copy what somebody else reads.
type ring[T any] struct {
	mu    sync.Mutex
	total uint64
	kept  []T
}

func newRing[T any](size int) *ring[T] { return &ring[T]{kept: make([]T, size)} }

func (r *ring[T]) add(one T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept[r.total%uint64(len(r.kept))] = one
	r.total++
}

// since returns what came after the first seen ones, as far as it is kept, the oldest
// first, and what seen is then.
func (r *ring[T]) since(seen uint64) (list []T, now uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	size := uint64(len(r.kept))
	for i := max(seen, r.total-min(r.total, size)); i < r.total; i++ {
		list = append(list, r.kept[i%size])
	}
	return list, r.total
}
