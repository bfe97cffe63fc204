package admin

import (
	"context"
	"time"
)

// Player is somebody in a room, or who was in one a while ago, as those who run the
// server see them.
type Player struct {
	Key       string    `json:"key"` // ROOM/SEAT/TAG: this one and no other
	Room      string    `json:"room"`
	Name      string    `json:"name"`
	Person    string    `json:"person,omitempty"`  // who they are whatever their name, 32 hexadecimal digits; "": shows no device
	Network   string    `json:"network,omitempty"` // they come from; "": unknown, or this machine
	Tag       string    `json:"tag"`               // what other players know them by
	Team      string    `json:"team,omitempty"`
	Ping      int       `json:"ping"` // ms
	Here      int       `json:"here"` // seconds
	Score     int       `json:"score"`
	Kills     int       `json:"kills"`
	Deaths    int       `json:"deaths"`
	Spectator bool      `json:"spectator,omitempty"`
	Away      bool      `json:"away,omitempty"` // the line is broken, the seat is kept
	Left      time.Time `json:"left,omitzero"`  // of one who is not here any more: when last seen
}

// Place is what is played in a room.
type Place struct {
	Room     string   `json:"room"`
	Rotation []string `json:"rotation"` // ARENA:MODE
	Now      int      `json:"now"`      // in Rotation
	Next     int      `json:"next"`
	Phase    string   `json:"phase"` // warm-up, live, results
	Left     int      `json:"left"`  // seconds of it
	Match    int      `json:"match"` // its number, from 1
}

// Limits are what newcomers may not.
type Limits struct {
	LockedUntil time.Time     `json:"locked_until,omitzero"`     // nobody new gets in before; see Forever
	JoinsPerMin int           `json:"joins_per_minute,omitzero"` // newcomers to all rooms together; 0: no limit
	QuietFor    time.Duration `json:"quiet_for,omitzero"`        // who has just come cannot talk so long; 0: they can
}

// Forever is the time of what does not end by itself.
var Forever = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// House is the rooms and the people in them. Its methods may wait for a tick or two,
// but no longer than ctx.
type House interface {
	Players(ctx context.Context) []Player
	Recent() []Player // who left, the last to leave first
	Places(ctx context.Context) []Place
	Arenas() []string // that could be played
	Modes() []string

	Kick(p Player, reason string) bool // false: gone already
	Recheck()                          // throws out who is banned by now
	Announce(room, text string) bool   // "": all rooms; false: there is no such room
	PlayNext(room, arena, mode string) error
	EndMatch(room string) bool
	SetRotation(list []string) error // of all rooms
	SetLimits(Limits)
}

// The kinds of sanctions.
const (
	Ban  = "ban"
	Mute = "mute"
)

// Sanction keeps a person, or everybody in a network, out or silent for a while.
type Sanction struct {
	ID      string    `json:"id"`
	Kind    string    `json:"kind"`
	Person  string    `json:"person,omitempty"`
	Network string    `json:"network,omitempty"` // where Person is ""
	Name    string    `json:"name,omitempty"`
	Reason  string    `json:"reason"`
	By      string    `json:"by"`
	Began   time.Time `json:"began"`
	Until   time.Time `json:"until,omitzero"` // zero: for good

	Lifted   time.Time `json:"lifted,omitzero"`
	LiftedBy string    `json:"lifted_by,omitempty"`
	LiftWord string    `json:"lift_word,omitempty"`
}

// Known is somebody who once was here.
type Known struct {
	Person   string    `json:"person"`
	Name     string    `json:"name"`
	LastSeen time.Time `json:"last_seen"`
}

// Book keeps sanctions over restarts.
type Book interface {
	Punish(ctx context.Context, s Sanction) (Sanction, error)
	Lift(ctx context.Context, id, by, why string) error
	InForce() []Sanction // does not wait
	History(ctx context.Context, person string) ([]Sanction, error)
	Find(ctx context.Context, name string) ([]Known, error)
}
