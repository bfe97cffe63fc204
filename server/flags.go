package main

import (
	"fmt"
	"log/slog"
	"net/netip"
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

// commands is the command line.
type commands struct {
	Serve       serveFlags  `cmd:"" default:"withargs" help:"Run the server (this is what happens without a command)."`
	Healthcheck healthFlags `cmd:"" help:"Ask a running server on this machine whether it is alive; exit code 0 if so."`
	Version     struct{}    `cmd:"" help:"Print the version."`
}

// serveFlags are the flags of serve as they were given; settings checks them.
type serveFlags struct {
	Listen       string        `help:"Address of the game port (default :8080, or :$PORT)." placeholder:"ADDR"`
	AdminListen  string        `help:"Address of the host's port: health, metrics, profiles." default:"127.0.0.1:8081" placeholder:"ADDR"`
	Name         string        `help:"Name of the server, as players see it." default:"Ionwake"`
	Mode         string        `help:"What is played: brawl, squads, relay or beacon." default:"brawl"`
	Map          string        `help:"Arena of the first match (default: the first of --rotation, else foundry)." placeholder:"NAME"`
	Rotation     []string      `help:"Arenas of the matches in turn, each NAME or NAME:MODE (default: all that fit)." placeholder:"NAME"`
	Data         string        `help:"Folder of the server's own files; maps/NAME.tmx and maps/NAME.arena in it are more arenas." placeholder:"DIR"`
	Password     string        `help:"What players have to enter (better in IONWAKE_PASSWORD, or in a file named by IONWAKE_PASSWORD_FILE)." placeholder:"TEXT"`
	MaxPlayers   int           `help:"People with a ship in one room." default:"64"`
	MaxRooms     int           `help:"Rooms that are open at once, the main one among them." default:"16"`
	Bots         int           `help:"Bots fill a room up to this many ships." default:"8"`
	TickRate     int           `help:"Ticks a second: 60." default:"60"`
	SendRate     int           `help:"Frames a second to each player: 20, 30 or 60." default:"30"`
	Origin       []string      `help:"Other web pages that may connect, as https://host[:port]." placeholder:"URL"`
	TrustedProxy []string      `help:"Networks of proxies whose X-Forwarded-For is believed." placeholder:"CIDR"`
	Exempt       []string      `help:"Networks whose connections are not counted by address, for load tests from there." placeholder:"CIDR"`
	LogFormat    string        `help:"text or json (default: text on a terminal, else json)." placeholder:"FORMAT"`
	LogLevel     string        `help:"debug, info, warn or error." default:"info"`
	SimRTT       time.Duration `name:"sim-rtt" help:"Pretend that every line is this much longer, there and back." default:"0s"`
	SimJitter    time.Duration `help:"Pretend that every line wavers this much." default:"0s"`
	SimLoss      float64       `help:"Pretend that every line loses this share of its packets, 0 to 0.9." default:"0"`
	DrainTimeout time.Duration `help:"How long a stop may take." default:"10s"`
}

// settings are checked flags.
type settings struct {
	listen, adminListen string
	name                string
	password            string // "": everybody may play
	grounds             *ground.Store
	rotation            []room.Ground // the first one first
	maxPlayers, bots    int
	maxRooms            int
	sendInterval        int // ticks
	origins             []string
	proxies             []netip.Prefix
	exempt              []netip.Prefix
	logJSON, logAuto    bool
	logLevel            slog.Level
	drain               time.Duration
	line                lab.Line // that is pretended; zero: none
}

const (
	// maxPeople and maxBots leave places for spectators in the sim.MaxPlayers seats
	// of a room.
	maxPeople = 1000
	maxBots   = 1000
	maxRooms  = 256
	maxName   = 64 // bytes
	maxDrain  = time.Hour
	maxDelay  = 10 * time.Second // of a pretended line
	maxLoss   = 0.9
)

// settings checks the flags. Each error names the flag, what it was and what is
// allowed.
func (f *serveFlags) settings(env func(string) (string, bool)) (settings, error) {
	s := settings{
		listen: f.Listen, adminListen: f.AdminListen, name: strings.TrimSpace(f.Name),
		password: f.Password, maxPlayers: f.MaxPlayers, maxRooms: f.MaxRooms, bots: f.Bots, drain: f.DrainTimeout,
	}
	if s.listen == "" {
		s.listen = ":8080"
		if port, _ := env("PORT"); port != "" {
			if !validPort(port) {
				return settings{}, usage("PORT=%q in the environment: a number from 0 to 65535", port)
			}
			s.listen = ":" + port
		}
	}
	for _, check := range []func(*settings) error{f.checkText, f.checkGame, f.checkGrounds, f.checkRates, f.checkLine, f.checkPages, f.checkLog} {
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
	if len(s.password) > wire.MaxPassword || !utf8.ValidString(s.password) || oneLine(s.password) != s.password {
		// Not with what it was: that is a secret.
		return usageError{fmt.Errorf("--password is not possible: it takes at most %d bytes of text on one line", wire.MaxPassword), "--password"}
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
