package session

import (
	"crypto/hmac"
	"crypto/sha256"
	"net/url"
	"strings"

	"ionwake/shared/wire"
)

// Be makes the player somebody else, by what their device alone knows: to servers that
// are connected to from now on. Who plays now stays who they are until the line ends.
func (s *Session) Be(device []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cfg.Device = device
}

// DeviceAt is what the server behind a socket's address is told of this player's device,
// in a Hello and wherever else it has to know who asks; nil: nothing.
func (s *Session) DeviceAt(socket string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return deviceAt(socket, s.cfg.Device)
}

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
