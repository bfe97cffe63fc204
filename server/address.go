package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"strconv"
	"syscall"
)

// checkAddress judges the form of an address to listen on, without listening.
func checkAddress(flag, addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return usage("%s=%q: host:port or :port, such as :8080 or 127.0.0.1:8080", flag, addr)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return usage("%s=%q: port %q is not a number from 0 to 65535", flag, addr, port)
	}
	if host != "" && host != "localhost" {
		if _, err := netip.ParseAddr(host); err != nil {
			return usage("%s=%q: host %q is not an address of this machine (leave it empty for all)", flag, addr, host)
		}
	}
	return nil
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
		return nil, usage("%s=%s: port %s is in use by another program. Choose another port, or find that program with: ss -ltnp 'sport = :%s'", flag, addr, port, port)
	case errors.Is(err, fs.ErrPermission):
		return nil, usage("%s=%s: port %s needs rights that this user does not have. Choose one above 1023", flag, addr, port)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, usage("%s=%s: this machine does not have that address. Leave the host empty for all its addresses", flag, addr)
	default:
		return nil, usage("%s=%s: %w", flag, addr, err)
	}
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
