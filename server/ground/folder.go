package ground

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"ionwake/assets/tmx"
	"ionwake/shared/sim"
)

// The files that are maps; others in the folder are let be.
const (
	arenaEnding   = ".arena"
	drawingEnding = ".tmx"
)

// What a host's folder may have at most: everything in it stays in memory.
const (
	maxMaps  = 256
	maxTiles = 16 << 20 // of all maps together
)

// openFolder reads the host's maps. What leads out of the folder is not followed.
func (s *Store) openFolder(folder string) error {
	root, err := os.OpenRoot(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }() // it was only read
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return err
	}
	h := host{store: s, root: root, shipped: map[string]bool{}, files: map[string]string{}}
	for name := range s.arenas {
		h.shipped[name] = true
	}
	for _, e := range entries {
		ending := strings.ToLower(filepath.Ext(e.Name()))
		if ending != arenaEnding && ending != drawingEnding {
			continue
		}
		file, name := filepath.Join(folder, e.Name()), e.Name()[:len(e.Name())-len(ending)]
		a, err := h.read(e.Name(), name, ending)
		if err != nil {
			s.refused = append(s.refused, Refusal{file, err})
			s.why[name] = fmt.Errorf("%s: %w", file, err)
			continue
		}
		h.files[name] = e.Name()
		h.tiles += a.Width * a.Height
		s.keep(a)
	}
	return nil
}

// host is the host's folder while it is read.
type host struct {
	store   *Store
	root    *os.Root
	shipped map[string]bool
	files   map[string]string // by the name of the map
	tiles   int
}

func (h *host) read(file, name, ending string) (*sim.Arena, error) {
	switch {
	case !validName(name):
		return nil, fmt.Errorf("%q is no name for a map, want 1 to 32 letters a to z, digits and hyphens", name)
	case h.shipped[name]:
		return nil, fmt.Errorf("a map called %s comes with the game, want another name", name)
	case h.files[name] != "":
		return nil, fmt.Errorf("there is %s already, want one file for each map", h.files[name])
	case len(h.files) == maxMaps:
		return nil, fmt.Errorf("there are %d maps already, want no more", maxMaps)
	}
	data, err := h.load(file)
	if err != nil {
		return nil, err
	}
	a, err := parse(name, ending, data)
	if err != nil {
		return nil, err
	}
	if h.tiles+a.Width*a.Height > maxTiles {
		return nil, fmt.Errorf("all maps of the folder together have more than %d tiles", maxTiles)
	}
	return a, nil
}

// load reads a file, no more of it than a map may have.
func (h *host) load(file string) ([]byte, error) {
	info, err := h.root.Stat(file)
	if err != nil {
		return nil, inWords(err)
	}
	if !info.Mode().IsRegular() { // before it is opened: a pipe would wait
		return nil, errors.New("it is no ordinary file")
	}
	f, err := h.root.Open(file)
	if err != nil {
		return nil, inWords(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, tmx.MaxBytes+1))
	if err != nil {
		return nil, inWords(err)
	}
	if len(data) > tmx.MaxBytes {
		return nil, fmt.Errorf("it has more than %d bytes", tmx.MaxBytes)
	}
	return data, nil
}

// inWords leaves the name of the file out, which is told anyway.
func inWords(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	return err
}

func parse(name, ending string, data []byte) (*sim.Arena, error) {
	if ending == drawingEnding {
		return tmx.Read(name, data)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		return nil, err
	}
	if a.Name != name {
		return nil, fmt.Errorf("the map in it is called %q, want the name of the file", a.Name)
	}
	return a, nil
}
