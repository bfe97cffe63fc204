package room

import (
	"ionwake/shared/belief"
	"ionwake/shared/wire"
)

// billEvery is from how many sends one is looked at: about one a second, and never
// in step with what happens once a second.
const billEvery = 31

// billCells is how many cells are counted at most when a send is looked at, those of
// which others stand for: to look must not be what makes a tick long.
const billCells = 16

// Part is what bytes of a frame are for.
type Part uint8

// Parts of a frame. PartChunks and PartKeyframes are the data alone.
const (
	PartChunks    Part = iota // what changed in cells in sight
	PartKeyframes             // cells that came into sight
	PartOwn                   // about the one who reads it
	PartRoster                // scoreboard
	PartKills
	PartGame // match, objectives, pick-ups, deeds, vote, signals
	PartChat
	PartWelcome
	PartEnvelope // the rest: the tick, and what holds the parts together
	PartCount
)

// String returns a word for reports.
func (p Part) String() string {
	return [...]string{"chunks", "keyframes", "own", "roster", "kills", "game", "chat", "welcome", "envelope"}[p]
}

// Bill is what the frames of a room were spent on since its start, estimated from
// one send in billEvery.
type Bill struct {
	// Changes are bits of chunks and Keys bits of keyframes by belief.Field, counted once
	// per send, however many get them.
	Changes, Keys [belief.FieldCount]float64
	// Parts are bytes of the frames of all seats. Of a send that is looked at, one
	// seat's frame stands for all.
	Parts [PartCount]float64
}

// Add adds what another room spent.
func (b *Bill) Add(o *Bill) {
	for f := range o.Changes {
		b.Changes[f] += o.Changes[f]
		b.Keys[f] += o.Keys[f]
	}
	for p, bytes := range o.Parts {
		b.Parts[p] += bytes
	}
}

// clerk makes the bill.
type clerk struct {
	changes belief.Meter // of the send that is looked at
	keys    belief.Meter // likewise
	sends   int          // since the last that was
	samples int          // sends looked at
	looking bool         // at this one
	part    int          // of so many cells one is counted
	turn    int          // seats to be told before the one whose frame is looked at
	told    int          // seats told in this send
	seen    [PartCount]float64
	encoder wire.Encoder
	scratch []byte
}

// openBill begins a send. With a Meter in the configuration that one counts.
func (r *Room) openBill() {
	r.codec.Meter = r.cfg.Meter
	if !r.cfg.Profile {
		return
	}
	c := &r.clerk
	if c.looking {
		c.settle(&r.stats.Bill)
	}
	c.sends++
	c.looking = c.sends == billEvery
	r.watch.fine, r.watch.each, r.watch.seat = c.looking, 1+len(r.seats)/atOnce, 0
	c.part = 1 + len(r.now)/billCells
	if c.looking {
		c.sends = 0
		c.samples++
		c.turn = c.samples % max(c.told, 1)
		if r.cfg.Meter == nil {
			r.codec.Meter = &c.changes
		}
	}
	c.told = 0
}

// settle books the send that was looked at.
func (c *clerk) settle(b *Bill) {
	for f, bits := range c.changes.Spent() {
		b.Changes[f] += bits * billEvery * float64(c.part)
	}
	for f, bits := range c.keys.Spent() {
		b.Keys[f] += bits * billEvery * float64(c.part)
	}
	for p, bytes := range c.seen {
		b.Parts[p] += bytes * billEvery * float64(c.told)
	}
	c.changes, c.keys, c.seen = belief.Meter{}, belief.Meter{}, [PartCount]float64{}
}

// meter returns what counts the changes of a cell, where m counts those of a send.
func (c *clerk) meter(m *belief.Meter, id belief.CellID) *belief.Meter {
	if m == &c.changes && (int(id)+c.samples)%c.part != 0 {
		return nil
	}
	return m
}

// keyMeter returns what counts a keyframe of the cell.
func (c *clerk) keyMeter(m *belief.Meter, id belief.CellID) *belief.Meter {
	if m = c.meter(m, id); m == &c.changes {
		return &c.keys
	}
	return m
}

// took looks at a frame that a seat was told, if it is its turn.
func (c *clerk) took(f *wire.Frame, size int) {
	if c.looking && c.told == c.turn {
		c.seen = c.parts(f, size)
	}
	c.told++
}

// parts takes a frame apart: the size of a part is what the frame is shorter
// without it.
func (c *clerk) parts(f *wire.Frame, size int) (parts [PartCount]float64) {
	parts[PartChunks] = float64(len(f.Changes))
	for i := range f.Chunks {
		p := PartChunks
		if f.Chunks[i].Key {
			p = PartKeyframes
		}
		parts[p] += float64(len(f.Chunks[i].Data))
	}
	bare, left := *f, size
	shed := func(p Part) {
		c.scratch = c.encoder.Append(c.scratch[:0], &bare)
		parts[p] += float64(left - len(c.scratch))
		left = len(c.scratch)
	}
	bare.Own = wire.Own{}
	shed(PartOwn)
	bare.Players, bare.Gone = nil, nil
	shed(PartRoster)
	bare.Kills = nil
	shed(PartKills)
	bare.HasMatch, bare.Objectives, bare.Items, bare.Deeds, bare.Signals, bare.Vote = false, nil, nil, nil, nil, nil
	shed(PartGame)
	bare.Chat = nil
	shed(PartChat)
	bare.Welcome = nil
	shed(PartWelcome)
	parts[PartEnvelope] = float64(left) - parts[PartChunks] - parts[PartKeyframes]
	return parts
}
