package room

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"slices"

	"ionwake/shared/replay"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// Recorder takes down what is played. It is called in the tick, as its Reels are, and
// does not block.
type Recorder interface {
	// Begin begins a recording; nil: there is none of this match. What the program knows
	// and the room does not is missing in h.
	Begin(h replay.Head) Reel
}

// Reel takes down one match.
type Reel interface {
	// Spare returns memory for a piece; nil: there is none, and the recording ends.
	Spare() *replay.Piece
	// Saw notes who is in the recording from now on, as the Guard knows them: they may
	// want to be forgotten, and what is recorded does not tell who they are.
	Saw(person [16]byte)
	// Keep takes a piece that is complete.
	Keep(p *replay.Piece)
	// End takes the last piece, and why it is that.
	End(p *replay.Piece, e replay.End)
}

// recordedResults is how long after the bell a match is recorded: 3 s of the podium.
const recordedResults = 3 * sim.TickRate

// recording is that of the match under way, if it is recorded.
type recording struct {
	tape    replay.Tape
	reel    Reel
	results sim.Tick // since the bell
	over    bool     // nothing more of this match
	id      string   // of the match
}

// keepRecord takes down the tick that has just been played.
func (r *Room) keepRecord() {
	rec := &r.record
	if r.cfg.Recorder == nil {
		return
	}
	if !rec.tape.Running() {
		r.beginRecord()
		return
	}
	full := rec.tape.Step(r.world)
	switch r.world.Match.Phase {
	case sim.Results:
		if rec.results++; rec.results >= recordedResults {
			r.endRecord(replay.Over)
			return
		}
	case sim.Warmup:
		r.endRecord(replay.Over)
		return
	}
	if rec.tape.Total() >= replay.MaxTicks {
		r.endRecord(replay.Full)
	} else if full {
		r.turnTape()
	}
}

// beginRecord begins one when a match does, or when the first person comes to one.
func (r *Room) beginRecord() {
	m, rec := &r.world.Match, &r.record
	if m.Phase != sim.Live {
		rec.over = false
		return
	}
	fresh := m.Ends == r.world.Tick+r.world.Rules.Live
	if rec.over || !fresh && r.world.Tick%sim.TickRate != 0 {
		return
	}
	if people, _ := r.People(); people == 0 {
		return
	}
	g, id := r.ground(), r.book.id
	if id == "" {
		var chance [16]byte
		_, _ = rand.Read(chance[:]) // never fails (crypto/rand)
		id = hex.EncodeToString(chance[:])
	}
	rec.over, rec.results, rec.id = true, 0, id
	rec.reel = r.cfg.Recorder.Begin(replay.Head{
		Edition: sim.Edition, ID: id, Server: r.cfg.Server, Room: r.cfg.Name, Mode: g.Mode, Rules: r.world.Rules, Arena: g.Arena,
		Number: m.Number, Began: r.cfg.Now().UnixMilli(),
	})
	if rec.reel == nil {
		return
	}
	if p := rec.reel.Spare(); p != nil {
		rec.tape.Begin(r.world, p, r.onRecord)
		for _, s := range r.seats {
			r.witness(s)
		}
	}
}

// witness notes that the one in s is in the recording, if there is one.
func (r *Room) witness(s *seat) {
	if r.record.reel != nil && s != nil && !s.spectator && s.who.id != (PersonID{}) {
		r.record.reel.Saw(s.who.id)
	}
}

// onRecord is who sits in a seat, as the record has it.
func (r *Room) onRecord(id sim.PlayerID) replay.Person {
	if s := r.seatOf(id); s != nil {
		return s.onRecord()
	}
	return replay.Person{}
}

func (s *seat) onRecord() replay.Person {
	return replay.Person{Name: s.name, Tag: s.who.tag, Bot: !s.person()}
}

// turnTape hands over a piece that is complete and goes on in another one.
func (r *Room) turnTape() {
	rec := &r.record
	next := rec.reel.Spare()
	if next == nil {
		r.endRecord(replay.Full)
		return
	}
	rec.reel.Keep(rec.tape.Turn(r.world, next))
}

// endRecord ends the recording, if there is one.
func (r *Room) endRecord(why replay.Ending) {
	if rec := &r.record; rec.tape.Running() {
		rec.reel.End(rec.tape.Stop(), replay.End{Why: why, Scores: r.world.Match.Scores, Lines: r.finalLines()})
		rec.reel = nil
	}
}

// finalLines is the scoreboard, the best first.
func (r *Room) finalLines() (lines []replay.Line) {
	for _, s := range r.seats {
		if s == nil || s.spectator || int(s.id) >= len(r.world.Players) {
			continue
		}
		w := &r.world.Players[s.id]
		lines = append(lines, replay.Line{Person: s.onRecord(), Team: w.Team, Score: w.Score, Kills: w.Kills, Deaths: w.Deaths})
	}
	slices.SortStableFunc(lines, func(a, b replay.Line) int { return cmp.Compare(b.Score, a.Score) })
	return lines
}

// endingOf says why a recording ends that ends with its room.
func endingOf(code uint16) replay.Ending {
	if code == wire.CloseFault {
		return replay.Broken
	}
	return replay.Closed
}

// man gives the one in s a ship.
func (r *Room) man(s *seat, hull sim.HullKind, team sim.Team) {
	r.record.tape.Join(s.id, hull, team, s.onRecord())
	r.witness(s)
	r.world.Join(s.id, hull, team)
}

// refit lets the one in s enter with something else from the next life on.
func (r *Room) refit(s *seat, hull sim.HullKind, team sim.Team) {
	r.record.tape.Choose(s.id, hull, team)
	r.world.Choose(s.id, hull, team)
}
