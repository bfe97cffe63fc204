package doctor

import (
	"crypto/x509"
	"fmt"
	"strings"
	"time"
)

// Judge reads a certificate and its key from their files, and says what is wrong with
// them in one line, or what may be meant so.
type Judge func(now time.Time) (leaf *x509.Certificate, warnings []string, err error)

// soon is how long before its end a certificate is warned of.
const soon = 14 * 24 * time.Hour

// Certificate looks whether the files of a certificate can be used.
func Certificate(judge Judge, now time.Time) Finding {
	leaf, warnings, err := judge(now)
	if err != nil {
		return fail("certificate", err.Error(), "mend that and ask again")
	}
	left := leaf.NotAfter.Sub(now)
	switch {
	case left < min(soon, leaf.NotAfter.Sub(leaf.NotBefore)/4):
		return warn("certificate", fmt.Sprintf("it ends in %d days", int(left.Hours()/24)), "renew it: the server takes the new files by itself")
	case len(warnings) > 0:
		return warn("certificate", strings.Join(warnings, "; "), "that may be meant so")
	}
	return ok("certificate", fmt.Sprintf("good for %s for %d days", strings.Join(leaf.DNSNames, ", "), int(left.Hours()/24)))
}
