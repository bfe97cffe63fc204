// Package settings is what a player has chosen, as plain values: defaults, ranges,
// and a text form that people can read, keep and hand on. Where the text is kept is
// a Store's affair.
package settings

import "slices"

// Bounds of single values.
const (
	Loudest     = 100 // of a volume, in percent
	LeastScale  = 75  // of words and panels, in percent
	MostScale   = 150
	MostShake   = 100
	NameRunes   = 16  // of a pilot's name
	MutedMost   = 256 // people; the oldest goes first
	PlacesMost  = 64  // of favourites
	HistoryMost = 24  // the oldest goes first
	HintsMost   = 64
)

// Level is how much of something there is.
type Level uint8

// The levels of aim assist.
const (
	NoAssist Level = iota
	LowAssist
	HighAssist
)

// The choices of which one holds are indexes into the lists of names below, as
// the text writes them.
var (
	Hulls     = []string{"dart", "corsair", "lancer", "bastion"}
	Assists   = []string{"off", "low", "high"}
	Palettes  = []string{"standard", "deutan", "protan", "tritan", "contrast"}
	Dyes      = []string{"palette", "cyan", "blue", "green", "yellow", "orange", "red", "magenta", "violet", "white"}
	Glows     = []string{"auto", "plain", "full"}
	Flashes   = []string{"limited", "few", "none"}
	Languages = []string{"auto", "en", "de", "ja"}
	Caps      = []int{0, 30, 60, 120, 240} // frames a second; 0: as the display
)

// Settings is everything a player has chosen. Make one with Default.
type Settings struct {
	Name     string
	Hull     int // of Hulls
	Language int // of Languages

	Names    bool     // over ships
	NetGraph bool     // shown from the start
	Hints    []string // that were seen, sorted
	Skipped  bool     // no hints at all

	Keys   Keys
	Pad    Pad
	Assist Level

	Master, Effects, Music, Interface int // percent
	MuteAway                          bool

	Scale      int // of words and panels, percent
	Palette    int // of Palettes
	Own, Enemy int // of Dyes
	Glow       int // of Glows
	Cap        int // of Caps
	CapAway    bool

	Still bool // reduced motion
	Shake int  // percent
	Flash int  // of Flashes

	HideFull, HideEmpty bool // in the list of servers

	Muted      []Muted
	Favourites []Place
	History    []Place // newest first

	unknown []line // what a newer version wrote: kept for it
}

// Muted is somebody who is not heard.
type Muted struct {
	Tag  uint64
	Name string // used then
}

// Place is a room somewhere.
type Place struct {
	Address string // of the server, as in a browser; empty: the one that the page came from
	Room    string
	Name    string // as the server called itself
}

// Default returns what holds before anybody has chosen.
func Default() Settings {
	return Settings{
		Names: true, Keys: DefaultKeys(), Pad: DefaultPad(), Assist: LowAssist,
		Master: 80, Effects: 100, Music: 60, Interface: 70, MuteAway: true,
		Scale: 100, CapAway: true, Shake: 100,
	}
}

// Page is a part of the settings that can be set back alone.
type Page uint8

// The pages.
const (
	Game Page = iota
	Controls
	Controller
	Sound
	Picture
	Accessibility
	Language
	Lists // people and places: no page shows them with a button that forgets them
	pages
)

// Reset sets the values of one page back to their defaults.
func (s *Settings) Reset(p Page) {
	fresh := Default()
	switch p {
	case Controls:
		s.Keys = fresh.Keys
		return
	case Controller:
		s.Pad = fresh.Pad
	}
	from := fresh.values()
	for i, v := range s.values() {
		if v.page == p && v.name != "name" {
			_ = v.set(from[i].get()) // its own text is right
		}
	}
}

// Saw notes that a hint was seen, and reports whether that is news.
func (s *Settings) Saw(hint string) bool {
	i, found := slices.BinarySearch(s.Hints, hint)
	if found || len(s.Hints) >= HintsMost {
		return false
	}
	s.Hints = slices.Insert(s.Hints, i, hint)
	return true
}

// HasSeen reports whether a hint was seen.
func (s *Settings) HasSeen(hint string) bool {
	_, found := slices.BinarySearch(s.Hints, hint)
	return found
}

// Mute notes that somebody is not to be heard, or is again.
func (s *Settings) Mute(tag uint64, name string, muted bool) {
	if tag == 0 {
		return // a bot: it says nothing
	}
	s.Muted = slices.DeleteFunc(s.Muted, func(m Muted) bool { return m.Tag == tag })
	if muted {
		s.Muted = append(s.Muted, Muted{tag, name})
		s.Muted = s.Muted[max(0, len(s.Muted)-MutedMost):]
	}
}

// same reports whether two places are one, whatever they are called.
func (p Place) same(o Place) bool { return p.Address == o.Address && p.Room == o.Room }

// IsFavourite reports whether p is a favourite.
func (s *Settings) IsFavourite(p Place) bool { return slices.ContainsFunc(s.Favourites, p.same) }

// Like makes p a favourite, or no longer.
func (s *Settings) Like(p Place, liked bool) {
	s.Favourites = slices.DeleteFunc(s.Favourites, p.same)
	if liked && len(s.Favourites) < PlacesMost {
		s.Favourites = append(s.Favourites, p)
	}
}

// Visit notes that one plays at p.
func (s *Settings) Visit(p Place) {
	s.History = slices.Insert(slices.DeleteFunc(s.History, p.same), 0, p)
	s.History = s.History[:min(len(s.History), HistoryMost)]
}

// Forget takes p out of the history.
func (s *Settings) Forget(p Place) { s.History = slices.DeleteFunc(s.History, p.same) }
