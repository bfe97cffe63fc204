package view

import (
	"slices"
	"testing"

	"ionwake/client/replica"
)

func TestRank(t *testing.T) {
	for _, tt := range []struct{ scores, want []int }{
		{[]int{0, 0, 0}, []int{0, 0, 0}},
		{[]int{5, 3, 3, 1}, []int{1, 2, 2, 4}},
		{[]int{2, 2, 0}, []int{1, 1, 3}},
		{[]int{0, -1}, []int{1, 2}},
	} {
		var scene replica.Scene
		for _, score := range tt.scores {
			scene.Players = append(scene.Players, replica.PlayerView{Score: score})
		}
		var got []int
		for i := range scene.Players {
			got = append(got, rank(&scene, i))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("scores %v rank %v, want %v", tt.scores, got, tt.want)
		}
	}
}

// TestBoardPlaces: -1 is the line that says how many are left out.
func TestBoardPlaces(t *testing.T) {
	for _, tt := range []struct {
		name        string
		fit, n, own int
		want        []int
	}{
		{"all fit", 3, 3, 2, []int{0, 1, 2}},
		{"own on top", 4, 9, 0, []int{0, 1, 2, none}},
		{"own far below", 4, 9, 7, []int{0, 1, none, 7}},
		{"own where the cut would be", 4, 9, 3, []int{0, 1, none, 3}},
		{"own just above the cut", 4, 9, 2, []int{0, 1, 2, none}},
		{"nobody is own", 3, 9, none, []int{0, 1, none}},
		{"hardly any room", 2, 9, 5, []int{0, 5}},
		{"room for one", 1, 9, 5, []int{5}},
		{"room for one, nobody is own", 1, 9, none, []int{0}},
	} {
		var got []int
		for i := range tt.fit {
			got = append(got, boardPlace(i, tt.fit, tt.n, tt.own))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
