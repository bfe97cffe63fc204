package admin

import "net/http"

// Status is the public face of a server, /api/v1/status. Numbers of people and
// bots are of all rooms together.
type Status struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Wire    int    `json:"wire"` // version of the wire protocol
	Play
	Tick   uint32 `json:"tick"`   // of the main room, 60 a second
	Region string `json:"region"` // as the host calls it; may be empty
	Locked bool   `json:"locked"` // a password is asked for
	Rooms  []Room `json:"rooms"`
}

// Play is what is played and by how many: in a room, or in all rooms of a server.
type Play struct {
	Mode       string `json:"mode"`
	Map        string `json:"map"`
	Players    int    `json:"players"` // people with a ship
	Bots       int    `json:"bots"`
	Spectators int    `json:"spectators"`
	Max        int    `json:"max"` // people with a ship for whom there is a place
}

// Room is one room of a Status.
type Room struct {
	Name string `json:"name"`
	Play
	Tick   uint32 `json:"tick"`
	Locked bool   `json:"locked"`
}

// Server is one line of /api/v1/servers: a room of a server, as somebody who looks
// for a game wants to know it.
type Server struct {
	Name    string `json:"name"`    // of the server
	Address string `json:"address"` // of its page; empty: where the list was asked for
	Room    string `json:"room"`
	Play
	Region  string `json:"region"`
	Version string `json:"version"`
	Wire    int    `json:"wire"`
	Locked  bool   `json:"locked"` // a password is asked for
}

// servers lists the rooms of all servers that this one knows: itself, yet.
func (a *Admin) servers(w http.ResponseWriter, _ *http.Request) {
	st := a.src.Status()
	list := make([]Server, 0, len(st.Rooms))
	for _, r := range st.Rooms {
		list = append(list, Server{
			Name: st.Name, Room: r.Name, Play: r.Play, Region: st.Region, Version: st.Version, Wire: st.Wire, Locked: r.Locked,
		})
	}
	writeJSON(w, http.StatusOK, list)
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
