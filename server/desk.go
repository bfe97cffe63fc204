package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"time"

	"ionwake/server/account"
	"ionwake/server/admin"
)

// openBook opens the accounts in --data, or a book that ends with the server. The store
// is nil then.
func openBook(set settings, log *slog.Logger) (book, *account.Store, error) {
	if set.data == "" {
		return newMemoryBook(), nil, nil
	}
	store, err := account.Open(context.Background(), account.Config{Dir: set.data, URL: set.database, Log: log})
	if err != nil {
		return nil, nil, err
	}
	return accountBook{store}, store, nil
}

// closeBook lets go of the accounts, if there are any, when the database has everything
// or the time is over. What it lacks then is in the journal, which the error names.
func closeBook(store *account.Store, within time.Duration) error {
	if store == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	return store.Close(ctx)
}

// openDesk lets those who run the server sign in.
func (s *server) openDesk(tail *admin.Tail) error {
	return s.host.OpenDesk(admin.DeskConfig{
		House: &house{s, s.hall, s.warden}, Book: s.warden.book, Data: s.set.data, Tail: tail,
	})
}

// firstLink is how long the link is good that a start shows on a terminal.
const firstLink = time.Hour

// inviteHost shows whoever started the server on a terminal how to sign in. Elsewhere
// it would be a secret in a log.
func (s *server) inviteHost(stdout io.Writer, private net.Listener) {
	if !isTerminal(stdout) {
		return
	}
	secret, err := s.host.NewLink(admin.Grant{Role: admin.Host, Name: "host", Until: time.Now().Add(firstLink)})
	if err != nil {
		s.log.Error("there is no link to sign in by", "error", err)
		return
	}
	fmt.Fprintf(stdout, "To sign in there, once and within an hour: http://%s/#%s\n", private.Addr(), secret)
}
