package doctor

import (
	"os"
	"syscall"
)

// local is the flag of file systems of this machine (mount(2): MNT_LOCAL).
const local = 0x1000

// disk tells how much is free at dir for us, and the kind of network share that it is
// on; known is false where that cannot be told.
func disk(dir string) (free uint64, kind string, known bool) {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil {
		return 0, "", false
	}
	if s.Flags&local == 0 {
		kind = "not local"
	}
	return s.Bavail * uint64(s.Bsize), kind, true
}

// lock takes a lock on a file for as long as it is open.
func lock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }
