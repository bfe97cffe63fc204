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
	Tick       float64 // the drawn moment, in ticks
	Arena      *sim.Arena
	Mode       string // brawl, squads, relay or beacon
	Room       string
	Next       string        // the arena that the rotation brings next; empty: nobody said
	Match      sim.Match     // with the teams' scores
	ScoreLimit int           // that ends the match, of a player or a team; 0: only the bell does
	Left       time.Duration // of the phase
	Teams      int           // sides in this mode: 0 or 2
	Self       sim.PlayerID  // sim.NoPlayer before the first frame
	Team       sim.Team      // own side
	Alive      bool          // own ship is flying
	Respawn    time.Duration // until own ship enters, while not Alive
	Watcher    bool          // without a ship of its own: a spectator
	Death      *DeathView    // how own ship ended, while not Alive; nil before the first death
	Ships      []ShipView    // by id
	Bolts      []BoltView    // by key
	Items      []ItemView    // pick-up points, in the arena's order
	Objectives []ObjectiveView
	Effects    []Effect     // what happened since the last Scene, oldest first
	Players    []PlayerView // everybody with a ship in the room, best score first, uncounted ones last
	Watchers   []PlayerView // everybody without
	Kills      []KillView   // newest last, at most 6, none older than 8 s
	Chat       []ChatView   // newest last, at most 64
	Signals    []SignalView // at most one a player, none older than 4 s
	Vote       *VoteView    // under way, or nil
	Net        NetView

	at [sim.MaxPlayers]uint16 // where in Players somebody is, if there
}

// Player returns the line of who has a ship in the room, in sight or not, or nil.
func (s *Scene) Player(id sim.PlayerID) *PlayerView {
	if int(id) < len(s.at) {
		if i := int(s.at[id]); i < len(s.Players) && s.Players[i].ID == id {
			return &s.Players[i]
		}
	}
	for i := range s.Players { // of a Scene that was put together by hand
		if s.Players[i].ID == id {
			return &s.Players[i]
		}
	}
	return nil
}

// ShipView is a ship as it is drawn.
type ShipView struct {
	ID       sim.PlayerID
	Hull     sim.HullKind
	Team     sim.Team
	Pos, Vel Point
	Aim      float64     // radians, 0 right, clockwise on the screen: where the guns point
	Buttons  sim.Buttons // held: thrust directions, triggers, dash
	Energy   float64     // 0..1
	Shielded bool        // spawn protection
	Guard    bool        // Bastion's shield is up, towards Aim
	Drafts   bool        // refills twice as fast in another's wake
	Dashing  bool        // in the burst of a dash
	Carries  bool        // a core is aboard
	Safe     bool        // in a safe zone
	Boost    sim.ItemKind
	BoostFor float64 // 1 fresh .. 0 over
	Reload   float64 // 0 ready .. 1 just fired: the primary
	Recharge float64 // 0 ready .. 1 just used: the secondary
	DashIn   float64 // 0 ready .. 1 just dashed
	Own      bool
}

// BoltView is a bolt as it is drawn.
type BoltView struct {
	Key      sim.BoltKey
	Owner    sim.PlayerID
	Team     sim.Team
	Kind     sim.BoltKind
	Pos, Vel Point
	Life     float64 // 1 fresh .. 0 gone
}

// ItemView is a pick-up point.
type ItemView struct {
	Kind sim.ItemKind
	Pos  Point
	Here bool          // it lies there
	In   time.Duration // until it does
}

// ObjectiveView is a core or a beacon.
type ObjectiveView struct {
	Kind    sim.ObjectiveKind
	State   sim.ObjectiveState
	Team    sim.Team
	Carrier sim.PlayerID // of a carried core
	Pos     Point        // with its carrier where that is in sight
	Home    Point        // of a core: its base; of a beacon: where it heads
	Timer   time.Duration
}

// DeathView says how own ship ended.
type DeathView struct {
	By     sim.PlayerID // sim.NoPlayer, or oneself
	Name   string       // of By
	Weapon sim.BoltKind
	Pos    Point         // where own ship was
	From   Point         // where By was, if From is not the zero Point
	Hull   sim.HullKind  // of By
	Energy float64       // of By then, 0..1
	Ago    time.Duration // since
}

// EffectKind says what an effect shows.
type EffectKind uint8

// The effects.
const (
	ShotFired    EffectKind = iota + 1 // Who fired a Weapon; Pos is the muzzle, Dir the direction
	ShotHit                            // a Weapon of By struck Who at Pos
	ShotBounced                        // a bolt met a wall at Pos and flew on
	ShotFaded                          // a bolt ended on a wall or of age at Pos
	ShipBounced                        // Who met a wall or a ship at Pos
	ShipDied                           // Who broke up at Pos, by By if known
	ShipEntered                        // Who entered at Pos
	BeamFired                          // Who fired a beam from Pos to End
	PulseFired                         // Who fired a knock-back pulse at Pos; Size is 1
	Exploded                           // a shell or mine of By went off at Pos
	ShotBlocked                        // the guard of Who, or its Aegis, took a Weapon of By at Pos
	ShipDashed                         // Who dashed at Pos in direction Dir
	ItemTaken                          // Who took Item at Pos
	CoreTaken                          // Who took the core of Team at Pos
	CoreDropped                        // Who lost the core of Team at Pos
	CoreReturned                       // the core of Team is home again, at Pos
	CoreCaptured                       // Who brought the core of Team home, at Pos
	BeaconTurned                       // the beacon at Pos is held by Team now, or by nobody
	MatchBegan                         // warm-up is over
	MatchEnded                         // results
	ShotUndone                         // the newest ShotFired of Who with Weapon was foreseen and did not happen
)

// Effect is something to be seen and heard once.
type Effect struct {
	Kind   EffectKind
	Who    sim.PlayerID
	By     sim.PlayerID
	Weapon sim.BoltKind // of the shot kinds
	Item   sim.ItemKind
	Team   sim.Team
	Pos    Point
	End    Point   // of a beam
	Dir    Point   // unit vector where it makes sense
	Size   float64 // 0..1: how strong
	Own    bool    // own ship is who did it or whom it was done to
}

// PlayerView is a line of the scoreboard.
type PlayerView struct {
	ID     sim.PlayerID
	Name   string
	Tag    uint64 // the same person has the same tag after a rename or a reload; 0: a bot
	Team   sim.Team
	Hull   sim.HullKind
	Bot    bool
	Away   bool // the socket dropped; the seat is kept
	Muted  bool // by this player
	Score  int
	Kills  int
	Deaths int
	Ping   time.Duration // 0 for bots

	// Of a crowd, a room with more than a hundred ships or so, only the best and one's
	// own line are counted.
	Uncounted bool // Score, Kills, Deaths and Ping are not known
	Place     int  // in the own line of a crowd: 1 is the best; 0: it follows from the order
}

// KillView is a line of the kill feed.
type KillView struct {
	Killer, Victim     string
	KillerID, VictimID sim.PlayerID
	Weapon             sim.BoltKind
	Age                time.Duration
	OwnKill, OwnDeath  bool
}

// ChatView is a line of chat. From is wire.ServerVoice, and Name empty, for the
// server's own words, which are to be said as Notice if its kind is known.
type ChatView struct {
	From  sim.PlayerID
	Name  string
	Text  string
	Scope Scope
	Own   bool   // said by this player
	To    string // of an own whisper: whom to
	Age   time.Duration

	Notice Notice
}

// Scope says who hears a line of chat.
type Scope uint8

// The scopes.
const (
	ToAll Scope = iota
	ToTeam
	ToOne // a whisper
)

// SignalKind is a short word that everybody understands: the view says it in the
// player's language.
type SignalKind uint8

// The signals.
const (
	SignalHelp SignalKind = iota
	SignalAttack
	SignalDefend
	SignalFollow
	SignalThanks
	SignalWellPlayed
	SignalSorry
	SignalLaugh
	SignalKinds
)

// SignalView is a signal over a ship.
type SignalView struct {
	Who  sim.PlayerID
	Kind SignalKind
	Age  time.Duration
}

// VoteView is a vote under way.
type VoteView struct {
	Kind    VoteKind
	Target  sim.PlayerID // whom to kick
	Name    string       // of the target; of the map
	Caller  string
	Yes, No int
	Needed  int           // yes votes to pass
	Left    time.Duration // to vote
	Voted   bool          // this player has
}

// VoteKind says what a vote is about.
type VoteKind uint8

// The votes.
const (
	VoteKick VoteKind = iota + 1
	VoteMap           // the next arena
)

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
	Belated           int     // frames in which the server said that an input came after its tick
	Corrections       float64 // world units, size of the newest own correction
	Entities          int     // ships and bolts known
	Players, Bots     int
	StateMismatches   int // own-ship hash of the server differed from the belief
}
