package main

import (
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"ionwake/shared/wire"
)

// R2: a process that may open few files takes fewer people, says so, and those who play
// do not notice a flood that takes all there are.
func TestFault_R2_FewFiles(t *testing.T) {
	t.Parallel()
	p := startWith(t, func(p *program) {
		p.cmd.Args = append([]string{"sh", "-c", `ulimit -n 256 && exec "$0" "$@"`, built}, p.cmd.Args[1:]...)
		p.cmd.Path, _ = exec.LookPath("sh")
	}, nil, "--listen=127.0.0.1:0", "--exempt=127.0.0.0/8")
	p.logged("few files may be open at once", `"limit":256`, "LimitNOFILE")
	witness, _ := p.join("", wire.Hello{Name: "Ann"})
	var flood []net.Conn
	for range 400 {
		if conn, err := net.Dial("tcp", p.game); err == nil { // else it was refused already
			flood = append(flood, conn)
		}
	}
	witness.wantPlay()
	if files, err := os.ReadDir("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/fd"); err != nil || len(files) > 250 {
		t.Errorf("%d files are open, %v; want some left of 256", len(files), err)
	}
	if code, _ := p.get(p.admin, "/livez"); code != 200 {
		t.Errorf("livez: %d, want 200", code)
	}
	for _, conn := range flood {
		conn.Close()
	}
	p.logged("serving")
	eventually(t, "newcomers after the flood", func() bool {
		conn, err := net.Dial("tcp", p.game)
		if err != nil {
			return false
		}
		defer conn.Close()
		_ = conn.SetDeadline(time.Now().Add(patience))
		_, _ = conn.Write([]byte("GET /api/v1/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
		answer := make([]byte, 12)
		n, _ := conn.Read(answer)
		return strings.HasPrefix(string(answer[:n]), "HTTP/1.1 200")
	})
	p.join("", wire.Hello{Name: "Ben"})
	if log := p.stderr.String(); strings.Contains(log, "too many open files") {
		t.Errorf("there were no files left:\n%s", log)
	}
	p.stop()
}

// openTerminal makes a pseudo terminal (pty(7)): the window, and what a program in it has.
func openTerminal(t *testing.T) (window, inside *os.File) {
	t.Helper()
	window, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("there are no terminals here: %v", err)
	}
	t.Cleanup(func() { window.Close() })
	var number, unlocked uint32
	for request, arg := range map[uintptr]*uint32{syscall.TIOCGPTN: &number, syscall.TIOCSPTLCK: &unlocked} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, window.Fd(), request, uintptr(unsafe.Pointer(arg))); errno != 0 {
			t.Skipf("terminals cannot be opened here: %v", errno)
		}
	}
	inside, err = os.OpenFile("/dev/pts/"+strconv.Itoa(int(number)), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("the terminal cannot be opened: %v", err)
	}
	t.Cleanup(func() { inside.Close() })
	return window, inside
}

// A server in a window that is closed ends in order, by the signal by which others read
// their settings again; while the window is there it does that too.
func TestClosingTheTerminalEndsTheServer(t *testing.T) {
	window, inside := openTerminal(t)
	p := startWith(t, func(p *program) {
		p.cmd.Stdin = inside
		p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	}, nil, "--listen=127.0.0.1:0")
	ann, _ := p.join("", wire.Hello{Name: "Ann"})
	p.signal(syscall.SIGHUP)
	p.logged("settings reloaded")
	ann.wantPlay()
	inside.Close()
	window.Close()
	ann.wantEnd(wire.CloseRestart)
	if code := p.exit(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
	p.logged("stopping", "the terminal was closed")
}
