//go:build amd64 || arm64

package gate

import (
	"bytes"
	"net"
	"slices"
	"syscall"
	"testing"
)

// A message that comes whole costs no switch into the coroutine; what else comes goes there, and both keep their order.
func TestPumpReadsPastTheCoroutine(t *testing.T) {
	s, turn := handTurned(t, 1, Config{})
	c := s.connect(t)
	turn(func() bool { return aboard(s.gate.list(), s.gate.cfg.Pumps[0]) == 1 })
	p := s.list()[0]
	var got []string
	p.does(func(data []byte) error { got = append(got, string(data)); return nil })
	b, switches := p.c.line.(*direct).berth, 0
	next := b.next
	b.next = func() (struct{}, bool) { switches++; return next() }

	c.send(t, bytes.Join([][]byte{
		binaryFrame([]byte("one")), frame(fin|opPong, []byte("as asked")), binaryFrame(bytes.Repeat([]byte("L"), 200)),
	}, nil))
	turn(func() bool { return len(got) == 2 })
	if switches != 0 {
		t.Errorf("%d switches for two whole messages and a pong", switches)
	}
	c.send(t, bytes.Join([][]byte{
		binaryFrame([]byte("two")), frame(fin|opPing, nil), binaryFrame([]byte("three")), frame(opBinary, []byte("fo")),
	}, nil))
	turn(func() bool { return len(got) == 4 })
	c.send(t, append(frame(fin|opContinuation, []byte("ur")), binaryFrame([]byte("five"))...))
	turn(func() bool { return len(got) == 6 })
	if want := []string{"one", string(bytes.Repeat([]byte("L"), 200)), "two", "three", "four", "five"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if switches == 0 || len(b.ahead) > 0 {
		t.Errorf("%d switches for the rest, of which %d bytes are left", switches, len(b.ahead))
	}
}

// Who sends more than a turn's budget at once is read on at the next turn, though nothing more comes; so is the end of the line behind it.
func TestPumpReadsOnAfterItsBudget(t *testing.T) {
	s, turn := handTurned(t, 1, Config{MessageRate: 10000, ByteRate: 1 << 20})
	c := s.connect(t)
	turn(func() bool { return aboard(s.gate.list(), s.gate.cfg.Pumps[0]) == 1 })
	p := s.list()[0]
	n := 0
	p.does(func([]byte) error { n++; return nil })
	const size, count = 500, 50
	stream := bytes.Repeat(binaryFrame(make([]byte, size)), count) // 25 KB
	c.send(t, stream)
	if err := c.Conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	b := p.c.line.(*direct).berth
	eventually(t, "all in the kernel", func() bool { return waiting(t, b, len(stream)) == len(stream) })
	s.gate.cfg.Pumps[0].Turn()
	if most := turnBudget / size; n == 0 || n > most {
		t.Errorf("%d messages in a turn, want 1 to %d", n, most)
	}
	turn(func() bool { return s.gate.Stats().Open == 0 })
	if n != count {
		t.Errorf("%d messages, want %d", n, count)
	}
}

// A flood by many costs a turn no more than what they share, and nobody else waits for it.
func TestPumpSharesATurn(t *testing.T) {
	s, turn := handTurned(t, 1, Config{MessageRate: 100000, ByteRate: 1 << 20})
	const size, count, flooders = 500, 50, 16
	stream := bytes.Repeat(binaryFrame(make([]byte, size)), count) // 25 KB
	var clients []*rawClient
	for n := range flooders + 1 {
		clients = append(clients, s.connect(t))
		turn(func() bool { return aboard(s.gate.list(), s.gate.cfg.Pumps[0]) == n+1 })
	}
	bytesIn, heard := 0, false
	for n, p := range s.list() {
		p.does(func(data []byte) error {
			bytesIn += len(data)
			heard = heard || string(data) == "hello"
			return nil
		})
		what := stream
		if n == flooders {
			what = binaryFrame([]byte("hello"))
		}
		clients[n].send(t, what)
		b := p.c.line.(*direct).berth
		eventually(t, "all in the kernel", func() bool { return waiting(t, b, len(what)) == len(what) })
	}
	s.gate.cfg.Pumps[0].Turn()
	if !heard {
		t.Error("others wait for a flood")
	}
	if most := sharedBudget + turnBudget + flooders*leastBudget; bytesIn > most {
		t.Errorf("a turn took %d bytes, want %d at most", bytesIn, most)
	}
}

// waiting is how many bytes, up to most, wait in the kernel to be read.
func waiting(t *testing.T, b *berth, most int) (n int) {
	t.Helper()
	err := b.control(func(fd int) error {
		var err error
		n, _, err = syscall.Recvfrom(fd, make([]byte, most), syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		return err
	})
	if err != nil && err != syscall.EAGAIN {
		t.Fatal(err)
	}
	return n
}
