package main

import (
	"net/http"
	"strings"

	"ionwake/server/archive"
	"ionwake/server/gate"
	"ionwake/server/ground"
	"ionwake/server/hall"
)

// accept makes a guest of the hall from a new connection.
func accept(h *hall.Hall) func(*gate.Conn, *http.Request) gate.Peer {
	return func(c *gate.Conn, r *http.Request) gate.Peer {
		return h.Welcome(c, r.URL.Query().Get("room"))
	}
}

// routes is what the game port answers.
func routes(game, api, replays, maps, page http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path := r.URL.Path; {
		case path == "/play":
			game.ServeHTTP(w, r)
		case path == archive.Path || strings.HasPrefix(path, archive.Path+"/"):
			replays.ServeHTTP(w, r)
		case strings.HasPrefix(path, "/api/"):
			api.ServeHTTP(w, r)
		case strings.HasPrefix(path, ground.Path):
			maps.ServeHTTP(w, r)
		default:
			page.ServeHTTP(w, r)
		}
	})
}
