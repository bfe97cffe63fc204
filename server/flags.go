package main

import "time"

// commands is the command line.
type commands struct {
	Serve       serveFlags  `cmd:"" default:"withargs" help:"Run the server (this is what happens without a command)."`
	Config      configFlags `cmd:"" help:"Print all settings as a file for --config, and where each that is not the default comes from."`
	Doctor      doctorFlags `cmd:"" help:"Look at ports, clock, limits, certificate, disk and databases, and say what to do; exit code 0 if all is well."`
	Token       tokenFlags  `cmd:"" help:"Print a link by which one person signs in to the host's page, once."`
	Ticket      ticketFlags `cmd:"" help:"Print a signed ticket for a server with --token-key, to try it."`
	Backup      backupFlags `cmd:"" help:"Copy the accounts, also while a server uses them, and the file of settings."`
	Replay      replayFlags `cmd:"" help:"Look into a replay of a match, or check it."`
	Healthcheck healthFlags `cmd:"" help:"Ask a running server on this machine whether it is alive; exit code 0 if so."`
	Version     struct{}    `cmd:"" help:"Print the version."`
}

// serveFlags are the flags of serve as they were given; settings checks them. Each is
// a variable in the environment and a key of the file of --config too.
type serveFlags struct {
	Config string `help:"File of settings in TOML: a key for each of these flags, as the command config prints them." placeholder:"FILE"`

	Listen      string `help:"Address of the game port (default :8080, or :443 with --tls-domain and --tls-ip, or :$PORT)." placeholder:"ADDR"`
	AdminListen string `help:"Address of the host's port: health, metrics, profiles." default:"127.0.0.1:8081" placeholder:"ADDR"`
	Data        string `help:"Folder of the server's own files, made where it is missing; maps/NAME.tmx and maps/NAME.arena in it are more arenas." placeholder:"DIR"`

	Name         string   `help:"Name of the server, as players see it." default:"Ionwake"`
	Motd         string   `help:"Message of the day: what the server says to everybody who joins." placeholder:"TEXT"`
	Mode         string   `help:"What is played: brawl, squads, relay or beacon." default:"brawl"`
	Map          string   `help:"Arena of the first match (default: the first of --rotation, else foundry)." placeholder:"NAME"`
	Rotation     []string `help:"Arenas of the matches in turn, each NAME or NAME:MODE (default: all that fit)." placeholder:"NAME"`
	Password     string   `help:"What players have to enter (better in the environment, or in a file)." placeholder:"TEXT"`
	PasswordFile string   `help:"File whose only line is --password." placeholder:"FILE"`
	MaxPlayers   int      `help:"People with a ship in one room." default:"64"`
	MaxRooms     int      `help:"Rooms that are open at once, the main one among them." default:"16"`
	Bots         int      `help:"Bots fill a room up to this many ships." default:"8"`
	TickRate     int      `help:"Ticks a second: 60." default:"60"`
	SendRate     int      `help:"Frames a second to each player: 20, 30 or 60." default:"30"`

	Origin       []string `help:"Other web pages that may connect, as https://host[:port]." placeholder:"URL"`
	TrustedProxy []string `help:"Networks of proxies whose X-Forwarded-For is believed." placeholder:"CIDR"`
	Exempt       []string `help:"Networks whose connections are not counted by address, for load tests from there." placeholder:"CIDR"`
	TLSDomain    []string `name:"tls-domain" help:"Serve https for these names, with certificates that are fetched and renewed by themselves: you agree to the terms of Let's Encrypt." placeholder:"NAME"`
	TLSIP        []string `name:"tls-ip" help:"Serve https for these public addresses of this machine, likewise." placeholder:"IP"`
	TLSAuthority string   `name:"tls-authority" help:"Who gives those certificates: the directory of another authority (ACME), to whose terms you agree." placeholder:"URL"`
	TLSPlain     string   `name:"tls-plain" help:"Where that authority looks by plain HTTP, and browsers are led to https: it sees this as port 80." default:":80" placeholder:"ADDR"`
	TLSCert      string   `name:"tls-cert" help:"Serve https with the certificate in this file (PEM, with those that vouch for it); --tls-domain and --tls-ip then say what it has to be for." placeholder:"FILE"`
	TLSKey       string   `name:"tls-key" help:"The key of that certificate." placeholder:"FILE"`
	Discovery    bool     `help:"Let game clients on the local network find this server by themselves (mDNS)." default:"true" negatable:""`

	Database      string   `help:"Where accounts and results are kept: postgres://USER:PASSWORD@HOST/NAME or sqlite:PATH (default: a file in --data)." placeholder:"URL"`
	DatabaseFile  string   `help:"File whose only line is --database." placeholder:"FILE"`
	Redis         string   `help:"Redis by which several servers act as one: redis://HOST:PORT." placeholder:"URL"`
	RedisFile     string   `help:"File whose only line is --redis." placeholder:"FILE"`
	Agones        bool     `help:"Tell Agones how this server is, by its sidecar." negatable:""`
	AgonesPort    int      `help:"Port of that sidecar on this machine." default:"9358"`
	TokenKey      string   `help:"Public key (Ed25519, PEM) of whoever signs the tickets without which nobody plays." placeholder:"FILE"`
	TokenAudience []string `help:"What this server is called in the aud of a ticket (default: --tls-domain and --tls-ip)." placeholder:"TEXT"`
	Announce      string   `help:"List of servers to be on: its address." placeholder:"URL"`

	LogFormat    string        `help:"text or json (default: text on a terminal, else json)." placeholder:"FORMAT"`
	LogLevel     string        `help:"debug, info, warn or error." default:"info"`
	SimRTT       time.Duration `name:"sim-rtt" help:"Pretend that every line is this much longer, there and back." default:"0s"`
	SimJitter    time.Duration `help:"Pretend that every line wavers this much." default:"0s"`
	SimLoss      float64       `help:"Pretend that every line loses this share of its packets, 0 to 0.9." default:"0"`
	DrainTimeout time.Duration `help:"How long a stop may take." default:"10s"`
}
