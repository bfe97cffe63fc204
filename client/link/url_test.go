package link

import (
	"net/url"
	"strings"
	"testing"
)

func TestParseAddress(t *testing.T) {
	for text, want := range map[string]string{
		"http://localhost:8080/":                       "ws://localhost:8080/play?room=main",
		"https://play.example.org/?room=abc":           "wss://play.example.org/play?room=abc",
		"https://play.example.org/?room=abc&name=Io#x": "wss://play.example.org/play?room=abc",
		"https://play.example.org":                     "wss://play.example.org/play?room=main",
		"https://example.org/ionwake/?room=a+b":        "wss://example.org/ionwake/play?room=a+b",
		"ws://10.0.0.7:9000/play?room=r1":              "ws://10.0.0.7:9000/play?room=r1",
		"wss://example.org/deep/play":                  "wss://example.org/deep/play?room=main",
		"HTTPS://Example.ORG/":                         "wss://Example.ORG/play?room=main",
		"localhost:8080":                               "ws://localhost:8080/play?room=main",
		"localhost":                                    "ws://localhost/play?room=main",
		"localhost:8080/?room=den":                     "ws://localhost:8080/play?room=den",
		"localhost:8080?room=den":                      "ws://localhost:8080/play?room=den",
		"192.168.1.5":                                  "ws://192.168.1.5/play?room=main",
		"[::1]:8080":                                   "ws://[::1]:8080/play?room=main",
		"[2001:db8::1]":                                "ws://[2001:db8::1]/play?room=main",
		"play.example.org":                             "wss://play.example.org/play?room=main",
		"play.example.org:443":                         "wss://play.example.org:443/play?room=main",
		"play.example.org:8080":                        "ws://play.example.org:8080/play?room=main",
		"  play.example.org\n":                         "wss://play.example.org/play?room=main",
		"http://xn--bcher-kva.example/":                "ws://xn--bcher-kva.example/play?room=main",
		"localhost:8080/?room=" + url.QueryEscape("zażółć #1"): "ws://localhost:8080/play?room=za%C5%BC%C3%B3%C5%82%C4%87+%231",
	} {
		if got, err := SocketURL(text); got != want || err != nil {
			t.Errorf("%q: %q, %v, want %q", text, got, err, want)
		}
	}
	a, err := ParseAddress("http://h/?room=den&name=Io&ticket=a.b.c")
	if err != nil || a.Room != "den" || a.Name != "Io" || a.Ticket != "a.b.c" || a.URL != "ws://h/play?room=den" {
		t.Errorf("%+v, %v, want room den, name Io, and the ticket nowhere else", a, err)
	}
}

func TestBadAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "empty",
		" \t":                         "empty",
		"ftp://example.org/":          "ftp",
		"file:///etc/passwd":          "names no host",
		"javascript:alert(1)":         "port",
		"https:///?room=a":            "names no host",
		"http://:8080/":               "names no host",
		":8080":                       "names no host",
		"http://host:0/":              "between 1 and 65535",
		"http://host:65536/":          "between 1 and 65535",
		"http://host:http/":           "port",
		"host:":                       "no port",
		"http://a:b@host/":            "leave it out",
		"http://bücher.example/":      "xn--",
		"http://host name/":           "host name",
		"http://[::1/":                "not an address",
		"http://host/?room=a%00b":     "printable",
		"http://host/?room=%FF":       "printable",
		"http://host/?room=%E2%80%AE": "printable",
		"http://host/?room=" + strings.Repeat("x", 65): "at most 64",
		"http://host/" + strings.Repeat("x", 4096):     "4096",
		"http://ho\xffst/":                             "UTF-8",
	} {
		got, err := SocketURL(text)
		if err == nil {
			t.Errorf("%q became %q, want an error about %q", text, got, want)
		} else if !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want something about %q", text, err, want)
		}
	}
}

// FuzzParseAddress: whatever is typed, what comes out is the address of a socket,
// and stays itself when it is typed again.
func FuzzParseAddress(f *testing.F) {
	for _, seed := range []string{"http://localhost:8080/?room=a", "host:1", "[::1]:80", "wss://a.b/c/play?room=%20", "a.b?room=&name=x", "//x", "a:b@c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ParseAddress(text)
		if err != nil {
			return
		}
		u, err := url.Parse(a.URL)
		if err != nil {
			t.Fatalf("%q became %q, which is no URL: %v", text, a.URL, err)
		}
		if (u.Scheme != "ws" && u.Scheme != "wss") || u.Hostname() == "" || !strings.HasSuffix(u.Path, "/play") || u.User != nil || u.Query().Get("room") != a.Room || a.Room == "" {
			t.Errorf("%q became %q in room %q", text, a.URL, a.Room)
		}
		if again, err := SocketURL(a.URL); len(a.URL) <= maxAddress && (again != a.URL || err != nil) {
			t.Errorf("%q became %q, and that %q, %v", text, a.URL, again, err)
		}
	})
}

// TestPage turns sockets into what one sends to friends, and goes to other rooms.
func TestPage(t *testing.T) {
	for socket, want := range map[string]string{
		"ws://localhost:8080/play?room=main":         "http://localhost:8080/",
		"wss://play.example.org/play?room=abc":       "https://play.example.org/?room=abc",
		"wss://example.org/games/ion/play?room=main": "https://example.org/games/ion/",
		"ws://host/other":                            "",
		"practice":                                   "",
		"":                                           "",
		"ws://[::1":                                  "",
	} {
		if got := Page(socket); got != want {
			t.Errorf("the page of %q is %q, want %q", socket, got, want)
		}
		if want == "" {
			continue
		}
		a, err := ParseAddress(want)
		if err != nil || a.URL != socket {
			t.Errorf("the page %q leads to %q, %v, want %q", want, a.URL, err, socket)
		}
		other, err := InRoom(socket, "b c")
		if err != nil || other == socket {
			t.Errorf("another room than %q: %q, %v", socket, other, err)
		}
	}
	for _, room := range []string{"", "a\nb", string(make([]byte, 200))} {
		if got, err := InRoom("ws://host/play?room=main", room); err == nil {
			t.Errorf("the room %q: %q, want an error", room, got)
		}
	}
}
