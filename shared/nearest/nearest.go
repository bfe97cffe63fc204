// Package nearest finds what somebody may have meant by a word that does not exist.
package nearest

import (
	"cmp"
	"slices"
)

// Of returns names in a new order: those most like text come first.
func Of(text string, names []string) []string {
	names = slices.Clone(names)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(Distance(text, a), Distance(text, b)) })
	return names
}

// Distance is how many bytes have to be changed, added or taken away to make b of
// a (Levenshtein 1966).
func Distance(a, b string) int {
	row := make([]int, len(b)+1) // from the part of a so far to each beginning of b
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		slant := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := slant
			if a[i] != b[j] {
				change++
			}
			slant = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
