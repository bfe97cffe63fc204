package view

import (
	"time"

	"ionwake/client/view/settings"
)

// Lobby knows where one can play. All calls come from the goroutine that runs the
// game, and none of them waits: what is asked for is there some calls later.
type Lobby interface {
	// Ask asks anew for the rooms of the present server, and how each of places is.
	Ask(places []settings.Place)
	// List returns what is known, and a number that changes whenever that does.
	List() (list []Listing, version int)
	// State says how the last Ask goes on.
	State() LobbyState
}

// LobbyState says how asking goes on.
type LobbyState uint8

// The states.
const (
	LobbyIdle   LobbyState = iota // nothing was asked yet, or all is answered
	LobbyAsking                   // some answers are still to come
	LobbyFailed                   // the present server did not answer
)

// Listing is one room somewhere.
type Listing struct {
	Place   settings.Place
	Here    bool // a room of the present server
	Mode    string
	Arena   string
	Players int
	Bots    int
	Locked  bool          // a password is asked for
	Max     int           // people it has room for; 0: not known
	Ping    time.Duration // the best of some; 0: not known yet; negative: no answer
}

// Clipboard is where the system keeps what is copied. Copy and Ask do not wait.
type Clipboard interface {
	Copy(text string)
	// Ask asks for what is there; Pasted returns it once, when it has come.
	Ask()
	Pasted() (text string, ok bool)
}
