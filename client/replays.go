package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ionwake/client/fetch"
	"ionwake/client/link"
	"ionwake/client/practice"
	"ionwake/client/session"
	"ionwake/client/view"
	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

// replayPatience is how long a replay may take to arrive: a megabyte at 256 kbit/s.
const replayPatience = 40 * time.Second

// priming is how many ticks a playback passes at once when it opens, at most: until the
// session is in and there is something to see.
const priming = 12

// tempos are how fast a replay can be watched; usualTempo is the place of 1.
var tempos = [...]float64{0.5, 1, 2, 4}

const usualTempo = 1

// cinema is a replay that is watched, or on its way.
type cinema struct {
	cancel context.CancelFunc
	come   chan arrived
	rec    *replay.Record     // nil: still on its way
	show   *practice.Playback // nil until it is there
	part   float64            // of a tick that has passed already
	tempo  int                // in tempos
	held   bool
}

// arrived is what came of asking for a replay.
type arrived struct {
	rec *replay.Record
	err error
}

// watch begins to watch the replay of a place.
func (p *play) watch(place view.Place) {
	ctx, cancel := context.WithCancel(context.Background())
	p.cinema = &cinema{cancel: cancel, come: make(chan arrived, 1), tempo: usualTempo}
	come, from := p.cinema.come, p.url
	go func() { // until it is there, or cancel
		defer cancel()
		rec, err := findReplay(ctx, from, place.Replay)
		come <- arrived{rec, err}
	}()
}

// findReplay fetches a replay: by its ID from the server of a socket, by an address, or,
// on the desktop, out of a file.
func findReplay(ctx context.Context, socket, what string) (*replay.Record, error) {
	data, err := replayFile(what)
	if errors.Is(err, errNoFile) {
		var address string
		if address, err = replayAddress(socket, what); err == nil {
			data, err = fetch.Get(ctx, fetch.Request{URL: address, Limit: replay.MaxFile, Patience: replayPatience})
		}
	}
	if err != nil {
		return nil, err
	}
	return replay.Open(data)
}

// errNoFile is that what is wanted is not in a file.
var errNoFile = errors.New("not a file")

// replayAddress is where a replay is to be had: what is an ID, at the server of socket;
// the address of a page that shows it, at its server; any other address as it is.
func replayAddress(socket, what string) (string, error) {
	page, id := link.Page(socket), what
	if strings.Contains(what, "://") {
		u, err := url.Parse(what)
		if err != nil || u.Host == "" {
			return "", fetch.ErrMissing
		}
		id = u.Query().Get("replay")
		if id == "" {
			return what, nil
		}
		page = cmp.Or(link.Page(what), what)
	}
	if id == "" || len(id) > 40 || strings.Trim(id, "0123456789abcdef-") != "" {
		return "", fetch.ErrMissing
	}
	u, err := url.Parse(page)
	if err != nil || u.Host == "" {
		return "", fetch.ErrMissing
	}
	u.User = nil
	return u.ResolveReference(&url.URL{Path: "api/v1/replays/" + id}).String(), nil
}

// stepCinema lets a replay pass with the session's time, in which that many seconds have
// passed.
func (p *play) stepCinema(passed time.Duration) {
	c := p.cinema
	if c.show == nil {
		select {
		case got := <-c.come:
			if p.fault(got.err) {
				return
			}
			c.rec = got.rec
			p.depot.Put(c.rec.Head.Arena)
			p.open(p.place.From)
		default:
		}
		return
	}
	c.part += passed.Seconds() * sim.TickRate
	whole := int(c.part)
	c.part -= float64(whole)
	c.show.Pass(whole)
	if !p.fault(c.show.Err()) {
		p.pace()
	}
}

// open shows the replay from a time on. The session is let in at once, so that nobody
// sees it come.
func (p *play) open(from time.Duration) {
	c := p.cinema
	show, err := practice.Watch(c.rec, from)
	if p.fault(err) {
		return
	}
	c.show, c.part = show, 0
	p.Session.Play("Watcher", session.Place{Spectate: true, Dial: func(func()) session.Socket { return show.Dial() }})
	for range priming {
		show.Pass(1)
		if s := p.Session.Step(p.warp.skip(time.Second/sim.TickRate), sim.Input{}); s != nil {
			p.scene = s
			break
		}
	}
	p.pace()
}

// pace lets the session's time pass as fast as the replay is watched.
func (p *play) pace() {
	c := p.cinema
	if c.held || c.show.Over() {
		p.warp.set(0)
	} else {
		p.warp.set(tempos[c.tempo])
	}
}

// fault takes what is wrong with a replay, if something is, and ends it.
func (p *play) fault(err error) bool {
	if err == nil {
		return false
	}
	p.closeCinema()
	p.Session.Leave()
	p.trouble = err.Error()
	p.code = view.ReplayBad
	switch {
	case errors.Is(err, fetch.ErrMissing):
		p.code = view.ReplayGone
	case errors.Is(err, replay.ErrEdition), errors.Is(err, replay.ErrForeign):
		p.code = view.ReplayOther
	case errors.Is(err, replay.ErrDamaged), errors.Is(err, replay.ErrDiffers), errors.Is(err, replay.ErrNoPlay):
	default:
		p.code = view.ReplayFar
	}
	return true
}

// closeCinema ends a replay, if there is one.
func (p *play) closeCinema() {
	if c := p.cinema; c != nil {
		c.cancel()
		p.cinema = nil
		p.warp.screen(false)
	}
}

// Reel implements view.Projector.
func (p *play) Reel() (view.Reel, bool) {
	c := p.cinema
	if c == nil || c.show == nil {
		return view.Reel{}, false
	}
	return view.Reel{At: c.show.At(), Length: c.show.Length(), Tempo: tempos[c.tempo], Held: c.held, Over: c.show.Over()}, true
}

// Hold implements view.Projector. At the end it begins anew.
func (p *play) Hold() {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.cinema
	switch {
	case c == nil || c.show == nil:
	case c.show.Over():
		c.held = false
		p.open(0)
	default:
		c.held = !c.held
		p.pace()
	}
}

// Tempo implements view.Projector.
func (p *play) Tempo(by int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.cinema; c != nil && c.show != nil {
		c.tempo = min(max(c.tempo+by, 0), len(tempos)-1)
		p.pace()
	}
}

// Seek implements view.Projector.
func (p *play) Seek(to time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.cinema; c != nil && c.show != nil {
		p.open(to)
	}
}

// secondsOf reads how many seconds into a replay somebody wants to go; anything else is
// its beginning.
func secondsOf(text string) time.Duration {
	s, err := strconv.ParseFloat(text, 64)
	if err != nil || !(s > 0 && s < 1e6) {
		return 0
	}
	return time.Duration(s * float64(time.Second))
}

// replayLink is the address of a page that shows a replay, for friends; empty where
// there is none, as for a file.
func replayLink(page, what string) string {
	if strings.Contains(what, "://") || strings.Trim(what, "0123456789abcdef-") != "" {
		return ""
	}
	u, err := url.Parse(page)
	if err != nil {
		return ""
	}
	u.RawQuery = "replay=" + what
	return fmt.Sprint(u)
}
