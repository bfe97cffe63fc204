//go:build !unix

package doctor

// OpenFiles is how many files and connections this process may have open at once; no
// limit is known here.
func OpenFiles() (limit uint64, known bool) { return 0, false }

// Files looks whether as many files may be open as connections are wanted.
func Files(uint64) Finding { return ok("open files", "there is no limit here") }
