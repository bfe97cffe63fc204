package main

import (
	"net/http"
	"sync/atomic"

	"ionwake/server/ground"
)

// mapSets is how many sets of grounds are kept at most: a match is over long before so
// many newer ones have been read.
const mapSets = 8

// mapShelf serves the arenas of every set of grounds that there was since the start: a
// match may still be played on one that has changed on the disk meanwhile.
type mapShelf struct {
	stores atomic.Pointer[[]*ground.Store]
}

// add puts a set of grounds on the shelf.
func (m *mapShelf) add(store *ground.Store) {
	stores := []*ground.Store{store}
	if old := m.stores.Load(); old != nil {
		stores = append(stores, (*old)[:min(len(*old), mapSets-1)]...)
	}
	m.stores.Store(&stores)
}

// ServeHTTP implements http.Handler.
func (m *mapShelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	stores := *m.stores.Load()
	for _, s := range stores {
		if s.Has(r.URL.Path) {
			s.ServeHTTP(w, r)
			return
		}
	}
	stores[0].ServeHTTP(w, r)
}
