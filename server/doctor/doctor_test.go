package doctor

import (
	"bufio"
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// wantFinding fails unless a finding has the level and all the words.
func wantFinding(t *testing.T, f Finding, level Level, words ...string) {
	t.Helper()
	text := f.About + ": " + f.Text + ". " + f.Remedy
	if f.Level != level {
		t.Errorf("got %v %s, want %v", f.Level, text, level)
	}
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("got %s, want %q in it", text, w)
		}
	}
	if (f.Remedy == "") != (level == OK) || strings.Contains(text, "hunter2") || strings.Contains(text, "\n") {
		t.Errorf("got %q", text)
	}
}

func never(context.Context) bool  { return false }
func always(context.Context) bool { return true }

func listen(t *testing.T) net.Listener {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	return ln
}

// closedPort is an address at which nobody listens.
func closedPort(t *testing.T) string {
	ln := listen(t)
	ln.Close()
	return ln.Addr().String()
}

// speaking answers everybody with the words, or keeps them waiting without any.
func speaking(t *testing.T, words string) string {
	ln := listen(t)
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			defer conn.Close()
			go func() {
				if words == "" {
					return
				}
				_, _ = bufio.NewReader(conn).ReadString('\n')
				_, _ = conn.Write([]byte(words))
			}()
		}
	}()
	return ln.Addr().String()
}

// short is a context that ends before Patience does.
func short(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	t.Cleanup(cancel)
	return ctx
}

func TestPort(t *testing.T) {
	taken := listen(t).Addr().String()
	wantFinding(t, Port(t.Context(), "--listen", closedPort(t), never), OK, "free")
	wantFinding(t, Port(t.Context(), "--listen", taken, never), Fail, taken, "in use by another program", "--listen")
	wantFinding(t, Port(t.Context(), "--listen", taken, always), OK, "in use by a server of this game")
	wantFinding(t, Port(t.Context(), "--admin-listen", "203.0.113.7:80", never), Fail, "does not have that address", "--admin-listen")
}

func TestReach(t *testing.T) {
	own, stranger := closedPort(t), speaking(t, "220 welcome\n")
	wantFinding(t, Reach(t.Context(), own, own), OK, "leads to this machine")
	wantFinding(t, Reach(t.Context(), closedPort(t), own), Fail, "closed: connection refused", "firewall")
	wantFinding(t, Reach(short(t), "nowhere.invalid:80", own), Fail, "closed")
	wantFinding(t, Reach(short(t), stranger, own), Fail, "somebody else answers there")
	wantFinding(t, Reach(t.Context(), stranger, stranger), OK, "open") // a server is running there
	wantFinding(t, Reach(t.Context(), own, "203.0.113.7:80"), Warn, "not tried")
}

// O9: a clock that is wrong.
func TestFault_O9_Clock(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	clock := func(cfg ClockConfig) Finding {
		cfg.Now = func() time.Time { return now }
		return Clock(short(t), cfg)
	}
	page := func(off time.Duration) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", now.Add(off).Format(http.TimeFormat))
			http.Redirect(w, &http.Request{}, "https://nowhere.invalid/", http.StatusFound)
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	dir := t.TempDir()
	touch := func(when time.Time) string {
		path := filepath.Join(dir, "account.db")
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, when, when)); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	wantFinding(t, clock(ClockConfig{}), OK, "2026-11-21 12:00:00 UTC", "--clock URL")
	wantFinding(t, clock(ClockConfig{Built: now.Add(-time.Hour)}), OK)
	wantFinding(t, clock(ClockConfig{Built: now.Add(3 * time.Hour)}), Fail, "this program was made 3h0m0s later", "timedatectl")
	wantFinding(t, clock(ClockConfig{Data: touch(now.Add(-time.Second))}), OK)
	wantFinding(t, clock(ClockConfig{Data: touch(now.Add(48 * time.Hour))}), Fail, "account.db was written 48h0m0s later")
	wantFinding(t, clock(ClockConfig{URL: page(2 * time.Second)}), OK, "as that of http://127.0.0.1")
	wantFinding(t, clock(ClockConfig{URL: page(-30 * time.Second)}), Warn, "30s ahead of http://127.0.0.1")
	wantFinding(t, clock(ClockConfig{URL: page(2 * time.Hour)}), Fail, "2h0m0s behind that of http://127.0.0.1", "timedatectl")
	wantFinding(t, clock(ClockConfig{URL: "http://" + closedPort(t)}), Warn, "not compared", "connection refused", "--clock")
	wantFinding(t, clock(ClockConfig{URL: "http://" + speaking(t, "")}), Warn, "no answer within")
	wantFinding(t, clock(ClockConfig{URL: "http://" + speaking(t, "HTTP/1.0 200 OK\r\n\r\n")}), Warn, "the answer has no date")
}

func TestFiles(t *testing.T) {
	limit, known := OpenFiles()
	if !known {
		t.Skip("there is no limit here")
	}
	wantFinding(t, Files(limit), OK)
	wantFinding(t, Files(limit+1), Warn, "LimitNOFILE")
	wantFinding(t, Files(limit*8+8), Fail, "ulimit -n")
}

