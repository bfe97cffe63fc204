//go:build !js

package main

import (
	"fmt"
	"time"

	"ionwake/client/link"
	"ionwake/shared/bot"
	"ionwake/shared/lab"
)

const description = `Headless players by the hundred, for load, soak and witness tests of an Ionwake server.

They join over --ramp, play for --for, leave, and a report says what they went through. Exit code 0: nobody noticed anything. ` +
	`1: somebody would have (a join that failed, a connection that dropped, a belief that was not the truth, a misprediction). 2: wrong command line.

For more than 64 players at once from one machine start the server with --exempt and room for them, such as:
  ionwake-server --bots 0 --max-players 1000 --map expanse --exempt 127.0.0.0/8
  ionwake-swarm --players 1000 --ramp 20s --for 60s --witness 2`

// flags is the command line as it was given; settings checks it.
type flags struct {
	Join   string `help:"Address of the server, as in the browser." default:"http://localhost:8080/" placeholder:"URL"`
	Room   string `help:"Room to play in (default: the one of the address, else main)." placeholder:"NAME"`
	Rooms  int    `help:"Spread over so many rooms, NAME-1 and up (NAME is swarm unless --room says otherwise)." placeholder:"N"`
	Levels string `name:"level" help:"How well the pilots fly: easy, medium, hard or mixed." default:"mixed"`

	Players int           `help:"Players of the crowd." default:"64"`
	Ramp    time.Duration `help:"Time over which they join." default:"5s"`
	For     time.Duration `help:"Time to play after that. Figures are of this time, joins and drops of all." default:"30s"`
	Think   int           `help:"How often a second a pilot thinks anew, 5 to 30. Below 30 the aim moves more seldom too." default:"30"`

	Witness int `help:"So many more players that are whole clients and check everything." placeholder:"N"`
	Stalled int `help:"So many more that stop reading once they have joined." placeholder:"N"`
	Slow    int `help:"So many more on a line of 64 kbit/s." placeholder:"N"`
	Dribble int `help:"So many more that send every byte by itself." placeholder:"N"`

	SimRTT    time.Duration `name:"sim-rtt" help:"Pretend that every line is this much longer, there and back." default:"0s"`
	SimJitter time.Duration `help:"Pretend that every line wavers this much." default:"0s"`
	SimLoss   float64       `help:"Pretend that every line loses this share of its packets, 0 to 0.9." default:"0"`

	TicketKey      string `help:"Sign a ticket for each player with this private key (Ed25519, PEM), where the server asks for them." placeholder:"FILE"`
	TicketAudience string `help:"What that server is called in its --token-audience." placeholder:"TEXT"`

	Report  string `help:"text or json." default:"text"`
	Profile string `help:"Write a CPU profile of the swarm itself, of the measured time." placeholder:"FILE"`
	Seed    uint64 `help:"Of the pilots and of the pretended lines." default:"1"`
}

// settings are checked flags.
type settings struct {
	urls   []string // of the socket of each room
	levels []bot.Level
	count  [kinds]int
	ramp   time.Duration
	length time.Duration
	think  int // of 30
	line   lab.Line
	json   bool
	seed   uint64
	booth  *booth // nil: no tickets

	profile string // file; "": none
}

// Bounds of what may be asked for.
const (
	maxCrowd = 20_000
	maxRooms = 1000
	maxTime  = 7 * 24 * time.Hour
	maxDelay = 10 * time.Second
	maxLoss  = 0.9
)

// settings checks the flags. Each error names the flag, what it was and what is
// allowed.
func (f *flags) settings() (settings, error) {
	s := settings{
		count: [kinds]int{crowd: f.Players, witness: f.Witness, stalled: f.Stalled, slow: f.Slow, dribble: f.Dribble},
		ramp:  f.Ramp, length: f.For, think: f.Think, json: f.Report == "json", profile: f.Profile, seed: f.Seed,
		line: lab.Line{RTT: f.SimRTT, Jitter: f.SimJitter, Loss: f.SimLoss},
	}
	for _, check := range []func(*settings) error{f.checkPlaces, f.checkCounts, f.checkPilots, f.checkTimes, f.checkTickets} {
		if err := check(&s); err != nil {
			return settings{}, err
		}
	}
	return s, nil
}

func bad(flag string, value any, allowed string) error {
	return fmt.Errorf("%s=%v is not possible: %s", flag, value, allowed)
}

func (f *flags) checkPlaces(s *settings) error {
	at, err := link.ParseAddress(f.Join)
	if err != nil {
		return bad("--join", f.Join, err.Error())
	}
	if f.Rooms < 0 || f.Rooms > maxRooms {
		return bad("--rooms", f.Rooms, fmt.Sprintf("it can be 0 to %d", maxRooms))
	}
	names := []string{at.Room}
	if f.Room != "" {
		names[0] = f.Room
	}
	if f.Rooms > 0 {
		stem := "swarm"
		if f.Room != "" {
			stem = f.Room
		}
		names = names[:0]
		for i := range f.Rooms {
			names = append(names, fmt.Sprintf("%s-%d", stem, i+1))
		}
	}
	for _, name := range names {
		url, err := link.InRoom(at.URL, name)
		if err != nil {
			return bad("--room", f.Room, err.Error())
		}
		s.urls = append(s.urls, url)
	}
	return nil
}

func (f *flags) checkCounts(s *settings) error {
	total := 0
	for k, n := range s.count {
		if n < 0 || n > maxCrowd {
			return bad(kindFlags[k], n, fmt.Sprintf("it can be 0 to %d", maxCrowd))
		}
		total += n
	}
	if total == 0 {
		return bad("--players", 0, "there has to be somebody")
	}
	return nil
}

func (f *flags) checkPilots(s *settings) error {
	if f.Think < 5 || f.Think > sendRate {
		return bad("--think", f.Think, fmt.Sprintf("it can be 5 to %d", sendRate))
	}
	switch f.Levels {
	case "easy":
		s.levels = []bot.Level{bot.Easy}
	case "medium":
		s.levels = []bot.Level{bot.Medium}
	case "hard":
		s.levels = []bot.Level{bot.Hard}
	case "mixed":
		s.levels = []bot.Level{bot.Medium, bot.Easy, bot.Hard}
	default:
		return bad("--level", f.Levels, "it can be easy, medium, hard or mixed")
	}
	return nil
}

func (f *flags) checkTickets(s *settings) (err error) {
	if f.TicketKey != "" {
		s.booth, err = openBooth(f.TicketKey, f.TicketAudience)
	}
	return err
}

func (f *flags) checkTimes(s *settings) error {
	switch {
	case f.Ramp < 0 || f.Ramp > maxTime:
		return bad("--ramp", f.Ramp, fmt.Sprintf("it can be 0s to %v", maxTime))
	case f.For < 0 || f.For > maxTime:
		return bad("--for", f.For, fmt.Sprintf("it can be 0s to %v", maxTime))
	case f.SimRTT < 0 || f.SimRTT > maxDelay:
		return bad("--sim-rtt", f.SimRTT, fmt.Sprintf("it can be 0s to %v", maxDelay))
	case f.SimJitter < 0 || f.SimJitter > maxDelay:
		return bad("--sim-jitter", f.SimJitter, fmt.Sprintf("it can be 0s to %v", maxDelay))
	case !(f.SimLoss >= 0 && f.SimLoss <= maxLoss): // so that NaN is none
		return bad("--sim-loss", f.SimLoss, fmt.Sprintf("it can be 0 to %v", maxLoss))
	case f.Report != "text" && f.Report != "json":
		return bad("--report", f.Report, "it can be text or json")
	}
	return nil
}
