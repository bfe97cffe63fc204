//go:build !js

package main

import (
	"strings"
	"testing"

	"ionwake/client/link"
)

// TestNoticed tells what counts as noticed and what has to be so.
func TestNoticed(t *testing.T) {
	drops := []cause{{ending{Code: link.CodeSlow}, 2}}
	for _, c := range []struct {
		name string
		kind kind
		g    groupReport
		want string
	}{
		{"all well", crowd, groupReport{Players: 3, Joined: 3, InputsLate: 9, Skipped: 9}, ""},
		{"not let in", crowd, groupReport{Players: 3, Joined: 2}, "1 did not"},
		{"dropped", slow, groupReport{Players: 3, Joined: 3, Drops: drops}, "2 connections"},
		{"stalled and thrown out", stalled, groupReport{Players: 3, Joined: 3, Drops: drops}, ""},
		{"mismatch", crowd, groupReport{Mismatches: 4}, "4 times a belief"},
		{"misprediction", witness, groupReport{Mispredictions: 5}, "5 mispredictions"},
	} {
		got := strings.Join(c.g.noticed(c.kind), "; ")
		if !strings.Contains(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTellCountsTheMostFrequentFirst(t *testing.T) {
	var list []cause
	for _, e := range []ending{{Code: 1}, {Code: 2}, {Code: 2, before: true}, {Code: 2, Reason: "other"}} {
		list = tell(list, e)
	}
	if len(list) != 3 || list[0].Code != 2 || list[0].Count != 2 || total(list) != 4 {
		t.Errorf("%+v", list)
	}
}
