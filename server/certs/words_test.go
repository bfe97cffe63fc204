package certs

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/mholt/acmez/v3/acme"
)

// O4: what an authority says comes with what a host can do about it.
func TestFault_O4_RemediesForRefusals(t *testing.T) {
	problem := func(kind string) error {
		return fmt.Errorf("asking: %w", acme.Problem{Type: kind, Detail: "line one\nline two", Subproblems: []acme.Subproblem{{Problem: acme.Problem{Detail: "and more"}}}})
	}
	for _, tt := range []struct {
		err  error
		want string
	}{
		{problem(acme.ProblemTypeConnection), "port 80 of play.example.org has to be reachable"},
		{problem(acme.ProblemTypeDNS), "has to lead to this machine (A or AAAA record)"},
		{problem(acme.ProblemTypeUnauthorized), "somebody else answers at play.example.org"},
		{problem(acme.ProblemTypeIncorrectResponse), "somebody else answers"},
		{problem(acme.ProblemTypeCAA), "CAA record"},
		{problem(acme.ProblemTypeRateLimited), "wait"},
		{problem(acme.ProblemTypeRejectedIdentifier), "gives none for play.example.org"},
		{problem(acme.ProblemTypeServerInternal), "see the error"},
		{&net.OpError{Op: "dial", Err: errors.New("refused")}, "look at its way out"},
		{errors.New("disk full"), "see the error"},
	} {
		if got := remedy(tt.err, "play.example.org"); !strings.Contains(got, tt.want) {
			t.Errorf("%v: got %q, want %q in it", tt.err, got, tt.want)
		}
	}
	if got, want := brief(problem(acme.ProblemTypeDNS)), "dns: line one line two; and more"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
