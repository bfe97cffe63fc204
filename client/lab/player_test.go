//go:build !js

package lab_test

import (
	"context"
	"fmt"
	"net"
	"time"

	"ionwake/assets"
	"ionwake/client/depot"
	"ionwake/client/link"
	"ionwake/client/replica"
	"ionwake/client/session"
	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/lab"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// player is a person on a line: a session that a pilot flies.
type player struct {
	m      *match
	ses    *session.Session
	line   lab.Line
	host   byte                    // of its address
	wrap   func(net.Conn) net.Conn // around the client's side, if set
	conn   *lab.Conn               // the newest, client side
	server *lab.Conn               // its other end
	dials  int

	due  time.Duration        // of the next frame
	pace func() time.Duration // to the one after it

	pilot  *bot.Pilot
	view   belief.View
	seen   sim.Tick // of the belief
	held   sim.Input
	hidden bool // nobody looks: no frames
	blind  bool // new lines swallow everything, see dark
	watch  *watch
}

// seat makes a player who has not joined yet.
func (m *match) seat(line lab.Line) *player {
	n := len(m.people)
	p := &player{m: m, line: line, host: byte(n + 1), pilot: bot.New(uint64(n)*77+5, bot.Level(1+n%3)), pace: hertz(60)}
	p.line.Seed = p.line.Seed*1000 + uint64(n)
	p.due = m.now() + time.Duration(n)*7*time.Millisecond%(time.Second/60)
	device := append(make([]byte, 0, wire.DeviceSize), fmt.Sprintf("device %d", n)...)
	p.ses = session.New(session.Config{
		Depot: depot.New(depot.Config{Shipped: assets.Maps}), Seed: p.line.Seed, Device: device[:wire.DeviceSize],
		Dial: p.dial, Now: m.now,
	})
	m.people = append(m.people, p)
	return p
}

func (p *player) dial(c link.Config) *link.Socket {
	c.NetDial = func(context.Context) (net.Conn, error) {
		p.dials++
		line := p.line
		line.Seed += uint64(p.dials) << 32
		client, server := lab.Pipe(line)
		p.conn, p.server = client, server
		client.Blackhole(p.blind)
		host := p.host
		go func() { _ = p.m.gate.Serve(from{server, host}) }()
		if p.wrap != nil {
			return p.wrap(client), nil
		}
		return client, nil
	}
	return link.Dial(c)
}

// hertz is the pace of a display.
func hertz(n int) func() time.Duration {
	return func() time.Duration { return time.Second / time.Duration(n) }
}

// join takes a seat in the main room, in a hull.
func (m *match) join(line lab.Line, hull sim.HullKind) *player {
	p := m.seat(line)
	p.ses.Choose(hull, sim.NoTeam)
	p.ses.Play(fmt.Sprintf("Pilot %d", len(m.people)), session.Place{URL: "ws://lab/play?room=main"})
	return p
}

// crowd lets n pilots join over equal lines, in all hulls, and play until each has
// its seat.
func (m *match) crowd(n int, line lab.Line) {
	for i := range n {
		m.join(line, sim.HullKind(i%len(sim.Hulls)))
	}
	for range 20 {
		m.play(time.Second / 2)
		if m.seated() == n {
			return
		}
	}
	m.t.Errorf("after ten seconds %d of %d have a seat", m.seated(), n)
}

func (m *match) seated() (n int) {
	for _, p := range m.people {
		if p.stage() == session.Playing {
			n++
		}
	}
	return n
}

// frame lets one drawn frame pass: the pilot decides by what it was last told.
func (p *player) frame() {
	if p.hidden {
		return
	}
	now := p.m.now()
	s := p.ses.Step(now, p.held)
	p.think()
	if s != nil && p.watch != nil {
		p.watch.frame(now, s)
	}
}

// think flies on anew when a frame of the server has come.
func (p *player) think() {
	p.ses.Inspect(func(r *replica.Replica) {
		if !r.Joined() {
			return
		}
		if r.View(&p.view); p.view.Tick == p.seen {
			return
		}
		p.seen = p.view.Tick
		if p.view.Ship(r.Self()) != nil {
			p.held = p.pilot.Think(&p.view, r.Self())
		}
	})
}

func (p *player) stage() session.Stage { return p.ses.Status(p.m.now()).Stage }
func (p *player) net() replica.NetView { return p.ses.Net(p.m.now()) }
