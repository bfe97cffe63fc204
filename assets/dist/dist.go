// Package dist describes the built web client: what the build tool writes into
// assets/web/dist and what the server reads from there.
//
// Files are kept only compressed by brotli (NAME.br), so that a server binary with
// the client inside stays small; whoever asks for another form gets it made from
// this one.
package dist

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
)

// Dir is the folder of the built client below assets/web.
const Dir = "dist"

// ManifestName is the file in Dir that lists the others.
const ManifestName = "manifest.json"

// ErrNotBuilt is returned by Read when no client has been built yet.
var ErrNotBuilt = errors.New("the web client is not built")

// Manifest lists what one build of the web client consists of.
type Manifest struct {
	// Wasm is the game itself, as a WebAssembly module.
	Wasm File `json:"wasm"`
	// Exec is the support script of the Go release that built Wasm; one does not
	// run with the other's release.
	Exec File `json:"exec"`
	// Quality is the brotli quality, 0 to 11, of the packed files.
	Quality int `json:"quality"`
}

// File is one file of the build. Sizes are bytes.
type File struct {
	// Name holds a hash of the content, so that a name never changes its meaning
	// and browsers may keep it for ever.
	Name string `json:"name"`
	// SHA256 is the hash of the plain bytes, in hexadecimal.
	SHA256 string `json:"sha256"`
	Raw    int64  `json:"raw"`
	Br     int64  `json:"br"`
}

// BrName is the name under which the packed file is kept.
func (f File) BrName() string { return f.Name + ".br" }

// Read returns the manifest of the client built into web, a file system like
// assets/web. The error is ErrNotBuilt when there is none, and says what is
// wrong with it when it cannot be used.
func Read(web fs.FS) (Manifest, error) {
	var m Manifest
	raw, err := fs.ReadFile(web, Dir+"/"+ManifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return m, ErrNotBuilt
	}
	if err != nil {
		return m, fmt.Errorf("read the list of the web client's files: %w", err)
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, fmt.Errorf("parse the list of the web client's files: %w", err)
	}
	for _, f := range []File{m.Wasm, m.Exec} {
		if err := f.check(web); err != nil {
			return m, err
		}
	}
	return m, nil
}

// check sees that the file is there with the listed size: a build that was
// interrupted half way is told apart from a good one.
func (f File) check(web fs.FS) error {
	if f.Name == "" || f.Raw <= 0 {
		return fmt.Errorf("the web client's list of files has no name or size in %+v", f)
	}
	info, err := fs.Stat(web, Dir+"/"+f.BrName())
	if err != nil {
		return fmt.Errorf("look for a listed file of the web client: %w", err)
	}
	if info.Size() != f.Br {
		return fmt.Errorf("%s has %d bytes, %d are listed", f.BrName(), info.Size(), f.Br)
	}
	return nil
}
