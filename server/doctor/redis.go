package doctor

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
)

// Redis looks whether a Redis answers at a redis:// or rediss:// address. The address may
// hold a password, which no finding shows.
func Redis(ctx context.Context, address string) Finding {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return fail("redis", "the address cannot be read", "give it as redis://:PASSWORD@HOST:PORT")
	}
	host := net.JoinHostPort(u.Hostname(), portOf(u, "6379"))
	about := "redis " + host
	if err := ping(ctx, u, host); err != nil {
		return fail(about, reason(err), "is it running, and is --redis its address? Try: redis-cli -h "+u.Hostname()+" ping")
	}
	if _, has := u.User.Password(); !has && !loopback(u.Hostname()) {
		return warn(about, "it answers, and asks for no password", "set requirepass, and let only the servers reach it")
	}
	return ok(about, "answers")
}

// ping says PING in Redis's protocol (RESP, redis.io/docs/reference/protocol-spec).
func ping(ctx context.Context, u *url.URL, host string) error {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", host)
	if err != nil {
		return err
	}
	defer conn.Close()
	deadline, _ := ctx.Deadline()
	_ = conn.SetDeadline(deadline)
	if u.Scheme == "rediss" {
		secure := tls.Client(conn, &tls.Config{ServerName: u.Hostname(), MinVersion: tls.VersionTLS12})
		if err := secure.HandshakeContext(ctx); err != nil {
			return fmt.Errorf("no TLS: %w", err)
		}
		conn = secure
	}
	answers := bufio.NewReader(conn)
	if password, has := u.User.Password(); has {
		words := []string{"AUTH", password}
		if name := u.User.Username(); name != "" {
			words = []string{"AUTH", name, password}
		}
		if err := say(conn, answers, "+OK", words...); err != nil {
			return fmt.Errorf("it does not take the password: %w", err)
		}
	}
	return say(conn, answers, "+PONG", "PING")
}

// say sends a command and wants a certain answer.
func say(conn net.Conn, answers *bufio.Reader, want string, words ...string) error {
	text := new(strings.Builder)
	fmt.Fprintf(text, "*%d\r\n", len(words))
	for _, w := range words {
		fmt.Fprintf(text, "$%d\r\n%s\r\n", len(w), w)
	}
	if _, err := conn.Write([]byte(text.String())); err != nil {
		return err
	}
	line, err := answers.ReadSlice('\n')
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
		return err
	}
	got := strings.TrimSpace(string(line))
	if got != want {
		return fmt.Errorf("it answers %.60q", got)
	}
	return nil
}

func portOf(u *url.URL, usual string) string {
	if p := u.Port(); p != "" {
		return p
	}
	return usual
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
