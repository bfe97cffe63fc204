package main

import (
	"os"
	"slices"
	"strings"

	"ionwake/server/room"
)

// wait returns when the server is to stop, or when a part of it has failed. Until then it
// reads its settings again whenever it is told to.
func (s *server) wait(stop <-chan os.Signal, failed <-chan error) error {
	for {
		select {
		case sig := <-stop:
			s.log.Info("stopping", "signal", sig.String(), "drain_timeout", s.live.Load().drain)
			return nil
		case err := <-failed:
			return err
		case <-s.again:
			if s.terminal.gone() {
				s.log.Info("stopping", "reason", "the terminal was closed", "drain_timeout", s.live.Load().drain)
				return nil
			}
			s.reload()
		}
	}
}

// reload reads the settings again and takes up what can be changed while people play.
// What is wrong with them is told in one line, and nothing changes.
func (s *server) reload() {
	next, err := s.reread()
	if err != nil {
		s.log.Error("the settings stay as they were: the new ones are wrong", "error", oneLine(err.Error()))
		return
	}
	old := s.live.Load()
	s.level.Set(next.logLevel)
	for _, bad := range next.grounds.Refused() {
		s.log.Warn("map refused", "file", bad.File, "error", bad.Err)
	}
	s.maps.add(next.grounds)
	s.live.Store(&next)
	if s.lock != nil {
		if err := s.lock.source.Reload(); err != nil {
			s.log.Error("the certificate stays as it was: the new one is wrong", "error", err)
		}
	}
	rooms := s.hall.TellAll(func(r *room.Room) { s.retune(r, old, &next) })
	s.tickets.reload(&next)
	s.rereadBans()
	later := restartOnly(old, &next)
	s.log.Info("settings reloaded", "rooms", rooms, "rotation", len(next.rotation), "max_players", next.maxPlayers, "bots", next.bots,
		"log_level", next.logLevel.String(), "after_a_restart", strings.Join(later, " "))
}

// rereadBans takes up what others have changed about bans, in the database or in the file
// of limits. What the database says holds for those who are here as soon as it answers.
func (s *server) rereadBans() {
	if err := s.host.RereadLimits(); err != nil {
		s.log.Error("the limits for newcomers stay as they were: the new ones are wrong", "error", err)
	}
	if s.store != nil {
		s.store.Reread()
	}
}

// retune tells a room that is open of new settings; on its goroutine.
func (s *server) retune(r *room.Room, old, next *settings) {
	if !r.SetLimits(next.maxPlayers, next.bots) {
		s.log.Warn("the room was opened for fewer players: it takes up --max-players when it is opened again", "max_players", next.maxPlayers)
	}
	if !slices.EqualFunc(old.rotation, next.rotation, sameGround) && !r.SetRotation(next.rotation) {
		s.log.Warn("nothing of the new rotation can be played in a room")
	}
	r.SetGreeting(next.motd)
}

// sameGround reports whether two grounds play the same, though they were read at other
// times.
func sameGround(a, b room.Ground) bool {
	return a.Arena.Hash == b.Arena.Hash && a.Arena.Name == b.Arena.Name && a.Mode.Name() == b.Mode.Name()
}

// restartOnly names the settings that differ and that a running server does not change.
func restartOnly(old, next *settings) (flags []string) {
	for _, c := range []struct {
		flag    string
		differs bool
	}{
		{"--listen", old.listen != next.listen},
		{"--admin-listen", old.adminListen != next.adminListen},
		{"--data", old.data != next.data},
		{"--name", old.name != next.name},
		{"--password", old.password != next.password},
		{"--max-rooms", old.maxRooms != next.maxRooms},
		{"--origin", !slices.Equal(old.origins, next.origins)},
		{"--trusted-proxy", !slices.Equal(old.proxies, next.proxies)},
		{"--exempt", !slices.Equal(old.exempt, next.exempt)},
		{"--tls-domain", !slices.Equal(old.tls.domains, next.tls.domains)},
		{"--tls-ip", !slices.Equal(old.tls.addresses, next.tls.addresses)},
		{"--tls-cert", old.tls.cert != next.tls.cert || old.tls.key != next.tls.key},
		{"--token-key", (old.tokenKey == "") != (next.tokenKey == "")},
		{"--token-audience", !slices.Equal(old.audience, next.audience)},
		{"--discovery", old.discovery != next.discovery},
		{"--database", old.database != next.database},
		{"--log-format", old.logJSON != next.logJSON || old.logAuto != next.logAuto},
		{"--sim-rtt, --sim-jitter and --sim-loss", old.line != next.line},
	} {
		if c.differs {
			flags = append(flags, c.flag)
		}
	}
	return flags
}
