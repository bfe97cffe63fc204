//go:build !linux && !darwin

package doctor

import "os"

// disk tells how much is free at dir for us, and the kind of network share that it is
// on; known is false where that cannot be told, as here.
func disk(string) (free uint64, kind string, known bool) { return 0, "", false }

// lock does nothing: systems without flock lock a file by opening it.
func lock(*os.File) error { return nil }
