package e2e

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// serverBuild is the real server program with the web client inside.
var serverBuild struct {
	once sync.Once
	err  error
}

// server is a running server program. It can be ended and started again on the
// same port, with the same data.
type server struct {
	t    *testing.T
	port int
	args []string
	log  *os.File
	cmd  *exec.Cmd
	done chan error // the program's end, once

	secure *tls.Config // how to come by https; nil: by http
}

// status is the part of /api/v1/status that tests look at.
type status struct {
	Name    string `json:"name"`
	Mode    string `json:"mode"`
	Map     string `json:"map"`
	Players int    `json:"players"`
	Bots    int    `json:"bots"`
	Tick    uint64 `json:"tick"`
}

func serverProgram(t *testing.T) string {
	t.Helper()
	target := filepath.Join(programs.dir, "ionwake-server")
	serverBuild.once.Do(func() {
		ctx := context.Background()
		if serverBuild.err = goTool(ctx, nil, "run", "./assets/bake", "web"); serverBuild.err == nil {
			serverBuild.err = goTool(ctx, []string{"CGO_ENABLED=0"}, "build", "-o", target, "./server")
		}
	})
	if serverBuild.err != nil {
		t.Fatalf("build the server: %v", serverBuild.err)
	}
	return target
}

// startServer starts the real server on a free port of this machine, with more
// flags if given, and returns when it answers. What it logs is an artifact.
func startServer(t *testing.T, args ...string) *server {
	t.Helper()
	return startServerBy(t, nil, args...)
}

// startServerBy is startServer for a server that is reached by https, unless secure is
// nil.
func startServerBy(t *testing.T, secure *tls.Config, args ...string) *server {
	t.Helper()
	s := &server{t: t, port: freePort(t), args: args, secure: secure}
	log, err := os.Create(artifact(t, "server.log"))
	if err != nil {
		t.Fatalf("keep the server's log: %v", err)
	}
	s.log = log
	t.Cleanup(func() {
		s.kill()
		log.Close()
	})
	s.start()
	return s
}

// freePort asks the system for a port that nobody uses. Somebody else may take
// it before the server does, which then says so.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("find a free port: %v", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// address is the server's host:port.
func (s *server) address() string { return fmt.Sprintf("127.0.0.1:%d", s.port) }

// url is the server's page.
func (s *server) url() string {
	if s.secure != nil {
		return "https://" + s.address() + "/"
	}
	return "http://" + s.address() + "/"
}

// start runs the program and waits until it answers.
func (s *server) start() {
	s.t.Helper()
	args := append([]string{"serve", "--listen", s.address(), "--admin-listen", "127.0.0.1:0"}, s.args...)
	cmd := exec.Command(serverProgram(s.t), args...)
	cmd.Stdout, cmd.Stderr = s.log, s.log
	if err := cmd.Start(); err != nil {
		s.t.Fatalf("start the server: %v", err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }() // ends with the program
	s.cmd, s.done = cmd, done

	end := time.Now().Add(patience)
	for {
		if _, err := s.askStatus(); err == nil {
			return
		} else if time.Now().After(end) {
			s.t.Fatalf("the server does not answer: %v; it logged\n%s", err, s.logged())
		}
		select {
		case err := <-done:
			done <- err
			s.t.Fatalf("the server ended at its start: %v; it logged\n%s", err, s.logged())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// stop asks the program to end as a host does, and returns its exit code.
func (s *server) stop() int {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatalf("ask the server to end: %v", err)
	}
	select {
	case err := <-s.done:
		s.done <- err
		return s.cmd.ProcessState.ExitCode()
	case <-time.After(patience):
		s.t.Fatalf("the server did not end in %v; it logged\n%s", patience, s.logged())
		return -1
	}
}

// kill ends the program without a word, if it still runs.
func (s *server) kill() {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Kill() // it may have ended already
	err := <-s.done
	s.done <- err
}

func (s *server) logged() string {
	text, err := os.ReadFile(s.log.Name())
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// status asks the running server.
func (s *server) status() status {
	s.t.Helper()
	got, err := s.askStatus()
	if err != nil {
		s.t.Fatalf("ask the server for its status: %v", err)
	}
	return got
}

func (s *server) askStatus() (status, error) {
	var got status
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{TLSClientConfig: s.secure, DisableKeepAlives: true}}
	resp, err := client.Get(s.url() + "api/v1/status")
	if err != nil {
		return got, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return got, fmt.Errorf("status code %d", resp.StatusCode)
	}
	return got, json.NewDecoder(resp.Body).Decode(&got)
}

// awaitStatus polls the server's status until ok says yes.
func (s *server) awaitStatus(what string, ok func(status) bool) status {
	s.t.Helper()
	end := time.Now().Add(patience)
	for {
		got := s.status()
		if ok(got) {
			return got
		}
		if time.Now().After(end) {
			s.t.Fatalf("waited %v for %s; status is %+v", patience, what, got)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// The server plays with its bots, ends in order when asked, and plays again.
func TestServerStartsAndStops(t *testing.T) {
	s := startServer(t, "--bots", "4")
	first := s.awaitStatus("four bots", func(got status) bool { return got.Bots == 4 })
	if first.Mode != "brawl" || first.Map == "" {
		t.Errorf("status is %+v, want a brawl on some map", first)
	}
	s.awaitStatus("later ticks", func(got status) bool { return got.Tick > first.Tick })
	if code := s.stop(); code != 0 {
		t.Errorf("the server ended with code %d; it logged\n%s", code, s.logged())
	}
	s.start()
	s.awaitStatus("bots again", func(got status) bool { return got.Bots == 4 })
}
