package belief

// prior is the model every chunk starts with: written by go test ./server/room -run Priors -update
// from matches of bots. A part of the wire: another table is another wire version.
var prior = func() (m model) {
	for i := range m {
		m[i] = probOne / 2
	}
	return m
}()
