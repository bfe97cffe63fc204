package sound

// Cue names a sound of the game.
type Cue uint8

// The cues. Those from Move to Wrong are the interface's own, for Play.
const (
	Bolt Cue = iota
	Scatter
	Bouncer
	MineLaid
	Beam
	Pulse
	Shell

	HitGiven
	HitTaken
	Hit // among others
	Ricochet
	Fizzle
	Bump
	Explosion
	BreakUp // of another
	Death   // own
	Kill
	Blocked

	Enter
	Guard
	Dash
	LowEnergy
	MineBeep
	Thrust // goes round
	Draft  // goes round

	Surge
	Overdrive
	Aegis
	Afterburner

	Seized     // our side has their core
	Stolen     // they have ours
	LetGo      // who had ours lost it
	Lost       // ours who had theirs lost it
	Home       // ours is home again
	TheirsHome // theirs is
	Captured   // our side scored
	Conceded   // they did
	BeaconOurs
	BeaconTheirs
	BeaconFree

	Began
	Won
	Beaten
	Minute // is left
	Count  // down

	VoteCalled
	Chat
	Signal
	Move // in a menu
	Confirm
	Back
	Wrong

	cues
	noCue = cues
)

// category is what a player can make louder or softer by itself.
type category uint8

const (
	ofEffects category = iota
	ofInterface
)

// How much a cue matters: with all voices taken, the more important one is heard.
const (
	ambience = iota // small things on walls
	others          // what others do to each other
	large           // what shakes the place
	own             // what the own ship does
	vital           // what a player must not miss
)

// row is what there is to know about a cue. All clips are equally loud
// (assets/synth): what is said here is the whole balance.
type row struct {
	clip     string
	gain     float32 // decibels
	rank     int
	of       category
	most     int     // at once
	gap      float32 // seconds between two of them
	vary     float32 // semitones up or down by chance: what comes often tires less
	duck     float32 // how far the music makes room, 0..1
	anywhere bool    // heard at any distance, in the middle
}

