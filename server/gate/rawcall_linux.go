//go:build amd64 || arm64

package gate

import (
	"encoding/binary"
	"syscall"
	"time"
	"unsafe"
)

// The system calls of a tick. They never block, so they go around the scheduler: a call that tells it (syscall.Syscall) wakes the runtime's monitor
// thread, which costs more than the call itself. The pointers are converted in the call, as package unsafe demands.

// stampSpace is room for one control message with a time stamp.
const stampSpace = syscall.SizeofCmsghdr + 16

// recv reads what there is and tells when the last of it came, in nanoseconds of the system's clock since 1970; 0 where the system does not say.
// EINTR counts as nothing to read.
func recv(fd int, p []byte) (n int, came int64, errno syscall.Errno) {
	var space [stampSpace]byte
	piece := syscall.Iovec{Base: unsafe.SliceData(p)}
	piece.SetLen(len(p))
	message := syscall.Msghdr{Iov: &piece, Iovlen: 1, Control: &space[0]}
	message.SetControllen(len(space))
	moved, _, errno := syscall.RawSyscall6(syscall.SYS_RECVMSG, uintptr(fd), uintptr(unsafe.Pointer(&message)), syscall.MSG_DONTWAIT, 0, 0, 0)
	if n, errno = taken(moved, errno); errno == 0 && message.Controllen >= stampSpace {
		came = stampIn(&space)
	}
	return n, came, errno
}

// stampIn reads the control message that SO_TIMESTAMPNS asks for: struct cmsghdr and struct timespec, of 64 bits each on the systems we build for.
func stampIn(space *[stampSpace]byte) int64 {
	word := func(at int) int64 { return int64(binary.NativeEndian.Uint64(space[at:])) }
	level, kind := binary.NativeEndian.Uint32(space[8:]), binary.NativeEndian.Uint32(space[12:])
	if level != syscall.SOL_SOCKET || kind != syscall.SO_TIMESTAMPNS {
		return 0
	}
	return word(syscall.SizeofCmsghdr)*int64(time.Second) + word(syscall.SizeofCmsghdr+8)
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
