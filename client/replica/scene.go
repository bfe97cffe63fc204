package replica

import (
	"time"

	"ionwake/shared/sim"
)

// Point is a place or a speed in world units (a ship is 32 wide), X to the right
// and Y down. Speeds are per second.
type Point struct{ X, Y float64 }

// Scene is everything there is to draw at one moment: one world at one tick, own
// ship predicted, everybody else advanced to the same tick, corrections melted
// away. It belongs to the Replica and is overwritten by the next Scene call.
type Scene struct {
	Tick    float64 // the drawn moment, in ticks
	Arena   *sim.Arena
	Match   sim.Match
	Left    time.Duration // of the phase
	Self    sim.PlayerID  // sim.NoPlayer before the first frame
	Alive   bool          // own ship is flying
	Respawn time.Duration // until own ship enters, while not Alive
	Watcher bool          // without a ship of its own: a spectator
	Ships   []ShipView    // by id
	Bolts   []BoltView    // by key
	Effects []Effect      // what happened since the last Scene, oldest first
	Players []PlayerView  // everybody in the room, best score first
	Kills   []KillView    // newest last, at most 6, none older than 8 s
	Chat    []ChatView    // newest last, at most 64
	Net     NetView
}

// ShipView is a ship as it is drawn.
type ShipView struct {
	ID       sim.PlayerID
	Hull     sim.HullKind
	Pos, Vel Point
	Aim      float64     // radians, 0 right, clockwise on the screen
	Buttons  sim.Buttons // held: thrust directions and trigger
	Energy   float64     // 0..1
	Shielded bool        // spawn protection
	Own      bool
}

// BoltView is a bolt as it is drawn.
type BoltView struct {
	Key      sim.BoltKey
	Owner    sim.PlayerID
	Kind     sim.BoltKind
	Pos, Vel Point
	Life     float64 // 1 fresh .. 0 gone
}

// EffectKind says what an effect shows.
type EffectKind uint8

// The effects.
const (
	ShotFired   EffectKind = iota + 1 // Who fired; Pos is the muzzle, Dir the direction
	ShotHit                           // a bolt of By struck Who at Pos
	ShotBounced                       // a bolt met a wall at Pos and flew on
	ShotFaded                         // a bolt ended on a wall or of age at Pos
	ShipBounced                       // Who met a wall or a ship at Pos
	ShipDied                          // Who broke up at Pos, by By if known
	ShipEntered                       // Who entered at Pos
)

// Effect is something to be seen and heard once.
type Effect struct {
	Kind EffectKind
	Who  sim.PlayerID
	By   sim.PlayerID
	Pos  Point
	Dir  Point   // unit vector where it makes sense
	Size float64 // 0..1: how strong
	Own  bool    // own ship is who did it or whom it was done to
}

// PlayerView is a line of the scoreboard.
type PlayerView struct {
	ID     sim.PlayerID
	Name   string
	Bot    bool
	Away   bool // the socket dropped; the seat is kept
	Score  int
	Kills  int
	Deaths int
	Ping   time.Duration // 0 for bots
}

// KillView is a line of the kill feed.
type KillView struct {
	Killer, Victim     string
	KillerID, VictimID sim.PlayerID
	Weapon             string
	Age                time.Duration
	OwnKill, OwnDeath  bool
}

// ChatView is a line of chat. Name is empty for the server's own words.
type ChatView struct {
	From sim.PlayerID
	Name string
	Text string
	Age  time.Duration
}

// NetView is what the net graph shows.
type NetView struct {
	RTT, Jitter       time.Duration
	Lead              float64 // ticks the own ship is drawn ahead of the newest frame
	Margin            float64 // ticks an input arrives before it is needed (low percentile)
	SendRate          int     // frames a second promised by the server
	FramesIn          int     // since the start
	FramesSkipped     int     // sends the server left out because the line was busy
	BytesIn, BytesOut int     // payload since the start
	Judged            int     // frames whose own ship was compared with what was foreseen
	Mispredictions    int     // own ship differed though inputs arrived and nothing touched it
	Late              int     // own inputs that reached the server after their tick
	Corrections       float64 // world units, size of the newest own correction
	Entities          int     // ships and bolts known
	Players, Bots     int
	StateMismatches   int // own-ship hash of the server differed from the belief
}
