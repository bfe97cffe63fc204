package main

import (
	"time"

	"ionwake/client/session"
)

// pass is a signed ticket that the program was started with. It is kept nowhere else, and
// shown to nobody but the server that it came with the address of: any other could go to
// that server with it.
type pass struct {
	ticket string
	page   string // of that server
}

// newPass returns the pass of a ticket that came with the address of a socket.
func newPass(ticket, url string) pass {
	if ticket == "" {
		return pass{}
	}
	return pass{ticket, serverPage(url)}
}

// shown returns what the server of a socket is shown: nothing if it is another one.
func (p pass) shown(url string) string {
	if p.ticket == "" || p.page == "" || serverPage(url) != p.page {
		return ""
	}
	return p.ticket
}

// spend forgets the ticket once the player is in: it is good for nothing any more.
func (p *play) spend(now time.Duration) {
	if p.pass.shown(p.at) == "" {
		return
	}
	if stage := p.Session.Status(now).Stage; stage == session.Playing || stage == session.Spectating {
		p.pass = pass{}
	}
}
