//go:build !js

package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"ionwake/shared/wire"
)

// deviceKey returns what this user's device alone knows, made at the first start and
// kept in the folder for data: XDG_DATA_HOME or ~/.local/share, and where other
// systems keep a program's things. With an error it is one that lasts until the program
// ends.
func deviceKey() ([]byte, error) {
	fresh := make([]byte, wire.DeviceSize)
	rand.Read(fresh)
	file, err := deviceFile()
	if err != nil {
		return fresh, err
	}
	key, err := os.ReadFile(file)
	if err == nil && len(key) == wire.DeviceSize {
		return key, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fresh, fmt.Errorf("read the device's key: %w", err)
	}
	return fresh, keepDevice(fresh)
}

// keepDevice keeps key as what this user's device alone knows: the file has the old key
// or the new one, whole.
func keepDevice(key []byte) error {
	file, err := deviceFile()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("keep the device's key: %w", err)
	}
	if err := replace(file, key); err != nil {
		return fmt.Errorf("keep the device's key: %w", err)
	}
	return nil
}

// replace writes a file that this user alone reads, also where there was one that others
// read.
func replace(file string, data []byte) error {
	next, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".new-*") // with mode 0600
	if err != nil {
		return err
	}
	_, err = next.Write(data)
	if err = errors.Join(err, next.Close()); err == nil {
		err = os.Rename(next.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(next.Name()))
	}
	return nil
}

func deviceFile() (string, error) {
	dir, err := dataDir()
	if err != nil {
		return "", fmt.Errorf("find the folder for data: %w", err)
	}
	return filepath.Join(dir, "ionwake", "device"), nil
}

// saveFile writes a text that only this user reads into their own folder.
func saveFile(name, text string) (where string, err error) {
	file, err := ownFile(name)
	if err != nil {
		return "", err
	}
	if err := replace(file, []byte(text)); err != nil {
		return "", fmt.Errorf("write it: %w", err)
	}
	return file, nil
}

// loadFile reads what saveFile wrote, or what a player put there.
func loadFile(name string) (string, error) {
	path, err := ownFile(name)
	if err != nil {
		return "", err
	}
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("read it: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, 4<<10))
	return string(text), err
}

func ownFile(name string) (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find your folder: %w", err)
	}
	return filepath.Join(home, name), nil
}

func dataDir() (string, error) {
	if runtime.GOOS != "linux" {
		return os.UserConfigDir()
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "share"), err
}
