package room

import "testing"

func TestCensusCountsPeople(t *testing.T) {
	type seat struct {
		who person
		say ballot
	}
	tests := []struct {
		name                string
		seats               []seat
		people, yeses, noes int
	}{
		{"nobody", nil, 0, 0, 0},
		{"strangers", []seat{{person{1, "a"}, yes}, {person{2, "b"}, no}, {person{3, "c"}, silent}}, 3, 1, 1},
		{"unknown networks are not one", []seat{{person{1, ""}, yes}, {person{2, ""}, yes}}, 2, 2, 0},
		{"one device on two networks", []seat{{person{1, "a"}, silent}, {person{1, "b"}, yes}}, 1, 1, 0},
		{"one network", []seat{{person{1, "a"}, yes}, {person{2, "a"}, silent}, {person{3, "a"}, yes}}, 1, 1, 0},
		{"one no makes a no", []seat{{person{1, "a"}, yes}, {person{2, "a"}, no}, {person{3, "a"}, yes}}, 1, 0, 1},
		{"by way of another", []seat{{person{1, "a"}, yes}, {person{2, "b"}, yes}, {person{1, "b"}, silent}, {person{4, "d"}, yes}}, 2, 2, 0},
		{"by way of two", []seat{
			{person{1, "a"}, yes}, {person{2, "b"}, yes}, {person{3, "c"}, no}, {person{1, "b"}, silent}, {person{2, "c"}, silent},
		}, 1, 0, 1},
	}
	var c census
	for _, test := range tests {
		c.begin()
		for _, s := range test.seats {
			c.add(s.who, s.say)
		}
		if people, yeses, noes := c.result(); people != test.people || yeses != test.yeses || noes != test.noes {
			t.Errorf("%s: got %d people, %d yes, %d no, want %d, %d, %d", test.name, people, yeses, noes, test.people, test.yeses, test.noes)
		}
	}
}

// A count of a thousand seats of few devices walks no long ways and allocates
// nothing the second time.
func TestCensusOfAThousand(t *testing.T) {
	var c census
	count := func() {
		c.begin()
		for i := range 1000 {
			c.add(person{tag: uint64(i/2 + 1), peer: []string{"", "a", "b"}[i%3]}, yes)
		}
		if people, _, _ := c.result(); people != 1 {
			t.Fatalf("%d people, want 1", people)
		}
	}
	count()
	if n := testing.AllocsPerRun(10, count); n != 0 {
		t.Errorf("%v allocations, want 0", n)
	}
}
