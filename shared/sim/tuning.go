package sim

// Every number a designer may change lives in this file.

// TickRate is the number of ticks in a second of play.
const TickRate = 60

// MaxPlayers is the largest number of seats of one World; PlayerIDs are below it.
const MaxPlayers = 1024

// Hull is one row of the table of ships.
type Hull struct {
	Name string

	Radius   Unit // of the disc that bolts and other ships meet
	Box      Unit // half the side of the square that walls meet
	Thrust   Unit // acceleration, Units per tick squared
	Drag     Unit // speed lost per tick is speed/Drag, rounded up
	MaxSpeed Unit // no dash and no knock makes a ship faster than this
	Turn     int  // steps of an Angle that its guns turn in a tick at most

	EnergyMax    int32
	EnergyRefill int32 // per tick

	Primary   Trigger
	Secondary Trigger
	Guard     bool // the secondary is a shield: Alt raises it, Trigger.Cost is what it takes per tick
}

// Trigger is what a button of a ship does.
type Trigger struct {
	Shot   BoltKind
	Cost   int32 // of energy, per use
	Reload uint8 // ticks between two uses; what is in flight must stay under 256, see Bolt.Seq
	Count  int   // bolts at once; 0 is 1
	Spread int   // steps of an Angle between two of them
}

// Shot is one row of the table of bolts.
type Shot struct {
	Name string // for kill messages

	Radius  Unit
	Speed   Unit   // Units per tick; must stay under the sum of the radii it hits
	Life    uint16 // ticks
	Bounces uint8  // walls survived
	Damage  int32  // energy taken from who is hit
	Knock   Unit   // who is hit gains the bolt's speed / Knock

	Splash       Unit  // radius of the explosion at its end; 0: none
	SplashDamage int32 // in the middle of it, less outwards
	SplashKnock  Unit  // speed gained in the middle of it, less outwards

	Reach Unit // of what acts at once: a beam's length, a pulse's radius; 0: it flies
	Seeks Unit // it chases the nearest enemy within this; 0: it does not
	Slows Unit // speed lost per tick is speed/Slows; 0: none
	Arm   uint16
	Limit int // of one player's in flight; 0: what the trigger allows
}

// Hulls is the table of ships, by HullKind.
var Hulls = [...]Hull{
	Dart: {
		Name:   "Dart",
		Radius: 16 * One, Box: 13 * One,
		Thrust: 155, Drag: 40, MaxSpeed: 11 * One, Turn: AngleSteps,
		EnergyMax: 12000, EnergyRefill: 16,
		Primary:   Trigger{Shot: LightBolt, Cost: 430, Reload: 9},
		Secondary: Trigger{Shot: Pellet, Cost: 1500, Reload: 45, Count: 7, Spread: 22},
	},
	Corsair: {
		Name:   "Corsair",
		Radius: 17 * One, Box: 13 * One,
		Thrust: 136, Drag: 40, MaxSpeed: 11 * One, Turn: AngleSteps,
		EnergyMax: 14000, EnergyRefill: 17,
		Primary:   Trigger{Shot: Bouncer, Cost: 560, Reload: 12},
		Secondary: Trigger{Shot: Mine, Cost: 1600, Reload: 60},
	},
	Lancer: {
		Name:   "Lancer",
		Radius: 17 * One, Box: 13 * One,
		Thrust: 132, Drag: 40, MaxSpeed: 11 * One, Turn: 13,
		EnergyMax: 13000, EnergyRefill: 17,
		Primary:   Trigger{Shot: Beam, Cost: 1800, Reload: 56},
		Secondary: Trigger{Shot: Pulse, Cost: 1500, Reload: 100},
	},
	Bastion: {
		Name:   "Bastion",
		Radius: 20 * One, Box: 15 * One,
		Thrust: 122, Drag: 40, MaxSpeed: 11 * One, Turn: AngleSteps,
		EnergyMax: 18000, EnergyRefill: 20,
		Primary:   Trigger{Shot: Shell, Cost: 1050, Reload: 28},
		Secondary: Trigger{Cost: 48},
		Guard:     true,
	},
}

