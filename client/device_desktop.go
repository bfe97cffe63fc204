//go:build !js

package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"ionwake/shared/wire"
)

// deviceKey returns what this user's device alone knows, made at the first start and
// kept in the folder for data: XDG_DATA_HOME or ~/.local/share, and where other
// systems keep a program's things.
func deviceKey() ([]byte, error) {
	dir, err := dataDir()
	if err != nil {
		return nil, fmt.Errorf("find the folder for data: %w", err)
	}
	file := filepath.Join(dir, "ionwake", "device")
	key, err := os.ReadFile(file)
	if err == nil && len(key) == wire.DeviceSize {
		return key, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the device's key: %w", err)
	}
	key = make([]byte, wire.DeviceSize)
	rand.Read(key)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, fmt.Errorf("keep the device's key: %w", err)
	}
	if err := os.WriteFile(file, key, 0o600); err != nil {
		return nil, fmt.Errorf("keep the device's key: %w", err)
	}
	return key, nil
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
