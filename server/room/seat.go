package room

import (
	"crypto/sha256"
	"time"

	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/replay"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// seat is one player's place: a person with a connection, one whose connection
// dropped, a spectator, or a bot. Only the room touches it.
type seat struct {
	id        sim.PlayerID
	name      string
	shape     string     // skeleton of the name
	asked     string     // the name that was asked for, which another may have had
	visit     *Visit     // nil: a bot, or away
	entry     *Visit     // that took the seat; nil: of an earlier run
	pilot     *bot.Pilot // nil: a person
	spectator bool
	away      bool
	awaySince sim.Tick
	token     [sha256.Size]byte // hash of the resume token
	shown     [sha256.Size]byte // hash of the token that opened this connection
	unproven  bool              // nothing has come since: shown is still good
	steered   bool              // something came, on this connection or an earlier one
	attached  sim.Tick          // when the connection was seated

	held     sim.Input
	schedule schedule
	read     []arrived // the inputs of the newest tick that had some; scratch
	budget   int       // input tokens, in 1/100
	excess   int       // inputs and wishes over the budget that over does not count yet; it counts one a tick
	over     int       // grows by two for each of them, falls by one for each tick

	part     replay.Person // in a playback: whom the record has here
	who      person
	page     *page // of the scorebook; nil: not in it yet
	joined   sim.Tick
	chatty   debt   // of talk, see talk.go
	muted    debt   // until which nobody hears it
	lastSaid string // the last line
	wishes   debt
	choices  debt
	turns    debt
	signals  debt
	votes    debt
	ballot   ballot

	choice   sim.Loadout // the newest wish, if choosing
	choosing bool
	look     wire.Look // the newest wish, if looking
	looking  bool
	gaze     gaze // what one without a ship looks at

	early    int // of the latest-come input since the last frame
	hasEarly bool
	echo     uint32
	echoAt   time.Time
	ping     uint16 // ms, as the client says

	eye       sim.Vec           // what the view is centred on
	watched   area              // told of
	settled   sendIndex         // the send that last changed watched
	sights    [shownSends]shown // by send
	picture   [][]sim.Ship      // scratch of what it sees
	fresh     bool              // the next frame is the first of its connection
	resumed   bool
	continues bool   // and builds on what the client still knows
	secret    []byte // the resume token to tell in the first frame
	last      sendIndex
	interval  int // of sends, as the client knows it
	later     int // ticks after the newest send in which buf goes to the line; 0: it has
	skipped   int
	narrow    narrow
	buf       []byte

	killed    uint32 // cursors into the logs
	witnessed uint32
	signalled uint32
	heard     uint32
	hearing   uint32 // where heard will be when the frame is told
	roster    reading
	matched   sendIndex
}

func (s *seat) person() bool { return s.pilot == nil && !s.part.Bot }

// forgetAll makes the next frame start from nothing.
func (s *seat) forgetAll() {
	s.watched, s.last = area{}, 0
}

// view returns what a bot in this seat may know.
func (r *Room) view(s *seat, v *belief.View) {
	v.Tick, v.Arena, v.Match = r.world.Tick, r.ground().Arena, r.world.Match
	v.Mode, v.Team = r.world.Mode().Name(), r.flies(s)
	v.Items, v.Objectives = r.world.Items, r.world.Objectives
	v.Cells = v.Cells[:0]
	for id := range r.cellsOf(s.watched) {
		v.Cells = append(v.Cells, &r.now[id])
	}
}
