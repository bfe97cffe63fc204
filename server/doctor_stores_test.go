package main

import (
	"bufio"
	"net"
	"testing"

	"ionwake/server/account/testdb"
)

// doctor reaches stores that are there, and says what one that lets nobody in says.
func TestDoctorReachesStores(t *testing.T) {
	t.Parallel()
	redis, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { redis.Close() })
	go func() {
		for conn, err := redis.Accept(); err == nil; conn, err = redis.Accept() {
			_, _ = bufio.NewReader(conn).ReadString('G') // of PING
			_, _ = conn.Write([]byte("+PONG\r\n"))
			_ = conn.Close()
		}
	}()
	db := new(testdb.Server).Need(t)
	t.Cleanup(db.Stop)
	look := func(database string) result {
		return runToEnd(t, nil, "doctor", "--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0", "--data="+t.TempDir(), "--redis=redis://"+redis.Addr().String(), "--database="+database)
	}
	got := look(db.URL("postgres", ""))
	wantLine(t, got, "ok", "redis "+redis.Addr().String()+": answers")
	wantLine(t, got, "ok", "postgres ", ": answers")
	if got.code != 0 {
		t.Errorf("exit code %d, want 0, output\n%s", got.code, got.stdout)
	}
	got = look(db.URL("elsewhere", ""))
	wantLine(t, got, "FAIL", "postgres ", `it refuses: database "elsewhere" does not exist`, "--database")
	if got.code != 1 {
		t.Errorf("exit code %d, want 1", got.code)
	}
}
