package view

import (
	"time"

	"ionwake/client/view/settings"
	"ionwake/client/view/sound"
)

// Config says what a Game shows and where it plays. Session and Now are needed;
// the zero value of everything else is a good choice.
type Config struct {
	// Session is what the game plays through.
	Session Session
	// Now returns the time since some fixed moment. It must never go back.
	Now func() time.Duration
	// Name is what the name box holds at first; empty: the name of the settings and,
	// if there is none either, CallSign.
	Name, CallSign string
	// Place is where AutoPlay and the menu's Play go.
	Place Place
	// Languages are those that the player's system wishes, the first first; see
	// words.System.
	Languages []string
	// Store keeps the settings; nil: nothing is kept.
	Store settings.Store
	// Kept says to the player where that is; empty: a page of it is not needed.
	Kept string
	// Here is the address of the present server, by which favourites and history know
	// it; empty where there is only one, as in a page.
	Here string
	// Lobby knows where one can play; nil: there is no list of servers.
	Lobby Lobby
	// Ladder knows who is best on a server; nil: there is no page of it.
	Ladder Ladder
	// Projector plays replays; nil: there are none.
	Projector Projector
	// Arenas, if set, returns the arenas that a mode can be played in.
	Arenas func(mode string) []string
	// Clipboard is that of the system; nil: it has none for us.
	Clipboard Clipboard
	// PasteKey makes Ctrl+V paste from Clipboard into what is written: where the
	// platform's own text input does it, it would come twice.
	PasteKey bool
	// Identity is who the player is to servers; nil: nobody in particular, as where no
	// key can be had.
	Identity *Identity
	// Reload, if set, fetches the page anew, with the client that fits the server.
	Reload func()
	// OpenPage, if set, goes to another server's own page: a page may not play
	// elsewhere than on its server.
	OpenPage func(address, room string, watch bool)
	// Aloud, if set, is told what is new on the screen, in sentences for somebody who
	// listens: pages and what has the focus, hints and chat.
	Aloud func(text string)
	// Quit offers to end the program.
	Quit bool
	// AutoPlay skips the menu.
	AutoPlay bool
	// Touch tells that the device is mainly touched, before the first touch.
	Touch bool
	// Glow chooses how light bleeds.
	Glow Glow
	// Calm leaves out shake and large flashes.
	Calm bool
	// Sound plays what is heard; nil: nothing is.
	Sound *sound.Player
	// Seed varies the sky, the sparks and the flight behind the menu.
	Seed uint64
}

// Glow chooses how light bleeds.
type Glow uint8

// The ways to glow. Shapes have halos of their own in all of them.
const (
	GlowAuto  Glow = iota // bloom, until frames are slow for some seconds or the window is small
	GlowPlain             // halos only: no shader runs
	GlowBloom             // bloom whatever it costs
)

// NameRunes is the longest name, in runes.
const NameRunes = 16

// ChatRunes is the longest line of chat, in runes.
const ChatRunes = 120
