package synth

// The music, as data: what is played. Who plays it is in band.go.
//
// A minor, 110 beats a minute, 32 bars of 16 steps: two times the drive on the home
// chords, the tune over the open ones, a breath, and the climb back. The end leads
// into the beginning, and every echo rings on across it.

const (
	stepFrames = 4352 // of a sixteenth: 8.5 blocks, so that a bar is a whole number
	barSteps   = 16
	songBars   = 32
	barFrames  = stepFrames * barSteps
	songFrames = barFrames * songBars
)

// chord is a root for the bass and what stands above it, as MIDI notes.
type chord struct {
	bass  int
	notes [3]int
}

var (
	am = chord{33, [3]int{57, 60, 64}}
	f  = chord{29, [3]int{57, 60, 65}}
	dm = chord{38, [3]int{57, 62, 65}}
	e4 = chord{28, [3]int{57, 59, 64}} // with the fourth, which wants to fall
	e  = chord{28, [3]int{56, 59, 64}}
	g  = chord{31, [3]int{55, 59, 62}}
)

// part is some bars with the same players. A pattern has a character per step; a
// list of them goes round, bar by bar. Digits are how hard, 1 to 9; a dot is a
// rest.
type part struct {
	chords []chord
	kick   []string
	snare  []string
	hat    []string
	open   []string // the hat left open
	tom    []string // pitched by how hard
	bass   []string // r root, o octave, q fifth below the octave, s seventh
	arp    []string // 0-5: the chord's notes, then an octave up
	pad    float64  // how loud
	bright float64  // how far the filters are open, 0..1, at the part's end
	lead   []melody
	rise   bool // noise climbs through the part
	crash  bool // at its beginning
}

// melody is a note of the tune: from a step of the part, for so many steps.
type melody struct{ step, length, pitch int }

var song = []part{
	{
		chords: []chord{am, am, f, f, dm, dm, e4, e},
		kick:   []string{"9...9...9...9..."},
		snare:  []string{"................", "................", "................", "................", "....8.......8...", "....8.......8...", "....8.......8...", "....8.......8.46"},
		hat:    []string{"5.3.5.3.5.3.5.34"},
		open:   []string{"..5...5...5...5."},
		bass:   []string{"r.rrr.rrr.rrr.ro", "r.rrr.rrr.rro.sq"},
		arp:    []string{"0..2..4...3..1..", "0..2..4...5..4.."},
		pad:    0.7, bright: 0.45, crash: true,
	},
	{
		chords: []chord{am, am, f, f, dm, dm, e4, e},
		kick:   []string{"9...9...9...9...", "9...9...9...9..6"},
		snare:  []string{"....8.......8...", "....8.......8..3", "....8.......8...", "....8.......8.57"},
		hat:    []string{"6.35.63.6.35.634"},
		open:   []string{"..6...6...6...6."},
		tom:    []string{"................", "................", "................", "............7532"},
		bass:   []string{"r.rrr.rrr.rrr.ro", "r.rrr.rrr.rro.sq"},
		arp:    []string{"0213240213542431", "0213245342135420"},
		pad:    0.8, bright: 0.7, crash: true,
	},
	{
		chords: []chord{f, g, am, am, f, g, e4, e},
		kick:   []string{"9...9...9...9..."},
		snare:  []string{"....9.......9...", "....9.......9..4"},
		hat:    []string{"635463546354635."},
		open:   []string{"..7...7...7...7."},
		tom:    []string{"................", "................", "................", "..........7.5.3.", "................", "................", "................", "........77553322"},
		bass:   []string{"r.rrr.rrr.rrr.ro", "r.rro.rrr.rrq.ro"},
		arp:    []string{"0.2.4.2.1.3.5.3."},
		pad:    1, bright: 0.9, crash: true,
		lead: []melody{
			{0, 6, 69}, {6, 4, 72}, {10, 6, 76},
			{16, 6, 74}, {22, 4, 71}, {26, 6, 67},
			{32, 12, 69}, {44, 2, 71}, {46, 2, 72},
			{48, 8, 76}, {56, 4, 74}, {60, 4, 72},
			{64, 6, 72}, {70, 4, 69}, {74, 6, 77},
			{80, 6, 74}, {86, 4, 79}, {90, 6, 77},
			{96, 8, 76}, {104, 4, 71}, {108, 4, 69},
			{112, 10, 68}, {122, 6, 71},
		},
	},
	{
		chords: []chord{dm, am, f, e4},
		kick:   []string{"9.........9.....", "9..............."},
		snare:  []string{"................"},
		hat:    []string{"....3.......3..."},
		bass:   []string{"r...............", "r.............o."},
		arp:    []string{"0..2..4...3..1..", "0..2..4...5..4.."},
		pad:    1.3, bright: 0.35, crash: true,
		lead: []melody{{0, 14, 69}, {16, 14, 72}, {32, 14, 76}, {48, 12, 71}},
	},
	{
		chords: []chord{dm, f, e4, e},
		kick:   []string{"9...9...9...9...", "9...9...9...9...", "9...9...9...9...", "9...9...9......."},
		snare:  []string{"3...3...4...4...", "4.4.4.4.5.5.5.5.", "5.5.5.5.66666666", "6666777788889..."},
		hat:    []string{"5.3.5.3.5.3.5.3."},
		bass:   []string{"rrrrrrrrrrrrrrrr", "rrrrrrrrrrrrrrrr", "rrrrrrrrrrrrrrrr", "rrrrrrrrrrrr...."},
		arp:    []string{"0213240213542431", "0213245342135420"},
		pad:    1, bright: 1, rise: true,
	},
}
