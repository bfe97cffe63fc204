package doctor

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
)

// Postgres looks whether a database can be used at a postgres:// address. The address may
// hold a password, which no finding shows.
func Postgres(ctx context.Context, address string) Finding {
	cfg, err := pgconn.ParseConfig(address)
	if err != nil {
		return fail("postgres", "the address cannot be read", "give it as postgres://USER:PASSWORD@HOST:PORT/NAME, with special characters as %XX")
	}
	about := fmt.Sprintf("postgres %s:%d", cfg.Host, cfg.Port)
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	conn, err := pgconn.ConnectConfig(ctx, cfg)
	if refusal, is := errors.AsType[*pgconn.PgError](err); is {
		return fail(about, "it refuses: "+refusal.Message, "check user, password and name of --database")
	}
	if err != nil {
		return fail(about, reason(err), "is it running, and is --database its address?")
	}
	_ = conn.Close(ctx) // whatever it says to that: it has answered
	if cfg.Password == "" && !loopback(cfg.Host) && cfg.Host[0] != '/' {
		return warn(about, "it answers, and asks for no password", "ask for one in pg_hba.conf, and let only the servers reach it")
	}
	return ok(about, "answers")
}
