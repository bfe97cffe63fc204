// Package link is the client's socket as bytes in and bytes out: a WebSocket
// that is drained from the game's own loop, on the desktop by gws, in the
// browser by the page's own. It knows nothing of the game: what the bytes mean
// is the business of others.
//
// Both builds have the same type Socket. Dial returns at once, Poll hands out
// what happened in order, Send and Close never block.
package link

import "time"

// Bounds of a Socket. All are far above what a fair server needs.
const (
	// MaxMessage is the longest message, in bytes, that is taken from a server.
	MaxMessage = 256 << 10
	// MaxSend is the longest message, in bytes, that Send takes: a server's limit.
	MaxSend = 4 << 10
	// MaxBacklog is how many unsent bytes make Send refuse.
	MaxBacklog = 4 << 10
	// MaxQueued and MaxQueuedBytes bound the messages that wait for Poll: 17 s of
	// a server that sends 30 a second. The stream is a chain in which no message
	// may be missing, so when either is reached the connection ends with
	// CodeOverflow instead of losing one.
	MaxQueued      = 512
	MaxQueuedBytes = 1 << 20
)

// Times of a Socket.
const (
	// DefaultTimeout is how long connecting and the handshake may take together.
	DefaultTimeout = 10 * time.Second
	// DefaultSilence is how long a server may say nothing before it counts as
	// gone. The desktop hears pings too, a page only messages, so a server should
	// send one at least every 10 s.
	DefaultSilence = 15 * time.Second
	// lingerTime is how long the goodbye of Close may take.
	lingerTime = 2 * time.Second
)

// Kind is what an Event is about.
type Kind uint8

// The kinds of events, in the order in which they come: Opened at most once,
// any number of Messages, Closed exactly once and last. A connection that was
// never made has Closed alone.
const (
	Opened Kind = iota + 1
	Message
	Closed
)

// Event is something that happened to a Socket.
type Event struct {
	Kind Kind
	// Data of a Message, valid until the next Poll.
	Data []byte
	// Code and Reason of Closed. Reason is printable ASCII of at most 123 bytes:
	// the server's words, or ours where the code is a local one.
	Code   Code
	Reason string
	// RetryAfter of Closed is how long the server asks us to stay away, 0 if it
	// did not say. Only the desktop sees it, and only before the upgrade.
	RetryAfter time.Duration
	// Err of Closed is for logs, nil if there is nothing to add (always in a page).
	Err error
}

// maxReason is what a close frame has room for (RFC 6455 section 5.5).
const maxReason = 123

// plain keeps of a reason what may be shown: printable ASCII, not too long.
func plain(reason string) string {
	out := make([]byte, 0, min(len(reason), maxReason))
	for _, r := range reason {
		if len(out) == maxReason {
			break
		}
		if r < ' ' || r > '~' {
			r = '?'
		}
		out = append(out, byte(r))
	}
	return string(out)
}
