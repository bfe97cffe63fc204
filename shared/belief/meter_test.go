package belief

import "testing"

// Every place that bits are counted at belongs to one field, and no two fields share
// a name: a new field that nobody named would vanish from every report.
func TestFieldsTakeEveryPlace(t *testing.T) {
	var owner [placeCount]string
	names := map[string]bool{}
	for f := range FieldCount {
		name := f.Kind().String() + "." + f.String()
		if names[name] {
			t.Errorf("two fields are called %s", name)
		}
		names[name] = true
		for _, p := range fields[f].places {
			for at := p.from; at < p.from+context(p.n); at++ {
				if owner[at] != "" {
					t.Fatalf("place %d is of %s and of %s", at, owner[at], name)
				}
				owner[at] = name
			}
		}
	}
	for at, name := range owner {
		if name == "" {
			t.Fatalf("place %d is of no field", at)
		}
	}
}
