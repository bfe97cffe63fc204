package link

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// DefaultRoom is where one goes who names no room.
const DefaultRoom = "main"

// Bounds of an address.
const (
	maxAddress = 4096 // bytes: a ticket may be in it
	maxRoom    = 64   // bytes of a room's name
	socketName = "play"
)

// Address is a place to play, as SocketURL reads it.
type Address struct {
	URL  string // of the socket: ws://host/play?room=NAME
	Room string // never empty
	Name string // the player's name, if the address had one
	// Ticket is a signed one, if the address had one. It is no part of URL, and for the
	// server of URL alone.
	Ticket string
}

// ParseAddress turns what a player types or pastes into the address of the
// socket: a page (https://host/?room=abc), a socket (wss://host/play?room=abc),
// or a bare host, with or without port and room (localhost:8080). A path is kept,
// so that a server may live below one.
//
// A bare host is asked by wss, unless it names a port other than 443, is a bare
// IP address or has no dot in it: such are the servers on one's own table.
//
// Errors are sentences for the player.
func ParseAddress(text string) (Address, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return Address{}, errors.New("the address is empty: give one like https://play.example.org/?room=main or localhost:8080")
	case len(text) > maxAddress:
		return Address{}, fmt.Errorf("the address has %d bytes: %d are the most", len(text), maxAddress)
	case !utf8.ValidString(text):
		return Address{}, errors.New("the address is not valid UTF-8")
	}
	bare := !strings.Contains(text, "://")
	if bare {
		text = "wss://" + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return Address{}, fmt.Errorf("%q is not an address: %s", text, parseTrouble(err))
	}
	if err := checkHost(u); err != nil {
		return Address{}, err
	}
	if u.Scheme, err = socketScheme(u, bare); err != nil {
		return Address{}, err
	}
	return socketAddress(u)
}

// SocketURL is ParseAddress for one who wants the URL alone.
func SocketURL(text string) (string, error) {
	a, err := ParseAddress(text)
	return a.URL, err
}

// parseTrouble is the heart of a url.Error, without the address a second time.
func parseTrouble(err error) string {
	if inner, ok := errors.AsType[*url.Error](err); ok {
		return inner.Err.Error()
	}
	return err.Error()
}

func checkHost(u *url.URL) error {
	host := u.Hostname()
	switch {
	case u.User != nil:
		return errors.New("the address has a user name or password before the @, which the game does not use: leave it out")
	case host == "":
		return fmt.Errorf("the address %q names no host", u)
	}
	for _, r := range host {
		if r <= ' ' || r > '~' || strings.ContainsRune(`"<>\^`+"`{|}", r) {
			return fmt.Errorf("the host %q has the character %q: write international names in their xn-- form", host, r)
		}
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return fmt.Errorf("the port %q is not between 1 and 65535", port)
		}
	} else if strings.HasSuffix(u.Host, ":") {
		return fmt.Errorf("the address %q ends its host with a colon and no port", u)
	}
	return nil
}

// socketScheme is ws or wss.
func socketScheme(u *url.URL, bare bool) (string, error) {
	if bare {
		_, notIP := netip.ParseAddr(u.Hostname())
		named := notIP != nil && strings.Contains(u.Hostname(), ".")
		if u.Port() == "443" || (u.Port() == "" && named) {
			return "wss", nil
		}
		return "ws", nil
	}
	switch u.Scheme {
	case "https", "wss":
		return "wss", nil
	case "http", "ws":
		return "ws", nil
	}
	return "", fmt.Errorf("the address starts with %s://: it has to be https, http, wss or ws", u.Scheme)
}

// socketAddress builds the address of the socket from a checked URL: the name
// play in the folder of the page, as a page itself would find it.
func socketAddress(u *url.URL) (Address, error) {
	query := u.Query() // what cannot be read there is not ours to judge: links pick up all sorts of things
	room := query.Get("room")
	if room == "" {
		room = DefaultRoom
	}
	if len(room) > maxRoom || strings.ContainsFunc(room, notPrintable) {
		return Address{}, fmt.Errorf("the room %q cannot be a name: at most %d bytes, all printable", room, maxRoom)
	}
	socket := u.ResolveReference(&url.URL{Path: socketName, RawQuery: url.Values{"room": {room}}.Encode()})
	return Address{URL: socket.String(), Room: room, Name: query.Get("name"), Ticket: query.Get("ticket")}, nil
}

func notPrintable(r rune) bool { return !strconv.IsPrint(r) || r == utf8.RuneError }

// InRoom returns the socket's address of another room on the server of a socket.
func InRoom(socket, room string) (string, error) {
	u, err := url.Parse(socket)
	if err != nil {
		return "", fmt.Errorf("%q is not an address: %s", socket, parseTrouble(err))
	}
	if room == "" || len(room) > maxRoom || strings.ContainsFunc(room, notPrintable) {
		return "", fmt.Errorf("the room %q cannot be a name: at most %d bytes, all printable", room, maxRoom)
	}
	u.RawQuery = url.Values{"room": {room}}.Encode()
	return u.String(), nil
}

// Page returns the address of the page whose socket has the address given, in its
// room: what one sends to friends. It is empty for what is no socket's address.
func Page(socket string) string {
	u, err := url.Parse(socket)
	if err != nil {
		return ""
	}
	folder, found := strings.CutSuffix(u.Path, socketName)
	scheme := map[string]string{"ws": "http", "wss": "https"}[u.Scheme]
	if !found || scheme == "" {
		return ""
	}
	page := url.URL{Scheme: scheme, Host: u.Host, Path: folder}
	if room := u.Query().Get("room"); room != "" && room != DefaultRoom {
		page.RawQuery = url.Values{"room": {room}}.Encode()
	}
	return page.String()
}
