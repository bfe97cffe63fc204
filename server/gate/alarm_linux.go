//go:build amd64 || arm64

package gate

import (
	"fmt"
	"os"
	"syscall"
	"time"
	"unsafe"
)

// alarm wakes one goroutine at a moment, by a timer of the system that the runtime waits for as it waits for a socket. A timer of the runtime's own has
// it wake a second thread each time, to look for more work, and that one a third: for something that happens at each tick this is a tenth of all.
type alarm struct {
	file    *os.File
	raw     syscall.RawConn
	setting timerSetting
	wound   bool
	errno   syscall.Errno

	ring func(fd uintptr) bool // hasRung, made once: it would be taken from the heap for each wait
}

// Of timerfd_create(2).
const (
	clockMonotonic = 1
	timerFlags     = syscall.O_NONBLOCK | syscall.O_CLOEXEC
)

// timerSetting is struct itimerspec.
type timerSetting struct{ every, first syscall.Timespec }

func newAlarm() (*alarm, error) {
	fd, _, errno := syscall.RawSyscall(syscall.SYS_TIMERFD_CREATE, clockMonotonic, timerFlags, 0)
	if errno != 0 {
		return nil, os.NewSyscallError("timerfd_create", errno)
	}
	a := &alarm{file: os.NewFile(fd, "timer")}
	var err error
	if a.raw, err = a.file.SyscallConn(); err != nil {
		_ = a.file.Close()
		return nil, fmt.Errorf("reach the timer: %w", err)
	}
	a.ring = a.hasRung
	return a, nil
}

// hasRung winds the alarm when it is asked first, and reports false as long as there is something to wait for. The runtime forgets before it asks
// first whatever it was told of the timer: one that was wound earlier might have rung already, and nobody would be told again.
func (a *alarm) hasRung(fd uintptr) bool {
	if !a.wound {
		a.wound = true
		_, _, a.errno = syscall.RawSyscall6(syscall.SYS_TIMERFD_SETTIME, fd, 0, uintptr(unsafe.Pointer(&a.setting)), 0, 0, 0)
		return a.errno != 0
	}
	var times uint64
	_, _, errno := syscall.RawSyscall(syscall.SYS_READ, fd, uintptr(unsafe.Pointer(&times)), unsafe.Sizeof(times))
	return errno != syscall.EAGAIN
}

// wait returns after d, which is more than nothing, or at once with an error.
func (a *alarm) wait(d time.Duration) error {
	a.setting.first = syscall.NsecToTimespec(int64(d))
	a.wound, a.errno = false, 0
	if err := a.raw.Read(a.ring); err != nil {
		return fmt.Errorf("wait for the timer: %w", err)
	}
	if a.errno != 0 {
		return os.NewSyscallError("timerfd_settime", a.errno)
	}
	return nil
}

func (a *alarm) close() { _ = a.file.Close() }
