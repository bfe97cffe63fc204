package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"ionwake/server/account"
	"ionwake/server/admin"
	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

// openBook opens the accounts in --data, or a book that ends with the server. The store
// is nil then.
func openBook(set settings, log *slog.Logger) (book, *account.Store, error) {
	if set.data == "" {
		log.Info("results are not kept, and bans only until the server ends", "remedy", "--data DIR")
		return newMemoryBook(), nil, nil
	}
	store, err := account.Open(context.Background(), account.Config{Dir: set.data, URL: set.database, Log: log})
	if err != nil {
		return nil, nil, wordBook(set, err)
	}
	return accountBook{store}, store, nil
}

// wordBook names the flag that is wrong where accounts cannot be opened, and what to do.
// What may be otherwise in a moment is no mistake of whoever started the program: a
// service manager tries it again.
func wordBook(set settings, err error) error {
	_, refused := errors.AsType[*pgconn.PgError](err)
	switch {
	case errors.Is(err, account.ErrInUse) && strings.HasPrefix(set.database, "sqlite:") && !strings.Contains(err.Error(), set.data):
		return usageError{errors.New("--database is not possible: another server uses that file. SQLite has one server; several share a Postgres"), "--database"}
	case errors.Is(err, account.ErrInUse):
		return usageError{fmt.Errorf("--data=%s is not possible: %w", shown(set.data), err), "--data"}
	case refused:
		return usageError{fmt.Errorf("--database is not possible: %w. Check its user, password and name", err), "--database"}
	case set.database != "" && errors.Is(err, fs.ErrNotExist):
		return usageError{fmt.Errorf("--database is not possible: %w. Make that folder, or name another", err), "--database"}
	case set.database != "":
		return fmt.Errorf("--database: %w (ionwake-server doctor looks what is wrong)", err)
	}
	return err
}

// closeGrace is how long the database and the disk have for what waits for them when all
// other time is over.
const closeGrace = time.Second

// closeBook lets go of the accounts, if there are any, when the database has everything
// or closeGrace after ctx ends. What it lacks then is in the journal, which the error names.
func closeBook(ctx context.Context, store *account.Store) error {
	if store == nil {
		return nil
	}
	closing, enough := afterwards(ctx)
	defer enough()
	if err := store.Close(closing); err != nil {
		return fmt.Errorf("close the accounts: %w", err)
	}
	return nil
}

// afterwards returns a context that ends closeGrace after ctx.
func afterwards(ctx context.Context) (context.Context, context.CancelFunc) {
	late, end := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(closeGrace, end) })
	return late, func() {
		stop()
		end()
	}
}

// openDesk lets those who run the server sign in.
func (s *server) openDesk(tail *admin.Tail) error {
	return s.host.OpenDesk(admin.DeskConfig{
		House: &house{s, s.hall, s.warden}, Book: s.warden.book, Data: s.set.data, Tail: tail, Game: s.gamePage,
		Replays: s.replays, Replay: s.archive.Open, ForgetReplays: s.forgetReplays,
	})
}

// replays tells of the matches that were recorded.
func (s *server) replays() []admin.Replay {
	var list []admin.Replay
	for _, e := range s.archive.List() {
		r := admin.Replay{
			ID: e.Head.ID, Room: e.Head.Room, Map: e.Arena, Mode: e.Head.Mode.Name(), Began: time.UnixMilli(e.Head.Began).UTC(),
			Seconds: e.Seconds, Bytes: e.Bytes, Best: []string{}, Whole: e.End.Why == replay.Over, Plays: e.Head.Edition == sim.Edition,
			Public: privateReplays(&s.set) == "",
		}
		for _, l := range e.End.Lines[:min(len(e.End.Lines), 3)] {
			r.Best = append(r.Best, l.Name)
		}
		list = append(list, r)
	}
	return list
}

// forgetReplays removes the replays that somebody is in.
func (s *server) forgetReplays(ctx context.Context, person string) (gone, unknown int, err error) {
	p, err := account.ParsePerson(person)
	if err != nil {
		return 0, 0, err
	}
	return s.archive.Forget(ctx, p)
}

// gamePage is where the game is, as the dashboard has it: a port is that of the address
// by which the host came.
func (s *server) gamePage() string {
	if s.lock != nil {
		return s.lock.invitations()[0]
	}
	if tcp, ok := s.at.(*net.TCPAddr); ok {
		return ":" + strconv.Itoa(tcp.Port)
	}
	return ""
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
