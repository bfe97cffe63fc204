package admin

import "net/http"

// Status is the public face of a server, /api/v1/status. Numbers of people and
// bots are of all rooms together.
type Status struct {
	Name       string `json:"name"`
	Version    string `json:"version"`
	Wire       int    `json:"wire"` // version of the wire protocol
	Mode       string `json:"mode"`
	Map        string `json:"map"`
	Players    int    `json:"players"` // people with a ship
	Bots       int    `json:"bots"`
	Spectators int    `json:"spectators"`
	Max        int    `json:"max"`    // people with a ship for whom the open rooms have a place
	Tick       uint32 `json:"tick"`   // of the main room, 60 a second
	Region     string `json:"region"` // as the host calls it; may be empty
	Rooms      []Room `json:"rooms"`
}

// Room is one room of a Status.
type Room struct {
	Name       string `json:"name"`
	Mode       string `json:"mode"`
	Map        string `json:"map"`
	Players    int    `json:"players"`
	Bots       int    `json:"bots"`
	Spectators int    `json:"spectators"`
	Max        int    `json:"max"`
	Tick       uint32 `json:"tick"`
}

func (a *Admin) status(w http.ResponseWriter, _ *http.Request) {
	st := a.src.Status()
	st.Rooms = notNull(st.Rooms)
	writeJSON(w, http.StatusOK, st)
}

func (a *Admin) rooms(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, notNull(a.src.Status().Rooms))
}

// notNull makes an empty list be [] in JSON and not null.
func notNull(rooms []Room) []Room {
	if rooms == nil {
		return []Room{}
	}
	return rooms
}