// Shots is the table of bolts, by BoltKind.
var Shots = [...]Shot{
	LightBolt: {
		Name: "bolt", Radius: 4 * One, Speed: 11 * One, Life: 70, Bounces: 1,
		Damage: 1500, Knock: 24,
	},
	Pellet: {
		Name: "scatter", Radius: 4 * One, Speed: 12 * One, Life: 20,
		Damage: 850, Knock: 20,
	},
	Bouncer: {
		Name: "bouncer", Radius: 5 * One, Speed: 10 * One, Life: 110, Bounces: 4,
		Damage: 1900, Knock: 20,
	},
	Mine: {
		Name: "mine", Radius: 8 * One, Speed: 5 * One, Life: 15 * TickRate, Bounces: 200,
		Damage: 0, Knock: 12,
		Splash: 64 * One, SplashDamage: 4200, SplashKnock: 4 * One,
		Seeks: 150 * One, Slows: 16, Arm: 30, Limit: 3,
	},
	Beam: {
		Name: "beam", Radius: 2 * One, Speed: 16 * One, Life: 1,
		Damage: 3300, Knock: 24, Reach: 560 * One,
	},
	Pulse: {
		Name: "pulse", Speed: 16 * One, Life: 1,
		Damage: 700, Reach: 150 * One, SplashKnock: 9 * One,
	},
	Shell: {
		Name: "shell", Radius: 6 * One, Speed: 10 * One, Life: 76,
		Damage: 1450, Knock: 8,
		Splash: 76 * One, SplashDamage: 2450, SplashKnock: 3 * One,
	},
}

const (
	// WidestHull is the largest radius in Hulls.
	WidestHull = 20 * One
	// Contact is at least the distance at which any two ships touch, or a ship and a
	// bolt.
	Contact = 2 * WidestHull
)

const (
	respawnDelay = 2 * TickRate
	spawnShield  = 3 * TickRate / 2

	wallRestitution = 160 // of 256: speed kept when a ship meets a wall
	shipRestitution = 200 // of 256: speed kept when two ships meet

	dashCost   = 1500
	dashSpeed  = 7 * One // gained in the thrust direction
	dashReload = 2 * TickRate

	guardArc    = AngleSteps / 6   // to either side of the aim that a guard covers
	guardTakes  = 96               // of 256: what a shot it stops still costs
	guardFloor  = 700              // of energy: below it the guard breaks
	guardRepair = 3 * TickRate / 2 // ticks until a broken one can be raised again
	aegisBurst  = TickRate / 2     // ticks an aegis lasts after its first hit
	seekThrust  = 160              // Units per tick squared of a mine that chases
	wellOnBolts = 2                // bolts feel this part of a well's pull
	carryThrust = 230              // of 256: thrust of a ship with a core aboard
	burnThrust  = 358              // of 256: with an afterburner
	overReload  = 150              // of 256: reload with an overdrive

	wakeFresh = TickRate // ticks a wake can be drafted in
	wakeCheck = 6        // ticks between two looks at whether a ship drafts
	wakeSpeed = One      // a slower ship leaves no wake and drafts in none
	wakeHalf  = 14 * One // how far beside its middle a ship feels a wake

	itemReach = 30 * One // between the middle of a ship and a pick-up or a core
	itemAway  = 14 * TickRate
	surge     = 6000

	coreReturn   = 15 * TickRate
	coreHome     = 56 * One // to the base, for a capture
	coreScore    = 5        // own points for a capture, one for bringing one's own back
	corePlot     = TickRate // ticks between two tellings of where a carried core is
	beaconReach  = 140 * One
	beaconSpeed  = 640          // Units per tick
	beaconPoint  = TickRate     // ticks of holding for a point of the team
	beaconReward = 3 * TickRate // and for one of each holder
)

// boostTime is how long each pick-up lasts, in ticks.
var boostTime = [itemKinds]uint16{Overdrive: 8 * TickRate, Aegis: 15 * TickRate, Afterburner: 8 * TickRate}

// DefaultRules are those of a Brawl of five minutes.
var DefaultRules = RulesOf(Brawl{})

// RulesOf returns the usual rules of a mode.
func RulesOf(m Mode) Rules {
	r := Rules{Warmup: 8 * TickRate, Live: 5 * 60 * TickRate, Results: 10 * TickRate}
	switch m.Name() {
	case "brawl":
		r.ScoreLimit = 35
	case "squads":
		r.ScoreLimit = 100
	case "relay":
		r.ScoreLimit, r.Live = 3, 8*60*TickRate
	case "beacon":
		r.ScoreLimit, r.Live = 150, 6*60*TickRate
	}
	return r
}
