package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"ionwake/assets"
	"ionwake/assets/dist"
	"ionwake/server/account"
	"ionwake/server/admin"
	"ionwake/server/archive"
	"ionwake/server/gate"
	"ionwake/server/hall"
	"ionwake/server/page"
	"ionwake/server/room"
	"ionwake/shared/lab"
)

// server is everything that runs.
type server struct {
	set     settings                 // as of the start
	live    atomic.Pointer[settings] // as of the last time they were read
	log     *slog.Logger
	level   *slog.LevelVar
	web     fs.FS
	pumps   []*gate.Pump
	gate    *gate.Gate
	hall    *hall.Hall
	src     *source
	host    *admin.Admin
	game    *http.Server
	private *http.Server
	lock    *padlock // nil: plain HTTP
	at      net.Addr // of the game port
	memory  *memory
	warden  *warden
	tickets *tickets       // nil: none are asked for
	store   *account.Store // nil: nothing is kept
	maps    mapShelf
	archive *archive.Archive

	again    <-chan os.Signal         // read the settings again
	reread   func() (settings, error) // reads them
	terminal terminal
}

// outside is what a server has to do with whoever started it.
type outside struct {
	stop   <-chan os.Signal
	stdout io.Writer
	log    *logging
	reread func() (settings, error)
}

// serve runs a server until a signal stops it.
func serve(set settings, out outside) error {
	outliveReaders()
	tail := admin.NewTail(out.log.Handler())
	log := slog.New(tail)
	gameLn, err := listen("--listen", set.listen)
	if err != nil {
		return err
	}
	defer gameLn.Close()
	adminLn, err := listen("--admin-listen", set.adminListen)
	if err != nil {
		return err
	}
	defer adminLn.Close()
	lock, err := openPadlock(set, gameLn, log)
	if err != nil {
		return err
	}
	defer lock.close()
	if err := prepare(set, log); err != nil {
		return err
	}
	held, store, err := openBook(set, log)
	if err != nil {
		return err
	}
	s, err := newServer(set, held, store, tail, log)
	if err != nil {
		late, enough := context.WithTimeout(context.Background(), closeGrace)
		defer enough()
		return errors.Join(err, closeBook(late, store))
	}
	s.lock, s.src.lock, s.at = lock, lock, gameLn.Addr()
	s.level, s.reread, s.again, s.terminal = out.log.level, out.reread, hangUps(), theTerminal()
	s.greet(out.stdout, gameLn, adminLn)
	found := s.beFound(gameLn)
	defer found.Close()
	return s.run(gameLn, adminLn, out.stop)
}

func newServer(set settings, held book, store *account.Store, tail *admin.Tail, log *slog.Logger) (*server, error) {
	web, err := fs.Sub(assets.Web, "web")
	if err != nil {
		return nil, fmt.Errorf("open the built-in page: %w", err)
	}
	sound, err := fs.Sub(assets.Sound, "sound")
	if err != nil {
		return nil, fmt.Errorf("open the built-in sounds: %w", err)
	}
	front, err := page.New(web, page.Config{Name: set.name, Sound: sound})
	if err != nil {
		return nil, err
	}
	s := &server{set: set, log: log, web: web, src: &source{set: set, accounts: store}, memory: newMemory(log), store: store}
	s.live.Store(&set)
	s.maps.add(set.grounds)
	s.src.live, s.src.memory = &s.live, s.memory
	s.host = admin.New(admin.Config{Source: s.src, Ladder: ladder(store), Stages: stageNames(), Log: log})
	s.warden = newWarden(held, s.host.Heard)
	kept, err := keeper(set.data)
	if err != nil {
		return nil, err
	}
	drivers := runtime.GOMAXPROCS(0)
	if s.pumps, err = gate.NewPumps(drivers); err != nil {
		return nil, err
	}
	if s.archive, err = openArchive(set.data, privateReplays(&set), log); err != nil {
		return nil, err
	}
	s.tickets = newTickets(&set, held, log)
	s.hall = hall.New(hall.Config{
		Crashed: wrecked(s.archive),
		Drivers: drivers, Pumps: turning(s.pumps), MaxRooms: set.maxRooms,
		Open: s.openRoom, Password: set.password, Ticked: ticked(s.host), Rounded: rounded(s.host), Log: log,
		Full: s.memory.refuses, Tickets: s.tickets.asked(), Keeper: kept,
	})
	s.gate = gate.New(fitFiles(gate.Config{
		Accept: accept(s.hall), Pumps: s.pumps, Logger: log, Origins: set.origins, TrustedProxies: set.proxies, Exempt: set.exempt,
	}, log))
	s.src.hall, s.src.gate = s.hall, s.gate
	if store != nil {
		store.AfterReread(func() { recheck(s.hall) })
	}
	s.game = s.gate.Server(routes(s.gate, s.host.Public(), s.archive, &s.maps, front))
	if err := s.openDesk(tail); err != nil {
		return nil, err
	}
	s.private = s.host.Server()
	return s, nil
}

