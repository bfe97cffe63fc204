package hall

import (
	"ionwake/server/room"
	"ionwake/shared/wire"
)

// Conn is the connection of a guest, as the hall sees it.
type Conn interface {
	room.Outbox
	// Admit says that the guest has said who it is.
	Admit()
}

// Guest is one connection to the server. Its methods are called by the connection,
// one at a time.
type Guest struct {
	visit *room.Visit // nil before Hello
	hall  *Hall
	conn  Conn
	room  string
	spent func() // makes the ticket good again that was used up; nil: there was none
}

// Welcome greets a connection that asks for the room of the given name ("" for the
// main one). Its first message must be Hello.
func (h *Hall) Welcome(conn Conn, roomName string) *Guest {
	if p := h.place(roomName); p != nil {
		p.board(conn) // it has some way to go until hello: better where it will stay
	}
	return &Guest{hall: h, conn: conn, room: roomName}
}

// Receive takes one message. An error means that the bytes are no message that an
// honest client sends.
func (g *Guest) Receive(data []byte) error {
	var msg wire.Client // not the guest's own: that would have gone cold since the last one
	if err := wire.DecodeClient(data, &msg); err != nil {
		return err
	}
	if g.visit != nil {
		return g.visit.Receive(&msg)
	}
	if msg.Kind != wire.KindHello {
		g.refuse(wire.Reject{Code: wire.ClosePolicy, Message: "A client says hello first."})
		return nil
	}
	return g.enter(msg.Hello)
}

func (g *Guest) enter(hello wire.Hello) error {
	hello.Resume = append([]byte(nil), hello.Resume...)
	hello.Device = append([]byte(nil), hello.Device...)
	if hello.Version != wire.Version {
		g.refuse(wire.Reject{Code: wire.CloseVersion, Message: versionWords(hello.Version)})
		return nil
	}
	if why, ok := g.hall.unlock(g.room, g.conn, &hello); !ok {
		g.refuse(why)
		return nil
	}
	if why, full := g.hall.full(&hello); full {
		g.refuse(why)
		return nil
	}
	hello.Password = "" // nobody behind the door needs it
	spent, why, ok := g.hall.admission(g.room, g.conn, &hello)
	if !ok {
		g.refuse(why)
		return nil
	}
	visit, err := g.hall.enter(g.room, g.conn, hello)
	if err != nil {
		if spent != nil {
			spent()
		}
		g.refuse(g.hall.words(err))
		return nil
	}
	if spent != nil {
		visit.Lapses(spent)
	}
	g.conn.Admit()
	g.visit, g.spent = visit, spent
	return nil
}

// full reports whether the server takes nobody who has no seat yet, and why.
func (h *Hall) full(hello *wire.Hello) (why wire.Reject, full bool) {
	if h.cfg.Full == nil || len(hello.Resume) > 0 {
		return why, false
	}
	return h.cfg.Full()
}

func (g *Guest) refuse(r wire.Reject) {
	g.conn.Close(wire.AppendReject(nil, r), r.Code, "")
}

// Closed tells the room that the connection has ended. Who got no seat by then gets none,
// and may come with the same ticket again; so may who had one and never used it, when it
// is given away.
func (g *Guest) Closed() {
	if g.visit == nil {
		return
	}
	g.visit.Gone()
	if g.spent != nil && g.visit.Withdraw() {
		g.spent()
	}
}
