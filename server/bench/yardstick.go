//go:build linux && (amd64 || arm64)

package main

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"time"
)

// work is what a yardstick has to do: what the server was seen doing.
type work struct {
	clients int
	rate    float64 // messages a second from each client
	size    int     // payload bytes of each
	trace   string  // file with the sizes of the frames
	mean    float64 // bytes of a frame on the socket
	procs   int     // GOMAXPROCS
	window  time.Duration
}

// measured is how a yardstick did it.
type measured struct {
	cpu     time.Duration
	seconds float64
	served  served
	loaded  loaded
}

// sends is how many frames a second each client is sent.
const sends = 30

// run runs the yardstick "floor" or "plain" and makes sure that it did the work.
func (p *programs) run(ctx context.Context, kind string, w work) (*measured, error) {
	server, err := start("the yardstick "+kind, []string{"GOMAXPROCS=" + strconv.Itoa(w.procs)}, p.self, kind, "--trace", w.trace)
	if err != nil {
		return nil, err
	}
	defer server.kill()
	at, err := server.await("at ")
	if err != nil {
		return nil, err
	}
	load, err := start("the load", nil, p.self, "load", "--target", at, fmt.Sprintf("--raw=%t", kind == "floor"),
		"--clients", strconv.Itoa(w.clients), "--rate", fmt.Sprint(w.rate), "--size", strconv.Itoa(w.size))
	if err != nil {
		return nil, err
	}
	defer load.kill()
	if _, err := load.await("connected"); err != nil {
		return nil, err
	}
	if err := pause(ctx, 700*time.Millisecond); err != nil { // until it runs warm
		return nil, err
	}
	m := &measured{}
	if m.cpu, m.seconds, err = server.used(ctx, w.window); err != nil {
		return nil, err
	}
	if err := load.finish(&m.loaded); err != nil {
		return nil, err
	}
	if err := server.finish(&m.served); err != nil {
		return nil, err
	}
	if err := m.check(w); err != nil {
		return nil, fmt.Errorf("the yardstick %s: %w", kind, err)
	}
	return m, nil
}

// check makes sure that the clients sent and got what they had to. Only whoever starts and stops them at slightly different moments, or is held up by
// other work of the machine, makes a difference.
func (m *measured) check(w work) error {
	if m.loaded.Lost > 0 || m.served.Shortfalls > 0 {
		return fmt.Errorf("%d connections lost, %d frames not taken whole", m.loaded.Lost, m.served.Shortfalls)
	}
	clientSeconds := float64(w.clients) * m.loaded.Seconds
	if got := float64(m.loaded.Sent) / clientSeconds; off(got, w.rate) {
		return fmt.Errorf("the clients sent %.1f messages a second each instead of %.1f", got, w.rate)
	}
	if got := float64(m.loaded.BytesIn) / clientSeconds; off(got, sends*w.mean) {
		return fmt.Errorf("the clients got %.0f bytes a second each instead of %.0f", got, sends*w.mean)
	}
	return nil
}

// off allows a tenth.
func off(got, want float64) bool { return math.Abs(got-want) > 0.1*want }
