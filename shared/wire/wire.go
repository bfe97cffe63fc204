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
const Version = 1

// Protocol is the WebSocket subprotocol (RFC 6455, section 1.9) of this wire.
const Protocol = "ionwake.v1"

// Limits of single messages, in bytes.
const (
	MaxHello         = 1 << 10   // from a client that is not welcome yet
	MaxClientMessage = 4 << 10   // from any other client
	MaxServerMessage = 256 << 10 // from a server
	MaxName          = 64
	MaxChat          = 512
	TokenSize        = 32
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
)

// Client is one decoded message of a client. Only the body named by Kind is set.
// Byte slices lie within the bytes it was decoded from: who keeps one copies it.
type Client struct {
	Kind  Kind
	Hello Hello
	Input Input
	Text  []byte // of a Chat, valid UTF-8, 1..MaxChat bytes
}

// Hello is a client's first word.
type Hello struct {
	Version  uint32
	Name     string // 0..MaxName bytes
	Resume   []byte // TokenSize bytes or none
	Tick     sim.Tick
	Spectate bool
}

// Input is what a client holds from Tick on.
type Input struct {
	Tick sim.Tick
	Held sim.Input
	Echo uint32
	Seen sim.Tick
	Ping uint16 // ms
}

// Frame is one decoded message of a server. Chunk.Data lies within the bytes it was
// decoded from.
type Frame struct {
	Tick    sim.Tick // 0: one send interval after the frame before
	Chunks  []Chunk
	Own     Own
	Forget  []belief.CellID
	Kills   []Kill
	Match   sim.Match // valid if HasMatch
	Players []Player
	Gone    []sim.PlayerID
	Chat    []ChatLine
	Welcome *Welcome
	Reject  *Reject

	HasMatch bool
}

// Chunk is the change of one cell, see belief.
type Chunk struct {
	Cell belief.CellID
	Back int // sends before the newest of the frame
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
	Idle    bool // counts for nobody
}

// Player is a line of the scoreboard. An empty Name means: as before.
type Player struct {
	ID                   sim.PlayerID
	Name                 string
	Bot, Away, Spectator bool
	Score, Kills, Deaths int16
	Ping                 uint16 // ms
}

// ServerVoice speaks for the server in chat.
const ServerVoice sim.PlayerID = sim.MaxPlayers

// ChatLine is a line of chat.
type ChatLine struct {
	From sim.PlayerID
	Name string
	Text string
}

// Welcome opens a connection's first frame.
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
	Continues    bool // from Hello.Tick
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
