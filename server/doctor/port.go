package doctor

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"runtime"
	"syscall"
	"time"
)

// Port looks whether a server could listen on addr, which the given flag names.
// running reports whether the one that is there already is ours.
func Port(ctx context.Context, flag, addr string, running func(context.Context) bool) Finding {
	about := "port " + addr
	var cfg net.ListenConfig
	ln, err := cfg.Listen(ctx, "tcp", addr)
	_, port, _ := net.SplitHostPort(addr)
	switch {
	case err == nil:
		_ = ln.Close()
		return ok(about, "free")
	case errors.Is(err, syscall.EADDRINUSE):
		if running(ctx) {
			return ok(about, "in use by a server of this game, which answers")
		}
		return fail(about, "in use by another program", "end that, or choose another port with "+flag+owner(port))
	case errors.Is(err, fs.ErrPermission):
		return fail(about, "this user may not open it", "choose a port above 1023 with "+flag+", or allow it: setcap cap_net_bind_service=+ep ionwake-server")
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fail(about, "this machine does not have that address", "leave the host of "+flag+" empty for all its addresses")
	}
	return fail(about, reason(err), "choose another address with "+flag)
}

// owner says how to find out who has a port, where the system has a command.
func owner(port string) string {
	if runtime.GOOS != "linux" {
		return ""
	}
	return ", or see who has it with: ss -ltnp 'sport = :" + port + "'"
}

// Reach looks whether the public address leads to this machine's port: it listens there
// for a moment and calls itself. Where a server is running, being let in is enough.
func Reach(ctx context.Context, public, listen string) Finding {
	about := "reach " + public
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	word := rand.Text()
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err == nil {
		defer ln.Close()
		go greet(ln, word)
	} else if !errors.Is(err, syscall.EADDRINUSE) {
		return warn(about, "not tried, since nothing can listen on "+listen, "mend that first")
	}
	conn, dialErr := (&net.Dialer{}).DialContext(ctx, "tcp", public)
	if dialErr != nil {
		return fail(about, "closed: "+reason(dialErr),
			"open the port in the firewall and forward it to this machine (some routers do not lead back inside: then try from another network)")
	}
	defer conn.Close()
	if ln == nil {
		return ok(about, "open")
	}
	deadline, _ := ctx.Deadline()
	_ = conn.SetReadDeadline(deadline)
	got := make([]byte, len(word))
	if n, _ := conn.Read(got); string(got[:n]) != word {
		return fail(about, "somebody else answers there", fmt.Sprintf("let the address lead to this machine, port %s", listen))
	}
	return ok(about, "open, and leads to this machine")
}

// greet says the word to everybody until ln is closed.
func greet(ln net.Listener, word string) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		_ = conn.SetWriteDeadline(time.Now().Add(time.Second))
		_, _ = conn.Write([]byte(word))
		_ = conn.Close()
	}
}
