//go:build !windows

package durable

import (
	"errors"
	"os"
)

// Folder returns when the disk has the entries of a folder.
func Folder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
