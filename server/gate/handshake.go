package gate

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/lxzan/gws"
)

// retryAfter is what a refused client is told to wait, in seconds, when a cap is reached.
const retryAfter = 5

// restarting is what a client is told while the gate closes: without a time to wait, for
// the next server may be there in a moment.
const restarting = "the server is restarting"

// refusal is an answer before the upgrade: floods, foreign pages and broken requests get no further. What a player must understand comes after it
// instead, as a close code, because a page cannot see why an upgrade was refused.
type refusal struct {
	status int
	text   string
}

// ServeHTTP upgrades a request for /play (RFC 6455 section 4.2) and starts its connection, or answers with an HTTP error and closes.
func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if no := g.check(r); no != nil {
		g.counts.refused.Add(1)
		refuse(w, no.status, no.text)
		return
	}
	addr := g.client(r)
	place, v := g.players.enter(g.capPrefix(addr))
	switch v {
	case fullPrefix:
		g.counts.refused.Add(1)
		refuse(w, http.StatusTooManyRequests, "too many connections from your network")
		return
	case fullServer:
		g.counts.refused.Add(1)
		refuse(w, http.StatusServiceUnavailable, "the server is full")
		return
	}
	c := newConn(g, place, prefixOf(addr))
	if err := g.upgrade(c, w, r); err != nil {
		place.leave()
		g.counts.refused.Add(1)
		g.cfg.Logger.Debug("upgrade ended early", "prefix", c.prefix, "error", bare(err))
	}
}

// check judges the request without touching the connection.
func (g *Gate) check(r *http.Request) *refusal {
	if g.isDraining() {
		return &refusal{http.StatusServiceUnavailable, restarting}
	}
	if r.Method != http.MethodGet {
		return &refusal{http.StatusMethodNotAllowed, "only GET can be upgraded"}
	}
	if !r.ProtoAtLeast(1, 1) || r.ProtoMajor > 1 {
		return &refusal{http.StatusHTTPVersionNotSupported, "only HTTP/1.1 can be upgraded"}
	}
	if r.ContentLength != 0 || len(r.TransferEncoding) > 0 {
		return &refusal{http.StatusBadRequest, "an upgrade has no body"}
	}
	if !hasToken(r.Header.Values("Upgrade"), "websocket") {
		return &refusal{http.StatusUpgradeRequired, "this address speaks WebSocket"}
	}
	if !hasToken(r.Header.Values("Connection"), "upgrade") {
		return &refusal{http.StatusBadRequest, "Connection does not name Upgrade"}
	}
	if v := r.Header.Values("Sec-WebSocket-Version"); len(v) != 1 || v[0] != "13" {
		return &refusal{http.StatusUpgradeRequired, "only WebSocket version 13"}
	}
	if key := r.Header.Values("Sec-WebSocket-Key"); len(key) != 1 || !validKey(key[0]) {
		return &refusal{http.StatusBadRequest, "Sec-WebSocket-Key is not one nonce of 16 bytes"}
	}
	if !g.originAllowed(r) {
		return &refusal{http.StatusForbidden, "this page may not connect here"}
	}
	return nil
}

// refuse answers in plain text and ends the HTTP connection, so that nothing behind the request is taken for another one.
func refuse(w http.ResponseWriter, status int, text string) {
	h := w.Header()
	h.Set("Connection", "close")
	h.Set("Cache-Control", "no-store")
	switch status {
	case http.StatusMethodNotAllowed:
		h.Set("Allow", http.MethodGet)
	case http.StatusUpgradeRequired:
		h.Set("Upgrade", "websocket")
		h.Add("Connection", "Upgrade")       // RFC 9110 section 15.5.22; a line of its own, for net/http looks for "close" alone
		h.Set("Sec-WebSocket-Version", "13") // RFC 6455 section 4.4
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		if text != restarting {
			h.Set("Retry-After", strconv.Itoa(retryAfter))
		}
	}
	http.Error(w, text, status)
}

