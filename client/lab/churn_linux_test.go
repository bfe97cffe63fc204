package lab_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"ionwake/client/replica"
	"ionwake/server/gate"
	"ionwake/server/hall"
	"ionwake/server/room"
	"ionwake/shared/wire"
)

// held is what a process may leak.
type held struct{ goroutines, files int }

func holds(t *testing.T) held {
	t.Helper()
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return held{runtime.NumGoroutine(), len(files)}
}

// TestFault_R4_Churn has people come and go over real sockets, in every way there is to
// go, by the thousand (CHURN=10000 in the environment): in the end there are as many
// goroutines and files as before, no people, and no rooms but the main one.
func TestFault_R4_Churn(t *testing.T) {
	joins := 300
	if text := os.Getenv("CHURN"); text != "" {
		var err error
		if joins, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	for _, pumps := range []int{0, 1} {
		t.Run(fmt.Sprintf("pumps=%d", pumps), func(t *testing.T) { churn(t, joins, pumps) })
	}
}

func churn(t *testing.T, joins, pumps int) {
	made, err := gate.NewPumps(pumps)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		for _, p := range made {
			p.Close()
		}
	}()
	turned := make([]hall.Pump, 0, len(made))
	for _, p := range made {
		turned = append(turned, p)
	}
	h := hall.New(hall.Config{Drivers: 1, Pumps: turned, KeepFor: 100 * time.Millisecond, Open: func(name string) room.Config {
		return room.Config{Name: name, Arena: arena(t, "closet"), Bots: 4, MaxPlayers: 64, ResumeFor: 6}
	}})
	g := gate.New(gate.Config{Pumps: made, Accept: func(c *gate.Conn, r *http.Request) gate.Peer { return h.Welcome(c, r.URL.Query().Get("room")) }})
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { _ = h.Run(ctx) })
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := g.Server(g)
	running.Go(func() { _ = server.Serve(g.Listen(ln)) })
	visit(t, ln.Addr().String(), 0) // what is made once is there
	var before held
	if !settles(func() bool {
		before = holds(t)
		return h.Stats()[0].Players == 0 && g.Stats().Sockets == 0 && len(h.Stats()) == 1
	}) {
		t.Fatalf("after one visit: %+v", h.Stats())
	}

	var people sync.WaitGroup
	const together = 16
	for i := range together {
		people.Go(func() {
			for n := i; n < joins; n += together {
				visit(t, ln.Addr().String(), n)
			}
		})
	}
	people.Wait()
	var after held
	empty := func() bool { st := h.Stats(); return len(st) == 1 && st[0].Players == 0 && g.Stats().Sockets == 0 }
	if !settles(func() bool {
		after = holds(t)
		return empty() && after.goroutines <= before.goroutines && after.files <= before.files
	}) {
		t.Errorf("before %d joins %+v, after them %+v; %d rooms, %d players in the main one, %d sockets",
			joins, before, after, len(h.Stats()), h.Stats()[0].Players, g.Stats().Sockets)
	}
	cancel()
	_ = server.Close()
	running.Wait()
}

// settles waits until something is so; false: it never is.
func settles(so func() bool) bool {
	for range 400 {
		if so() {
			return true
		}
		time.Sleep(25 * time.Millisecond)
	}
	return false
}

// visit comes in, is told where it is, and goes away in one of many ways.
func visit(t *testing.T, addr string, n int) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Errorf("visit %d: %v", n, err)
		return
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	room := []string{"main", "main", "second", "third"}[n%4]
	fmt.Fprintf(conn, "GET /play?room=%s HTTP/1.1\r\nHost: game.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: %s\r\n\r\n", room, wire.Protocol)
	if n%23 == 22 {
		return // gone before the answer
	}
	br := bufio.NewReader(conn)
	res, err := http.ReadResponse(br, nil)
	if err != nil || res.StatusCode != http.StatusSwitchingProtocols {
		t.Errorf("visit %d: %v, %v", n, res, err)
		return
	}
	hello := replica.New(replica.Config{}).Hello(0, replica.Guest{Name: fmt.Sprintf("Guest %d", n)})
	if n%19 == 18 {
		_, _ = conn.Write(masked(hello)[:9]) // gone in the middle of a word
		return
	}
	if _, err := conn.Write(masked(hello)); err != nil {
		t.Errorf("visit %d: %v", n, err)
		return
	}
	for range 1 + rand.IntN(4) {
		if err := skipFrame(br); err != nil {
			t.Errorf("visit %d is told nothing: %v", n, err)
			return
		}
	}
	switch n % 4 {
	case 0:
		_, _ = conn.Write(masked(wire.AppendLeave(nil)))
		_, _ = io.Copy(io.Discard, conn) // until the server has ended it
	case 1:
		_ = conn.(*net.TCPConn).SetLinger(0) // a reset
	case 2:
		_, _ = conn.Write([]byte{0x88, 0x80, 0, 0, 0, 0}) // a close frame (RFC 6455 section 5.5.1)
		_, _ = io.Copy(io.Discard, conn)
	}
}

// masked is a message as a client sends it (RFC 6455 section 5.2), masked with zeros.
func masked(data []byte) []byte {
	frame := []byte{0x82, 0x80 | byte(len(data))}
	if len(data) > 125 {
		frame = binary.BigEndian.AppendUint16([]byte{0x82, 0x80 | 126}, uint16(len(data)))
	}
	return append(append(frame, 0, 0, 0, 0), data...)
}

// skipFrame reads a frame of a server.
func skipFrame(r *bufio.Reader) error {
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	size := int(head[1])
	if size == 126 {
		var long [2]byte
		if _, err := io.ReadFull(r, long[:]); err != nil {
			return err
		}
		size = int(binary.BigEndian.Uint16(long[:]))
	}
	_, err := r.Discard(size)
	return err
}
