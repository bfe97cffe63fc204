package account

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"ionwake/server/durable"
)

// Backup writes a copy of the accounts of a data folder to the file at path, which must
// not exist: all that the database has, and the secret, so that persons stay who they
// are. A server may use the folder meanwhile; what still waits in its journal is not in
// the copy. To restore, stop the server and put the copy in place of account.db, in an
// empty data folder. Postgres is backed up by its own tools.
func Backup(ctx context.Context, cfg Config, path string) error {
	where, err := locate(cfg)
	if err != nil {
		return err
	}
	if where.shared() {
		return errors.New("these accounts are in Postgres: use pg_dump, and keep " + secretName + " of the data folder with it")
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is there already", path)
	}
	if _, err := os.Stat(where.file); err != nil {
		return fmt.Errorf("there are no accounts: %w", err)
	}
	secret := cfg.Secret
	if secret == nil {
		if secret, err = readSecret(cfg.Dir); err != nil {
			return err
		}
	}
	if err := copyInto(ctx, where, path, secret); err != nil {
		_ = os.Remove(path) // half a backup is none
		return err
	}
	return nil
}

func copyInto(ctx context.Context, where location, path string, secret []byte) error {
	// Made first, since SQLite would let others read it.
	if err := durable.Write(path, nil); err != nil {
		return fmt.Errorf("make the backup: %w", err)
	}
	from, err := newSQLLedger(where)
	if err != nil {
		return err
	}
	defer from.close()
	// A reader beside the server: WAL lets both go on.
	if _, err := from.write.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return from.explain(fmt.Errorf("copy the accounts: %w", err))
	}
	to, err := newSQLLedger(inFile(path))
	if err != nil {
		return err
	}
	defer to.close()
	if _, err := to.write.ExecContext(ctx, "INSERT INTO facts (name, value) VALUES (?, ?)", factSecret, hex.EncodeToString(secret)); err != nil {
		return to.explain(fmt.Errorf("put the secret into the backup: %w", err))
	}
	return nil
}
