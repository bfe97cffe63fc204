package belief

// What the tests outside of the package may see of its inside.

// MaxBolts and MaxNotes are the caps of a cell and of what is noted of it.
const (
	MaxBolts = maxBolts
	MaxNotes = maxNotes
)

// PriorTable returns the probabilities a chunk begins with.
func PriorTable() []uint16 {
	table := make([]uint16, 0, len(prior))
	for _, p := range prior {
		table = append(table, uint16(p))
	}
	return table
}
