package account

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// asideName is the file in the data folder with records that the database refused for
// what they are, in the form of the journal.
const asideName = "account.refused"

// setAside keeps e where a host can look at it.
func (s *Store) setAside(e *entry, why error) error {
	b, err := e.encode()
	if err != nil {
		return err
	}
	path := filepath.Join(s.cfg.Dir, asideName)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("set a record aside: %w", err)
	}
	_, err = f.Write(appendLine(nil, b))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("set a record aside: %w", err)
	}
	s.trouble.aside(e, path, why)
	return nil
}
