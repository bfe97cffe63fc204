package session

import (
	"crypto/hmac"
	"crypto/sha256"
	"net/url"
	"strings"

	"ionwake/shared/wire"
)

// deviceAt returns what the server behind a socket's address is told of a device: the
// same at every visit and another thing on every other host, so that none can pass for
// its guests elsewhere. No device stays none.
func deviceAt(socket string, device []byte) []byte {
	if len(device) == 0 {
		return nil
	}
	host := socket
	if u, err := url.Parse(socket); err == nil {
		host = u.Host
	}
	mac := hmac.New(sha256.New, device)
	mac.Write([]byte(strings.ToLower(host)))
	return mac.Sum(nil)[:wire.DeviceSize]
}
