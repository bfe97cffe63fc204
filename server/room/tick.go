package room

import "ionwake/shared/sim"

// Tick lets one tick pass: the order of everything the server does.
func (r *Room) Tick() {
	if r.playback != nil {
		r.playOn()
		return
	}
	if r.paused() {
		return
	}
	w := &r.watch
	w.start()
	r.openDoors()
	r.fillWithBots()
	r.balance()
	w.lap(StageDoors)
	r.takeInputs()
	w.lap(StageInputs)
	r.holdVote()
	r.moveOn()
	w.lap(StageMatch)
	r.showPictures()
	r.world.Step(r.inputs)
	w.lap(StageStep)
	r.keepSpan()
	r.keepEvents()
	r.keepBook()
	r.keepRecord()
	w.lap(StageEvents)
	if r.tempo.due(r.world.Tick) {
		steps := r.encode()
		w.lap(StageEncode)
		r.send(steps)
		r.tempo.sent(r.world.Tick, r.history.newest)
		w.lap(StageSend)
		r.think()
		w.lap(StageThink)
	} else {
		r.sendLater()
	}
	r.count()
}

// keepSpan remembers the inputs of this tick for the next encode.
func (r *Room) keepSpan() {
	held := &r.span.Held[r.span.Steps]
	*held = append((*held)[:0], r.inputs...)
	strikes := &r.span.Strikes[r.span.Steps]
	*strikes = append((*strikes)[:0], r.world.Strikes...)
	if r.span.Steps == 0 {
		r.span.Harmless = r.world.Match.Phase == sim.Results
	}
	r.span.Steps++
}

// encode turns what happened since the last send into chunks, once per cell, and
// returns how many ticks that were.
func (r *Room) encode() (steps int) {
	r.openBill()
	i := int(r.nextSend()) % len(r.truths)
	r.now, r.before = r.truths[i], r.now
	r.grid.Sort(r.world, r.now, &r.lots[i])
	e := r.history.begin(r.world.Tick)
	all := r.codec.Meter
	for id := range r.now {
		r.codec.Meter = r.clerk.meter(all, cellID(id))
		e.data = r.codec.Diff(e.data, cellID(id), &r.before[id], &r.now[id], r.span)
		e.ends[id] = len(e.data)
	}
	r.codec.Meter = all
	steps, r.span.Steps = r.span.Steps, 0
	return steps
}

// keepEvents files what the tick's events mean for the people in the room.
func (r *Room) keepEvents() {
	for _, e := range r.world.Events {
		switch e.Kind {
		case sim.Killed:
			r.keepKill(e)
		case sim.PhaseChanged: // the Match says so
		default:
			r.game.deeds.add(e)
		}
	}
}