func TestCertificate(t *testing.T) {
	now := time.Now()
	judge := func(life, left time.Duration, warnings []string, err error) Judge {
		return func(time.Time) (*x509.Certificate, []string, error) {
			return &x509.Certificate{NotBefore: now.Add(left - life), NotAfter: now.Add(left), DNSNames: []string{"play.example"}}, warnings, err
		}
	}
	const day = 24 * time.Hour
	wantFinding(t, Certificate(judge(90*day, 60*day, nil, nil), now), OK, "play.example", "60 days")
	wantFinding(t, Certificate(judge(90*day, 13*day, nil, nil), now), Warn, "13 days")
	wantFinding(t, Certificate(judge(6*day, 3*day, nil, nil), now), OK, "3 days") // short-lived ones are renewed later
	wantFinding(t, Certificate(judge(6*day, 1*day, nil, nil), now), Warn, "1 days")
	wantFinding(t, Certificate(judge(90*day, 60*day, []string{"vouched for by nobody"}, nil), now), Warn, "vouched for by nobody")
	wantFinding(t, Certificate(judge(90*day, 60*day, nil, errors.New("cert.pem: it has expired")), now), Fail, "cert.pem: it has expired")
}

func TestRedis(t *testing.T) {
	wantFinding(t, Redis(t.Context(), "redis://"+speaking(t, "+PONG\r\n")), OK, "answers")
	wantFinding(t, Redis(t.Context(), "redis://:hunter2@"+speaking(t, "+OK\r\n+PONG\r\n")), OK, "answers")
	wantFinding(t, Redis(t.Context(), "redis://:hunter2@"+speaking(t, "-WRONGPASS invalid\r\n")), Fail, "does not take the password", "WRONGPASS")
	wantFinding(t, Redis(t.Context(), "redis://"+speaking(t, "-NOAUTH Authentication required.\r\n")), Fail, "NOAUTH")
	wantFinding(t, Redis(t.Context(), "redis://"+speaking(t, "HTTP/1.1 400 Bad Request\r\n")), Fail, "HTTP/1.1")
	wantFinding(t, Redis(t.Context(), "redis://"+speaking(t, strings.Repeat("x", 1<<20))), Fail, "xxx")
	wantFinding(t, Redis(t.Context(), "redis://:hunter2@"+closedPort(t)), Fail, "connection refused", "redis-cli")
	wantFinding(t, Redis(short(t), "redis://:hunter2@"+speaking(t, "")), Fail, "no answer within")
	wantFinding(t, Redis(short(t), "rediss://:hunter2@"+speaking(t, "+PONG\r\n")), Fail, "no TLS")
	wantFinding(t, Redis(t.Context(), "redis://:hunter2@"), Fail, "redis://:PASSWORD@HOST:PORT")
}

func TestPostgres(t *testing.T) {
	wantFinding(t, Postgres(t.Context(), "postgres://u:hunter2@"+closedPort(t)+"/x"), Fail, "connection refused", "--database")
	wantFinding(t, Postgres(short(t), "postgres://u:hunter2@"+speaking(t, "")+"/x"), Fail, "no answer within")
	wantFinding(t, Postgres(short(t), "postgres://u:hunter2@nowhere.invalid/x"), Fail, "nowhere.invalid")
	wantFinding(t, Postgres(t.Context(), "postgres://u:hunter2@:x"), Fail, "postgres://USER:PASSWORD@HOST:PORT/NAME")
	// As a server would that lets nobody in (protocol 3.0, ErrorResponse).
	refusal := "SFATAL\x00C28P01\x00Mpassword authentication failed for user \"u\"\x00\x00"
	answer := "E\x00\x00\x00" + string(rune(len(refusal)+4)) + refusal
	ln := listen(t)
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Read(make([]byte, 1024))
			_, _ = conn.Write([]byte(answer))
			_ = conn.Close()
		}
	}()
	wantFinding(t, Postgres(t.Context(), "postgres://u:hunter2@"+ln.Addr().String()+"/x?sslmode=disable"), Fail, "it refuses: password authentication failed")
}

// O10: stores that everybody can reach and that ask for no password.
func TestFault_O10_OpenStores(t *testing.T) {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addrs {
		n, ok := a.(*net.IPNet)
		if !ok || n.IP.IsLoopback() || n.IP.To4() == nil {
			continue
		}
		ln, err := net.Listen("tcp", net.JoinHostPort(n.IP.String(), "0"))
		if err != nil {
			continue
		}
		defer ln.Close()
		go func() {
			for conn, err := ln.Accept(); err == nil; conn, err = ln.Accept() {
				_, _ = bufio.NewReader(conn).ReadString('\n')
				_, _ = conn.Write([]byte("+PONG\r\n"))
				_ = conn.Close()
			}
		}()
		wantFinding(t, Redis(t.Context(), "redis://"+ln.Addr().String()), Warn, "asks for no password", "requirepass")
		return
	}
	t.Skip("this machine has no address but its own")
}
