package wire

// Close codes that both sides of a room's door must agree on (RFC 6455, section
// 7.4). What each means to a player stands in the gate's table and in the link's.
const (
	CloseLeft      uint16 = 1000 // one side left on purpose
	ClosePolicy    uint16 = 1008 // a message that may not come now
	CloseFault     uint16 = 1011 // our fault; the words carry a crash id
	CloseRestart   uint16 = 1012 // the server restarts
	CloseOverload  uint16 = 1013 // too busy; come back later
	CloseVersion   uint16 = 4001 // client and server speak different versions
	CloseDenied    uint16 = 4002 // a ticket is missing, has expired or is not valid
	CloseKicked    uint16 = 4003 // thrown out, or still kept out
	CloseFull      uint16 = 4004 // no place in the room
	CloseNoRoom    uint16 = 4005 // no such room
	CloseReplaced  uint16 = 4006 // the same player connected elsewhere
	CloseFlood     uint16 = 4008 // over a rate limit
	CloseRoomEnded uint16 = 4010 // the room closed
	CloseResume    uint16 = 4011 // the resume token was refused
	CloseName      uint16 = 4012 // the name was refused
	ClosePassword  uint16 = 4013 // a password is missing or wrong
)

// ShutWords are what a Reject with CloseOverload says where the host lets nobody new in: by
// them clients tell it from a server that is busy, and say it in the player's language.
const ShutWords = "The host lets nobody new in at the moment. Trying again."
