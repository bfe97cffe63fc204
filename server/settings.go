package main

import (
	"cmp"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/netip"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ionwake/server/gate"
	"ionwake/server/ground"
	"ionwake/server/room"
	"ionwake/shared/lab"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// settings are checked flags.
type settings struct {
	listen, adminListen string
	data                string // folder; "": nothing is kept
	name                string
	motd                string // said to newcomers; "": nothing
	password            string // "": everybody may play
	grounds             *ground.Store
	rotation            []room.Ground // the first one first
	maxPlayers, bots    int
	maxRooms            int
	sendInterval        int // ticks
	origins             []string
	proxies             []netip.Prefix
	exempt              []netip.Prefix
	tls                 tlsSettings
	discovery           bool
	database            string // URL; "": a file in data
	redis               string // URL; "": none
	agones              bool
	agonesPort          int
	tokenKey            string              // file; "": no tickets
	tokenKeys           []ed25519.PublicKey // in it
	audience            []string            // what this server is called in a ticket
	announce            string              // URL; "": nowhere
	logJSON, logAuto    bool
	logLevel            slog.Level
	drain               time.Duration
	line                lab.Line // that is pretended; zero: none
}

// tlsSettings say by which certificate the game port serves https; zero: http.
type tlsSettings struct {
	domains   []string     // lower case
	addresses []netip.Addr // public ones
	cert, key string       // files, both or neither; domains and addresses say what the certificate has to be for
	authority string       // who gives certificates where there are no files; "": the usual one
	plain     string       // address of plain HTTP, for that authority's look
}

const (
	// maxPeople and maxBots leave places for spectators in the sim.MaxPlayers seats
	// of a room.
	maxPeople = 1000
	maxBots   = 1000
	maxRooms  = 256
	maxName   = 64 // bytes
	maxMotd   = 120
	maxDrain  = time.Hour
	maxDelay  = 10 * time.Second // of a pretended line
	maxLoss   = 0.9
)

// leftOver are passwords that stand in examples.
var leftOver = []string{"...", "password", "PASSWORD", "changeme", "secret", "TEXT"}

// settings checks the flags. Each error names the flag, what it was and what is
// allowed.
func (f *serveFlags) settings() (settings, error) {
	if err := f.openSecrets(); err != nil {
		return settings{}, err
	}
	s := settings{
		listen: cmp.Or(f.Listen, f.usualPort()), adminListen: f.AdminListen, data: f.Data, name: strings.TrimSpace(f.Name),
		password: f.Password, maxPlayers: f.MaxPlayers, maxRooms: f.MaxRooms, bots: f.Bots, drain: f.DrainTimeout,
		discovery: f.Discovery, motd: strings.TrimSpace(f.Motd),
	}
	for _, check := range []func(*settings) error{
		f.checkText, f.checkGame, f.checkGrounds, f.checkRates, f.checkLine, f.checkPages, f.checkTLS, f.checkStores, f.checkTickets, f.checkFleet, f.checkLog,
	} {
		if err := check(&s); err != nil {
			return settings{}, err
		}
	}
	return s, nil
}

func (f *serveFlags) checkText(s *settings) error {
	if s.name == "" || len(s.name) > maxName || oneLine(s.name) != s.name {
		return badFlag("--name", f.Name, "it takes 1 to %d bytes of text on one line", maxName)
	}
	if oneLine(s.motd) != s.motd || !utf8.ValidString(s.motd) || utf8.RuneCountInString(s.motd) > maxMotd {
		return badFlag("--motd", f.Motd, "it takes at most %d letters on one line", maxMotd)
	}
	if len(s.password) > wire.MaxPassword || !utf8.ValidString(s.password) || oneLine(s.password) != s.password {
		return badSecret("--password", "it takes at most %d bytes of text on one line", wire.MaxPassword)
	}
	if slices.Contains(leftOver, s.password) {
		return badSecret("--password", "%q is the first that anybody tries: choose one of your own, as %s", s.password, strings.ToLower(rand.Text()[:12]))
	}
	if err := checkAddress("--listen", s.listen); err != nil {
		return err
	}
	if err := checkAddress("--admin-listen", s.adminListen); err != nil {
		return err
	}
	return checkApart(s.listen, s.adminListen)
}

func (f *serveFlags) checkGame(s *settings) error {
	if f.MaxPlayers < 1 || f.MaxPlayers > maxPeople {
		return badFlag("--max-players", f.MaxPlayers, "it can be 1 to %d", maxPeople)
	}
	if f.MaxRooms < 1 || f.MaxRooms > maxRooms {
		return badFlag("--max-rooms", f.MaxRooms, "it can be 1 to %d", maxRooms)
	}
	if f.Bots < 0 || f.Bots > maxBots {
		return badFlag("--bots", f.Bots, "it can be 0 to %d", maxBots)
	}
	return nil
}

func (f *serveFlags) checkRates(s *settings) error {
	if f.DrainTimeout < 0 || f.DrainTimeout > maxDrain {
		return badFlag("--drain-timeout", f.DrainTimeout, "it can be 0s to %v", maxDrain)
	}
	if f.TickRate != sim.TickRate {
		return badFlag("--tick-rate", f.TickRate, "it is %d, for which the rules are made; there is no other yet", sim.TickRate)
	}
	switch f.SendRate {
	case 20, 30, 60:
		s.sendInterval = sim.TickRate / f.SendRate
		return nil
	}
	return badFlag("--send-rate", f.SendRate, "it can be 20, 30 or 60")
}

func (f *serveFlags) checkLine(s *settings) error {
	if f.SimRTT < 0 || f.SimRTT > maxDelay {
		return badFlag("--sim-rtt", f.SimRTT, "it can be 0s to %v", maxDelay)
	}
	if f.SimJitter < 0 || f.SimJitter > maxDelay {
		return badFlag("--sim-jitter", f.SimJitter, "it can be 0s to %v", maxDelay)
	}
	if !(f.SimLoss >= 0 && f.SimLoss <= maxLoss) { // so that NaN is none
		return badFlag("--sim-loss", f.SimLoss, "it can be 0 to %v", maxLoss)
	}
	s.line = lab.Line{RTT: f.SimRTT, Jitter: f.SimJitter, Loss: f.SimLoss}
	return nil
}

func (f *serveFlags) checkPages(s *settings) error {
	for _, text := range f.Origin {
		o, err := gate.ParseOrigin(text)
		if err != nil {
			return badFlag("--origin", text, "it has to be https://host[:port] or http://host[:port]")
		}
		s.origins = append(s.origins, o)
	}
	for _, text := range f.TrustedProxy {
		p, err := parseNetwork(text)
		if err != nil {
			return badFlag("--trusted-proxy", text, "it has to be a network such as 10.0.0.0/8, or an address")
		}
		s.proxies = append(s.proxies, p)
	}
	for _, text := range f.Exempt {
		p, err := parseNetwork(text)
		if err != nil {
			return badFlag("--exempt", text, "it has to be a network such as 10.0.0.0/8, or an address")
		}
		s.exempt = append(s.exempt, p)
	}
	return nil
}

// parseNetwork reads a network or the address of a single machine.
func parseNetwork(text string) (netip.Prefix, error) {
	if strings.Contains(text, "/") {
		p, err := netip.ParsePrefix(text)
		return p.Masked(), err
	}
	addr, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, fmt.Errorf("parse address: %w", err)
	}
	return addr.Prefix(addr.BitLen())
}

func (f *serveFlags) checkLog(s *settings) error {
	switch f.LogFormat {
	case "":
		s.logAuto = true
	case "json":
		s.logJSON = true
	case "text":
	default:
		return badFlag("--log-format", f.LogFormat, "it can be text or json")
	}
	switch f.LogLevel {
	case "debug", "info", "warn", "error":
		return s.logLevel.UnmarshalText([]byte(f.LogLevel))
	}
	return badFlag("--log-level", f.LogLevel, "it can be debug, info, warn or error")
}
