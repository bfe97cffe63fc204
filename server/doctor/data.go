package doctor

import (
	"fmt"
	"os"
	"path/filepath"
)

// Space of a disk, in bytes.
const (
	spaceFail = 16 << 20  // nothing can be kept for long
	spaceWarn = 512 << 20 // soon
)

// Data looks whether a folder keeps what is written into it: it writes a file, has it
// brought to the disk, locks it, renames it and takes it away again.
func Data(dir string) Finding {
	if dir == "" {
		return warn("data", "nothing is kept: there is no --data", "give it a folder: --data DIR")
	}
	about := "data " + dir
	if what, err := try(dir); err != nil {
		return fail(about, fmt.Sprintf("%s: %s", what, reason(err)), "let the server's user own the folder, on a local disk: chown -R ionwake "+dir)
	}
	free, kind, known := disk(dir)
	switch {
	case known && free < spaceFail:
		return fail(about, fmt.Sprintf("%d MiB are free on its disk", free>>20), "make room, or move the folder")
	case kind != "":
		return warn(about, "it is on a network share ("+kind+"), where locks and writes are not always what they seem", "move it to a local disk")
	case known && free < spaceWarn:
		return warn(about, fmt.Sprintf("%d MiB are free on its disk", free>>20), "make room soon")
	}
	return ok(about, "can be written, brought to the disk and locked")
}

// try does with a file of its own what the server will do, and says what went wrong.
func try(dir string) (what string, err error) {
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return "no file can be made in it", err
	}
	path := f.Name()
	defer func() { _ = os.Remove(path) }() // if it was not renamed
	defer f.Close()
	if _, err := f.Write(make([]byte, 64<<10)); err != nil {
		return "nothing can be written into it", err
	}
	if err := f.Sync(); err != nil {
		return "what is written does not reach the disk", err
	}
	if err := lock(f); err != nil {
		return "files in it cannot be locked", err
	}
	if err := f.Close(); err != nil {
		return "a file cannot be closed", err
	}
	other := filepath.Join(dir, filepath.Base(path)+"-renamed")
	if err := os.Rename(path, other); err != nil {
		return "files in it cannot be renamed", err
	}
	if err := os.Remove(other); err != nil {
		return "files in it cannot be removed", err
	}
	return "", nil
}
