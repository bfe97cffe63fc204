//go:build !js

package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"ionwake/shared/replay"
)

// replayFile reads a replay out of a file; errNoFile: there is none of that name.
func replayFile(name string) ([]byte, error) {
	if strings.Contains(name, "://") {
		return nil, errNoFile
	}
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil, errNoFile
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, replay.MaxFile+1))
}
