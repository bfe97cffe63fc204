package words

// Key names a sentence.
type Key uint16

// The sentences, by where they are said. English has the plain text of each.
const (
	// Nothing is the Key of what is not said; it has no text.
	Nothing Key = iota

	// The title and words of many screens.
	Motto
	Pilot
	Play
	Practice
	Servers
	SettingsTitle
	Quit
	Back
	Resume
	Leave
	Start
	OK
	Letters
	LetterShift
	Yes
	No
	On
	Off
	Low
	High
	Automatic
	Unlimited
	Percent
	NameTooLong
	OfMany
	EscLeaves

	// The hulls.
	HullTitle
	HullButton
	HullAndTeam
	HullDart
	HullCorsair
	HullLancer
	HullBastion
	HullDartLine
	HullCorsairLine
	HullLancerLine
	HullBastionLine
	HullNextLife
	Team
	TeamAny
	TeamIon
	TeamEmber

	// Modes, arenas and practice.
	Mode
	ModeBrawl
	ModeSquads
	ModeRelay
	ModeBeacon
	ModeBrawlLine
	ModeSquadsLine
	ModeRelayLine
	ModeBeaconLine
	ArenaLabel
	BotsLabel
	LevelLabel
	LevelEasy
	LevelMiddle
	LevelHard
	PracticeLine

	// The list of servers.
	Rooms
	Favourites
	History
	Filter
	HideFull
	HideEmpty
	Refresh
	AddAddress
	AddressBox
	Join
	Watch
	AddFavourite
	RemoveFavourite
	RemoveEntry
	PingMs
	PingNone
	PingWait
	Seats
	PlusBots
	ListLoading
	ListEmpty
	ListFiltered
	ListFailed
	AddressBad
	OpensPage
	RoomPlace

	// Career and ladder.
	CareerTitle
	CareerOf
	CareerAllTime
	CareerSeason
	CareerAllModes
	CareerOwn
	CareerOwnNone
	CareerMore
	CareerBest
	CareerEmpty
	CareerNone
	CareerFailed

	// The menu in play.
	MenuTitle
	FliesOn
	MatchGoesOn
	CallVote
	VoteKickMenu
	VoteMapMenu
	VoteNobody
	CopyLink
	LinkCopied
	LinkShown
	JoinMatch
	ToTitle

	// Settings: the pages.
	PageGame
	PageControls
	PagePad
	PageSound
	PagePicture
	PageAccess
	PageLanguage
	PageText
	PageIdentity
	ResetPage
	ResetDone
	NamePlain

	// Settings: the game.
	SetNames
	SetHintsAgain
	HintsAgainDone
	SetNetGraph
	SetMuted
	MutedNobody
	Unmute

	// Settings: controls.
	SetAssist
	SetAssistLine
	ActThrustUp
	ActThrustDown
	ActThrustLeft
	ActThrustRight
	ActFire
	ActAlt
	ActDash
	ActScores
	ActTalk
	ActTalkTeam
	ActWheel
	ActHull
	ActNet
	ActPause
	ActVoteYes
	ActVoteNo
	ActWatchNext
	ActWatchPrevious
	ActWatchFree
	ActSkipHint
	PressKey
	PressButton
	PressCancel
	TakenFrom
	KeyNone
	KeySpace
	KeyShift
	KeyControl
	KeyAlt
	KeyRightShift
	KeyRightControl
	KeyRightAlt
	KeyEnter
	KeyTab
	KeyEscape
	KeyBackspace
	KeyUp
	KeyDown
	KeyLeft
	KeyRight
	MouseLeft
	MouseRight
	MouseMiddle
	MouseFourth
	MouseFifth
	MouseAim
	PadLeftStick
	PadRightStick
	PadUp
	PadDown
	PadLeft
	PadRight
	TouchLeft
	TouchRight
	TouchAlt
	TouchScatter
	TouchMine
	TouchPulse
	TouchShield
	TouchDash
	TouchClock

	// Settings: sound.
	SetMaster
	SetEffects
	SetMusic
	SetInterface
	SetMuteAway

	// Settings: the picture.
	SetScale
	SetPalette
	PaletteDefault
	PaletteDeutan
	PaletteProtan
	PaletteTritan
	PaletteContrast
	SetOwn
	SetEnemy
	ColourPalette
	ColourCyan
	ColourBlue
	ColourGreen
	ColourYellow
	ColourOrange
	ColourRed
	ColourMagenta
	ColourViolet
	ColourWhite
	SetGlow
	GlowPlainWord
	GlowFullWord
	SetFrames
	SetFramesAway

	// Settings: accessibility.
	SetMotion
	SetMotionLine
	SetShake
	SetFlash
	SetFlashLine
	FlashLimited
	FlashLess
	FlashNone

	// Settings: as text.
	TextLine
	TextCopy
	TextPaste
	TextCopied
	TextTaken
	TextSaved
	TextFailed
	TextNoClipboard
	TextProblems
	TextNotOurs
	ResetAll
	ResetAllDone

	// Settings: who one is to servers.
	IdentityNow
	IdentityLine
	IdentityOut
	IdentityWarning
	IdentityShow
	IdentityHide
	IdentityCopy
	IdentityCopied
	IdentitySave
	IdentitySaved
	IdentityIn
	IdentityBox
	IdentityUse
	IdentityLoad
	IdentityOther
	IdentityDamaged
	IdentitySame
	IdentitySure
	IdentitySureLine
	IdentityBecome
	IdentityTaken
	IdentityNotKept

	// Trouble, with a next step.
	Joining
	ConnectionLost
	NotAdmitted
	RoomFull
	FullWait
	DoorShut
	ShutWait
	WatchInstead
	RetryIn
	RetryNow
	TryNow
	TryAgain
	Reload
	EnterPassword
	PasswordBox
	PasswordWrong
	PasswordWait
	ChangeName
	Banned
	BannedOver
	BannedFor
	OtherVersion
	OtherVersionPage
	OtherVersionDesktop
	Restarting
	RestartingLine
	LostLine
	Unreachable
	AddressRefused
	ServerBusy
	Untrusted
	TooSlow
	LineSilent
	ServerGone
	ServerFault
	Misunderstood
	NotAllowed
	NotAuthorised
	NoRoom
	Elsewhere
	Idle
	TooMuch
	RoomEnded
	NoResume
	NameRefused
	Ended
	FetchingMap
	MapTrouble
	Replay
	FetchingReplay
	ReplayTrouble
	ReplayGone
	ReplayOther
	ReplayBad
	ReplayFar

	// Play: the match.
	PhaseWarmup
	PhaseLive
	PhaseResults
	MatchBegan
	OneMinute
	MatchPoint
	FirstTo
	NextArena
	Wins
	TeamWins
	TeamScores
	OurCoreTaken
	Draw
	Scores
	FinalScores
	ColumnPilot
	ColumnScore
	ColumnGames
	ColumnWins
	ColumnKills
	ColumnDeaths
	ColumnPing
	Away
	Bot
	Muted
	MorePilots
	Pilots
	Bots
	Watchers
	Watching
	FreeCamera
	WatchNobody
	EyeNext
	EyePrevious
	Follow
	Whisper
	Mute
	VoteOut

	// Play: death.
	StandBy
	Destroyed
	DestroyedBy
	BackIn
	Tenths // of a second: %d and after the point %d
	Seconds
	Minutes
	WeaponBolt
	WeaponPellet
	WeaponBouncer
	WeaponMine
	WeaponBeam
	WeaponPulse
	WeaponShell

	// Play: chat, votes and signals.
	ChatTitle
	ChatAll
	ChatTeam
	ChatTo
	ChatKeys
	WhisperFrom
	VoteKick
	VoteMap
	VoteBy
	VoteCount
	Voted
	SignalHelp
	SignalAttack
	SignalDefend
	SignalFollow
	SignalThanks
	SignalWellPlayed
	SignalSorry
	SignalLaugh

	// Play: deeds and objectives.
	DeedCoreTaken
	DeedCoreDropped
	DeedCoreReturned
	DeedCoreCaptured
	DeedBeaconTaken
	DeedBeaconLost
	CoreHome
	CoreCarried
	CoreWith
	CoreBackIn
	BeaconContested
	BeaconFree
	Carrying
	SafeZone
	Drafting
	ItemSurge
	ItemOverdrive
	ItemAegis
	ItemAfterburner

	// Play: what the server says in chat; %d is seconds.
	SaysMuted
	SaysNobody
	SaysSideFull
	SaysMoved
	SaysNoTarget
	SaysVoteFailed
	SaysNoArena
	SaysVoteOn
	SaysNewcomer
	SaysCalled
	SaysNext

	// Play: the first minute; %s is a key or a button.
	HintThrust
	HintAim
	HintFire
	HintAlt
	HintDash
	HintEnergy
	HintDraft
	HintItems
	HintScores
	HintSkip
	HintSkipTouch

	// Play: the figures of the line.
	NetRate
	NetTraffic
	NetLead
	NetSends
	NetLate
	NetMisses
	NetCorrection
	NetEntities
	NetBars
	NetLine

	// Keys is how many there are.
	Keys
)
