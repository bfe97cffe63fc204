package link

// Code says why a connection ended: a close code of RFC 6455 section 7.4, one of
// the game's own (4001 to 4013), or a local one below 1000, which never is on
// the wire.
type Code uint16

// Local codes: what this side found out by itself.
const (
	CodeUnreachable Code = 1  // no connection: no such name, refused, timed out, handshake failed
	CodeRefused     Code = 2  // a web server answered, and not with a socket
	CodeBusy        Code = 3  // refused for now: too many requests, or overloaded
	CodeAddress     Code = 4  // the address cannot work
	CodeUntrusted   Code = 5  // the server's certificate is not valid for its name
	CodeSilent      Code = 6  // the server said nothing for too long
	CodeOverflow    Code = 7  // this client did not keep up with what arrived
	CodeMap         Code = 8  // the map cannot be had, or is not the one that was named
	CodeLate        Code = 9  // what this client has to say first did not reach the server in time
	CodeShut        Code = 10 // the host lets nobody new in at the moment
)

// Codes of RFC 6455 and of its registry.
const (
	CodeNormal     Code = 1000
	CodeGoingAway  Code = 1001
	CodeProtocol   Code = 1002
	CodeKind       Code = 1003
	CodeNone       Code = 1005 // a close frame without a code
	CodeLost       Code = 1006 // no close frame at all
	CodeData       Code = 1007
	CodePolicy     Code = 1008
	CodeTooBig     Code = 1009
	CodeServer     Code = 1011
	CodeRestart    Code = 1012
	CodeOverloaded Code = 1013
	CodeGateway    Code = 1014
	CodeTLS        Code = 1015
)

// Codes of the game.
const (
	CodeVersion   Code = 4001
	CodeAuth      Code = 4002
	CodeBanned    Code = 4003
	CodeFull      Code = 4004
	CodeNoRoom    Code = 4005
	CodeElsewhere Code = 4006
	CodeIdle      Code = 4007
	CodeRate      Code = 4008
	CodeSlow      Code = 4009
	CodeRoomEnded Code = 4010
	CodeNoResume  Code = 4011
	CodeName      Code = 4012
	CodePassword  Code = 4013
)

// Advice is what a client should do when a connection has ended.
type Advice uint8

const (
	// Ask the player: something has to be entered or decided first.
	Ask Advice = iota
	// Retry by itself, after a countdown.
	Retry
	// Stop and say why; do not offer to try the same again.
	Stop
)

// Advice says what to do about a code. Codes nobody has told us about are asked
// about: the player reads the reason and decides.
func (c Code) Advice() Advice { return c.row().advice }

// Words say what happened, for the player: a clause in English without a full stop.
func (c Code) Words() string { return c.row().words }

type row struct {
	advice Advice
	words  string
}

// row is the one table of what each code means to a player.
func (c Code) row() row {
	switch c {
	case CodeUnreachable:
		return row{Retry, "the server cannot be reached"}
	case CodeRefused:
		return row{Stop, "this address does not let us play"}
	case CodeBusy, CodeOverloaded:
		return row{Retry, "the server is busy"}
	case CodeShut:
		return row{Retry, "the host lets nobody new in at the moment"}
	case CodeAddress:
		return row{Ask, "this address cannot be used"}
	case CodeUntrusted, CodeTLS:
		return row{Stop, "the server cannot prove who it is"}
	case CodeSilent, CodeNone, CodeLost, CodeGateway:
		return row{Retry, "the connection was lost"}
	case CodeOverflow, CodeSlow:
		return row{Retry, "the connection is too slow to follow the game"}
	case CodeLate:
		return row{Retry, "the connection was too slow to come in"}
	case CodeMap:
		return row{Ask, "the server's map cannot be had"}
	case CodeNormal:
		return row{Stop, "you have left the game"}
	case CodeGoingAway:
		return row{Retry, "the server went away"}
	case CodeProtocol, CodeData, CodeTooBig:
		return row{Stop, "the server and this client did not understand each other"}
	case CodeKind, CodeVersion:
		return row{Stop, "this client is not made for this server; reload or update it"}
	case CodePolicy:
		return row{Stop, "the server does not allow this"}
	case CodeServer:
		return row{Retry, "the server made a mistake"}
	case CodeRestart:
		return row{Retry, "the server is restarting"}
	case CodeAuth:
		return row{Ask, "the server did not accept who you are"}
	case CodeBanned:
		return row{Stop, "you were removed from this server"}
	case CodeFull:
		return row{Retry, "the room is full"}
	case CodeNoRoom:
		return row{Ask, "there is no such room"}
	case CodeElsewhere:
		return row{Stop, "you are playing somewhere else now"}
	case CodeIdle:
		return row{Ask, "you were away for too long"}
	case CodeRate:
		return row{Stop, "this client sent too much"}
	case CodeRoomEnded:
		return row{Ask, "the room has ended"}
	case CodeNoResume:
		return row{Ask, "your ship could not wait any longer"}
	case CodeName:
		return row{Ask, "this name cannot be used here"}
	case CodePassword:
		return row{Ask, "the room has a password"}
	}
	return row{Ask, "the connection ended"}
}

// onWire is the code as it may stand in a close frame (RFC 6455 section 7.4).
func (c Code) onWire() uint16 {
	switch {
	case c < CodeNormal, c == CodeNone, c == CodeLost, c == CodeTLS:
		return uint16(CodeGoingAway)
	}
	return uint16(c)
}
