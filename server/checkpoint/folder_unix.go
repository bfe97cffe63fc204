//go:build !windows

package checkpoint

import (
	"fmt"
	"os"
)

// syncFolder returns when the disk has the entries of a folder.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open the data folder: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("bring the data folder to the disk: %w", err)
	}
	return nil
}
