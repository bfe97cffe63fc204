package account

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/jackc/pgx/v5/pgconn"
)

// postgres lets database/sql talk to Postgres by pgconn, which does all of the work:
// addresses, TLS, passwords, the protocol. pgx has a driver of its own, with types and
// plans for all that Postgres knows: 3 MB of program for numbers and texts, which is
// what there is here.
type postgres struct{ cfg *pgconn.Config }

var _ driver.Connector = postgres{}

func (p postgres) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := pgconn.ConnectConfig(ctx, p.cfg)
	if err != nil {
		return nil, err
	}
	return &postgresConn{c}, nil
}

func (p postgres) Driver() driver.Driver { return postgresDriver{} }

// postgresDriver is there because database/sql asks for one; Connect does its work.
type postgresDriver struct{}

func (postgresDriver) Open(string) (driver.Conn, error) {
	return nil, errors.New("connections are made by postgres.Connect")
}

// postgresConn is a connection. Numbers and texts go to and fro as text (PostgreSQL
// documentation, "Frontend/Backend Protocol", formats and format codes).
type postgresConn struct{ c *pgconn.PgConn }

var (
	_ driver.ExecerContext  = (*postgresConn)(nil)
	_ driver.QueryerContext = (*postgresConn)(nil)
	_ driver.ConnBeginTx    = (*postgresConn)(nil)
	_ driver.Pinger         = (*postgresConn)(nil)
	_ driver.Validator      = (*postgresConn)(nil)
)

// ask runs a statement. Without values it may be several, separated by semicolons.
func (p *postgresConn) ask(ctx context.Context, statement string, args []driver.NamedValue) (*pgconn.Result, error) {
	if len(args) == 0 {
		all, err := p.c.Exec(ctx, statement).ReadAll()
		if err != nil || len(all) == 0 {
			return &pgconn.Result{}, p.fault(err)
		}
		return all[len(all)-1], nil
	}
	values := make([][]byte, len(args))
	for i, a := range args {
		switch v := a.Value.(type) {
		case int64:
			values[i] = strconv.AppendInt(nil, v, 10)
		case string:
			values[i] = []byte(v)
		default:
			return nil, fmt.Errorf("value %d is %T: a number or a text is possible", a.Ordinal, v)
		}
	}
	r := p.c.ExecParams(ctx, numbered(statement), values, nil, nil, nil).Read()
	return r, p.fault(r.Err)
}

// numbered returns a statement with $1, $2 and so on for its question marks, of which
// none is in a text: SQLite takes long over thousands of places that have names.
func numbered(statement string) string {
	b := make([]byte, 0, len(statement)+len(statement)/2)
	for i, n := 0, 0; i < len(statement); i++ {
		if statement[i] != '?' {
			b = append(b, statement[i])
			continue
		}
		n++
		b = strconv.AppendInt(append(b, '$'), int64(n), 10)
	}
	return string(b)
}

// fault returns driver.ErrBadConn for an error that came before anything was sent over
// a connection that is gone: database/sql takes another one then.
func (p *postgresConn) fault(err error) error {
	if err != nil && p.c.IsClosed() && pgconn.SafeToRetry(err) {
		return driver.ErrBadConn
	}
	return err
}

func (p *postgresConn) ExecContext(ctx context.Context, statement string, args []driver.NamedValue) (driver.Result, error) {
	r, err := p.ask(ctx, statement, args)
	if err != nil {
		return nil, err
	}
	return driver.RowsAffected(r.CommandTag.RowsAffected()), nil
}

func (p *postgresConn) QueryContext(ctx context.Context, question string, args []driver.NamedValue) (driver.Rows, error) {
	r, err := p.ask(ctx, question, args)
	if err != nil {
		return nil, err
	}
	return &postgresRows{r: r}, nil
}

// Prepare is never asked for: ExecContext and QueryContext are there.
func (p *postgresConn) Prepare(string) (driver.Stmt, error) {
	return nil, errors.New("statements are not prepared")
}

func (p *postgresConn) Begin() (driver.Tx, error) {
	return p.BeginTx(context.Background(), driver.TxOptions{})
}

func (p *postgresConn) BeginTx(ctx context.Context, _ driver.TxOptions) (driver.Tx, error) {
	if _, err := p.ask(ctx, "BEGIN", nil); err != nil {
		return nil, err
	}
	return postgresTx{p, ctx}, nil
}

func (p *postgresConn) Ping(ctx context.Context) error {
	_, err := p.ask(ctx, "", nil)
	return err
}

// IsValid reports whether the next one may have the connection: it is up and in no
// transaction.
func (p *postgresConn) IsValid() bool { return !p.c.IsClosed() && p.c.TxStatus() == 'I' }

func (p *postgresConn) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closePatience)
	defer cancel()
	return p.c.Close(ctx)
}

// postgresTx is a transaction. Its context is that of BeginTx: database/sql hands none
// to its end.
type postgresTx struct {
	p   *postgresConn
	ctx context.Context
}

func (t postgresTx) Commit() error {
	r, err := t.p.ask(t.ctx, "COMMIT", nil)
	if err == nil && r.CommandTag.String() != "COMMIT" {
		return fmt.Errorf("the database answered %q to a commit", r.CommandTag.String())
	}
	if errors.Is(err, driver.ErrBadConn) {
		return errors.New("the connection was lost before the commit")
	}
	return err
}

func (t postgresTx) Rollback() error {
	_, err := t.p.ask(t.ctx, "ROLLBACK", nil)
	return err
}

// postgresRows are the rows of an answer, all of which are there.
type postgresRows struct {
	r    *pgconn.Result
	next int
}

func (r *postgresRows) Columns() []string {
	names := make([]string, len(r.r.FieldDescriptions))
	for i, f := range r.r.FieldDescriptions {
		names[i] = f.Name
	}
	return names
}

func (r *postgresRows) Close() error { return nil }

// Object ids of Postgres' own integers (its catalogue pg_type).
const (
	oidInt8 = 20
	oidInt2 = 21
	oidInt4 = 23
)

func (r *postgresRows) Next(dest []driver.Value) error {
	if r.next == len(r.r.Rows) {
		return io.EOF
	}
	for i, b := range r.r.Rows[r.next] {
		switch r.r.FieldDescriptions[i].DataTypeOID {
		case oidInt8, oidInt2, oidInt4:
			n, err := strconv.ParseInt(string(b), 10, 64)
			if err != nil {
				return fmt.Errorf("read a number: %w", err)
			}
			dest[i] = n
		default:
			dest[i] = string(b)
		}
	}
	r.next++
	return nil
}
