//go:build !js

package settings

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// File is a Store in a file.
type File struct{ Path string }

// Own returns the Store of this program's user: XDG_CONFIG_HOME or ~/.config,
// %AppData%, or ~/Library/Application Support.
func Own() (Store, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return nil, fmt.Errorf("find the folder for settings: %w", err)
	}
	return File{filepath.Join(dir, "ionwake", "settings.toml")}, nil
}

// Load implements Store.
func (f File) Load() (string, error) {
	file, err := os.Open(f.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, TextMost+1))
	return string(text), err
}

// Save implements Store: the file is always the old text or the new one, whole.
func (f File) Save(text string) error { return write(f.Path, text) }

// Aside implements Store.
func (f File) Aside(text string) (string, error) {
	path := f.Path + ".broken"
	return path, write(path, text)
}

func write(path, text string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the folder for settings: %w", err)
	}
	next, err := os.CreateTemp(dir, filepath.Base(path)+".new-*")
	if err != nil {
		return fmt.Errorf("write the settings: %w", err)
	}
	_, err = next.WriteString(text)
	if err = errors.Join(err, next.Close()); err == nil {
		err = os.Rename(next.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write the settings: %w", err), os.Remove(next.Name()))
	}
	return nil
}
