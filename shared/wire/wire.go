// Package wire turns bytes into values and back. It is the only package that knows
// the generated messages of proto/ionwake/v1, whose comments are the standard of
// what is on the wire. Bytes from outside are checked here, once: what a Decode
// returns is in range.
package wire

import (
	"errors"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// Version is the wire version this build speaks; versions differ when one side
// would misread the other.
const Version = 3

// Protocol is the WebSocket subprotocol (RFC 6455, section 1.9) of this wire.
const Protocol = "ionwake.v1"

// Limits of single messages, in bytes.
const (
	MaxHello         = 3 << 10   // from a client that is not welcome yet: room for a ticket
	MaxClientMessage = 4 << 10   // from any other client
	MaxServerMessage = 256 << 10 // from a server
	MaxName          = 64
	MaxPassword      = 64
	MaxTicket        = 2 << 10
	MaxChat          = 512
	TokenSize        = 32
	DeviceSize       = 16
)

// MaxAhead is how far ahead of the server an input may be stamped, in ticks.
const MaxAhead = 200

// MaxLate is how old the tick of an input may be and the input still act, in ticks:
// about a minute. Older ones come from a counter that is not the server's.
const MaxLate = 64 * sim.TickRate

// ErrMessage is wrapped by every decoding error: the bytes are no message of ours.
var ErrMessage = errors.New("bad message")

// Kind says which body a client's message has.
type Kind uint8

// The bodies of a client's message.
const (
	KindHello Kind = iota + 1
	KindInput
	KindChat
	KindLeave
	KindLoadout
	KindLook
	KindVote
	KindSignal
)

// Client is one decoded message of a client. Only the body named by Kind is set.
// Byte slices lie within the bytes it was decoded from: who keeps one copies it.
type Client struct {
	Kind    Kind
	Hello   Hello
	Input   Input
	Chat    Chat
	Loadout Loadout
	Look    Look
	Vote    Vote
	Signal  uint8 // 0..Signals-1
}

// Chat is a line a client says.
type Chat struct {
	Text  []byte // valid UTF-8, 1..MaxChat bytes
	Scope Scope
	To    sim.PlayerID // of a whisper
}

// Scope says who hears a line of chat.
type Scope uint8

// The scopes.
const (
	ToAll Scope = iota
	ToTeam
	ToOne
	scopes
)

// Signals is how many signals there are; the client knows their words.
const Signals = 8

// Loadout is what a player wants to enter with from the next life on.
type Loadout struct {
	Hull sim.HullKind
	Team sim.Team // sim.NoTeam: the server decides
}

// Look is what one without a ship looks at.
type Look struct {
	Follow sim.PlayerID // sim.NoPlayer: look at At
	At     sim.Vec      // told in whole world units
}

// Vote is a vote called or cast.
type Vote struct {
	Call   VoteKind // 0: this is a ballot
	Target sim.PlayerID
	Name   []byte // of an arena, valid UTF-8, 0..MaxName bytes
	Yes    bool
}

// VoteKind says what a vote is about.
type VoteKind uint8

// The votes.
const (
	VoteKick VoteKind = iota + 1
	VoteMap
	voteKinds
)

// Hello is a client's first word.
type Hello struct {
	Version  uint32
	Name     string // 0..MaxName bytes
	Resume   []byte // TokenSize bytes or none
	Tick     sim.Tick
	Spectate bool
	Device   []byte // DeviceSize bytes that only this player's device knows, or none
	Loadout  Loadout
	Password string // 0..MaxPassword bytes
	Ticket   string // 0..MaxTicket bytes
}

// Input is what a client holds from Tick on.
type Input struct {
	Tick sim.Tick
	Held sim.Input
	Echo uint32
	Seen sim.Tick
	Ping uint16 // ms
}

// Frame is one decoded message of a server. Chunk.Data and Changes lie within the bytes
// it was decoded from.
type Frame struct {
	Tick    sim.Tick // 0: one send interval after the frame before
	Chunks  []Chunk  // of sends that were missed, and keyframes
	Changes []byte   // of the newest send, see AppendChange
	Own     Own
	Forget  []belief.CellID
	Kills   []Kill
	Match   sim.Match // valid if HasMatch
	Players []Player
	Gone    []sim.PlayerID
	Chat    []ChatLine
	Welcome *Welcome
	Reject  *Reject

	Objectives []Objective // those that did not go as Objective.Advance says
	Items      []Item      // those that changed
	Deeds      []Deed      // since the last frame, oldest first
	Signals    []Signal    // since the last frame
	Vote       *VoteState  // when it changed

	HasMatch bool
}

// Objective is the state of one objective.
type Objective struct {
	Index uint8
	sim.Objective
}

// Item is the state of one pick-up point.
type Item struct {
	Index uint8 // in the arena's order
	sim.Item
}

// Deed is an event of the game that is no kill: sim.ItemTaken to
// sim.BeaconChanged.
type Deed struct {
	Kind  sim.EventKind
	Who   sim.PlayerID
	Team  sim.Team
	Index uint8
	Ago   sim.Tick
}

// Signal is a short word of a player.
type Signal struct {
	Who  sim.PlayerID
	Kind uint8
}

// VoteState is how a vote stands. Call 0: there is none.
type VoteState struct {
	Call    VoteKind
	Target  sim.PlayerID
	Name    string // of the target or the arena
	Caller  sim.PlayerID
	Yes, No uint16
	Needed  uint16
	Ends    sim.Tick
	Passed  bool // with Call 0: how the last one ended
}

// Chunk is the change of one cell, see belief.
type Chunk struct {
	Cell belief.CellID
	Back int // sends before the newest of the frame; 0 with Key
	Key  bool
	Data []byte
}

// Own is the part of a frame that concerns this client alone.
type Own struct {
	Hash     uint16 // of the own ship, OwnHash
	HasShip  bool
	Early    int // ticks an input arrived before its tick
	HasEarly bool
	Echo     uint32
	EchoHeld uint32 // 1/10 ms
	Skipped  int
	Spawn    sim.Tick
}

// Kill is one line of the kill feed.
type Kill struct {
	Who, By sim.PlayerID
	With    sim.BoltKind
	Ago     sim.Tick
	Idle    bool // the scoreboard does not count it
}

// Player is a line of the scoreboard. An empty Name means: as before.
type Player struct {
	ID                   sim.PlayerID
	Name                 string
	Bot, Away, Spectator bool
	Team                 sim.Team
	Hull                 sim.HullKind
	Tag                  uint64 // the same for the same device; 0: a bot. Told with the name
	Score, Kills, Deaths int16
	Ping                 uint16 // ms
	Uncounted            bool   // Score, Kills, Deaths and Ping are not told
	Place                uint16 // on the scoreboard, 1 is the best; 0: not told
}

// ServerVoice speaks for the server in chat.
const ServerVoice sim.PlayerID = sim.MaxPlayers

// ChatLine is a line of chat.
type ChatLine struct {
	From  sim.PlayerID
	Name  string
	Text  string
	Scope Scope
	To    sim.PlayerID // of a whisper
	Notice
}

// Notice is what the server says in a line of chat, for clients to say in their
// player's language.
type Notice struct {
	Kind        NoticeKind // 0: only the line's text says it
	About, Also string     // names, 0..MaxName bytes
	Number      uint16
}

// NoticeKind says what a Notice is. A client that does not know one shows the text.
type NoticeKind uint8

// The notices.
const (
	NoticeMuted      NoticeKind = iota + 1 // for talking too much
	NoticeNobody                           // hears the whisper
	NoticeSideFull                         // Number is the side
	NoticeMoved                            // to side Number
	NoticeNoTarget                         // of a vote
	NoticeVoteFailed                       // about About just now; Number seconds to wait
	NoticeNoArena                          // of that name
	NoticeVoteOn                           // already
	NoticeNewcomer                         // cannot call a vote for Number seconds
	NoticeCalled                           // a vote just now; Number seconds to wait
	NoticeNext                             // arena About, mode Also
	Notices                                // one more than there are
)

// Welcome opens a connection's first frame. It comes again with another ground, and with
// another send interval.
type Welcome struct {
	Version      uint32
	ID           sim.PlayerID
	Name         string
	Resume       []byte
	Room         string
	Mode         string
	Server       string
	Arena        string
	ArenaHash    sim.Hash
	CellSide     uint32 // world units
	TickRate     uint32
	SendInterval uint32 // ticks
	Resumed      bool
	KillPoints   uint32
	Continues    bool   // from Hello.Tick, or from the frame before
	Teams        uint32 // 0 or sim.Teams
	ScoreLimit   uint32 // 0: only the bell ends a match
	ArenaSize    uint32 // bytes of the arena's encoded form, for who has to fetch it
	NextArena    string // what the rotation brings next
}

// hashBits is how much of a ship's fingerprint a frame carries.
const hashBits = 13

// OwnHash shortens a ship's fingerprint to what a frame carries.
func OwnHash(h sim.Hash) uint16 { return uint16(h) & (1<<hashBits - 1) }

// Reject says why the connection will be closed.
type Reject struct {
	Code         uint16
	Message      string
	RetryAfterMS uint32
}
