package main

import (
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"ionwake/shared/wire"
)

// claim is a seat that an earlier run of the program had a moment ago, as when a
// page is loaded again.
type claim struct {
	url, name string
	spectate  bool
	token     []byte
}

// claimFor is for how long a seat may be claimed: servers keep it for as long.
const claimFor = 30 * time.Second

// keeper keeps the seat where the next run finds it.
type keeper interface {
	name(name string)
	seat(now time.Duration, p *play)
	forget()
}

// noKeeper keeps nothing.
type noKeeper struct{}

func (noKeeper) name(string)               {}
func (noKeeper) seat(time.Duration, *play) {}
func (noKeeper) forget()                   {}

// text writes c down with the time.
func (c claim) text(now time.Time) string {
	return strings.Join([]string{
		strconv.FormatInt(now.Unix(), 10), hex.EncodeToString(c.token), strconv.FormatBool(c.spectate), c.url, c.name,
	}, "\n")
}

// parseClaim reads what text wrote, if it was written a moment ago.
func parseClaim(text string, now time.Time) (claim, bool) {
	parts := strings.SplitN(text, "\n", 5)
	if len(parts) != 5 {
		return claim{}, false
	}
	at, err := strconv.ParseInt(parts[0], 10, 64)
	token, broken := hex.DecodeString(parts[1])
	if age := now.Sub(time.Unix(at, 0)); err != nil || age < 0 || age > claimFor {
		return claim{}, false
	}
	if broken != nil || len(token) != wire.TokenSize {
		return claim{}, false
	}
	return claim{url: parts[3], name: parts[4], spectate: parts[2] == "true", token: token}, true
}
