package depot

import (
	"fmt"
	"net/url"
	"strings"

	"ionwake/shared/sim"
)

// address is where the server behind a socket has the arena of a hash:
// maps/HASH.arena beside its /play, by http for ws and by https for wss. Nothing of
// it is the server's choice but what its Welcome made the hash.
func address(socket string, hash sim.Hash) (string, error) {
	u, err := url.Parse(socket)
	if err != nil {
		return "", fmt.Errorf("%w: its address cannot be read", ErrUnreachable)
	}
	switch u.Scheme {
	case "ws":
		u.Scheme = "http"
	case "wss":
		u.Scheme = "https"
	default:
		return "", fmt.Errorf("%w: %s: is no way to ask for one", ErrUnreachable, u.Scheme)
	}
	folder, ok := strings.CutSuffix(u.Path, "play")
	if !ok || u.Host == "" {
		return "", fmt.Errorf("%w: it has no address", ErrUnreachable)
	}
	at := url.URL{Scheme: u.Scheme, Host: u.Host, Path: folder + "maps/" + fmt.Sprintf("%016x", uint64(hash)) + ".arena"}
	return at.String(), nil
}
