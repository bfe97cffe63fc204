//go:build linux && (amd64 || arm64)

package main

import (
	"fmt"
	"io"
	"syscall"
	"time"
	"unsafe"
)

// floorFlags are the flags of the floor yardstick.
type floorFlags struct {
	Trace    string        `help:"File with the payload bytes of each send, in turn." required:"" placeholder:"FILE"`
	Tick     time.Duration `help:"Between two reads of all sockets." default:"16.666666ms"`
	Interval int           `help:"Ticks between two writes." default:"2"`
}

// served is what a yardstick counts from its start to its end.
type served struct {
	Sends      int     `json:"sends"`
	Shortfalls int     `json:"shortfalls"` // sends of which the kernel took less than all
	Reads      int     `json:"reads"`      // calls that brought bytes, or messages
	BytesIn    int     `json:"bytes_in"`
	LateP50    float64 `json:"late_p50_ms"`
	LateP99    float64 `json:"late_p99_ms"`
}

// floor is a server that does the least: no protocol, no rules, no memory of who is who. All its system calls are raw: one that the scheduler hears of
// wakes its monitor thread, which costs more than the call. None of them may block.
type floor struct {
	listener, poll int
	socks          []int
	events         []syscall.EpollEvent
	in, out        []byte
	count          served
}

func (f *floorFlags) run(in io.Reader, out io.Writer) error {
	sizes, err := readTrace(f.Trace)
	if err != nil {
		return err
	}
	sizes = sizes.framed()
	s, port, err := newFloor()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "at 127.0.0.1:%d\n", port)
	end, p := untilEnd(in), newPace(f.Tick)
	for tick := 0; ; tick++ {
		select {
		case <-end:
			s.count.LateP50, s.count.LateP99 = p.lateness(0.5), p.lateness(0.99)
			return tell(out, s.count)
		default:
		}
		p.wait()
		s.drain()
		if tick%f.Interval == 0 {
			s.send(sizes[tick/f.Interval%len(sizes)])
		}
	}
}

func newFloor() (*floor, int, error) {
	s := &floor{events: make([]syscall.EpollEvent, 4096), in: make([]byte, 16<<10), out: make([]byte, maxFrame+10)}
	var err error
	if s.poll, err = syscall.EpollCreate1(syscall.EPOLL_CLOEXEC); err != nil {
		return nil, 0, fmt.Errorf("make an epoll: %w", err)
	}
	if s.listener, err = syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0); err != nil {
		return nil, 0, fmt.Errorf("make a socket: %w", err)
	}
	if err = syscall.Bind(s.listener, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return nil, 0, fmt.Errorf("bind: %w", err)
	}
	if err = syscall.Listen(s.listener, 4096); err != nil {
		return nil, 0, fmt.Errorf("listen: %w", err)
	}
	at, err := syscall.Getsockname(s.listener)
	if err != nil {
		return nil, 0, fmt.Errorf("ask for the port: %w", err)
	}
	if err = s.watch(s.listener, syscall.EPOLLIN); err != nil {
		return nil, 0, err
	}
	return s, at.(*syscall.SockaddrInet4).Port, nil
}

func (s *floor) watch(fd int, events uint32) error {
	if err := syscall.EpollCtl(s.poll, syscall.EPOLL_CTL_ADD, fd, &syscall.EpollEvent{Events: events, Fd: int32(fd)}); err != nil {
		return fmt.Errorf("watch a socket: %w", err)
	}
	return nil
}

// edge makes epoll tell of a socket once for what has come since it last told, which spares it looking at sockets that were emptied.
// (The constant of package syscall is negative and does not fit the field.)
const edge = 1 << 31

// drain takes new connections and reads every socket that has bytes, once: what fills the whole buffer is read on, so that the edge is not lost.
func (s *floor) drain() {
	n, _, errno := syscall.RawSyscall6(syscall.SYS_EPOLL_PWAIT, uintptr(s.poll), uintptr(unsafe.Pointer(&s.events[0])), uintptr(len(s.events)), 0, 0, 0)
	if errno != 0 {
		return // interrupted: the next tick reads
	}
	for _, e := range s.events[:n] {
		if int(e.Fd) == s.listener {
			s.accept()
			continue
		}
		for s.read(e.Fd) == len(s.in) {
		}
	}
}

func (s *floor) read(fd int32) int {
	n, _, errno := syscall.RawSyscall6(syscall.SYS_RECVFROM, uintptr(fd), uintptr(unsafe.Pointer(&s.in[0])), uintptr(len(s.in)), syscall.MSG_DONTWAIT, 0, 0)
	if errno != 0 || n == 0 {
		return 0
	}
	s.count.Reads++
	s.count.BytesIn += int(n)
	return int(n)
}

func (s *floor) accept() {
	for {
		fd, _, err := syscall.Accept4(s.listener, syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC)
		if err != nil {
			return // all are in
		}
		if syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1) != nil || s.watch(fd, syscall.EPOLLIN|edge) != nil {
			_ = syscall.Close(fd)
			continue
		}
		s.socks = append(s.socks, fd)
	}
}

// send writes the same bytes to all. Who has left is forgotten: the clients notice if it was not they who did.
func (s *floor) send(size int) {
	for i, fd := range s.socks {
		if fd < 0 {
			continue
		}
		n, _, errno := syscall.RawSyscall6(syscall.SYS_SENDTO, uintptr(fd), uintptr(unsafe.Pointer(&s.out[0])), uintptr(size),
			syscall.MSG_DONTWAIT|syscall.MSG_NOSIGNAL, 0, 0)
		switch {
		case errno == syscall.EPIPE || errno == syscall.ECONNRESET:
			_ = syscall.Close(fd)
			s.socks[i] = -1
			continue
		case errno != 0 || int(n) != size:
			s.count.Shortfalls++
		}
		s.count.Sends++
	}
}
