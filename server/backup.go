package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"ionwake/server/account"
)

// backupFlags are the flags of backup.
type backupFlags struct {
	Config       string `help:"File of settings of the server, which is copied too." placeholder:"FILE"`
	Data         string `help:"Folder of the server's own files, as given to serve." placeholder:"DIR"`
	Database     string `help:"Where accounts and results are kept, as given to serve." placeholder:"URL"`
	DatabaseFile string `help:"File whose only line is --database." placeholder:"FILE"`
	File         string `arg:"" help:"Where to put the copy; nothing may be there yet."`
}

// settingsEnding is what the copy of the settings is called beside that of the accounts.
const settingsEnding = ".toml"

// run copies the accounts, while a server uses them or not, and the file of settings.
func (f *backupFlags) run(ctx context.Context, w io.Writer, from *origins) error {
	stores := serveFlags{Data: f.Data, Database: f.Database, DatabaseFile: f.DatabaseFile}
	if err := stores.openSecrets(); err != nil {
		return err
	}
	if f.Data == "" {
		return usage("backup needs --data, the folder that the server was given")
	}
	if err := checkFolder(f.Data); err != nil {
		return err
	}
	if err := stores.checkStores(&settings{}); err != nil {
		return err
	}
	if strings.TrimSpace(f.File) == "" {
		return usage("backup needs the name of a file to be made")
	}
	if err := account.Backup(ctx, account.Config{Dir: f.Data, URL: stores.Database}, f.File); err != nil {
		return fmt.Errorf("copy the accounts: %w", err)
	}
	fmt.Fprintf(w, "accounts: %s\n", f.File)
	if from.file == nil {
		return nil
	}
	if err := copySettings(from.file.path, f.File+settingsEnding); err != nil {
		return err
	}
	fmt.Fprintf(w, "settings: %s\n", f.File+settingsEnding)
	return nil
}

// copySettings copies the file of settings to where only the host reads it.
func copySettings(path, to string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read the settings: %w", err)
	}
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("copy the settings: %w", err)
	}
	if _, err = file.Write(text); err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("copy the settings to %s: %w", to, err)
	}
	return nil
}
