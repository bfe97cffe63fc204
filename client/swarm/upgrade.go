//go:build !js

package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"ionwake/client/link"
	"ionwake/shared/wire"
)

// magic is what the answer to a key is made with (RFC 6455 section 1.3).
const magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

// connect dials the socket's address and upgrades the connection (RFC 6455 section 4.1).
// It returns what the server said already behind its answer. Instead of an error it
// returns how a player hears of it.
func connect(socket string) (*net.TCPConn, []byte, *link.Event) {
	ctx, cancel := context.WithTimeout(context.Background(), link.DefaultTimeout)
	defer cancel()
	conn, err := dial(ctx, socket)
	if err != nil {
		return nil, nil, &link.Event{Kind: link.Closed, Code: link.CodeUnreachable, Reason: "the server does not answer", Err: err}
	}
	_ = conn.SetDeadline(time.Now().Add(link.DefaultTimeout))
	early, ev := upgrade(conn, socket)
	if ev != nil {
		_ = conn.Close()
		return nil, nil, ev
	}
	_ = conn.SetDeadline(time.Time{})
	return conn, early, nil
}

// upgrade asks for the protocol of the game.
func upgrade(conn net.Conn, socket string) ([]byte, *link.Event) {
	var nonce [16]byte
	_, _ = rand.Read(nonce[:]) // never fails (crypto/rand)
	key := base64.StdEncoding.EncodeToString(nonce[:])
	lost := func(err error) *link.Event {
		return &link.Event{Kind: link.Closed, Code: link.CodeUnreachable, Reason: "the handshake broke off", Err: err}
	}
	req, err := http.NewRequest(http.MethodGet, strings.Replace(socket, "ws", "http", 1), http.NoBody)
	if err != nil {
		return nil, lost(err)
	}
	for name, value := range map[string]string{
		"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
		"Sec-WebSocket-Key": key, "Sec-WebSocket-Protocol": wire.Protocol,
	} {
		req.Header.Set(name, value)
	}
	if err := req.Write(conn); err != nil {
		return nil, lost(err)
	}
	in := bufio.NewReader(conn)
	answer, err := http.ReadResponse(in, req)
	if err != nil {
		return nil, lost(err)
	}
	if ev := judge(answer, key); ev != nil {
		return nil, ev
	}
	early, _ := in.Peek(in.Buffered())
	return append([]byte(nil), early...), nil
}

// judge looks whether an answer is the one to our key.
func judge(answer *http.Response, key string) *link.Event {
	switch answer.StatusCode {
	case http.StatusSwitchingProtocols:
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return &link.Event{Kind: link.Closed, Code: link.CodeBusy, Reason: "the server answered " + answer.Status}
	default:
		return &link.Event{Kind: link.Closed, Code: link.CodeRefused, Reason: "the server answered " + answer.Status}
	}
	sum := sha1.Sum([]byte(key + magic))
	want := base64.StdEncoding.EncodeToString(sum[:])
	if got := answer.Header.Get("Sec-WebSocket-Accept"); got != want {
		return &link.Event{Kind: link.Closed, Code: link.CodeProtocol, Reason: fmt.Sprintf("the handshake was answered with %q", got)}
	}
	if answer.Header.Get("Sec-WebSocket-Protocol") != wire.Protocol {
		return &link.Event{Kind: link.Closed, Code: link.CodeVersion, Reason: "the server does not speak " + wire.Protocol}
	}
	return nil
}
