package room

import (
	"slices"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// send gives every connected seat its frame, or skips it: a line that has not
// taken the last frame yet gets none, and the next one tells what it missed. The
// newest send came steps ticks after the one before.
//
// All frames are put together first and then handed to their lines: a line's system
// call leaves nothing of this code, nor of what it reads, in the processor's caches.
func (r *Room) send(steps int) {
	r.updateRoster(r.history.newest, steps)
	r.updateGame(r.history.newest, steps)
	r.outgoing = r.outgoing[:0]
	for _, s := range r.seats {
		if s == nil || s.visit == nil {
			continue
		}
		if s.later > 0 && !r.handOver(s) || !s.visit.out.Ready() {
			s.skipped++
			s.narrow.note(false)
			r.stats.FramesSkipped++
			continue
		}
		r.watch.begin()
		r.compose(s)
		s.buf = r.encoder.Append(s.buf[:0], &r.frame)
		r.watch.split(StageCompose)
		s.told(r)
		if s.later = r.wave(s); s.later == 0 {
			r.outgoing = append(r.outgoing, s)
		}
	}
	for i, s := range r.outgoing {
		r.foresee(i + 1)
		if !r.handOver(s) {
			s.forgetAll() // closed under our hands: whoever resumes starts anew
		}
	}
}

// told moves the seat's cursors behind what its frame told.
func (s *seat) told(r *Room) {
	r.countFrame(s)
	s.narrow.note(true)
	s.last, s.fresh, s.secret = r.history.newest, false, nil
	s.sights[s.last%shownSends] = shown{s.last, s.watched}
	s.skipped, s.hasEarly, s.echo = 0, false, 0
	s.killed, s.heard = r.kills.total, s.hearing
	s.witnessed, s.signalled = r.game.deeds.total, r.signals.total
	s.roster.told(r.history.newest)
	s.matched, s.interval = r.history.newest, r.tempo.interval
}

// compose fills r.frame for the seat.
func (r *Room) compose(s *seat) {
	f := &r.frame
	*f = wire.Frame{
		Chunks: f.Chunks[:0], Changes: f.Changes[:0], Forget: f.Forget[:0], Kills: f.Kills[:0],
		Players: f.Players[:0], Gone: f.Gone[:0], Chat: f.Chat[:0],
		Objectives: f.Objectives[:0], Items: f.Items[:0], Deeds: f.Deeds[:0], Signals: f.Signals[:0],
	}
	missed := r.history.newest - s.last
	if s.last == 0 || missed >= remembered || r.tempo.mixed(s.last) || r.tooMuch(s, r.joined(s, missed)) {
		if s.last != 0 {
			r.stats.Restarted++
		}
		r.forgetCells(s)
		missed, s.continues = 0, false
	}
	if missed != 1 || s.fresh {
		f.Tick = r.world.Tick
	}
	r.aimEye(s)
	r.composeCells(s, missed)
	r.composeOwn(s)
	r.composeLists(s)
	r.composeRoster(s)
	r.composeGame(s)
	r.composeSignals(s)
	r.composeChat(s)
	if s.fresh || s.interval != r.tempo.interval {
		f.Welcome = r.welcome(s)
	}
}

// maxJoined bounds, in bytes, what is told chunk by chunk to somebody who missed
// sends: whole cells cost less then, and a frame has to fit through the gate.
const maxJoined = 8 << 10

// joined returns how much the chunks of the newest sends take, of the cells that the
// seat watches, if they are more than one send's.
func (r *Room) joined(s *seat, missed sendIndex) (size int) {
	if missed == 1 {
		return 0
	}
	for back := range missed {
		for id := range r.cellsOf(s.watched) {
			size += len(r.history.chunk(r.history.newest-back, id))
		}
	}
	return size
}

// forgetCells makes the seat start from nothing; a client that knew cells is told
// to forget them.
func (r *Room) forgetCells(s *seat) {
	if s.last != 0 {
		r.frame.Forget = slices.AppendSeq(r.frame.Forget, r.cellsOf(s.watched))
	}
	s.watched = area{}
}

// composeCells puts the chunks of the cells in sight into the frame: send by send
// for those the client knows, whole for those that come into sight.
func (r *Room) composeCells(s *seat, missed sendIndex) {
	f, was, now := &r.frame, s.watched, r.sight(s)
	stays := was.both(now)
	now = r.revealed(s, stays, now)
	stays = stays.both(now)
	if now != was {
		s.watched, s.settled = now, r.history.newest
		r.forgetBeside(was, stays)
	}
	for back := missed; back > 1; back-- {
		for id := range r.cellsOf(stays) {
			if data := r.history.chunk(r.history.newest-back+1, id); len(data) > 0 {
				f.Chunks = append(f.Chunks, wire.Chunk{Cell: id, Back: int(back) - 1, Data: data})
			}
		}
	}
	if missed > 0 {
		r.composeChanges(stays)
	}
	if now == stays {
		return
	}
	for id := range r.cellsOf(now) {
		if !r.within(stays, id) {
			f.Chunks = append(f.Chunks, wire.Chunk{Cell: id, Key: true, Data: r.keyframe(id)})
		}
	}
}

// composeChanges tells what the newest send told of the cells in a.
func (r *Room) composeChanges(a area) {
	f, left, end := &r.frame, a.size(), 0
	for id := range r.cellsOf(a) {
		left--
		data := r.history.chunk(r.history.newest, id)
		f.Changes = wire.AppendChange(f.Changes, data, left == 0)
		if len(data) > 0 {
			end = len(f.Changes)
		}
	}
	f.Changes = f.Changes[:end] // of the rest there is nothing to tell
}

// forgetBeside makes the client forget the cells of was that are not in stays.
func (r *Room) forgetBeside(was, stays area) {
	if was == stays {
		return
	}
	for id := range r.cellsOf(was) {
		if !r.within(stays, id) {
			r.frame.Forget = append(r.frame.Forget, id)
		}
	}
}

func (r *Room) composeOwn(s *seat) {
	o := &r.frame.Own
	if ship := r.world.Ship(s.id); ship != nil && !s.spectator {
		o.HasShip, o.Hash = true, wire.OwnHash(ship.Hash())
	} else if !s.spectator {
		o.Spawn = r.world.Players[s.id].SpawnAt
	}
	o.Early, o.HasEarly = s.early, s.hasEarly
	if s.echo != 0 {
		o.Echo = s.echo
		o.EchoHeld = uint32(r.cfg.Now().Sub(s.echoAt).Microseconds()/100) + r.putOff(s)
	}
	o.Skipped = s.skipped
}

// maxChatLines is how many lines of chat one frame tells; the next tells more. It
// keeps the largest frame far below what the gate takes.
const maxChatLines = 8

// composeLists adds kills and the match.
func (r *Room) composeLists(s *seat) {
	r.composeKills(s)
	f := &r.frame
	if s.fresh || r.roster.matchRev > s.matched {
		f.Match, f.HasMatch = r.game.match, true
	}
}

func (r *Room) welcome(s *seat) *wire.Welcome {
	g := r.ground()
	return &wire.Welcome{
		Version: wire.Version, ID: s.id, Name: s.name, Resume: s.secret,
		Room: r.cfg.Name, Mode: g.Mode.Name(), Server: r.cfg.Server,
		Arena: g.Arena.Name, ArenaHash: g.Arena.Hash, ArenaSize: r.arenaSize, NextArena: r.upcoming(),
		CellSide: uint32(r.cellSide / sim.One), TickRate: sim.TickRate, SendInterval: uint32(r.tempo.interval),
		Resumed: s.resumed, Continues: !s.fresh || s.continues, KillPoints: killPoints,
		Teams: uint32(g.Mode.Teams()), ScoreLimit: uint32(max(g.Rules.ScoreLimit, 0)),
	}
}
