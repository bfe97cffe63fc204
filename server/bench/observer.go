//go:build linux && (amd64 || arm64)

package main

import (
	"fmt"
	"net/http"
	"sync"

	"github.com/lxzan/gws"

	"ionwake/shared/wire"
)

// observer is a spectator that notes how large its frames are. In an arena of one cell it is sent the same chunks as everybody.
type observer struct {
	gws.BuiltinEventHandler
	ws *gws.Conn

	mu    sync.Mutex
	sizes trace
}

// observe joins a room as a spectator.
func observe(game, room string) (*observer, error) {
	o := &observer{}
	ws, _, err := gws.NewClient(o, &gws.ClientOption{
		Addr:          "ws://" + game + "/play?room=" + room,
		RequestHeader: http.Header{"Sec-Websocket-Protocol": {wire.Protocol}},
	})
	if err != nil {
		return nil, fmt.Errorf("connect the observer: %w", err)
	}
	o.ws = ws
	go ws.ReadLoop() // ends with the connection
	if err := ws.WriteMessage(gws.OpcodeBinary, wire.AppendHello(nil, wire.Hello{Version: wire.Version, Name: "Observer", Spectate: true})); err != nil {
		_ = ws.NetConn().Close()
		return nil, fmt.Errorf("greet as the observer: %w", err)
	}
	return o, nil
}

// OnMessage implements gws.Event.
func (o *observer) OnMessage(_ *gws.Conn, m *gws.Message) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sizes = append(o.sizes, m.Data.Len())
	_ = m.Close() // never fails: it gives the buffer back
}

// OnPing implements gws.Event.
func (o *observer) OnPing(ws *gws.Conn, payload []byte) { _ = ws.WritePong(payload) }

// leave ends the connection and returns the sizes without those of the first sends, which bring the whole arena.
func (o *observer) leave() (trace, error) {
	const first = 10
	_ = o.ws.WriteMessage(gws.OpcodeBinary, wire.AppendLeave(nil)) // or the closing says it
	_ = o.ws.NetConn().Close()
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.sizes) <= first {
		return nil, fmt.Errorf("the observer got %d frames alone", len(o.sizes))
	}
	return o.sizes[first:], nil
}
