//go:build !js

package lab_test

import (
	"context"
	"math/rand/v2"
	"net"
	"net/http"
	"testing"
	"time"

	"ionwake/assets"
	"ionwake/server/gate"
	"ionwake/server/hall"
	"ionwake/server/room"
	"ionwake/shared/lab"
	"ionwake/shared/sim"
)

// match is a whole server in memory, whose rooms tell the truth to a witness.
type match struct {
	t      *testing.T
	gate   *gate.Gate
	hall   *hall.Hall
	truth  *truth // of the main room
	start  time.Time
	cancel context.CancelFunc
	done   chan struct{}
	people []*player
}

// newMatch opens a server whose rooms are as cfg says, on the foundry if that names
// no arena, and live from the first tick.
func newMatch(t *testing.T, cfg room.Config) *match {
	t.Helper()
	m := &match{t: t, start: time.Now(), done: make(chan struct{})}
	m.truth = newTruth(m.start)
	if cfg.Arena == nil {
		cfg.Arena = arena(t, "foundry")
	}
	if cfg.Mode == nil {
		cfg.Mode = sim.Brawl{}
	}
	if cfg.Rules == nil {
		cfg.Rules = &sim.Rules{Warmup: 1, Live: 1 << 30}
	}
	m.hall = hall.New(hall.Config{Drivers: 1, Open: func(name string) room.Config {
		c := cfg
		c.Name = name
		if name == hall.MainRoom {
			c.Mode = witness{c.Mode, m.truth}
		}
		return c
	}})
	m.gate = gate.New(gate.Config{Accept: func(c *gate.Conn, r *http.Request) gate.Peer {
		return m.hall.Welcome(c, r.URL.Query().Get("room"))
	}})
	ctx, cancel := context.WithCancel(t.Context())
	m.cancel = cancel
	go func() {
		defer close(m.done)
		_ = m.hall.Run(ctx) // its error is that it was told to stop
	}()
	return m
}

func arena(t *testing.T, name string) *sim.Arena {
	t.Helper()
	data, err := assets.Maps.ReadFile("maps/" + name + ".arena")
	if err != nil {
		t.Fatal(err)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (m *match) now() time.Duration { return time.Since(m.start) }

// play lets time pass for everybody: each player sees frames at its own pace, no two at
// the same moment.
func (m *match) play(d time.Duration) {
	until := m.now() + d
	for {
		next := m.soonest()
		if next == nil || next.due >= until {
			time.Sleep(until - m.now())
			return
		}
		time.Sleep(next.due - m.now())
		next.frame()
		next.due += next.pace()
	}
}

// soonest returns who sees the next frame.
func (m *match) soonest() (next *player) {
	for _, p := range m.people {
		p.due = max(p.due, m.now())
		if next == nil || p.due < next.due {
			next = p
		}
	}
	return next
}

// end stops everything and waits for it.
func (m *match) end() {
	for _, p := range m.people {
		p.ses.Leave()
	}
	time.Sleep(5 * time.Second)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := m.gate.Shutdown(ctx); err != nil {
		m.t.Error(err)
	}
	m.cancel()
	<-m.done
	time.Sleep(15 * time.Second)
}

// from is the server's end of a line from a host of a network for documentation
// (RFC 5737).
type from struct {
	*lab.Conn
	host byte
}

func (f from) RemoteAddr() net.Addr {
	return &net.TCPAddr{IP: net.IPv4(198, 51, 100, f.host), Port: 4000}
}

func newDice(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x1ab)) }
