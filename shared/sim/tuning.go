package sim

// Every number a designer may change lives in this file.

// TickRate is the number of ticks in a second of play.
const TickRate = 60

// MaxPlayers is the largest number of seats of one World; PlayerIDs are below it.
const MaxPlayers = 1024

// Hull is one row of the table of ships.
type Hull struct {
	Name string

	Radius  Unit // of the disc that bolts and other ships meet
	Box     Unit // half the side of the square that walls meet
	Thrust  Unit // acceleration, Units per tick squared
	Drag    Unit // speed lost per tick is speed/Drag, rounded up
	MaxDash Unit // no knock makes a ship faster than this

	EnergyMax    int32
	EnergyRefill int32 // per tick

	ShotCost   int32
	ShotReload uint8 // ticks between shots; the bolt's Life / ShotReload must stay under 256, see Bolt.Seq
	Shot       BoltKind
}

// Shot is one row of the table of bolts.
type Shot struct {
	Radius  Unit
	Speed   Unit   // Units per tick; must stay under the sum of the radii it hits
	Life    uint8  // ticks
	Bounces uint8  // walls survived
	Damage  int32  // energy taken from who is hit
	Knock   Unit   // who is hit gains bolt speed / Knock
	Name    string // for kill messages
}

// Hulls is the table of ships, by HullKind.
var Hulls = [...]Hull{
	Dart: {
		Name:   "Dart",
		Radius: 16 * One, Box: 13 * One,
		Thrust: 150, Drag: 40, MaxDash: 10 * One,
		EnergyMax: 12000, EnergyRefill: 16,
		ShotCost: 430, ShotReload: 9, Shot: LightBolt,
	},
}

// Shots is the table of bolts, by BoltKind.
var Shots = [...]Shot{
	LightBolt: {
		Radius: 4 * One, Speed: 11 * One, Life: 70, Bounces: 1,
		Damage: 1700, Knock: 24, Name: "bolt",
	},
}

const (
	respawnDelay = 2 * TickRate
	spawnShield  = 3 * TickRate / 2

	wallRestitution = 160 // of 256: speed kept when a ship meets a wall
	shipRestitution = 200 // of 256: speed kept when two ships meet
)

// DefaultRules are those of a Brawl of five minutes.
var DefaultRules = Rules{
	Warmup:     8 * TickRate,
	Live:       5 * 60 * TickRate,
	Results:    10 * TickRate,
	ScoreLimit: 50,
}