// turning gives the pumps to the drivers of rooms.
func turning(pumps []*gate.Pump) []hall.Pump {
	all := make([]hall.Pump, len(pumps))
	for i, p := range pumps {
		all[i] = p
	}
	return all
}

// openRoom describes a room of the given name. Each plays with a chance of its own.
func (s *server) openRoom(name string) room.Config {
	var seed [8]byte
	_, _ = rand.Read(seed[:]) // never fails (crypto/rand)
	set := s.live.Load()
	return room.Config{
		Name: name, Server: set.name, Rotation: set.rotation,
		Seed:         binary.LittleEndian.Uint64(seed[:]),
		SendInterval: set.sendInterval, MaxPlayers: set.maxPlayers, Bots: set.bots, Greeting: set.motd,
		Guard: s.warden, Ended: recorded(s.store, s.log), Recorder: recorder{s.archive}, Log: s.log, Profile: true,
	}
}

// greet says where the game is, to whoever started the program.
func (s *server) greet(stdout io.Writer, game, private net.Listener) {
	s.invite(stdout, game)
	fmt.Fprintf(stdout, "For the host: http://%s/\n", private.Addr())
	s.inviteHost(stdout, private)
	if _, err := dist.Read(s.web); errors.Is(err, dist.ErrNotBuilt) {
		fmt.Fprintln(stdout, "The game for browsers is not built in yet: run \"make play\", or \"make web\" and start again.")
	}
	if exposed(private) {
		s.log.Warn("the host's port can be reached by others and is not encrypted: who listens reads what is sent there", "address", private.Addr().String())
	}
	if s.set.line != (lab.Line{}) {
		s.log.Warn("every line is made worse", "sim_rtt", s.set.line.RTT.String(), "sim_jitter", s.set.line.Jitter.String(), "sim_loss", s.set.line.Loss)
	}
	for _, bad := range s.set.grounds.Refused() {
		s.log.Warn("map refused", "file", bad.File, "error", bad.Err)
	}
	s.log.Info("serving", "version", version(), "listen", game.Addr().String(), "admin_listen", private.Addr().String(),
		"map", s.set.rotation[0].Arena.Name, "mode", s.set.rotation[0].Mode.Name(), "rotation", len(s.set.rotation), "bots", s.set.bots)
}

// invite says by which addresses players come.
func (s *server) invite(stdout io.Writer, game net.Listener) {
	urls, others := invitations(game.Addr()), "On your network it is at"
	if s.lock != nil {
		urls, others = s.lock.invitations(), "And at"
	}
	for i, url := range urls {
		if i == 0 {
			fmt.Fprintf(stdout, "Ionwake is at %s\n", url)
		} else {
			fmt.Fprintf(stdout, "%s %s\n", others, url)
		}
	}
	if far := urls[len(urls)-1]; isTerminal(stdout) && !strings.Contains(far, "//localhost:") { // for phones
		fmt.Fprint(stdout, picture(far, colorful(stdout)))
	}
}

// run serves until a signal, or until a part of the server fails, and then stops
// everything.
func (s *server) run(gameLn, adminLn net.Listener, stop <-chan os.Signal) error {
	ticking, stopTicks := context.WithCancel(context.Background())
	ticked := make(chan struct{})
	go func() {
		defer close(ticked)
		_ = s.hall.Run(ticking) // its error is that it was told to stop
	}()
	go func() { _ = s.host.Run(ticking) }() // likewise
	go s.memory.run(ticking)
	failed := make(chan error, 3)
	s.lock.start(ticking, s.gate, failed)
	go func() {
		failed <- serving("the game port", s.game.Serve(s.lock.secure(s.gate.Listen(slowed(gameLn, s.set.line)))))
	}()
	go func() { failed <- serving("the host's port", s.private.Serve(adminLn)) }()
	watched := findSupervisor(os.Getenv, s.log)
	defer watched.close()
	watched.say("READY=1")
	go watched.watch(ticking, s.hall.LastTick)

	err := s.wait(stop, failed)
	begin := time.Now()
	watched.say("STOPPING=1")
	grace, enough := s.grace(stop)
	defer enough()
	s.drain(grace)
	stopTicks()
	select {
	case <-ticked:
		for _, p := range s.pumps {
			p.Close()
		}
	case <-time.After(hurry):
		s.log.Error("a room hangs and is left behind")
	}
	err = errors.Join(err, s.closeKept(grace))
	s.log.Info("stopped", "took", time.Since(begin).Round(time.Millisecond))
	return err
}

// serving names what ended; a server that was told to stop has not failed.
func serving(what string, err error) error {
	if err == nil || errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return fmt.Errorf("serve %s: %w", what, err)
}
