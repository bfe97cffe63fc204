//go:build !js

package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/clip"
	"ionwake/client/link"
	"ionwake/client/session"
	"ionwake/client/view"
	"ionwake/client/view/settings"
	"ionwake/client/view/sound"
	"ionwake/client/view/words"
	"ionwake/shared/lab"
	"ionwake/shared/sim"
)

// options are the command line of the desktop client.
type options struct {
	join       string
	name       string
	headless   bool
	screenshot string
	exitAfter  time.Duration
	report     bool
	autopilot  bool
	calm       bool
	spectate   bool
	practice   string
	replay     string
	from       time.Duration
	ticket     string
	simRTT     time.Duration
	simJitter  time.Duration
	simLoss    float64
}

// ticketVariable has a ticket where others on the machine do not read it, as they do a
// command line.
const ticketVariable = "IONWAKE_TICKET"

func parse(args []string) (options, error) {
	var o options
	f := flag.NewFlagSet("ionwake", flag.ContinueOnError)
	f.StringVar(&o.join, "join", "http://localhost:8080/", "address of the server, as in the browser")
	f.StringVar(&o.name, "name", "", "your name; with it the game starts at once")
	f.BoolVar(&o.headless, "headless", false, "no window: join and drift")
	f.StringVar(&o.screenshot, "screenshot", "", "write a picture to this PNG file before leaving")
	f.DurationVar(&o.exitAfter, "exit-after", 0, "leave after this time, such as 10s")
	f.BoolVar(&o.autopilot, "autopilot", false, "let a pilot of the game's own fly your ship")
	f.BoolVar(&o.calm, "calm", false, "no shake and no large flashes")
	f.BoolVar(&o.spectate, "spectate", false, "watch, without a ship")
	f.StringVar(&o.practice, "practice", "", "play against bots without a network: "+strings.Join(sim.ModeNames(), ", "))
	f.StringVar(&o.ticket, "ticket", "", "signed ticket of the server of --join, where one is asked for (better in IONWAKE_TICKET)")
	f.StringVar(&o.replay, "replay", "", "watch a replay: a file, its ID at the server of --join, or an address")
	f.DurationVar(&o.from, "from", 0, "watch the replay from this time on, such as 90s")
	f.BoolVar(&o.report, "report", false, "print what window.ionwake.stats() tells in a page, as JSON, four times a second")
	f.DurationVar(&o.simRTT, "sim-rtt", 0, "pretend that the line is this much longer")
	f.DurationVar(&o.simJitter, "sim-jitter", 0, "pretend that the line wavers this much")
	f.Float64Var(&o.simLoss, "sim-loss", 0, "pretend that the line loses this share of its packets, 0 to 0.9")
	f.SetOutput(io.Discard)
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			f.SetOutput(os.Stdout)
			f.Usage()
		}
		return o, err
	}
	switch {
	case f.NArg() > 0:
		return o, fmt.Errorf("%q is not an option: see --help", f.Arg(0))
	case o.headless && o.screenshot != "":
		return o, errors.New("--screenshot needs a window: leave --headless out")
	case !(o.simLoss >= 0 && o.simLoss <= 0.9):
		return o, fmt.Errorf("--sim-loss is %v, allowed is 0 to 0.9", o.simLoss)
	case o.practice != "" && !slices.Contains(sim.ModeNames(), o.practice):
		return o, fmt.Errorf("--practice knows no mode %q: there are %s", o.practice, strings.Join(sim.ModeNames(), ", "))
	case o.simRTT < 0 || o.simJitter < 0 || o.exitAfter < 0 || o.from < 0:
		return o, errors.New("times may not be negative")
	}
	return o, nil
}

func main() {
	o, err := parse(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "ionwake: %v (ionwake --help tells what there is)\n", err)
		os.Exit(2)
	}
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "ionwake:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	address, err := link.ParseAddress(o.join)
	if err != nil {
		return err
	}
	seed := uint64(time.Now().UnixNano())
	key, err := deviceKey()
	if err != nil {
		fmt.Fprintf(os.Stderr, "ionwake: %v: others will not know you again\n", err)
	}
	p := newPlay(address.URL, session.Config{Seed: seed, Device: key, Dial: o.dial(address.URL)})
	p.pass = newPass(cmp.Or(o.ticket, os.Getenv(ticketVariable), address.Ticket), address.URL)
	name := o.name
	if name == "" {
		name = address.Name
	}
	if o.autopilot {
		p.fly = newAutopilot(seed).fly
	}
	stop := p.reporting(o.report)
	defer stop()
	ctx, done := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer done()
	defer p.farewell()
	if o.headless {
		return drift(ctx, p, o, name)
	}
	return show(ctx, p, o, name)
}

