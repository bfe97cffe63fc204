package main

// fault is one thing that goes wrong or that somebody does on purpose. Its tests are
// those named TestFault_<id>_...; also names others that hold it, and missing says
// what is not tested yet and why.
type fault struct {
	id, what string
	also     []string
	missing  string
}

// Reasons that more than one row has.
const (
	noAccounts = "there are no accounts, tickets or passwords yet"
	noCluster  = "a server plays alone yet"
	noTLS      = "the server has no TLS of its own yet; a proxy in front has"
	noContent  = "a server sends no pictures, sounds or addresses"
)

var faults = []fault{
	// Handshake and identity.
	{id: "H1", what: "request header, a byte a second"},
	{id: "H2", what: "upgraded and then silent"},
	{id: "H3", what: "huge headers, URLs, cookies"},
	{id: "H4", what: "broken and smuggled requests"},
	{id: "H5", what: "upgrade by POST, without its headers, in lists and other cases"},
	{id: "H6", what: "WebSocket version other, twice, missing"},
	{id: "H7", what: "WebSocket key missing, malformed, repeated"},
	{id: "H8", what: "foreign origins"},
	{id: "H9", what: "subprotocols unknown, missing, a thousand"},
	{id: "H10", what: "extension offers"},
	{id: "H11", what: "forged signed tickets", missing: noAccounts},
	{id: "H12", what: "a ticket beside an error", missing: noAccounts},
	{id: "H13", what: "join tickets used again", missing: noAccounts},
	{id: "H14", what: "resume tokens guessed, stolen, replayed, late", also: []string{"TestResumeKeepsSeatAndScore"}},
	{id: "H15", what: "public numbers as credentials"},
	{id: "H16", what: "other versions", also: []string{"TestRefusalsComeInWords"}},
	{id: "H17", what: "TLS misuse", also: []string{"TestTLS"}, missing: noTLS},
	{id: "H18", what: "HTTP/2 without TLS"},
	{id: "H19", what: "forged X-Forwarded-For", also: []string{"TestSchemeBehindAProxy"}},
	{id: "H20", what: "password guessing", also: []string{"TestPasswordFromOutside"}, missing: "passwords of accounts, which there are none of yet"},
	{id: "H21", what: "finding out who exists", missing: noAccounts},

	// Frames.
	{id: "F1", what: "frame headers are validated against RFC 6455 before the library sees them", also: []string{"FuzzGuard", "FuzzReadLoop"}},
	{id: "F2", what: "unmasked frames"},
	{id: "F3", what: "messages at and over the limit"},
	{id: "F4", what: "a promise of much, then silence"},
	{id: "F5", what: "a message, a byte at a time"},
	{id: "F6", what: "floods of fragments"},
	{id: "F7", what: "fragments out of order"},
	{id: "F8", what: "reserved bits"},
	{id: "F9", what: "reserved opcodes"},
	{id: "F10", what: "text frames"},
	{id: "F11", what: "pings: long, in pieces, in floods"},
	{id: "F12", what: "floods of pongs"},
	{id: "F13", what: "close frames that must not be"},
	{id: "F14", what: "data after close, silence after close"},
	{id: "F15", what: "half-closed connections"},
	{id: "F16", what: "resets"},
	{id: "F17", what: "clients that stop reading", also: []string{"TestSendOneInFlight"}},
	{id: "F18", what: "compression bombs", also: []string{"TestFault_H10_ExtensionsIgnored", "TestFault_F8_ReservedBits"}},
	{id: "F19", what: "frames in the packet of the handshake", also: []string{"TestFirstFrameWithTheHandshake"}},
	{id: "F20", what: "thousands of tiny messages"},
	{id: "F21", what: "mask keys zero and reused"},
	{id: "F22", what: "a buffer used after it was given back", also: []string{"TestBeliefIsTruth", "TestSendOneInFlight"}, missing: "poisoned buffers and a mark of its own in each player's bytes"},

	// Protobuf.
	{id: "B1", what: "messages cut at every byte"},
	{id: "B2", what: "unknown fields"},
	{id: "B3", what: "deep nesting"},
	{id: "B4", what: "small messages that grow when decoded"},
	{id: "B5", what: "lists longer than allowed"},
	{id: "B6", what: "floats that are no numbers"},
	{id: "B7", what: "numbers out of range"},
	{id: "B8", what: "no body, two bodies"},
	{id: "B9", what: "wrong wire types, groups, field numbers"},
	{id: "B10", what: "varints longer than needed, fields twice"},
	{id: "B11", what: "text that is none"},
	{id: "B12", what: "protobuf as JSON, text or Any"},
	{id: "B13", what: "our decoder and the library's", also: []string{"FuzzDecodeClient"}},
	{id: "B14", what: "schemas that drift apart", also: []string{"TestGolden"}},

	// Game protocol and cheating.
	{id: "G1", what: "floods of inputs"},
	{id: "G2", what: "inputs early, late, twice, out of order"},
	{id: "G3", what: "ticks that wrap", missing: "matches of two years are not tried"},
	{id: "G4", what: "faster clocks", missing: "a bot that sends too fast, watched for minutes"},
	{id: "G5", what: "forged positions", also: []string{"TestEveryClientField"}},
	{id: "G6", what: "fire rate and ammunition", also: []string{"TestShip_ShotsCostEnergyAndTime"}},
	{id: "G7", what: "shots through walls and from the past", also: []string{"TestBolt_FliesBouncesAndExpires", "TestSight_NothingIsHitThroughAWall", "TestSight_WhoIsGoneIsSafe", "TestBeamsStrikeWhatIsSeen"}},
	{id: "G8", what: "acting while dead or watching", also: []string{"TestStep_TakesInputsOfThoseWhoFly"}},
	{id: "G9", what: "other people's numbers", also: []string{"TestEveryClientField", "TestFault_H15_NumbersAreNoKeys"}},
	{id: "G10", what: "seeing what is out of sight", also: []string{"TestBeliefIsTruth"}, missing: "a reader that looks for more in recorded frames"},
	{id: "G11", what: "aiming by machine", missing: "cannot be prevented; reports need replays, which there are none of yet"},
	{id: "G12", what: "leaving to dodge a loss", missing: "rooms do not hand in results yet"},
	{id: "G13", what: "floods of joins and rooms", also: []string{"TestRoomLimit", "TestTooManyOfOnePrefix", "TestTooManyGreeting"}},
	{id: "G14", what: "the same player twice"},
	{id: "G15", what: "votes"},
	{id: "G16", what: "floods of chat"},
	{id: "G17", what: "text that breaks the screen"},
	{id: "G18", what: "text that breaks logs", also: []string{"TestServerTellsWhereItIs"}, missing: "names full of escapes in the log"},
	{id: "G19", what: "borrowed names", also: []string{"TestFault_H15_NumbersAreNoKeys", "TestNamesAreUnique"}},
	{id: "G20", what: "markup in pages", also: []string{"TestLandingIsTextNotMarkup"}},
	{id: "G21", what: "forged results", missing: "rooms do not hand in results yet"},
	{id: "G22", what: "watching as a way to see"},
	{id: "G23", what: "forged acknowledgements", also: []string{"TestBeliefIsTruth"}},
	{id: "G24", what: "claims of a huge view", also: []string{"TestEveryClientField"}},

	// Resources and faults of the server.
	{id: "R1", what: "ten thousand connections of one address", also: []string{"TestCaps", "TestCapsAreNeverForgotten", "TestTooManyOfOnePrefix"}},
	{id: "R2", what: "no file descriptors left", missing: "needs a process with its limit lowered"},
	{id: "R3", what: "no memory left", missing: "joining does not look at memory yet"},
	{id: "R4", what: "leaked goroutines", also: []string{"TestShutdown", "TestSendOneInFlight"}, missing: "ten thousand joins; the gate's tests end with none left"},
	{id: "R5", what: "floods of log lines", also: []string{"TestFaultLogIsBounded"}},
	{id: "R6", what: "a log that cannot be written", missing: "needs a pipe that nobody reads"},
	{id: "R7", what: "disk full under the database"},
	{id: "R8", what: "database locked"},
	{id: "R9", what: "database damaged"},
	{id: "R10", what: "database library too old"},
	{id: "R11", what: "Postgres down or slow"},
	{id: "R12", what: "Redis down or slow", missing: noCluster},
	{id: "R13", what: "killed in the middle", missing: "matches are not taken up again after a kill"},
	{id: "R14", what: "told to stop", also: []string{"TestCloseTellsEverybody", "TestCloseGivesUpOnARoomThatHangs"}},
	{id: "R15", what: "told to stop while the database is down", missing: "the program does not open accounts yet"},
	{id: "R16", what: "panics", also: []string{"TestPanicInAPage"}, missing: "a file with seed and inputs beside the log line"},
	{id: "R17", what: "faults that Go does not survive", missing: "the process dies; seats do not outlive it yet"},
	{id: "R18", what: "a room that hangs", also: []string{"TestLastTickStandsStillWhenARoomHangs", "TestHealth"}, missing: "livez tells whoever watches; no watchdog inside moves players yet"},
	{id: "R19", what: "ticks too slow", also: []string{"TestDriverCatchesUpAtMostThreeTicks"}, missing: "sending less often when ticks are late"},
	{id: "R20", what: "the whole process stopped for a while", also: []string{"TestOwnDelayIsNotThePeersSilence", "TestBeingStoppedIsNotThePeersSilence"}},
	{id: "R21", what: "wall clocks that jump", also: []string{"TestHealth"}, missing: "only the log tells the time of day"},
	{id: "R22", what: "started again in one process", missing: "tests of gate and hall start dozens in one process; a hundred in a row are not tried"},
	{id: "R23", what: "two owners of one room", missing: noCluster},
	{id: "R24", what: "a machine lost", missing: noCluster},
	{id: "R25", what: "players sent to a server that stops", also: []string{"TestFault_R14_Draining"}, missing: noCluster},
	{id: "R26", what: "everybody back at once", also: []string{"TestBackOff"}, missing: "two thousand that resume together"},
	{id: "R27", what: "worst cases of the rules", also: []string{"TestGrid_MissesNobody"}, missing: "time of a tick with everybody in one place"},
	{id: "R28", what: "the host's port open to the world", also: []string{"TestWhatThereIsWhere"}},

	// Network.
	{id: "N1", what: "long and uneven lines", also: []string{"TestFlightIsForeseen"}},
	{id: "N2", what: "loss", also: []string{"TestRealServerOverABadLine"}},
	{id: "N3", what: "a terrible line for ten minutes"},
	{id: "N4", what: "packets reordered, doubled, damaged", missing: "does not apply: TCP hides it"},
	{id: "N5", what: "64 kbit/s", also: []string{"TestSlow"}},
	{id: "N6", what: "seconds without a line", also: []string{"TestCutAndBack", "TestFault_H14_TokenExpires"}},
	{id: "N7", what: "another address in the middle", also: []string{"TestFault_G14_NewestWindowWins"}},
	{id: "N8", what: "sleep", also: []string{"TestSilence"}, missing: "a stopped browser"},
	{id: "N9", what: "hidden tabs", also: []string{"TestHiddenTab", "TestHiddenTabOverTheLine"}},
	{id: "N10", what: "proxies that cut what is idle", also: []string{"TestPingsKeepAQuietClient"}},
	{id: "N11", what: "proxies that buffer or strip the upgrade", also: []string{"TestHandshakeAnswers"}},
	{id: "N12", what: "a segment for each byte", also: []string{"TestFault_F5_SlowButInTime"}},
	{id: "N13", what: "lines that stop in turn", also: []string{"TestBeliefIsTruth"}},
	{id: "N14", what: "the other side gone without a word"},
	{id: "N15", what: "small packets only", missing: "a line that drops large packets without a word"},
	{id: "N16", what: "names that change, IPv6 that does not work", missing: "the standard dialer tries both; no test of ours"},

	// Mistakes of hosts.
	{id: "O1", what: "wrong flags", missing: "there is no configuration file yet"},
	{id: "O2", what: "ports in use, privileged, nonsense"},
	{id: "O3", what: "maps that are none", also: []string{"TestParseArena_RefusesEveryCut", "TestNewArena_Refuses"}},
	{id: "O4", what: "certificates", missing: noTLS},
	{id: "O5", what: "ws: from an https: page", also: []string{"TestPageMixedContent"}},
	{id: "O6", what: "secrets short or readable"},
	{id: "O7", what: "data on a bad disk"},
	{id: "O8", what: "two servers on one database"},
	{id: "O9", what: "a clock wrong by hours", missing: "nothing depends on the time of day yet"},
	{id: "O10", what: "private ports made public", also: []string{"TestFault_R28_ProfilesAreForThisMachine"}},
	{id: "O11", what: "more than the machine can do", missing: "nothing is measured at the start yet"},

	// Hostile servers.
	{id: "C1", what: "frame headers from a server"},
	{id: "C2", what: "maps as bombs", also: []string{"TestParseArena_RefusesEveryCut", "FuzzParseArena", "FuzzRead"}},
	{id: "C3", what: "pictures and sounds as bombs", missing: noContent},
	{id: "C4", what: "entities without end"},
	{id: "C5", what: "names and chat from a server", missing: "the client shows what the wire's limits let through"},
	{id: "C6", what: "changes of what was never told"},
	{id: "C7", what: "positions that are no numbers", also: []string{"TestFault_B6_NoFloats"}},
	{id: "C8", what: "being sent elsewhere", missing: "maps are fetched from the host that is played on alone; there is nothing else that a server could send one to"},
	{id: "C9", what: "lies about versions", missing: noContent},
	{id: "C10", what: "servers that never tick, or too often", also: []string{"TestSilentServer", "TestInboxIsBounded"}},
	{id: "C11", what: "tokens asked for by another server", missing: "there are no tickets yet"},
	{id: "C12", what: "browsers that store nothing", missing: "a browser with storage blocked"},
}
