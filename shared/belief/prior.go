package belief

// prior is the model every chunk starts with.
var prior = flatPrior()

func flatPrior() (m model) {
	for i := range m {
		m[i] = probOne / 2
	}
	return m
}
