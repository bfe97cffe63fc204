package belief

import (
	"bytes"
	"fmt"
	"math"
)

// priorWeight is how many chunk bits of flat belief the training keeps, so that
// what was hardly ever seen is not taken for impossible.
const priorWeight = 4

func (m *Meter) trained(at int) prob {
	zeros, ones := float64(m.seen[at][0]), float64(m.seen[at][1])
	p := (zeros + priorWeight) / (zeros + ones + 2*priorWeight) * probOne
	return prob(min(max(math.Round(p), probFloor), probOne-probFloor))
}

// Cost returns what the modelled bits that m counted cost in bits: in truth, with
// probabilities that adapt; and under a table trained on them that does not.
func (m *Meter) Cost() (spent, trained float64) {
	for _, b := range m.bits {
		spent += b
	}
	spent -= m.raw
	for at := range m.seen {
		p := float64(m.trained(at)) / probOne
		trained -= float64(m.seen[at][0])*math.Log2(p) + float64(m.seen[at][1])*math.Log2(1-p)
	}
	return spent, trained
}

// Prior returns the source of prior.go trained on what m saw, for gofmt to set
// right: the formatter must not be in every player's download.
func (m *Meter) Prior() []byte {
	var b bytes.Buffer
	b.WriteString("package belief\n\n// prior is the model every chunk starts with: written by go test ./server/room -run Priors -update\n")
	b.WriteString("// from matches of bots. A part of the wire: another table is another wire version.\nvar prior = model{")
	for at := range m.seen {
		if at%16 == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%d, ", m.trained(at))
	}
	b.WriteString("\n}\n")
	return b.Bytes()
}
