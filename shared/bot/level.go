package bot

import "ionwake/shared/sim"

// Level says how well a Pilot plays, from Easy to Hard.
type Level uint8

// The levels.
const (
	Easy Level = iota + 1
	Medium
	Hard
)

// String returns the level's word for command lines and lists.
func (l Level) String() string { return [...]string{"easy", "medium", "hard"}[l.row()] }

// row bounds l to the levels there are, from 0.
func (l Level) row() int { return int(min(max(l, Easy), Hard) - Easy) }

// skill is one row of the table of levels. Times are counted in sends, 30 a
// second; shares and chances are of 256, those of energy of a full bar.
type skill struct {
	reaction int // sends from seeing to acting: 5 is 167 ms, 10 is 333 ms

	// The hand on the mouse.
	pull   int32 // share of the way to the mark gained as speed each send
	brake  int32 // share of the hand's speed lost each send: low ones overshoot
	reach  int32 // fastest turn, in 1/64 angle steps a send
	error  int32 // how far the aim wanders off the mark, in 1/64 angle steps
	tremor int32 // jitter of a hand that is busy, in 1/64 angle steps
	lead   int64 // share of the right lead that is held

	// The head.
	gun     int32 // share of the range of its hull at which it shoots
	thrift  int32 // below this much energy it shoots only for the kill
	scared  int32 // below this much it breaks off
	rested  int32 // until it has this much again
	evasion int   // chance to dodge what it sees coming, and to mind a mine
	wit     int   // chance to think of secondary and dash when they would help
	duty    int   // chance, for a while, to put what the mode is about before a fight
}

var skills = [...]skill{
	0: { // Easy
		reaction: 10,
		pull:     46, brake: 96, reach: 3000, error: 3400, tremor: 80, lead: 100,
		gun: 300, thrift: 54, scared: 38, rested: 106, evasion: 24, wit: 40, duty: 110,
	},
	Medium - Easy: {
		reaction: 7,
		pull:     80, brake: 140, reach: 4600, error: 900, tremor: 64, lead: 220,
		gun: 270, thrift: 80, scared: 60, rested: 150, evasion: 110, wit: 140, duty: 210,
	},
	Hard - Easy: {
		reaction: 5,
		pull:     120, brake: 190, reach: 6400, error: 220, tremor: 64, lead: 256,
		gun: 256, thrift: 92, scared: 76, rested: 172, evasion: 200, wit: 230, duty: 250,
	},
}

// style is one row of the table of hulls: from how far it is flown.
type style struct {
	gun  sim.Unit // does not shoot at who is farther
	near sim.Unit // keeps about this distance
}

var styles = [...]style{
	sim.Dart:    {gun: 450 * sim.One, near: 200 * sim.One},
	sim.Corsair: {gun: 470 * sim.One, near: 220 * sim.One},
	sim.Lancer:  {gun: 590 * sim.One, near: 360 * sim.One},
	sim.Bastion: {gun: 520 * sim.One, near: 260 * sim.One},
}
