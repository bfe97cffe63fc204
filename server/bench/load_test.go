//go:build linux && (amd64 || arm64)

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// waiting is an output whose first line waits for something.
type waiting struct {
	bytes.Buffer
	until <-chan struct{}
}

func (w *waiting) Write(p []byte) (int, error) {
	<-w.until
	return w.Buffer.Write(p)
}

// What reaches the clients before all are connected is not counted: connecting hundreds takes a while on a busy machine, and the yardstick sends all that time.
func TestLoadCountsFromWhenAllAreIn(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	const clients, early, later = 5, 3000, 500
	greeted, rest := make(chan struct{}), make(chan struct{})
	var conns []net.Conn
	go func() {
		for range clients {
			c, err := l.Accept()
			if err != nil {
				return
			}
			conns = append(conns, c)
			_, _ = c.Write(make([]byte, early))
		}
		close(greeted)
	}()
	in, end := io.Pipe()
	go func() {
		defer close(rest)
		<-greeted
		time.Sleep(200 * time.Millisecond) // the clients play
		for _, c := range conns {
			_, _ = c.Write(make([]byte, later))
		}
		time.Sleep(200 * time.Millisecond)
		_ = end.Close()
	}()
	out := &waiting{until: greeted}
	f := loadFlags{Target: l.Addr().String(), Raw: true, Clients: clients, Rate: 10, Size: 20}
	if err := f.run(in, out); err != nil {
		t.Fatal(err)
	}
	<-rest
	for _, c := range conns {
		_ = c.Close()
	}
	_, text, _ := strings.Cut(out.String(), "counted ")
	var got loaded
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatalf("%v: %q", err, out.String())
	}
	if got.BytesIn != clients*later || got.Lost > 0 {
		t.Errorf("%d bytes came and %d connections were lost, want %d and none", got.BytesIn, got.Lost, clients*later)
	}
}
