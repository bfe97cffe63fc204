// Package checkpoint keeps rooms in files, so that a restart is a pause. A file is
// replaced as a whole or not at all: whoever pulls the plug finds the one before.
package checkpoint

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"ionwake/server/durable"
	"ionwake/server/room"
)

// format is the first word of a file and the version of what follows. A server refuses
// every other version: a match is short, and play begins anew.
const format = "ionwake-room-1"

// maxSize bounds a file, in bytes: a room of a thousand takes less than one MiB.
const maxSize = 16 << 20

// prefix begins the names of files, so that no name of a room is one that a system
// keeps for itself, as Windows does nul.
const prefix = "room-"

// ErrDamaged is wrapped by errors about a file that is not what was written.
var ErrDamaged = errors.New("damaged or of another version")

// Store is a folder of rooms, one file each. Its methods must not be called at the same
// time for one room.
type Store struct{ folder string }

// Open returns the store in a folder, which it makes if need be, for its owner alone:
// the files tell from which networks people play.
func Open(folder string) (*Store, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of rooms: %w", err)
	}
	return &Store{folder}, nil
}

// Names lists the rooms that are kept.
func (s *Store) Names() ([]string, error) {
	files, err := os.ReadDir(s.folder)
	if err != nil {
		return nil, fmt.Errorf("list the rooms that are kept: %w", err)
	}
	var names []string
	for _, f := range files {
		name, ok := strings.CutPrefix(f.Name(), prefix)
		if ok && f.Type().IsRegular() && !strings.HasSuffix(name, durable.Fresh) {
			names = append(names, name)
		}
	}
	return names, nil
}

func (s *Store) file(name string) string { return filepath.Join(s.folder, prefix+name) }

// Load reads a room. The error wraps ErrDamaged if what is there is not what Keep wrote.
func (s *Store) Load(name string) (*room.Snapshot, error) {
	f, err := os.Open(s.file(name))
	if err != nil {
		return nil, fmt.Errorf("open the room: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err != nil {
		return nil, fmt.Errorf("read the room: %w", err)
	}
	return decode(data)
}

// Keep writes a room down and returns when it is safe on the disk.
func (s *Store) Keep(name string, snap *room.Snapshot) error {
	data, err := encode(snap)
	if err != nil {
		return fmt.Errorf("encode the room: %w", err)
	}
	if err := durable.Replace(s.file(name), data); err != nil {
		return fmt.Errorf("write the room: %w", err)
	}
	return nil
}

// Drop forgets a room. It is no error if it is not kept.
func (s *Store) Drop(name string) error {
	if err := os.Remove(s.file(name)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("forget the room: %w", err)
	}
	return nil
}

// encode returns a file: a line with the format and the SHA-256 of what follows, then
// JSON.
func encode(snap *room.Snapshot) ([]byte, error) {
	body, err := json.Marshal(snap)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	head := format + " " + hex.EncodeToString(sum[:]) + "\n"
	return append([]byte(head), body...), nil
}

func decode(data []byte) (*room.Snapshot, error) {
	head, body, _ := bytes.Cut(data, []byte("\n"))
	sum := sha256.Sum256(body)
	if len(data) > maxSize || string(head) != format+" "+hex.EncodeToString(sum[:]) {
		return nil, ErrDamaged
	}
	snap := new(room.Snapshot)
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(snap); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return snap, nil
}