// hasToken looks for a token in comma-separated header lines, without regard to case (RFC 9110 section 5.6.1).
func hasToken(lines []string, token string) bool {
	for _, line := range lines {
		for item := range strings.SplitSeq(line, ",") {
			if strings.EqualFold(strings.Trim(item, " \t"), token) {
				return true
			}
		}
	}
	return false
}

// validKey checks Sec-WebSocket-Key: 16 bytes in base64 (RFC 6455 section 4.1).
func validKey(key string) bool {
	if len(key) != 24 {
		return false
	}
	raw, err := base64.StdEncoding.DecodeString(key)
	return err == nil && len(raw) == 16
}

// protocol picks the subprotocol to answer with from those offered, in one pass. None offered or none known: no answer. Of another version of this
// game the answer is its own name, for browsers give up on a connection whose server names none of theirs, and then nobody could be told that the versions differ.
func protocol(lines []string) (answer string, spoken bool) {
	const family = "ionwake.v"
	for _, line := range lines {
		for item := range strings.SplitSeq(line, ",") {
			item = strings.Trim(item, " \t")
			if item == Subprotocol {
				return item, true
			}
			if digits, ok := strings.CutPrefix(item, family); ok && answer == "" && isVersion(digits) {
				answer = item
			}
		}
	}
	return answer, false
}

func isVersion(digits string) bool {
	return len(digits) > 0 && len(digits) <= 4 && strings.Trim(digits, "0123456789") == ""
}

// upgrade takes the connection out of net/http, answers 101 and starts it. After a nil error the connection cleans up after itself.
func (g *Gate) upgrade(c *Conn, w http.ResponseWriter, r *http.Request) error {
	answer, spoken := protocol(r.Header.Values("Sec-WebSocket-Protocol"))
	upgrader := g.spoken
	switch {
	case answer == "":
		upgrader = g.mute
	case !spoken:
		upgrader = newUpgrader(answer)
	}
	raw, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		refuse(w, http.StatusInternalServerError, "this connection cannot be upgraded")
		return fmt.Errorf("hijack: %w", err)
	}
	early, err := buffered.Reader.Peek(buffered.Reader.Buffered())
	if err != nil {
		_ = raw.Close()
		return fmt.Errorf("keep early bytes: %w", err)
	}
	g.board(raw)
	s := newSocket(c, raw, early)
	if !g.enlist(c) {
		_ = raw.Close()
		return fmt.Errorf("shutting down")
	}
	ws, err := upgrader.UpgradeFromConn(s, bufio.NewReaderSize(s, readBuffer), cleanRequest(r, answer))
	if err != nil {
		g.forget(c)
		_ = raw.Close()
		return fmt.Errorf("answer 101: %w", err)
	}
	s.upgraded = true
	g.counts.upgraded.Add(1)
	g.start(c, s, ws, r, spoken)
	return nil
}

// cleanRequest is what the library gets to see of a request that check has passed: no lists to misread, no extensions to negotiate.
func cleanRequest(r *http.Request, protocol string) *http.Request {
	h := http.Header{
		"Upgrade":               {"websocket"},
		"Connection":            {"Upgrade"},
		"Sec-Websocket-Version": {"13"},
		"Sec-Websocket-Key":     r.Header["Sec-Websocket-Key"],
	}
	if protocol != "" {
		h.Set("Sec-WebSocket-Protocol", protocol)
	}
	return &http.Request{Method: http.MethodGet, Header: h}
}

// newUpgrader sets the library up to answer with the given subprotocols. Compression, parallel handlers and its own recovery stay off: messages keep
// their order, and a panic reaches the one recover around the read loop.
func newUpgrader(subprotocols ...string) *gws.Upgrader {
	return gws.NewUpgrader(events{}, &gws.ServerOption{
		ReadMaxPayloadSize: maxMessage,
		SubProtocols:       subprotocols,
		Logger:             silent{},
	})
}

type silent struct{}

func (silent) Error(...any) {}
