//go:build linux && (amd64 || arm64)

package main

import (
	"errors"
	"fmt"
	"io"
	"net/netip"
	"syscall"
	"time"
)

// loadFlags are the flags of the clients of a yardstick.
type loadFlags struct {
	Target  string  `help:"Where the yardstick listens." required:"" placeholder:"ADDR"`
	Raw     bool    `help:"Plain TCP: the bytes of WebSocket frames without their handshake."`
	Clients int     `help:"How many connections." default:"64"`
	Rate    float64 `help:"Messages a second of each client." default:"30"`
	Size    int     `help:"Payload bytes of each message." default:"20"`
}

// loaded is what the clients count from when all are connected to the end.
type loaded struct {
	Seconds float64 `json:"seconds"`
	Sent    int     `json:"sent"`
	BytesIn int     `json:"bytes_in"`
	Lost    int     `json:"lost"` // connections
}

// load is the clients: one goroutine that looks after all sockets, as client/swarm does and as often, so that a server is woken, and wakes, in the same way by both: what
// a client's reading and writing costs is partly paid by the other side, over loopback. It writes and counts, and never parses.
type load struct {
	poll    int
	clients []loadClient
	events  []syscall.EpollEvent
	in      []byte
	message []byte // a whole masked frame
	count   loaded
}

type loadClient struct {
	fd  int
	due time.Time // of its next message
}

func (f *loadFlags) run(in io.Reader, out io.Writer) error {
	target, err := netip.ParseAddrPort(f.Target)
	if err != nil || !target.Addr().Is4() {
		return fmt.Errorf("--target=%s is not possible: it has to be an IPv4 address with a port", f.Target)
	}
	if f.Clients < 1 || f.Rate <= 0 || f.Size < 1 || f.Size > 0xffff {
		return errors.New("there have to be clients, and messages of 1 to 65535 bytes")
	}
	l := &load{events: make([]syscall.EpollEvent, f.Clients), in: make([]byte, 64<<10), message: maskedFrame(f.Size)}
	if l.poll, err = syscall.EpollCreate1(syscall.EPOLL_CLOEXEC); err != nil {
		return fmt.Errorf("make an epoll: %w", err)
	}
	for range f.Clients {
		if err := l.connect(target, f.Raw); err != nil {
			return err
		}
	}
	fmt.Fprintln(out, "connected")
	l.play(untilEnd(in), time.Duration(float64(time.Second)/f.Rate))
	return tell(out, l.count)
}

// maskedFrame returns a binary message of zeros as a client sends it (RFC 6455 section 5.2), masked with the key zero.
func maskedFrame(size int) []byte {
	frame := make([]byte, frameHeader(size, true)+size)
	frame[0], frame[1] = 0x82, 0x80|byte(size)
	if size > 125 {
		frame[1], frame[2], frame[3] = 0x80|126, byte(size>>8), byte(size)
	}
	return frame
}

func (l *load) connect(target netip.AddrPort, raw bool) error {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("make a socket: %w", err)
	}
	if err := syscall.Connect(fd, &syscall.SockaddrInet4{Addr: target.Addr().As4(), Port: int(target.Port())}); err != nil {
		return fmt.Errorf("connect to %s: %w", target, err)
	}
	if err := syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1); err != nil {
		return fmt.Errorf("set TCP_NODELAY: %w", err)
	}
	if !raw {
		if err := shakeHands(fd, target); err != nil {
			return err
		}
	}
	if err := syscall.SetNonblock(fd, true); err != nil {
		return fmt.Errorf("set a socket to not block: %w", err)
	}
	if err := syscall.EpollCtl(l.poll, syscall.EPOLL_CTL_ADD, fd, &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(fd)}); err != nil {
		return fmt.Errorf("watch a socket: %w", err)
	}
	l.clients = append(l.clients, loadClient{fd: fd})
	return nil
}

// shakeHands asks for a WebSocket (RFC 6455 section 4.1). Of the answer it wants no more than the 101; what follows it on the socket may be
// read with it and is left out of the count.
func shakeHands(fd int, target netip.AddrPort) error {
	request := "GET /play HTTP/1.1\r\nHost: " + target.String() + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
	if _, err := syscall.Write(fd, []byte(request)); err != nil {
		return fmt.Errorf("ask for a WebSocket: %w", err)
	}
	answer := make([]byte, 1<<10)
	n, err := syscall.Read(fd, answer)
	if err != nil {
		return fmt.Errorf("wait for a WebSocket: %w", err)
	}
	if const101 := "HTTP/1.1 101"; n < len(const101) || string(answer[:len(const101)]) != const101 {
		return fmt.Errorf("ask for a WebSocket: the answer is %q", answer[:n])
	}
	return nil
}

// The clients let no more and no less than this pass before they look again: what has come by then is read, what is due by then is sent. These are the times of client/swarm.
const (
	nap      = 2 * time.Millisecond
	shortest = time.Millisecond
)

// play sends and reads until end. The clients' messages are spread over the time between two of one client.
func (l *load) play(end <-chan struct{}, every time.Duration) {
	l.read() // what came while others were still connecting belongs to no time that is measured
	l.count.BytesIn = 0
	begin := time.Now()
	for i := range l.clients {
		l.clients[i].due = begin.Add(every * time.Duration(i) / time.Duration(len(l.clients)))
	}
	next := 0 // whose turn it is: turns come round in the order of the clients
	for {
		select {
		case <-end:
			l.count.Seconds = time.Since(begin).Seconds()
			return
		default:
		}
		l.read()
		for now := time.Now(); !l.clients[next].due.After(now); next = (next + 1) % len(l.clients) {
			c := &l.clients[next]
			c.due = c.due.Add(every)
			l.send(c)
		}
		time.Sleep(min(max(time.Until(l.clients[next].due), shortest), nap))
	}
}

func (l *load) send(c *loadClient) {
	if c.fd < 0 {
		return
	}
	if n, err := syscall.Write(c.fd, l.message); err != nil || n != len(l.message) {
		l.lose(c)
		return
	}
	l.count.Sent++
}

func (l *load) lose(c *loadClient) {
	_ = syscall.Close(c.fd) // it is gone anyway
	c.fd = -1
	l.count.Lost++
}

// read reads what has come.
func (l *load) read() {
	n, err := syscall.EpollWait(l.poll, l.events, 0)
	if err != nil {
		return // interrupted
	}
	for _, e := range l.events[:n] {
		n, err := syscall.Read(int(e.Fd), l.in)
		if err == nil {
			l.count.BytesIn += n
		}
	}
}
