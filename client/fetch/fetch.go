// Package fetch gets small things from servers by HTTP: maps, lists of rooms. It
// asks without cookies and without a proxy, goes nowhere it is sent, unpacks nothing
// but what a browser unpacks by itself, and takes no more bytes and no more time than
// it was told.
package fetch

import (
	"errors"
	"time"
)

// Why nothing was got, beside what is wrong with a server's answer or the line to it.
// None of them says where was asked: who asks knows.
var (
	ErrSlow     = errors.New("it took too long")
	ErrTooLarge = errors.New("it is too large")
	ErrMissing  = errors.New("it answers 404") // it has no such thing
)

// Request is what is asked for.
type Request struct {
	URL      string        // http: or https:
	Limit    int           // bytes that the answer may have
	Patience time.Duration // until its last byte
	Fresh    bool          // from the server itself, never from a browser's memory
	Show     string        // of the Authorization header; empty: none
}
