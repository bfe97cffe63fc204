package main

import (
	"net"

	"ionwake/server/beacon"
)

// beFound lets game clients on the local network find the server, if they shall.
func (s *server) beFound(game net.Listener) *beacon.Beacon {
	tcp, ok := game.Addr().(*net.TCPAddr)
	if !ok || !s.set.discovery {
		return new(beacon.Beacon)
	}
	url := ""
	if s.lock != nil {
		url = s.lock.invitations()[0]
	}
	b, err := beacon.Light(tcp, url)
	if err != nil {
		s.log.Warn("clients on the local network do not find this server by themselves", "error", err, "remedy", "--no-discovery says so no more")
		return new(beacon.Beacon)
	}
	if n := b.Networks(); n > 0 {
		s.log.Info("clients on the local network find this server by themselves", "networks", n)
	}
	return b
}
