package nearest

import (
	"slices"
	"testing"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"kitten", "sitting", 3}, {"spawn", "spawns", 1}, {"flaw", "lawn", 2}} {
		if got := Distance(c.a, c.b); got != c.want {
			t.Errorf("%q to %q: got %d, want %d", c.a, c.b, got, c.want)
		}
		if got := Distance(c.b, c.a); got != c.want {
			t.Errorf("%q to %q: got %d, want %d", c.b, c.a, got, c.want)
		}
	}
}

func TestOf_LikestFirstAndGivenOrderUntouched(t *testing.T) {
	names := []string{"closet", "foundry", "harbour"}
	if got, want := Of("foundy", names), "foundry"; got[0] != want {
		t.Errorf("got %v, want %s first", got, want)
	}
	if !slices.Equal(names, []string{"closet", "foundry", "harbour"}) {
		t.Errorf("the names are now %v", names)
	}
	if got := Of("zzzzzzzzz", []string{"b", "a"}); !slices.Equal(got, []string{"b", "a"}) {
		t.Errorf("got %v, want those equally far in their order", got)
	}
}
