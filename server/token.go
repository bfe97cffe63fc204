package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ionwake/server/admin"
)

// tokenFlags are the flags of token.
type tokenFlags struct {
	Config      string        `help:"File of settings of the server." placeholder:"FILE"`
	Data        string        `help:"Folder of the server's own files, as given to serve." placeholder:"DIR"`
	AdminListen string        `help:"Address of the host's port, as given to serve." default:"127.0.0.1:8081" placeholder:"ADDR"`
	Role        string        `help:"What the link lets somebody do: admin, moderator or helper." default:"moderator"`
	Who         string        `help:"For whom it is, as the list of what was done names them." placeholder:"NAME"`
	Life        time.Duration `help:"How long the link is good for, once." default:"24h"`
}

// make prints a link by which one person signs in, once. The server may run or not.
func (f *tokenFlags) make(w io.Writer) error {
	role, err := admin.ParseRole(f.Role)
	if err != nil {
		return badFlag("--role", f.Role, "it can be admin, moderator or helper")
	}
	if f.Life < time.Minute || f.Life > admin.MaxLinkLife {
		return badFlag("--life", f.Life, "it can be 1m to %v", admin.MaxLinkLife)
	}
	if oneLine(f.Who) != f.Who || len(f.Who) > maxName {
		return badFlag("--who", f.Who, "it takes at most %d bytes of text on one line", maxName)
	}
	if err := checkAddress("--admin-listen", f.AdminListen); err != nil {
		return err
	}
	if f.Data == "" {
		return usage("token needs --data, the folder that the server was given, to tell it of the link")
	}
	if err := checkFolder(f.Data); err != nil {
		return err
	}
	page, err := localURL(f.AdminListen, "/")
	if err != nil {
		return err
	}
	secret, err := admin.NewLink(f.Data, admin.Grant{Role: role, Name: f.Who, Until: time.Now().Add(f.Life)})
	if err != nil {
		return fmt.Errorf("make a link: %w", err)
	}
	if err := handOver(f.Data); err != nil {
		return fmt.Errorf("make a link: %w", err)
	}
	fmt.Fprintf(w, "%s#%s\n", page, secret)
	return nil
}

// handOver gives what this program has written into the data folder to the folder's
// owner: a host often asks as root for what the server reads as another user.
func handOver(data string) error {
	uid, gid, ok := owner(data)
	if !ok || uid == os.Geteuid() {
		return nil
	}
	return filepath.WalkDir(data, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || path == data {
			return err
		}
		rest, _ := filepath.Rel(data, path)
		if first, _, _ := strings.Cut(rest, string(filepath.Separator)); first != "tokens" {
			return nil
		}
		return os.Lchown(path, uid, gid)
	})
}

// checkFolder judges whether --data is a folder.
func checkFolder(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return badFlag("--data", path, "%v", cause(err))
	}
	if !info.IsDir() {
		return badFlag("--data", path, "it has to be a folder")
	}
	return nil
}
