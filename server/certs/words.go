package certs

import (
	"context"
	"errors"
	"net"
	"strings"

	"github.com/mholt/acmez/v3/acme"
)

// hear says what a host has to know of what happens.
func (a *Authority) hear(_ context.Context, event string, data map[string]any) error {
	host, _ := data["identifier"].(string)
	switch event {
	case "cert_obtaining":
		a.cfg.Log.Info("asking for a certificate", "host", host, "authority", a.cfg.Directory)
	case "cert_obtained":
		a.cfg.Log.Info("a certificate has come", "host", host)
	case "cert_failed":
		err, _ := data["error"].(error)
		a.cfg.Log.Error("no certificate was given; this is tried again by itself", "host", host, "error", brief(err), "remedy", remedy(err, host))
	}
	return nil
}

// brief is what the authority says, without what the library has put around it.
func brief(err error) string {
	if p, ok := errors.AsType[acme.Problem](err); ok {
		parts := []string{strings.TrimPrefix(p.Type, acme.ProblemTypeNamespace) + ": " + p.Detail}
		for _, sub := range p.Subproblems {
			parts = append(parts, sub.Detail)
		}
		return oneLine(strings.Join(parts, "; "))
	}
	if err == nil {
		return ""
	}
	return oneLine(err.Error())
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// remedy is what a host can do so that the next attempt succeeds.
func remedy(err error, host string) string {
	var unreachable net.Error
	p, said := errors.AsType[acme.Problem](err)
	switch {
	case !said && errors.As(err, &unreachable):
		return "this machine has to reach the authority: look at its way out and its clock"
	case !said:
		return "see the error"
	}
	switch p.Type {
	case acme.ProblemTypeConnection:
		return "port 80 of " + host + " has to be reachable from the whole Internet: open it in firewall and router"
	case acme.ProblemTypeDNS:
		return "the name " + host + " has to lead to this machine (A or AAAA record)"
	case acme.ProblemTypeUnauthorized, acme.ProblemTypeIncorrectResponse, acme.ProblemTypeTLS:
		return "somebody else answers at " + host + ": the name has to lead to this machine, and nothing may stand in front of port 80"
	case acme.ProblemTypeCAA:
		return "a CAA record of the name forbids this authority"
	case acme.ProblemTypeRateLimited:
		return "too many were asked for lately: wait as long as the authority says"
	case acme.ProblemTypeRejectedIdentifier, acme.ProblemTypeUnsupportedIdentifier:
		return "this authority gives none for " + host
	}
	return "see the error"
}
