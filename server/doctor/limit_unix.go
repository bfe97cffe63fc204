//go:build unix

package doctor

import (
	"fmt"
	"syscall"
)

// OpenFiles is how many files and connections this process may have open at once.
func OpenFiles() (limit uint64, known bool) {
	var l syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &l) != nil {
		return 0, false
	}
	return l.Cur, true
}

// Files looks whether as many files may be open as connections are wanted.
func Files(want uint64) Finding {
	limit, known := OpenFiles()
	switch {
	case !known:
		return ok("open files", "no limit is known")
	case limit < want/8:
		return fail("open files", fmt.Sprintf("%d may be open at once, and %d are wanted", limit, want), filesRemedy)
	case limit < want:
		return warn("open files", fmt.Sprintf("%d may be open at once, and up to %d are wanted", limit, want), filesRemedy)
	}
	return ok("open files", fmt.Sprintf("%d may be open at once", limit))
}

const filesRemedy = "raise the limit: ulimit -n 65536, or LimitNOFILE=65536 in the unit"