var rows = [cues]row{
	Bolt:     {clip: "bolt", gain: -13, rank: others, most: 5, gap: 0.040, vary: 0.7, duck: 0.05},
	Scatter:  {clip: "scatter", gain: -9, rank: others, most: 4, gap: 0.05, vary: 0.6, duck: 0.12},
	Bouncer:  {clip: "bouncer", gain: -12, rank: others, most: 4, gap: 0.045, vary: 0.6, duck: 0.05},
	MineLaid: {clip: "mine", gain: -11, rank: others, most: 3, gap: 0.06, vary: 0.4, duck: 0.05},
	Beam:     {clip: "beam", gain: -8, rank: others, most: 4, gap: 0.05, vary: 0.4, duck: 0.15},
	Pulse:    {clip: "pulse", gain: -7, rank: others, most: 3, gap: 0.06, vary: 0.3, duck: 0.2},
	Shell:    {clip: "shell", gain: -8, rank: others, most: 4, gap: 0.05, vary: 0.5, duck: 0.15},

	HitGiven:  {clip: "given", gain: -8, rank: own, most: 3, gap: 0.045, vary: 0.3, duck: 0.1},
	HitTaken:  {clip: "taken", gain: -4, rank: vital, most: 3, gap: 0.06, vary: 0.5, duck: 0.35},
	Hit:       {clip: "hit", gain: -18, rank: ambience, most: 3, gap: 0.05, vary: 1},
	Ricochet:  {clip: "ricochet", gain: -22, rank: ambience, most: 2, gap: 0.06, vary: 1.5},
	Fizzle:    {clip: "fizzle", gain: -25, rank: ambience, most: 2, gap: 0.06, vary: 1.5},
	Bump:      {clip: "bump", gain: -14, rank: ambience, most: 3, gap: 0.08, vary: 0.8},
	Explosion: {clip: "explosion", gain: -6, rank: large, most: 4, gap: 0.06, vary: 0.8, duck: 0.4},
	BreakUp:   {clip: "breakup", gain: -6, rank: large, most: 4, gap: 0.06, vary: 0.8, duck: 0.4},
	Death:     {clip: "death", gain: -2, rank: vital, most: 1, gap: 0.5, duck: 0.8, anywhere: true},
	Kill:      {clip: "kill", gain: -6, rank: vital, most: 2, gap: 0.1, duck: 0.3, anywhere: true},
	Blocked:   {clip: "blocked", gain: -11, rank: others, most: 3, gap: 0.06, vary: 0.7, duck: 0.05},

	Enter:     {clip: "enter", gain: -11, rank: others, most: 2, gap: 0.15, vary: 0.2, duck: 0.1},
	Guard:     {clip: "guard", gain: -12, rank: others, most: 2, gap: 0.15, vary: 0.4, duck: 0.05},
	Dash:      {clip: "dash", gain: -11, rank: others, most: 3, gap: 0.06, vary: 0.6, duck: 0.1},
	LowEnergy: {clip: "low", gain: -9, rank: vital, most: 1, gap: 2, duck: 0.2, anywhere: true},
	MineBeep:  {clip: "beep", gain: -16, rank: own, most: 1, gap: 0.1},
	Thrust:    {clip: "thrust", gain: -23, rank: own, most: 1},
	Draft:     {clip: "draft", gain: -20, rank: own, most: 1},

	Surge:       {clip: "surge", gain: -9, rank: own, most: 2, gap: 0.1, duck: 0.1},
	Overdrive:   {clip: "overdrive", gain: -9, rank: own, most: 2, gap: 0.1, duck: 0.15},
	Aegis:       {clip: "aegis", gain: -9, rank: own, most: 2, gap: 0.1, duck: 0.15},
	Afterburner: {clip: "afterburner", gain: -9, rank: own, most: 2, gap: 0.1, duck: 0.15},

	Seized:       {clip: "seized", gain: -9, rank: vital, most: 1, gap: 0.3, duck: 0.3, anywhere: true},
	Stolen:       {clip: "stolen", gain: -9, rank: vital, most: 1, gap: 0.3, duck: 0.3, anywhere: true},
	LetGo:        {clip: "let-go", gain: -11, rank: vital, most: 1, gap: 0.3, duck: 0.2, anywhere: true},
	Lost:         {clip: "lost", gain: -11, rank: vital, most: 1, gap: 0.3, duck: 0.2, anywhere: true},
	Home:         {clip: "home", gain: -11, rank: vital, most: 1, gap: 0.3, duck: 0.2, anywhere: true},
	TheirsHome:   {clip: "theirs-home", gain: -12, rank: vital, most: 1, gap: 0.3, duck: 0.2, anywhere: true},
	Captured:     {clip: "captured", gain: -6, rank: vital, most: 1, gap: 0.5, duck: 0.6, anywhere: true},
	Conceded:     {clip: "conceded", gain: -7, rank: vital, most: 1, gap: 0.5, duck: 0.6, anywhere: true},
	BeaconOurs:   {clip: "beacon", gain: -10, rank: vital, most: 1, gap: 0.4, duck: 0.2, anywhere: true},
	BeaconTheirs: {clip: "beacon-theirs", gain: -11, rank: vital, most: 1, gap: 0.4, duck: 0.2, anywhere: true},
	BeaconFree:   {clip: "beacon-free", gain: -15, rank: own, most: 1, gap: 0.4, duck: 0.1, anywhere: true},

	Began:  {clip: "began", gain: -5, rank: vital, most: 1, gap: 1, duck: 0.6, anywhere: true},
	Won:    {clip: "won", gain: -5, rank: vital, most: 1, gap: 1, duck: 0.7, anywhere: true},
	Beaten: {clip: "beaten", gain: -6, rank: vital, most: 1, gap: 1, duck: 0.7, anywhere: true},
	Minute: {clip: "minute", gain: -10, rank: vital, most: 1, gap: 1, duck: 0.3, anywhere: true},
	Count:  {clip: "count", gain: -11, rank: vital, most: 1, gap: 0.3, duck: 0.1, anywhere: true},

	VoteCalled: {clip: "vote", gain: -7, rank: vital, of: ofInterface, most: 1, gap: 0.5, duck: 0.2, anywhere: true},
	Chat:       {clip: "chat", gain: -10, rank: own, of: ofInterface, most: 1, gap: 0.25, anywhere: true},
	Signal:     {clip: "signal", gain: -10, rank: own, of: ofInterface, most: 1, gap: 0.25, anywhere: true},
	Move:       {clip: "move", gain: -12, rank: vital, of: ofInterface, most: 2, gap: 0.03, anywhere: true},
	Confirm:    {clip: "confirm", gain: -8, rank: vital, of: ofInterface, most: 2, gap: 0.05, anywhere: true},
	Back:       {clip: "back", gain: -9, rank: vital, of: ofInterface, most: 2, gap: 0.05, anywhere: true},
	Wrong:      {clip: "error", gain: -9, rank: vital, of: ofInterface, most: 1, gap: 0.1, anywhere: true},
}

// How loud the clips and the music are altogether, in decibels: with the settings
// a player finds at first, music has some -29 LKFS, an own shot -24 and a hit taken
// -15.
const (
	clipGain  = 8
	musicGain = 1
)
