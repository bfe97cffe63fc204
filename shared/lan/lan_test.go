package lan

import (
	"net"
	"strings"
	"testing"
)

func TestPage(t *testing.T) {
	home := net.IPv4(192, 168, 1, 7)
	for _, c := range []struct {
		name string
		ip   net.IP
		port int
		text []string
		want string
	}{
		{"address and port", home, 8080, Text(""), "http://192.168.1.7:8080/"},
		{"own page", home, 8080, Text("https://play.example/"), "https://play.example/"},
		{"an address too long", home, 8080, Text("https://" + strings.Repeat("x", 300)), "http://192.168.1.7:8080/"},
		{"IPv6", net.ParseIP("fd00::1"), 80, nil, "http://[fd00::1]:80/"},
		{"public", net.IPv4(203, 0, 113, 7), 8080, nil, ""},
		{"this machine", net.IPv4(127, 0, 0, 1), 8080, nil, ""},
		{"nowhere", nil, 8080, nil, ""},
		{"no port", home, 0, nil, ""},
		{"port too high", home, 65536, nil, ""},
		{"a file", home, 80, []string{"url=file:///etc/passwd"}, ""},
		{"a script", home, 80, []string{"url=javascript:alert(1)"}, ""},
		{"a name before the host", home, 80, []string{"url=https://bank.example@evil.example/"}, ""},
		{"no host", home, 80, []string{"url=https:///x"}, ""},
		{"other keys", home, 80, []string{"a=b", "", "=", "URL"}, "http://192.168.1.7:80/"},
	} {
		if got := Page(c.ip, c.port, c.text); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