// place is where the command line says to go.
func (o *options) place() view.Place {
	if o.practice != "" {
		return view.Place{Practice: usualPractice(o.practice)}
	}
	if o.replay != "" {
		return view.Place{Replay: o.replay, From: o.from}
	}
	return view.Place{Spectate: o.spectate}
}

// show plays in a window until it is closed or ctx ends.
func show(ctx context.Context, p *play, o options, name string) error {
	ebiten.SetWindowTitle("Ionwake")
	ebiten.SetWindowSize(1280, 720)
	ebiten.SetWindowResizingMode(ebiten.WindowResizingModeEnabled)
	cfg := view.Config{
		Session: p, Now: p.now, Name: name, CallSign: callSign(p.seed), Place: o.place(), AutoPlay: name != "" || o.replay != "", Projector: p,
		Calm: o.calm, Seed: p.seed, Languages: words.System(), Arenas: arenasOf, Quit: true,
	}
	store, err := settings.Own()
	if err != nil {
		fmt.Fprintf(os.Stderr, "ionwake: %v: settings are not kept\n", err)
	}
	if file, ok := store.(settings.File); ok {
		cfg.Store, cfg.Kept = file, file.Path
	}
	if c := clip.Here(); c != nil {
		cfg.Clipboard, cfg.PasteKey = c, true
	}
	cfg.Here, cfg.Lobby = serverPage(p.url), newLobby(p, func(string) bool { return true })
	cfg.Identity = newIdentity(p, loadFile)
	cfg.Ladder = newLadder(p, func(string) bool { return true })
	cfg.Sound = sound.New(sound.Config{Seed: p.seed})
	game := view.New(cfg)
	defer game.Close()
	for _, fault := range game.Faults() {
		fmt.Fprintf(os.Stderr, "ionwake: the settings: %v\n", fault)
	}
	w := &window{Game: game, options: o, now: p.now, over: ctx.Done(), play: p}
	p.told = func() view.Told { return w.told }
	if err := ebiten.RunGame(w); err != nil {
		return fmt.Errorf("open a window: %w", err)
	}
	return nil
}

// farewell leaves politely.
func (p *play) farewell() {
	p.Leave()
	time.Sleep(100 * time.Millisecond) // the farewell goes out
}

// dial returns how sockets are opened: over a line made worse on purpose, or nil.
func (o options) dial(address string) func(link.Config) *link.Socket {
	if o.simRTT == 0 && o.simJitter == 0 && o.simLoss == 0 {
		return nil
	}
	return func(c link.Config) *link.Socket {
		c.NetDial = func(ctx context.Context) (net.Conn, error) {
			u, err := url.Parse(address)
			if err != nil {
				return nil, err
			}
			var d net.Dialer
			conn, err := d.DialContext(ctx, "tcp", u.Host)
			if err != nil {
				return nil, err
			}
			return lab.Slow(conn, lab.Line{RTT: o.simRTT, Jitter: o.simJitter, Loss: o.simLoss, Seed: uint64(time.Now().UnixNano())}), nil
		}
		return link.Dial(c)
	}
}

// drift stays in the room without a window until its time is up or ctx ends.
func drift(ctx context.Context, p *play, o options, name string) error {
	if name == "" {
		name = "Drifter"
	}
	p.Play(name, o.place())
	tick := time.NewTicker(time.Second / sim.TickRate)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		now := p.now()
		p.Step(now, sim.Input{})
		if o.exitAfter > 0 && now >= o.exitAfter {
			return nil
		}
	}
}

// reporting prints the figures four times a second until it is stopped, if it is wanted.
func (p *play) reporting(wanted bool) (stop func()) {
	if !wanted {
		return func() {}
	}
	tick, done := time.NewTicker(time.Second/4), make(chan struct{})
	out := json.NewEncoder(os.Stdout)
	go func() {
		for {
			select {
			case <-tick.C:
				p.mu.Lock()
				_ = out.Encode(p.figures(ebiten.ActualFPS())) // nobody reads: nobody misses it
				p.mu.Unlock()
			case <-done:
				return
			}
		}
	}()
	return func() { tick.Stop(); close(done) }
}
