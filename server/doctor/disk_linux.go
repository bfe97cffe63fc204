package doctor

import (
	"os"
	"syscall"
)

// share names the kinds of file systems that are on another machine (statfs(2),
// linux/magic.h).
func share(kind uint32) string {
	switch kind {
	case 0x6969:
		return "NFS"
	case 0xff534d42, 0xfe534d42, 0x517b:
		return "SMB"
	case 0x01021997:
		return "9p"
	case 0x00c36400:
		return "Ceph"
	case 0x5346414f:
		return "AFS"
	}
	return ""
}

// disk tells how much is free at dir for us, and the kind of network share that it is
// on; known is false where that cannot be told.
func disk(dir string) (free uint64, kind string, known bool) {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil {
		return 0, "", false
	}
	return s.Bavail * uint64(s.Bsize), share(uint32(s.Type)), true
}

// lock takes a lock on a file for as long as it is open.
func lock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }
