package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"runtime"
	"strconv"
	"syscall"
)

// checkAddress judges the form of an address to listen on, without listening.
func checkAddress(flag, addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return badFlag(flag, addr, "it has to be host:port or :port, such as :8080 or 127.0.0.1:8080")
	}
	if !validPort(port) {
		return badFlag(flag, addr, "a port is a number from 0 to 65535")
	}
	if host != "" && host != "localhost" {
		if _, err := netip.ParseAddr(host); err != nil {
			return badFlag(flag, addr, "a host is an IP address of this machine, or left out for all it has")
		}
	}
	return nil
}

func validPort(port string) bool {
	n, err := strconv.Atoi(port)
	return err == nil && n >= 0 && n <= 65535
}

// checkApart tells two checked addresses apart that one machine cannot listen on
// both. Port 0 is another one each time.
func checkApart(game, private string) error {
	gameHost, gamePort, _ := net.SplitHostPort(game)
	host, port, _ := net.SplitHostPort(private)
	a, _ := strconv.Atoi(gamePort)
	b, _ := strconv.Atoi(port)
	if a != b || a == 0 || !anyHost(gameHost) && !anyHost(host) && numeric(gameHost) != numeric(host) {
		return nil
	}
	return usage("--listen and --admin-listen are both port %d: move the host's with --admin-listen or IONWAKE_ADMIN_LISTEN", a)
}

// anyHost reports whether a host stands for all addresses of this machine.
func anyHost(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "" || err == nil && ip.IsUnspecified()
}

// numeric is a checked host as the system most likely listens on it.
func numeric(host string) string {
	if host == "localhost" {
		return "127.0.0.1"
	}
	return host
}

// listen opens a port. An error says what to do about it.
func listen(flag, addr string) (net.Listener, error) {
	var cfg net.ListenConfig
	ln, err := cfg.Listen(context.Background(), "tcp", addr)
	_, port, _ := net.SplitHostPort(addr)
	switch {
	case err == nil:
		return ln, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, usage("%s=%s: port %s is in use by another program. Choose another port with %s or %s%s", flag, addr, port, flag, variable(flag), findOwner(port))
	case errors.Is(err, fs.ErrPermission):
		return nil, usage("%s=%s: port %s needs rights that this user does not have. Choose one above 1023%s", flag, addr, port, grant())
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, usage("%s=%s: this machine does not have that address. Leave the host empty for all its addresses", flag, addr)
	default:
		return nil, usage("%s=%s: %w", flag, addr, err)
	}
}

// grant says how this program may be allowed ports below 1024, where the system has a
// command.
func grant() string {
	if runtime.GOOS != "linux" {
		return ""
	}
	return ", or allow it: setcap cap_net_bind_service=+ep ionwake-server"
}

// findOwner says how to find out who has a port, where the system has a command.
func findOwner(port string) string {
	if runtime.GOOS != "linux" {
		return ""
	}
	return ", or see who has it with: ss -ltnp 'sport = :" + port + "'"
}

// invitations are the addresses to open in a browser: first for this machine, then
// for others on its network.
func invitations(addr net.Addr) []string {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok {
		return []string{"http://" + addr.String() + "/"}
	}
	url := func(host string) string { return "http://" + net.JoinHostPort(host, strconv.Itoa(tcp.Port)) + "/" }
	if tcp.IP.IsLoopback() {
		return []string{url("localhost")}
	}
	if !tcp.IP.IsUnspecified() {
		return []string{url(tcp.IP.String())}
	}
	all := []string{url("localhost")}
	if lan := lanAddress(); lan != "" {
		all = append(all, url(lan))
	}
	return all
}

// lanAddress is this machine's first IPv4 address in a private network, or "".
func lanAddress() string {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	for _, a := range addrs {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && n.IP.IsPrivate() {
			return n.IP.String()
		}
	}
	return ""
}

// exposed reports whether others than this machine can reach a listener.
func exposed(ln net.Listener) bool {
	tcp, ok := ln.Addr().(*net.TCPAddr)
	return !ok || !tcp.IP.IsLoopback()
}

// localURL is where a program on the same machine finds what listens on addr.
func localURL(addr, path string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("read the address: %w", err)
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port) + path, nil
}
