// Package durable writes files that only their owner may read and that are there,
// whole, when the machine comes back after it lost its power: the data is on the disk
// before a name leads to it, and the name before anybody is told.
package durable

import (
	"errors"
	"os"
	"path/filepath"
)

// Fresh ends the name of a file that Replace has not put into place yet.
const Fresh = ".new"

// Replace puts data in the place of what the file at path held, if anything. After a
// crash there is the old or the new.
func Replace(path string, data []byte) error {
	if err := Write(path+Fresh, data); err != nil {
		return err
	}
	if err := os.Rename(path+Fresh, path); err != nil {
		return err
	}
	return Folder(filepath.Dir(path))
}

// Write makes the file at path, or replaces its content, and returns when the disk has
// it. That a new file is in its folder is safe only after Folder.
func Write(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
