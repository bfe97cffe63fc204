package main

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"ionwake/assets"
	"ionwake/client/depot"
	"ionwake/client/link"
	"ionwake/client/practice"
	"ionwake/client/replica"
	"ionwake/client/session"
	"ionwake/client/view"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

// play joins a session to the view. It is what the view sees of everything behind
// the screen.
type play struct {
	*session.Session
	now    func() time.Duration
	warp   *warp         // the session's clock
	passed time.Duration // by it, as of the last Step
	depot  *depot.Depot
	seed   uint64
	device []byte                // what it alone knows, see session.Config
	fly    func(*play) sim.Input // flies instead of the player, if set

	url     string     // of the server that the page or the command line named
	claim   claim      // a seat of an earlier run
	pass    pass       // a ticket, where one is asked for
	keep    keeper     // of the seat, for later runs
	place   view.Place // where the player went to
	at      string     // the socket's address of place
	link    string     // to its room, for friends
	trouble string     // why it did not even try
	code    uint16     // of trouble
	cinema  *cinema    // a replay that is watched
	match   *practice.Match
	told    func() view.Told // what is on the screen; nil: nothing is

	mu    sync.Mutex     // a report may look while the game draws
	scene *replica.Scene // of the last Step
	draws int
}

// defaultArena is where practice is held unless somebody says otherwise.
const defaultArena = "foundry"

// Play takes a seat at place.
func (p *play) Play(name string, place view.Place) {
	if place != p.place || place.Practice != nil || place.Replay != "" {
		p.Leave()
	}
	p.place, p.trouble, p.code = place, "", uint16(link.CodeAddress)
	if place.Replay != "" {
		p.link = replayLink(link.Page(p.url), place.Replay)
		p.warp.screen(true)
		p.watch(place)
		return
	}
	at, err := p.find(place)
	if err != nil {
		p.trouble = err.Error()
		return
	}
	if p.at = at.URL; p.claim.url == at.URL {
		at.Claim = p.claim.token
	}
	p.claim = claim{}
	p.Session.Play(name, at)
	p.keep.name(name)
}

// Leave gives the seat back and ends a practice.
func (p *play) Leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.scene = nil
	p.Session.Leave()
	p.trouble = ""
	p.closeCinema()
	if p.match != nil {
		p.match.Close()
		p.match = nil
	}
	p.keep.forget()
}

// find returns what the session needs to play at a place. Errors are sentences for
// the player.
func (p *play) find(place view.Place) (session.Place, error) {
	if place.Practice != nil {
		p.link = ""
		return p.practise(place.Practice)
	}
	url := p.url
	if place.Address != "" {
		address, err := link.ParseAddress(place.Address)
		if err != nil {
			return session.Place{}, err
		}
		url = address.URL
	}
	if place.Room != "" {
		var err error
		if url, err = link.InRoom(url, place.Room); err != nil {
			return session.Place{}, err
		}
	}
	p.link = link.Page(url)
	return session.Place{URL: url, Spectate: place.Spectate, Password: place.Password, Ticket: p.pass.shown(url)}, nil
}

// practise opens a match against bots.
func (p *play) practise(want *view.Practice) (session.Place, error) {
	name := want.Arena
	if name == "" {
		name = defaultArena
	}
	data, err := assets.Maps.ReadFile("maps/" + name + ".arena")
	if err != nil {
		return session.Place{}, fmt.Errorf("this client has no map %q", name)
	}
	arena, err := sim.ParseArena(data)
	if err != nil {
		return session.Place{}, fmt.Errorf("read the map %q: %w", name, err)
	}
	mode, ok := sim.ModeByName(want.Mode)
	if !ok {
		return session.Place{}, fmt.Errorf("there is no mode %q", want.Mode)
	}
	p.seed++
	p.match, err = practice.Open(practice.Config{
		Arena: arena, Mode: mode, Bots: want.Bots, Level: bot.Level(want.Level), Seed: p.seed,
	})
	if err != nil {
		return session.Place{}, err
	}
	match := p.match
	return session.Place{Dial: func(readable func()) session.Socket { return match.Dial(readable) }}, nil
}

// arenasOf returns the arenas of this client in which a mode can be played.
func arenasOf(mode string) (names []string) {
	m, ok := sim.ModeByName(mode)
	files, err := assets.Maps.ReadDir("maps")
	if !ok || err != nil {
		return nil
	}
	for _, file := range files {
		name, isArena := strings.CutSuffix(file.Name(), ".arena")
		if !isArena {
			continue
		}
		data, err := assets.Maps.ReadFile("maps/" + file.Name())
		if err != nil {
			continue
		}
		if a, err := sim.ParseArena(data); err == nil && a.Fits(m) == nil {
			names = append(names, name)
		}
	}
	return names
}

// usualPractice is a practice of a mode, for links and command lines.
func usualPractice(mode string) *view.Practice {
	return &view.Practice{Mode: mode, Arena: defaultArena, Bots: 7, Level: int(bot.Medium)}
}

// Step lets the session pass to now and remembers what there is to draw.
func (p *play) Step(now time.Duration, in sim.Input) *replica.Scene {
	if p.fly != nil {
		in = p.fly(p)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	at := p.warp.pass(now)
	if p.cinema != nil {
		p.stepCinema(at - p.passed)
		at = p.warp.pass(now)
	}
	p.passed = at
	if s := p.Session.Step(at, in); s != nil || p.cinema == nil {
		p.scene = s
	}
	p.draws++
	if p.match == nil && p.cinema == nil {
		p.keep.seat(now, p)
		p.spend(now)
	}
	return p.scene
}

// Status tells the view where the player stands.
func (p *play) Status() view.Status {
	if p.trouble != "" {
		return view.Status{Stage: view.Refused, Message: p.trouble, Code: p.code, Place: p.place}
	}
	st := p.Session.Status(p.warp.now())
	if c := p.cinema; c != nil {
		stage := view.Spectating
		if c.show == nil {
			stage = view.Joining
		}
		return view.Status{Stage: stage, Place: p.place, Link: p.link}
	}
	return view.Status{
		Stage:   stages[st.Stage],
		Message: st.Message, RetryIn: st.RetryIn, CanRetry: st.CanRetry, Code: uint16(st.Code), Place: p.place, Link: p.link,
		Fetching: st.Fetching,
	}
}
