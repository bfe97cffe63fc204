//go:build !js

package link

import (
	"time"

	"github.com/lxzan/gws"
)

// write is the writing goroutine: it empties the outbox, and watches for a server
// that has fallen silent. It ends with stop, or after the goodbye.
func (s *Socket) write(r *reader, stop <-chan struct{}) {
	var check <-chan time.Time
	quiet := newSilence(s.cfg.Silence, time.Now())
	if s.cfg.Silence > 0 {
		tick := time.NewTicker(quiet.every())
		defer tick.Stop()
		check = tick.C
	}
	var pong []byte
	for {
		select {
		case <-stop:
			return
		case <-check:
			if quiet.lost(time.Now(), r.guard.heardAt()) {
				s.because(Event{Code: CodeSilent, Reason: "the server has fallen silent"})
				s.cancel()
				return
			}
		case <-s.out.wake:
			if !s.flush(r, &pong) {
				return
			}
		}
	}
}

// flush writes what there is to write and reports whether more may follow.
// Errors need no report: the library closes the connection, which ends the reader.
func (s *Socket) flush(r *reader, pong *[]byte) bool {
	for {
		payload, due := s.out.takePong(*pong)
		*pong = payload
		if due && r.conn.WritePong(payload) != nil {
			return false
		}
		message, some, bye := s.out.take()
		switch {
		case some:
			err := r.conn.WriteMessage(gws.OpcodeBinary, message)
			s.out.done()
			if err != nil {
				return false
			}
		case bye != nil:
			r.guard.hurry()
			_ = r.conn.WriteClose(bye.code, []byte(bye.reason))
			return false
		default:
			return true
		}
	}
}
