package gate

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Close codes: why a connection ended, as its WebSocket close frame says it (RFC 6455 section 7.4; 4000-4999 are ours).
const (
	CloseLeft        uint16 = 1000 // one side left on purpose
	CloseGone        uint16 = 1001 // one side went away: page closed, line lost
	CloseBroken      uint16 = 1002 // frames that break RFC 6455
	CloseText        uint16 = 1003 // a text frame, where only binary ones are spoken
	CloseUndecodable uint16 = 1007 // a message that cannot be decoded
	ClosePolicy      uint16 = 1008 // a rule that has no code of its own
	CloseTooBig      uint16 = 1009 // a message over the limit
	CloseFault       uint16 = 1011 // our fault; the reason carries a crash id
	CloseRestart     uint16 = 1012 // the server restarts
	CloseOverload    uint16 = 1013 // too busy; come back later
	CloseVersion     uint16 = 4001 // client and server speak different versions
	CloseDenied      uint16 = 4002 // not authorised, or no greeting in time
	CloseKicked      uint16 = 4003 // kicked or banned
	CloseFull        uint16 = 4004 // the room is full
	CloseNoRoom      uint16 = 4005 // no such room
	CloseReplaced    uint16 = 4006 // the same player connected elsewhere; the newest wins
	CloseIdle        uint16 = 4007 // too long without playing
	CloseFlood       uint16 = 4008 // over a rate limit
	CloseSlow        uint16 = 4009 // too slow to receive
	CloseRoomEnded   uint16 = 4010 // the room closed
	CloseResume      uint16 = 4011 // the resume token was refused
	CloseName        uint16 = 4012 // the name was refused
	ClosePassword    uint16 = 4013 // a password is needed
)

// Advice says what a client should do after a close code.
type Advice uint8

// The three things a client can do after a connection ended.
const (
	AdviceStop  Advice = iota // say why and stay out: trying again would end the same way
	AdviceRetry               // connect again by itself, backing off
	AdviceAsk                 // let the player change something (name, room, password) and try then
)

// Ending is one row of the table of close codes.
type Ending struct {
	Code   uint16
	Reason string // what the close frame says unless the caller knows better: ASCII, at most 123 bytes
	Advice Advice
}

// Endings is every code this server sends, in ascending order. It is a copy; the caller may keep it.
func Endings() []Ending {
	return []Ending{
		{CloseLeft, "left", AdviceStop},
		{CloseGone, "connection lost", AdviceRetry},
		{CloseBroken, "broken frames", AdviceStop},
		{CloseText, "binary messages only", AdviceStop},
		{CloseUndecodable, "undecodable message", AdviceStop},
		{ClosePolicy, "against the rules of this server", AdviceStop},
		{CloseTooBig, "message too big", AdviceStop},
		{CloseFault, "server fault", AdviceRetry},
		{CloseRestart, "server restarting", AdviceRetry},
		{CloseOverload, "server busy", AdviceRetry},
		{CloseVersion, "other version", AdviceStop},
		{CloseDenied, "not authorised", AdviceAsk},
		{CloseKicked, "kicked", AdviceStop},
		{CloseFull, "room full", AdviceAsk},
		{CloseNoRoom, "no such room", AdviceAsk},
		{CloseReplaced, "connected elsewhere", AdviceStop},
		{CloseIdle, "idle", AdviceAsk},
		{CloseFlood, "too many messages", AdviceStop},
		{CloseSlow, "too slow to receive", AdviceRetry},
		{CloseRoomEnded, "room ended", AdviceAsk},
		{CloseResume, "resume refused", AdviceAsk},
		{CloseName, "name refused", AdviceAsk},
		{ClosePassword, "password needed", AdviceAsk},
	}
}

// CloseError is an error that knows how the connection it happened on must end.
type CloseError struct {
	Code   uint16 // one of the table's codes
	Reason string // for the close frame; empty: the table's words
}

// Error gives code and reason for a log line.
func (e *CloseError) Error() string {
	return fmt.Sprintf("close %d: %s", e.Code, closeReason(e.Code, e.Reason))
}

// maxReason is how many bytes of reason fit a close frame beside its code (RFC 6455 section 5.5: 125 in all).
const maxReason = 123

// closeReason gives the words of a close frame: the caller's, else the table's, always printable ASCII and at most maxReason bytes.
func closeReason(code uint16, reason string) string {
	if reason == "" {
		for _, e := range Endings() {
			if e.Code == code {
				return e.Reason
			}
		}
	}
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, reason)
	return clean[:min(len(clean), maxReason)]
}

// closeAllowed reports whether a close frame may carry the code: registered ones that are not reserved for local use,
// and those left to libraries and applications (RFC 6455 section 7.4.2, the IANA close code registry).
func closeAllowed(code uint16) bool {
	switch {
	case code >= 1000 && code <= 1003, code >= 1007 && code <= 1014:
		return true
	default:
		return code >= 3000 && code <= 4999
	}
}

// parseClose reads the payload of a peer's close frame (RFC 6455 section 5.5.1). An empty one counts as CloseLeft.
func parseClose(payload []byte) (uint16, *CloseError) {
	if len(payload) == 0 {
		return CloseLeft, nil
	}
	if len(payload) == 1 {
		return 0, &CloseError{CloseBroken, "close frame with half a code"}
	}
	code := uint16(payload[0])<<8 | uint16(payload[1])
	if !closeAllowed(code) {
		return 0, &CloseError{CloseBroken, "close code that must not be sent"}
	}
	if !utf8.Valid(payload[2:]) {
		return 0, &CloseError{CloseBroken, "close reason that is not UTF-8"}
	}
	return code, nil
}
