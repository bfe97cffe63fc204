package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
	"unicode/utf8"

	"ionwake/server/ticket"
	"ionwake/shared/wire"
)

// ticketFlags are the flags of ticket.
type ticketFlags struct {
	Config        string        `help:"File of settings of the server." placeholder:"FILE"`
	Key           string        `help:"Private key (Ed25519, PEM) that signs." placeholder:"FILE"`
	NewKey        bool          `help:"First make that key and, as FILE.pub, what --token-key takes."`
	Sub           string        `help:"For whom the ticket is: the same text, the same person." placeholder:"TEXT"`
	Player        string        `help:"What they are called in the game (default: as they wish)." placeholder:"NAME"`
	Room          string        `help:"The only room that it is for (default: any)." placeholder:"NAME"`
	TokenAudience []string      `help:"The servers that it is for, as given to serve." placeholder:"TEXT"`
	TLSDomain     []string      `name:"tls-domain" help:"Likewise, where serve was given this." placeholder:"NAME"`
	Life          time.Duration `help:"How long the ticket is good for, once." default:"5m"`
}

// make prints a ticket, as whoever runs the list of players would make it.
func (f *ticketFlags) make(w io.Writer) error {
	if err := f.check(); err != nil {
		return err
	}
	if f.NewKey {
		if err := makeKeys(f.Key); err != nil {
			return err
		}
	}
	key, err := readKeys("--key", f.Key, ticket.ParsePrivate)
	if err != nil {
		return err
	}
	audience := f.TokenAudience
	if len(audience) == 0 {
		audience = f.TLSDomain
	}
	now := time.Now()
	text, err := ticket.Make(key, ticket.Claims{
		Subject: f.Sub, Name: f.Player, Room: f.Room, Audience: audience, Issued: now, Expires: now.Add(f.Life),
	})
	if err != nil {
		return usage("%w: say less", err)
	}
	fmt.Fprintln(w, text)
	return nil
}

func (f *ticketFlags) check() error {
	plain := func(text string) bool { return oneLine(text) == text && utf8.ValidString(text) }
	switch {
	case f.Key == "":
		return usage("ticket needs --key, the file of the private key whose public one the server has; --new-key makes both")
	case f.Sub == "":
		return usage("ticket needs --sub, for whom it is: a name or number that stays the same")
	case len(f.Sub) > maxAudience || !plain(f.Sub):
		return badFlag("--sub", f.Sub, "it takes 1 to %d bytes of text on one line", maxAudience)
	case len(f.Player) > wire.MaxName || !plain(f.Player):
		return badFlag("--player", f.Player, "it takes at most %d bytes of text on one line", wire.MaxName)
	case len(f.TokenAudience)+len(f.TLSDomain) == 0:
		return usage("ticket needs --token-audience, as the server was given it, or --tls-domain")
	case f.Life < time.Second || f.Life > ticket.MaxLife:
		return badFlag("--life", f.Life, "it can be 1s to %v", ticket.MaxLife)
	}
	return nil
}

// makeKeys makes a pair of keys where there is none yet: both or none. Nobody but the
// owner reads the private one.
func makeKeys(path string) error {
	private, public, err := ticket.NewKeys()
	if err != nil {
		return err
	}
	there := path + ".pub"
	for _, file := range []string{path, there} {
		if _, err := os.Lstat(file); err == nil {
			return usage("--new-key: %s is there already, and tickets of the old key would be worth nothing", file)
		}
	}
	if err := writeNew(path, private, 0o600); err != nil {
		return badFlag("--key", path, "%v", cause(err))
	}
	if err := writeNew(there, public, 0o644); err != nil {
		return errors.Join(badFlag("--key", path, "%v", cause(err)), os.Remove(path)) // it signs nothing yet
	}
	return nil
}

func writeNew(path string, data []byte, mode fs.FileMode) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	if _, err := file.Write(data); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
