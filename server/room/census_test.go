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
		{"strangers", []seat{{person{tag: 1, peer: "a"}, yes}, {person{tag: 2, peer: "b"}, no}, {person{tag: 3, peer: "c"}, silent}}, 3, 1, 1},
		{"unknown networks are not one", []seat{{person{tag: 1, peer: ""}, yes}, {person{tag: 2, peer: ""}, yes}}, 2, 2, 0},
		{"one device on two networks", []seat{{person{tag: 1, peer: "a"}, silent}, {person{tag: 1, peer: "b"}, yes}}, 1, 1, 0},
		{"one network", []seat{{person{tag: 1, peer: "a"}, yes}, {person{tag: 2, peer: "a"}, silent}, {person{tag: 3, peer: "a"}, yes}}, 1, 1, 0},
		{"one no makes a no", []seat{{person{tag: 1, peer: "a"}, yes}, {person{tag: 2, peer: "a"}, no}, {person{tag: 3, peer: "a"}, yes}}, 1, 0, 1},
		{"by way of another", []seat{{person{tag: 1, peer: "a"}, yes}, {person{tag: 2, peer: "b"}, yes}, {person{tag: 1, peer: "b"}, silent}, {person{tag: 4, peer: "d"}, yes}}, 2, 2, 0},
		{"by way of two", []seat{
			{person{tag: 1, peer: "a"}, yes}, {person{tag: 2, peer: "b"}, yes}, {person{tag: 3, peer: "c"}, no}, {person{tag: 1, peer: "b"}, silent}, {person{tag: 2, peer: "c"}, silent},
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
