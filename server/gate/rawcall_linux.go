//go:build amd64 || arm64

package gate

import (
	"syscall"
	"unsafe"
)

// The system calls of a tick. They never block, so they go around the scheduler: a call that tells it (syscall.Syscall) wakes the runtime's monitor
// thread, which costs more than the call itself. The pointers are converted in the call, as package unsafe demands.

// recv reads what there is. EINTR counts as nothing to read.
func recv(fd int, p []byte) (int, syscall.Errno) {
	n, _, errno := syscall.RawSyscall6(syscall.SYS_RECVFROM, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)),
		syscall.MSG_DONTWAIT, 0, 0)
	return taken(n, errno)
}

// send writes as much as TCP takes.
func send(fd int, p []byte) (int, syscall.Errno) {
	n, _, errno := syscall.RawSyscall6(syscall.SYS_SENDTO, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)),
		syscall.MSG_DONTWAIT|syscall.MSG_NOSIGNAL, 0, 0)
	return taken(n, errno)
}

// sendTwo writes as much as TCP takes of two pieces, neither of them empty.
func sendTwo(fd int, a, b []byte) (int, syscall.Errno) {
	pieces := [2]syscall.Iovec{{Base: unsafe.SliceData(a)}, {Base: unsafe.SliceData(b)}}
	pieces[0].SetLen(len(a))
	pieces[1].SetLen(len(b))
	message := syscall.Msghdr{Iov: &pieces[0], Iovlen: uint64(len(pieces))}
	n, _, errno := syscall.RawSyscall6(syscall.SYS_SENDMSG, uintptr(fd), uintptr(unsafe.Pointer(&message)),
		syscall.MSG_DONTWAIT|syscall.MSG_NOSIGNAL, 0, 0, 0)
	return taken(n, errno)
}

// taken gives how many bytes a call moved, none where it would have had to wait.
func taken(n uintptr, errno syscall.Errno) (int, syscall.Errno) {
	switch errno {
	case 0:
		return int(n), 0
	case syscall.EAGAIN, syscall.EINTR:
		return 0, syscall.EAGAIN
	default:
		return 0, errno
	}
}

// pollNow fills events with what is ready by now and says how many are.
func pollNow(epoll int, events []syscall.EpollEvent) (int, syscall.Errno) {
	n, _, errno := syscall.RawSyscall6(syscall.SYS_EPOLL_PWAIT, uintptr(epoll), uintptr(unsafe.Pointer(unsafe.SliceData(events))),
		uintptr(len(events)), 0, 0, 0)
	return taken(n, errno)
}
