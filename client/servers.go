package main

import (
	"ionwake/client/link"
	"ionwake/client/lobby"
	"ionwake/client/view"
)

// newLobby returns what asks the server of p, and those that allowed lets be asked,
// for their rooms.
func newLobby(p *play, allowed func(page string) bool) view.Lobby {
	return lobby.New(lobby.Config{
		Here: serverPage(p.url), Near: lobby.Near, Now: p.now,
		Base: func(address string) (string, bool) {
			a, err := link.ParseAddress(address)
			if err != nil {
				return "", false
			}
			page := serverPage(a.URL)
			return page, page != "" && allowed(page)
		},
	})
}

// newLadder returns what asks servers for their ladders, and for the player's place.
func newLadder(p *play, allowed func(page string) bool) view.Ladder {
	return lobby.NewLadder(lobby.LadderConfig{
		Base: func(address string) (string, bool) {
			if address == "" {
				return serverPage(p.url), true
			}
			a, err := link.ParseAddress(address)
			if err != nil {
				return "", false
			}
			page := serverPage(a.URL)
			return page, page != "" && allowed(page)
		},
		Device: p.DeviceAt,
	})
}

// serverPage returns the address of the page of the server whose socket is at url,
// without a room.
func serverPage(url string) string {
	main, err := link.InRoom(url, link.DefaultRoom)
	if err != nil {
		return ""
	}
	return link.Page(main)
}
